"""What may happen to time deposits: placed, drawn early, matured, rolled over, paid out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hypothesis import strategies as st

from bankcore.aggregates.time_deposit import commands as c
from bankcore.testing.acts import Act
from bankcore.testing.naive.basics import FOREVER
from bankcore.testing.player import Player
from bankcore.testing.strategies import amounts
from bankcore.values.money import Money

KEYS: Final = ("T1", "T2", "T3", "T4", "T5")
TERMS: Final = st.sampled_from([3, 3, 3, 3, 6, 6, 12, 5])
MODES: Final = st.sampled_from(
    ["none", "none", "principal_and_interest", "principal_only", "linked_account"]
)
PURSES: Final = st.sampled_from(["account", "account", "cash"])
PLACED: Final = amounts() | st.integers(5_000, 40_000_000).map(Money)


def place(m: Player, key: str, data: st.DataObject) -> None:
    """Place money for a term."""
    free = [k for k in KEYS if k not in m.life.model.deposits]
    opened = c.Open(
        deposit=free[0] if free else KEYS[0],
        account=key,
        product="lump_lump",
        amount=data.draw(PLACED),
        term_months=data.draw(TERMS),
        source=data.draw(PURSES),
        rollover=data.draw(MODES),
    )
    m.give(opened)


def _one(m: Player, data: st.DataObject) -> tuple[str, Money | None]:
    """A deposit and an amount near its limits, or all of it."""
    found = [d for d in m.life.model.deposits.values() if d.ended_on == FOREVER]
    if not found:
        return KEYS[0], None
    deposit = data.draw(st.sampled_from(found))
    most = deposit.principal()
    near = [most, most + 1, most - 5_000, most - 4_999, most // 2, 1]
    drawn: Money | None = data.draw(
        st.none() | st.sampled_from([Money(fen) for fen in near if fen > 0])
    )
    return deposit.key, drawn


def draw_early(m: Player, _: str, data: st.DataObject) -> None:
    """Ask for money before maturity."""
    key, amount = _one(m, data)
    m.give(c.WithdrawEarly(deposit=key, amount=amount, target=data.draw(PURSES)))


def pay_out(m: Player, _: str, data: st.DataObject) -> None:
    """Ask for money at or after maturity."""
    key, amount = _one(m, data)
    m.give(c.PayOut(deposit=key, amount=amount, target=data.draw(PURSES)))


def to_maturity(m: Player, _: str, data: st.DataObject) -> None:
    """Time goes by until a deposit matures, or the day before or after."""
    today = m.life.model.today
    ends = [d.maturity for d in m.life.model.deposits.values() if d.ended_on == FOREVER]
    coming = [end for end in ends if end and today < end <= today + timedelta(days=190)]
    if coming:
        m.go(min(coming) + timedelta(days=data.draw(st.sampled_from([-1, 0, 0, 1, 20]))))


def instruct(m: Player, _: str, data: st.DataObject) -> None:
    """Agree on what happens at maturity, in time or too late."""
    key, _amount = _one(m, data)
    term = data.draw(st.none() | TERMS)
    m.give(c.SetInstruction(deposit=key, rollover=data.draw(MODES), term_months=term))


def renew(m: Player, _: str, data: st.DataObject) -> None:
    """Let a matured deposit begin anew, matured or not."""
    key, _amount = _one(m, data)
    mode = data.draw(st.sampled_from(["principal_and_interest", "principal_only", "none"]))
    m.give(c.Renew(deposit=key, term_months=data.draw(TERMS), mode=mode))


def stop(m: Player, _: str, data: st.DataObject) -> None:
    """An order freezes a lump sum, or it is pledged; in part, in whole, for some days or longer."""
    key, amount = _one(m, data)
    found = m.life.model.deposits.get(key)
    if found is not None and found.product != "lump_lump":
        return
    fen = amount or Money(5_000)
    if data.draw(st.booleans()):
        m.give(c.Pledge(deposit=key, loan=f"L{len(m.life.steps)}", amount=fen))
        return
    kind = data.draw(st.sampled_from(["amount_freeze", "full_freeze"]))
    days = data.draw(st.sampled_from([None, 1, 30, 93]))
    until = None if days is None else m.life.model.today + timedelta(days=days)
    frozen = c.Freeze(
        deposit=key,
        freeze=f"F{len(m.life.steps)}",
        order=data.draw(st.sampled_from(["order 1", "order 2", ""])),
        kind=kind,
        amount=fen if kind == "amount_freeze" else None,
        until=until,
    )
    m.give(frozen)


def let_go(m: Player, _: str, data: st.DataObject) -> None:
    """A freeze or pledge ends, or one that was never there."""
    holds = [(d.key, name) for d in m.life.model.deposits.values() for name in d.holds]
    key, name = data.draw(st.sampled_from([*holds, (KEYS[0], "none")]))
    if name.startswith("loan "):
        m.give(c.Unpledge(deposit=key, loan=name.removeprefix("loan ")))
    else:
        m.give(c.Unfreeze(deposit=key, freeze=name, reason="lifted"))


def held_at_maturity(m: Player, key: str, data: st.DataObject) -> None:
    """A deposit that is to be paid out at maturity is frozen then, and let go."""
    name = next((k for k in KEYS if k not in m.life.model.deposits), None)
    if name is None:
        return
    opened = c.Open(
        deposit=name,
        account=key,
        product="lump_lump",
        amount=data.draw(amounts(1_000_000)),
        term_months=3,
        source="cash",
        rollover="linked_account",
    )
    m.give(opened)
    m.give(c.Freeze(deposit=name, freeze="F", order="order", kind="full_freeze"))
    m.go(m.life.model.today + timedelta(days=data.draw(st.sampled_from([89, 93, 100]))))
    m.give(c.Unfreeze(deposit=name, freeze="F", reason="lifted"))


TIME_ACTS: Final[tuple[Act, ...]] = (
    *(place, place, draw_early, draw_early, pay_out, instruct, renew, to_maturity, to_maturity),
    *(stop, let_go, held_at_maturity),
)
