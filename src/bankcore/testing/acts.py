"""What may happen in the life of an account: cash, time, holds, freezes, red entries, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.transfer import commands as payment
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.testing.life import Step
from bankcore.testing.naive.basics import ONE_DAY
from bankcore.testing.player import KEYS, PICK, Late, Player, lateness
from bankcore.testing.strategies import amounts
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

OWNERS: Final = ("C1", "C2")
KINDS: Final = (FreezeKind.AMOUNT_FREEZE, *FreezeKind)
PRODUCTS: Final = ("demand_q", "demand_q", "demand_q", "demand")
FEE: Final = "statement_copy"
CASH: Final = amounts() | st.integers(1_000_000, 90_000_000).map(Money)
QUARTER: Final = timedelta(days=93)

Act = Callable[[Player, str, st.DataObject], None]
"""One act on an account, with a source of choices."""


def deposit(m: Player, key: str, data: st.DataObject) -> None:
    """Cash in."""
    m.give(account.Deposit(account=key, amount=data.draw(CASH)))


def withdraw(m: Player, key: str, data: st.DataObject) -> None:
    """Cash out, often all of it."""
    m.give(account.Withdraw(account=key, amount=m.some(key, data)))


def deposit_late(m: Player, key: str, data: st.DataObject) -> None:
    """Cash that came in some time ago."""
    m.give_late(account.Deposit(account=key, amount=data.draw(CASH)), data.draw(lateness()))


def withdraw_late(m: Player, key: str, data: st.DataObject) -> None:
    """Cash that went out some time ago."""
    m.give_late(account.Withdraw(account=key, amount=m.some(key, data)), data.draw(lateness()))


def spend_early(m: Player, key: str, data: st.DataObject) -> None:
    """Money comes in today, and all of it is said to have gone out some time ago."""
    m.give(account.Deposit(account=key, amount=data.draw(CASH)))
    model = m.life.model.accounts.get(key)
    if model is not None and model.balance() > 0:
        spent = account.Withdraw(account=key, amount=Money(model.balance()))
        m.give_late(spent, Late(data.draw(PICK)))


def days(m: Player, _: str, data: st.DataObject) -> None:
    """Some days go by."""
    m.go(m.life.model.today + timedelta(days=data.draw(st.sampled_from([1, 2, 7, 30]))))


def to_settlement(m: Player, _: str, data: st.DataObject) -> None:
    """Time goes by until the next settlement day, and a day or two beyond it."""
    today = m.life.model.today
    day = today + ONE_DAY
    while not m.life.model.accounts["A1"].is_settlement_day(day):
        day += ONE_DAY
    past = timedelta(days=data.draw(st.sampled_from([0, 1, 1, 2])))
    m.go(min(day + past, today + QUARTER))


def open_another(m: Player, _: str, data: st.DataObject) -> None:
    """One more account, with money or without, while there are keys."""
    free = [key for key in KEYS[:-1] if key not in m.life.model.accounts]
    if free:
        owner, product = data.draw(st.sampled_from(OWNERS)), data.draw(st.sampled_from(PRODUCTS))
        m.open_account(free[0], owner, product, data.draw(st.none() | amounts()))


def hold(m: Player, key: str, data: st.DataObject) -> None:
    """Set money aside, for ever or for some days."""
    name, amount = f"H{len(m.life.steps)}", m.some(key, data)
    until = m.ahead(data)
    m.give(account.PlaceHold(account=key, hold=name, amount=amount, purpose="order", until=until))


def freeze(m: Player, key: str, data: st.DataObject) -> None:
    """Freeze an amount or everything, mostly for some days; then money comes in."""
    kind = data.draw(st.sampled_from(KINDS))
    asked = account.Freeze(
        account=key,
        freeze=f"F{len(m.life.steps)}",
        kind=kind,
        amount=m.some(key, data) if kind is FreezeKind.AMOUNT_FREEZE else None,
        order=data.draw(st.sampled_from(["order 1", "order 2", ""])),
        until=m.ahead(data),
    )
    m.give(asked)
    m.give(account.Deposit(account=key, amount=Money(100)))


def lift(m: Player, _: str, data: st.DataObject) -> None:
    """Release a hold or lift a freeze, once or twice."""
    found = [(a.number, r) for a in m.accounts() for r in a.restrictions]
    if found:
        key, restriction = data.draw(st.sampled_from(found))
        if restriction.kind == "hold":
            m.give(account.ReleaseHold(account=key, hold=restriction.name))
        else:
            m.give(account.Unfreeze(account=key, freeze=restriction.name, reason="over"))


def deduct(m: Player, key: str, data: st.DataObject) -> None:
    """An authority takes money."""
    order = data.draw(st.sampled_from(["order 3", "order 4", ""]))
    m.give(account.Deduct(account=key, amount=m.some(key, data), order=order))


def charge(m: Player, key: str, _: st.DataObject) -> None:
    """The bank takes a fee."""
    m.give(account.ChargeFee(account=key, code=FEE))


def reverse(m: Player, _: str, data: st.DataObject) -> None:
    """Reverse a deposit, a withdrawal or a fee, also a second time."""
    found = [(a.number, x.event_id) for a in m.accounts() for x in a.movements if x.event_id]
    if found:
        key, event = data.draw(st.sampled_from(found))
        asked = account.Reverse(account=key, reverses=event, reason="typing error")
        with m.noting():
            m.life.give(asked, approver=data.draw(st.sampled_from(["boss", "boss", "script"])))


def close(m: Player, key: str, _: st.DataObject) -> None:
    """Close an account."""
    m.give(account.Close(account=key))


def publish(m: Player, _: str, data: st.DataObject) -> None:
    """A new demand rate from some day on."""
    day = m.life.model.today + timedelta(days=data.draw(st.integers(0, 40)))
    if all(row[0] != day for row in m.life.model.board.rates["demand"]):
        percent = data.draw(st.sampled_from(["0.01", "0.30", "0.55"]))
        rate = AnnualRate.of(percent)
        m.life.prepare(
            catalogue.PublishRate(product="demand", rate=rate, effective_from=day, checker="boss")
        )
        m.life.model.board.publish("demand", day, Fraction(percent))


def transfer(m: Player, key: str, data: st.DataObject) -> None:
    """Money from one account to another, ordered and mostly confirmed, sometimes twice."""
    payer, other = ("A2", "A1") if key == "A2" else ("A1", "A2")
    number, payee = f"X{len(m.life.steps)}", data.draw(st.sampled_from([other] * 5 + [payer, "A4"]))
    owner = m.life.model.accounts.get(payee)
    name = m.life.model.names[owner.customer] if owner else "nobody"
    asked = payment.Request(
        transfer=number,
        payer=payer,
        payee_name=data.draw(st.sampled_from([name, name, name, "another"])),
        payee_account=payee,
        amount=m.some(payer, data),
    )
    m.give(asked)
    for _ in range(data.draw(st.sampled_from([1, 1, 1, 2, 0]))):
        m.give(payment.Confirm(transfer=number))


def repeat(m: Player, _: str, data: st.DataObject) -> None:
    """A command a second time."""
    step: Step = data.draw(st.sampled_from(m.life.done()))
    with m.noting():
        m.life.again(step)


EVERY_DAY: Final[tuple[Act, ...]] = (
    *(deposit, deposit, withdraw, withdraw),
    *(deposit_late, deposit_late, withdraw_late, withdraw_late),
    *(days, days, to_settlement, to_settlement),
)
SELDOM: Final[tuple[Act, ...]] = (
    *(
        open_another,
        transfer,
        transfer,
        transfer,
        hold,
        hold,
        freeze,
        freeze,
        lift,
        lift,
        deduct,
        charge,
    ),
    *(reverse, reverse, reverse, close, publish, repeat, spend_early),
)
