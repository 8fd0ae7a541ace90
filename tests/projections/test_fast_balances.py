"""The fast fold over bytes gives what the ordinary fold over entries gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as e
from bankcore.projections.fast_balances import BOOKED, BalanceFold, legs_of
from bankcore.projections.postings import post
from bankcore.projections.states import States
from bankcore.projections.trial_balance import trial_balance
from bankcore.projections.window import EVERYTHING, Window
from bankcore.store.codec import encode
from bankcore.store.fast import fold_balances, take_rows
from bankcore.store.log import open_log
from bankcore.values.declare import EVENTS, EventInfo, Gl
from bankcore.values.entry import Entry
from bankcore.values.errors import DamagedLog
from bankcore.values.money import Money
from samples import deposit, entries, hints

MOVING = [
    cls for cls in EVENTS if (legs_of(cls) or cls in BOOKED) and cls is not e.DepositEntryReversed
]
ACCOUNT_EVENTS = [cls for cls in EVENTS if EVENTS[cls].stream == "deposit_account"]
GL_ACCOUNTS = ["1001", "2011.01", "2231", "6411.01", "1003.01"]
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


def placeholders(cls: type[Any]) -> set[str]:
    return {plan.placeholder for plan in legs_of(cls) if plan.placeholder}


def in_one_currency(event: Any) -> Any:
    """All sums of an event in the currency of its first: it may derive one from two of them."""
    amounts = {name: getattr(event, name) for name in hints(type(event))}
    sums = {name: value for name, value in amounts.items() if isinstance(value, Money)}
    currency = next((money.currency for money in sums.values()), "")
    return replace(event, **{name: Money(m.minor, currency) for name, m in sums.items()})


@st.composite
def monies(draw: st.DrawFn) -> list[Entry[Any]]:
    """Entries that move money, on a few streams, with accounts of the chart."""
    made = []
    versions: Counter[str] = Counter()
    for entry in draw(st.lists(entries(MOVING), max_size=12)):
        event = entry.event
        gl = {name: draw(st.sampled_from(GL_ACCOUNTS)) for name in placeholders(type(event))}
        if "gl" in hints(type(event)):
            event = replace(event, gl=gl)
        event = in_one_currency(event)
        stream = draw(st.sampled_from(["account-1", "account-2", "loan-1"]))
        versions[stream] += 1
        on, value = draw(DAYS), draw(DAYS)
        made.append(
            replace(
                entry,
                stream=stream,
                version=versions[stream],
                event=event,
                booking_date=on,
                value_date=value,
            )
        )
    return made


def ordinary(made: list[Entry[Any]]) -> dict[str, dict[str, int]]:
    """Stream -> account -> balance by the journal."""
    totals: dict[str, Counter[str]] = {}
    for entry in made:
        for leg in post(entry):
            totals.setdefault(entry.stream, Counter())[leg.account] += leg.minor
    return without_zeros(totals)


def without_zeros(totals: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    kept = {s: {a: n for a, n in sorted(t.items()) if n} for s, t in totals.items()}
    return {s: t for s, t in kept.items() if t}


def fast(made: list[Entry[Any]], window: Window = EVERYTHING) -> BalanceFold:
    fold = BalanceFold()
    take_rows(fold, ((n, *encode(x), b"") for n, x in enumerate(made, 1)), window)
    return fold


@settings(max_examples=100, deadline=None)
@given(monies(), st.none() | DAYS, st.none() | DAYS)
def test_bytes_and_entries_give_the_same_ledger(
    made: list[Entry[Any]], as_of: date | None, known_at: date | None
) -> None:
    window = Window(as_of, known_at)
    seen = list(window.filter(made))
    fold = fast(made, window)
    assert without_zeros(fold.totals) == ordinary(seen)
    assert fold.ledger() == trial_balance(seen)


@settings(max_examples=50, deadline=None)
@given(monies())
def test_whole_entries_and_bytes_give_the_same(made: list[Entry[Any]]) -> None:
    slow = BalanceFold()
    for entry in made:
        slow.take_entry(entry)
    assert fast(made).ledger() == slow.ledger()
    assert fast(made).booked == slow.booked


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        entries([cls for cls in EVENTS if EVENTS[cls].stream == "deposit_account"]), max_size=10
    )
)
def test_booked_balances_are_those_of_the_accounts_own_state(made: list[Entry[Any]]) -> None:
    states = States()
    fold = BalanceFold()
    for version, entry in enumerate(made, 1):
        placed = replace(yuan_only(entry), stream="account-1", version=version)
        states.apply(placed)
        for sign, name in BOOKED.get(type(placed.event), ()):
            minor = sign * getattr(placed.event, name).minor
            fold.booked["account-1"] = fold.booked.get("account-1", 0) + minor
    state = states.get(ACCOUNT, "1")
    assert fold.accounts().get("account-1", 0) == (state.balance.minor if state else 0)


def yuan_only(entry: Entry[Any]) -> Entry[Any]:
    """The same entry with its money in yuan."""
    money = {
        name: Money(getattr(entry.event, name).minor)
        for name in hints(type(entry.event))
        if isinstance(getattr(entry.event, name), Money)
    }
    return replace(entry, event=replace(entry.event, **money))


def test_reversals_and_old_versions_go_as_entries() -> None:
    fold = BalanceFold()
    assert fold.take_of("deposit_account.DepositEntryReversed.1") == "entry"
    assert fold.take_of("deposit_account.FundsDeposited.1") == "entry"
    assert fold.take_of("deposit_account.AccountActivated.1") is None
    paid: Entry[Any] = deposit("account-1", 1, 500)
    red = e.DepositEntryReversed(
        reverses="account-1@1",
        reversed_event="FundsDeposited",
        change=Money(-500),
        amounts=(("amount", Money(500)),),
        reason="error",
        gl=paid.event.gl,
    )
    fold = fast([paid, replace(paid, version=2, event=red)])
    assert fold.ledger() == {}
    assert fold.accounts() == {"account-1": 0}


def test_a_log_gives_its_balances_at_a_pair_of_dates() -> None:
    with open_log(":memory:") as log:
        first = deposit("account-1", 1, 500)
        late = replace(
            deposit("account-1", 2, 70), booking_date=first.booking_date + timedelta(days=3)
        )
        log.append([first, late])
        assert fold_balances(log).ledger() == {"1001": 570, "2011.01": -570}
        known = fold_balances(log, Window(known_at=first.booking_date))
        assert known.accounts() == {"account-1": 500}


def test_damaged_bytes_are_told_by_position() -> None:
    row = encode(deposit("account-1", 1))
    with pytest.raises(DamagedLog) as caught:
        take_rows(BalanceFold(), [(7, *row[:3], b"\x91\x01", b"")])
    assert caught.value.position == 7


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfAnEvent:
    """What an event looks like that has only the first amount of its row."""

    interest: Money
    gl: Gl


def test_a_leg_of_amounts_that_an_event_does_not_have_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # L8: interest and penalty leave the books; without a penalty its two legs are none.
    info = EventInfo("loan", "HalfAnEvent", 1, "", "", ("L8",), "", "", "")
    monkeypatch.setitem(EVENTS, HalfAnEvent, info)
    event = HalfAnEvent(interest=Money(70), gl={})
    fold = BalanceFold()
    take = fold.take_of("loan.HalfAnEvent.1")
    assert callable(take)
    take("loan-1", {"interest": 70, "gl": {}})
    moved = {"1132.01": -70, "6011.01": 70, "8301": 70, "8999": -70}
    assert fold.ledger() == moved
    entry: Entry[Any] = deposit("loan-1", 1)
    assert {x.account: x.minor for x in post(replace(entry, event=event))} == moved
