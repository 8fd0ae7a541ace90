"""The sums over a whole bank are those of the single accruals, to the last fraction (GL-06)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bankcore.aggregates.customer import Customer
from bankcore.aggregates.deposit_account import DepositAccount, Stage
from bankcore.aggregates.deposit_account.balance_days import counted
from bankcore.aggregates.deposit_account.events import (
    AgreementContract,
    DemandTerms,
    DepositAccountOpened,
    FundsDeposited,
    InterestSettled,
)
from bankcore.aggregates.deposit_account.state import evolve
from bankcore.products.catalogue import shipped
from bankcore.projections.accrued import accrual_sums, accrued, virtual_legs
from bankcore.projections.states import States
from bankcore.values.money import Money
from samples import fixed, sample

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 300).map(lambda n: FIRST + timedelta(days=n))

FEN = st.integers(0, 5_000_000).map(Money)


ENTRY = replace(sample(FundsDeposited), booking_date=FIRST)


def opened(terms: DemandTerms) -> Any:
    return replace(fixed(DepositAccountOpened), terms=terms)


def deposited(fen: int) -> Any:
    return replace(fixed(FundsDeposited), amount=Money(fen))


def settled(until: date) -> Any:
    return replace(fixed(InterestSettled), until=until)


@st.composite
def accounts(draw: st.DrawFn) -> DepositAccount:
    """An account in any stage, with changes in value order that never overdraw it."""
    start = draw(st.none() | DAYS)
    changes = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(-9_999, 99_999)), max_size=6))
    on, balance, movements = start or FIRST, draw(st.integers(0, 5_000_000)), []
    opening = balance
    for gap, wanted in changes:
        change = max(wanted, -balance)
        on, balance = on + timedelta(days=gap), balance + change
        movements.append((on, Money(change)))
    account = DepositAccount(
        stage=draw(st.sampled_from(list(Stage))),
        product=draw(st.sampled_from(["demand", "demand_q", "agreement"])),
        terms=draw(
            st.none()
            | st.builds(
                DemandTerms, settlement=st.just("yearly"), base=st.sampled_from(["yuan", "fen"])
            )
        ),
        contract=draw(st.none() | st.builds(AgreementContract, threshold=FEN, until=DAYS)),
        opened_on=start,
        opening_balance=Money(opening),
        movements=tuple(movements),
    )
    return with_days(account)


def with_days(account: DepositAccount) -> DepositAccount:
    """The account with the balance-days that its movements make."""
    if account.opened_on is None or account.terms is None:
        return account
    fen = account.terms.base == "fen"
    days = counted(account.opened_on, account.opening_balance, account.movements, fen=fen)
    return replace(account, days=days)


@given(
    st.lists(st.tuples(DAYS, st.integers(1, 99_999)), max_size=8),
    st.integers(0, 8),
    st.sampled_from(["yuan", "fen"]),
    DAYS,
)
def test_balance_days_follow_late_facts_and_settlements(
    moves: list[tuple[date, int]], settled_after: int, base: str, until: date
) -> None:
    """Movements in any order of value dates, one settlement among them; counted day by day."""
    terms = DemandTerms(settlement="yearly", base=base)
    events: list[tuple[date, Any]] = [(on, deposited(fen)) for on, fen in moves]
    events.insert(min(settled_after, len(moves)), (until, settled(until)))
    account = DepositAccount()
    for version, (on, event) in enumerate([(FIRST, opened(terms)), *events], 1):
        entry = replace(ENTRY, version=version, event=event, value_date=on)
        account = evolve(account, entry)
    start, end = until, FIRST + timedelta(days=301)
    expected, day = 0, start
    while day < end:
        balance = sum(fen for on, fen in moves if on <= day)
        expected += balance // 100 * 100 if base == "yuan" else balance
        day += timedelta(days=1)
    assert account.days is not None
    assert account.days.until(end.toordinal()) == expected


@given(st.lists(accounts(), max_size=5), DAYS)
def test_sums_over_the_bank_are_those_of_its_accounts(
    several: list[DepositAccount], on: date
) -> None:
    states = States({f"account-{n}": account for n, account in enumerate(several)})
    one_by_one: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for accrual in accrued(states, on, shipped()):
        one_by_one[(accrual.debit, accrual.credit)] += accrual.exact
    sums = accrual_sums(states, on, shipped())
    assert {k: v for k, v in sums.items() if v} == {k: v for k, v in one_by_one.items() if v}
    legs = virtual_legs(states, on, shipped())
    assert sum(legs.values()) == 0


def test_ten_thousand_yuan_for_thirty_days_by_hand() -> None:
    """10,000 yuan for the 31 days of January at 0.05 %: 1,000,000 · 31 · 5/3,600,000 fen."""
    account = DepositAccount(
        stage=Stage.ACTIVE,
        product="demand",
        terms=DemandTerms(settlement="yearly", base="yuan"),
        opened_on=FIRST,
        movements=((FIRST, Money(1_000_000)),),
    )
    states = States({"account-1": with_days(account)})
    (exact,) = accrual_sums(states, date(2026, 1, 31), shipped()).values()
    assert exact == Fraction(775, 18)
    assert virtual_legs(states, date(2026, 1, 31), shipped()) == {"2231": -43, "6411.01": 43}


def test_what_moves_after_the_day_does_not_count_on_it() -> None:
    """1,000,000 fen until 31 January; the second million comes on 15 February."""
    account = DepositAccount(
        stage=Stage.ACTIVE,
        product="demand",
        terms=DemandTerms(settlement="yearly", base="yuan"),
        opened_on=FIRST,
        movements=((FIRST, Money(1_000_000)), (date(2026, 2, 15), Money(1_000_000))),
    )
    states = States({"customer-C1": Customer(), "account-1": with_days(account)})
    (exact,) = accrual_sums(states, date(2026, 1, 31), shipped()).values()
    assert exact == Fraction(775, 18)
    (one,) = accrued(states, date(2026, 1, 31), shipped())
    assert (one.stream, one.exact) == ("account-1", exact)


def test_a_day_before_the_first_money_earns_nothing() -> None:
    account = DepositAccount(
        stage=Stage.ACTIVE,
        product="demand",
        terms=DemandTerms(settlement="yearly", base="yuan"),
        opened_on=FIRST,
        movements=((FIRST, Money(1_000_000)),),
    )
    states = States({"account-1": with_days(account)})
    before = FIRST - timedelta(days=2)
    assert accrual_sums(states, before, shipped()) == {}
    assert list(accrued(states, before, shipped())) == []
