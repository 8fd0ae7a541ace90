"""The state machine that plays whole lives on the bank and on the naive model (性质测试).

`LifeMachine` is a Hypothesis rule-based state machine; its rules draw commands that a customer
or the bank might give, on time, late, twice and out of order. `TestLives = machine_test(...)`
in a test module runs it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.customer import decide as customer
from bankcore.aggregates.deposit_account import commands as account
from bankcore.testing import invariants
from bankcore.testing.life import Life, Step
from bankcore.testing.naive.account import NaiveAccount
from bankcore.testing.naive.basics import ONE_DAY
from bankcore.testing.strategies import STARTS, amounts
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

KEYS: Final = ("A1", "A2", "A3", "A4")
OWNERS: Final = ("C1", "C2")
KINDS: Final = (
    "amount_freeze",
    "amount_freeze",
    "debit_freeze",
    "full_freeze",
    "emergency_stop",
    "loss_report",
)
PRODUCTS: Final = ("demand_q", "demand_q", "demand_q", "demand")
QUARTER: Final = timedelta(days=93)
LIFETIME: Final = timedelta(days=800)
PICK: Final = st.integers(0, 39)
FEE: Final = "statement_copy"


@dataclass(frozen=True, slots=True)
class Late:
    """When a late command is to count, and the papers it has; `pick` chooses among the days."""

    pick: int
    approval: str = "head_office"
    ground: str | None = "late_information"
    approver: str | None = "boss"


def lateness() -> st.SearchStrategy[Late]:
    """A day of the past, mostly with the papers it takes."""
    picks = st.integers(0, 59)
    good = st.builds(Late, picks, ground=st.sampled_from(["late_information", "legal_order"]))
    any_papers = st.builds(
        Late,
        picks,
        st.sampled_from(["teller", "supervisor", "branch", "head_office"]),
        st.sampled_from(["late_information", None]),
        st.sampled_from(["boss", "script", None]),
    )
    return st.one_of(good, good, any_papers)


class LifeMachine(RuleBasedStateMachine):
    """Lives of customers with demand accounts."""

    life: Life

    @initialize(start=st.sampled_from(STARTS), product=st.sampled_from(PRODUCTS))
    def begin(self, start: date, product: str) -> None:
        """A first day, a tariff, two customers and one account with money."""
        self.life = Life(start)
        self.count = 0
        self.seen = 0
        fee = catalogue.AdoptRule(
            param=f"fee.{FEE}", value="5.00", valid_from=start, checker="boss"
        )
        self.life.prepare(fee)
        self.life.model.fees[FEE] = 500
        for key in ("C1", "C2"):
            self.life.give(customer.Register(customer=key, name=f"Customer {key}"))
            number = f"11010119900307{ord(key[1]):04d}"
            self.life.give(customer.VerifyIdentity(customer=key, document_no=number))
        self.open_account("A1", "C1", product, Money(100_000))

    def give(self, command: Any) -> str:
        """Give a command on time."""
        return self.life.give(command)

    def give_late(self, command: Any, late: Late) -> str:
        """Give a command with a value date of the past."""
        return self.life.give(
            command,
            value_date=self.value_date(command.account, late.pick),
            ground=late.ground,
            approval=late.approval,
            approver=late.approver,
        )

    def value_date(self, key: str, pick: int) -> date:
        """A day on which a late fact of the account matters: settlements, movements, limits."""
        today, model = self.life.model.today, self.life.model.accounts.get(key)
        limits = [today - timedelta(days=back) for back in (-1, 1, 7, 8, 90, 91, 365, 366)]
        if model is None or not model.is_open:
            return limits[pick % len(limits)]
        ends = [s.end for s in model.settlements]
        found = {model.opened_on, *ends, *(m.valued for m in model.movements)}
        found |= {day - ONE_DAY for day in found}
        inside = sorted(day for day in {*found, *limits} if model.opened_on <= day < today)
        days = inside * 3 + limits[:1] + [model.opened_on - ONE_DAY]
        return days[pick % len(days)]

    def open_account(self, key: str, owner: str, product: str, opening: Money | None) -> None:
        """All that opening takes."""
        self.give(account.Apply(account=key, customer=owner))
        self.give(account.ChooseType(account=key, product=product, account_class="II"))
        self.give(account.SignAgreement(account=key))
        self.give(account.Open(account=key, opening_amount=opening))
        self.give(account.Activate(account=key))

    def accounts(self) -> list[NaiveAccount]:
        """The accounts of the model."""
        return list(self.life.model.accounts.values())

    def key(self, pick: int) -> str:
        """One of the accounts, an open one if possible; now and then one that nobody has."""
        if pick % 20 == 19:
            return KEYS[-1]
        found = [a.number for a in self.accounts() if a.is_open] or ["A1"]
        return found[pick % len(found)]

    def ahead(self, data: st.DataObject) -> date | None:
        """A day some days ahead, or none."""
        days = data.draw(st.sampled_from([None, 1, 2, 5, 10, 40]))
        return None if days is None else self.life.model.today + timedelta(days=days)

    def some(self, key: str, data: st.DataObject) -> Money:
        """An amount that may empty the account, now or on an earlier day, or any."""
        model, today = self.life.model.accounts.get(key), self.life.model.today
        if model is None or not model.is_open:
            return data.draw(amounts())
        most = max(1, model.balance())
        found = [most, most, most + 1, most - 100, most - 1, model.available(today)]
        found += [model.lowest_from(model.opened_on, today), model.lowest_from(today, today)]
        found += [s.interest for s in model.settlements]
        return data.draw(st.sampled_from([Money(f) for f in found if f > 0]) | amounts(most))

    @rule(data=st.data(), pick=PICK)
    def cash(self, data: st.DataObject, pick: int) -> None:
        """Cash over the counter: in, or out, often all of it."""
        key = self.key(pick)
        if data.draw(st.booleans()):
            self.give(account.Deposit(account=key, amount=data.draw(amounts(2_000_000))))
        else:
            self.give(account.Withdraw(account=key, amount=self.some(key, data)))

    @rule(data=st.data(), pick=PICK, late=lateness())
    def late_cash(self, data: st.DataObject, pick: int, late: Late) -> None:
        """Cash that came in or went out some time ago."""
        key = self.key(pick)
        if data.draw(st.booleans()):
            self.give_late(account.Deposit(account=key, amount=data.draw(amounts())), late)
        else:
            self.give_late(account.Withdraw(account=key, amount=self.some(key, data)), late)

    @rule(data=st.data(), pick=PICK)
    def office(self, data: st.DataObject, pick: int) -> None:
        """What happens more seldom: one of `SELDOM`."""
        data.draw(st.sampled_from(SELDOM))(self, self.key(pick), data)

    @rule(days=st.sampled_from([1, 1, 2, 7, 30, 40]))
    def advance(self, days: int) -> None:
        """Time goes by."""
        self.go(self.life.model.today + timedelta(days=days))

    @rule(past=st.sampled_from([0, 1, 1, 2]))
    def advance_to_settlement(self, past: int) -> None:
        """Time goes by until the next settlement day, or a day or two beyond it."""
        day = self.life.model.today + ONE_DAY
        while not self.life.model.accounts["A1"].is_settlement_day(day):
            day += ONE_DAY
        self.go(min(day + timedelta(days=past), self.life.model.today + QUARTER))

    def go(self, day: date) -> None:
        """Advance, but not beyond the length of a life."""
        self.life.advance(max(self.life.model.today, min(day, self.life.start + LIFETIME)))

    @invariant()
    def agrees(self) -> None:
        """The bank and the model agree today, and at another pair of dates each step."""
        self.count += 1
        invariants.present(self.life, self.seen)
        self.seen = len(self.life.entries)
        for pair in invariants.pairs(self.life, self.count):
            invariants.at(self.life, pair)

    def teardown(self) -> None:
        """The log alone gives everything again."""
        if hasattr(self, "life"):
            invariants.whole(self.life)
            self.life.close()


Act = Callable[[LifeMachine, str, st.DataObject], None]
"""One act on an account, with a source of choices."""


def open_another(m: LifeMachine, _: str, data: st.DataObject) -> None:
    """One more account, with money or without, while there are keys."""
    free = [key for key in KEYS[:-1] if key not in m.life.model.accounts]
    if free:
        owner, product = data.draw(st.sampled_from(OWNERS)), data.draw(st.sampled_from(PRODUCTS))
        m.open_account(free[0], owner, product, data.draw(st.none() | amounts()))


def hold(m: LifeMachine, key: str, data: st.DataObject) -> None:
    """Set money aside, for ever or for some days."""
    name, amount = f"H{len(m.life.steps)}", m.some(key, data)
    until = m.ahead(data)
    m.give(account.PlaceHold(account=key, hold=name, amount=amount, purpose="order", until=until))


def freeze(m: LifeMachine, key: str, data: st.DataObject) -> None:
    """Freeze an amount or everything, mostly for some days."""
    kind = data.draw(st.sampled_from(KINDS))
    asked = account.Freeze(
        account=key,
        freeze=f"F{len(m.life.steps)}",
        kind=kind,
        amount=m.some(key, data) if kind == "amount_freeze" else None,
        order=data.draw(st.sampled_from(["order 1", "order 2", ""])),
        until=m.ahead(data),
    )
    m.give(asked)


def lift(m: LifeMachine, _: str, data: st.DataObject) -> None:
    """Release a hold or lift a freeze, once or twice."""
    found = [(a.number, r) for a in m.accounts() for r in a.restrictions]
    if found:
        key, restriction = data.draw(st.sampled_from(found))
        if restriction.kind == "hold":
            m.give(account.ReleaseHold(account=key, hold=restriction.name))
        else:
            m.give(account.Unfreeze(account=key, freeze=restriction.name, reason="over"))


def deduct(m: LifeMachine, key: str, data: st.DataObject) -> None:
    """An authority takes money."""
    order = data.draw(st.sampled_from(["order 3", "order 4", ""]))
    m.give(account.Deduct(account=key, amount=m.some(key, data), order=order))


def charge(m: LifeMachine, key: str, _: st.DataObject) -> None:
    """The bank takes a fee."""
    m.give(account.ChargeFee(account=key, code=FEE))


def reverse(m: LifeMachine, _: str, data: st.DataObject) -> None:
    """Reverse a deposit, a withdrawal or a fee, also a second time."""
    found = [(a.number, x.event_id) for a in m.accounts() for x in a.movements if x.event_id]
    if found:
        key, event = data.draw(st.sampled_from(found))
        asked = account.Reverse(account=key, reverses=event, reason="typing error")
        m.life.give(asked, approver=data.draw(st.sampled_from(["boss", "boss", "script"])))


def close(m: LifeMachine, key: str, _: st.DataObject) -> None:
    """Close an account."""
    m.give(account.Close(account=key))


def publish(m: LifeMachine, _: str, data: st.DataObject) -> None:
    """A new demand rate from some day on."""
    day = m.life.model.today + timedelta(days=data.draw(st.integers(0, 40)))
    if all(row[0] != day for row in m.life.model.board.rates["demand"]):
        percent = data.draw(st.sampled_from(["0.01", "0.30", "0.55"]))
        rate = AnnualRate.of(percent)
        m.life.prepare(
            catalogue.PublishRate(product="demand", rate=rate, effective_from=day, checker="boss")
        )
        m.life.model.board.publish("demand", day, Fraction(percent))


def repeat(m: LifeMachine, _: str, data: st.DataObject) -> None:
    """A command a second time."""
    step: Step = data.draw(st.sampled_from(m.life.done()))
    m.life.again(step)


SELDOM: Final[list[Act]] = [
    open_another, hold, hold, freeze, freeze, lift, lift, deduct, charge, reverse, reverse, close,
    publish, repeat,
]  # fmt: skip
