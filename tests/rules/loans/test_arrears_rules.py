"""Days past due, penalty, misuse, allocation and collateral (LN-18 to LN-23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.loans.accrual import accrued_interest
from bankcore.rules.loans.allocation import Dues, Parts, allocate_payment
from bankcore.rules.loans.arrears import Owed, Paid, days_past_due, missed_instalments
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.misuse import MisusePolicy, misuse_surcharge
from bankcore.rules.loans.penalty import (
    OverduePiece,
    PenaltyPolicy,
    RateStep,
    compound_interest,
    penalty_interest,
)
from bankcore.rules.loans.release import (
    Outstanding,
    PartialRelease,
    partial_release_refusal,
    release_refusal,
    revaluation_due,
    top_up,
)
from bankcore.values.money import Money, total, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

START = date(2025, 1, 31)
money = st.integers(0, 10**6).map(Money)
POLICY = PenaltyPolicy(
    surcharge=Fraction(50),
    surcharge_min=Fraction(30),
    surcharge_max=Fraction(50),
    grace_days=3,
    cap=AnnualRate.of(24),
)
RATES = [RateStep(START, AnnualRate.of("4.35"))]


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Owed], list[Paid]]:
    owed = [
        Owed(START + timedelta(days=30 * k), Money(draw(st.integers(1, 1000)))) for k in range(6)
    ]
    paid = [
        Paid(START + timedelta(days=draw(st.integers(0, 200))), Money(draw(st.integers(0, 900))))
        for _ in range(draw(st.integers(0, 6)))
    ]
    return owed, paid


@given(ledgers(), st.integers(0, 300))
def test_without_payment_the_count_rises_by_one_a_day(
    ledger: tuple[list[Owed], list[Paid]], days: int
) -> None:
    owed, _ = ledger
    day = START + timedelta(days=days)
    today, tomorrow = (days_past_due(owed, [], day + timedelta(days=k), 3) for k in (0, 1))
    assert tomorrow.strict == today.strict + 1 or today.strict == 0


@given(ledgers(), st.integers(0, 300), st.integers(1, 2000))
def test_a_payment_never_raises_the_count_and_lowers_what_is_overdue(
    ledger: tuple[list[Owed], list[Paid]], days: int, amount: int
) -> None:
    owed, paid = ledger
    day = START + timedelta(days=days)
    before = days_past_due(owed, paid, day, 3)
    after = days_past_due(owed, [*paid, Paid(day, Money(amount))], day, 3)
    assert after.strict <= before.strict
    assert before.overdue - after.overdue == min(before.overdue, Money(amount))
    assert before.reported in (0, before.strict)


@given(ledgers())
def test_missed_instalments_are_no_more_than_there_are(
    ledger: tuple[list[Owed], list[Paid]],
) -> None:
    missed = missed_instalments(*ledger, as_of=START + timedelta(days=400), grace_days=3)
    assert 0 <= missed.consecutive <= missed.total <= 6


@given(st.integers(1, 10**8), st.integers(0, 400))
def test_grace_forgives_all_or_nothing(principal: int, days: int) -> None:
    piece = OverduePiece(Money(principal), START, START + timedelta(days=days))
    made = penalty_interest(piece, RATES, POLICY)
    assert made.days == (days if days > 3 else 0)
    # 4.35 % × 1.5 = 6.525 % a year on a 360-day year.
    assert made.figure.exact == principal * made.days * Fraction(6525, 36_000_000)


def test_compound_interest_uses_the_penalty_rate_and_splits_where_the_rate_changes() -> None:
    rates = [*RATES, RateStep(date(2025, 2, 10), AnnualRate.of(20))]
    piece = OverduePiece(yuan("1000"), START, date(2025, 2, 20))
    made = compound_interest(piece, rates, POLICY)
    # Ten days at 6.525 %, then ten at min(30 %, 24 %): 1.8125 + 6.6667.
    assert str(made.figure.amount) == "8.48"
    assert made.figure.inputs["segments"] == [
        (10, AnnualRate.of("6.525")),
        (10, AnnualRate.of(24)),
    ]


@pytest.mark.parametrize(
    ("policy", "until", "reason"),
    [
        (replace(POLICY, surcharge=Fraction(51)), START, Reason.SURCHARGE_OUT_OF_RANGE),
        (POLICY, START - timedelta(days=1), Reason.PAID_BEFORE_DUE),
    ],
)
def test_a_penalty_is_refused(policy: PenaltyPolicy, until: date, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        penalty_interest(OverduePiece(yuan("1"), START, until), RATES, policy)
    assert refused.value.reason is reason


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 400), st.integers(1, 60))
def test_misuse_costs_at_least_the_penalty_and_never_both(
    misused: int, overdue: int, days: int, percent: int
) -> None:
    policy = MisusePolicy(
        misuse_surcharge=Fraction(100), overdue_surcharge=Fraction(50), cap=AnnualRate.of(24)
    )
    part = Money(min(misused, overdue))
    made = misuse_surcharge(Money(misused), part, AnnualRate.of(percent), days, policy)
    alone = part.minor * days * min(Fraction(percent) * 3 / 2, Fraction(24)) / 36000
    assert made.penalty_overdue.exact >= alone
    assert made.extra_not_due.exact >= 0


def test_more_overdue_than_misused_is_refused() -> None:
    policy = MisusePolicy(
        misuse_surcharge=Fraction(100), overdue_surcharge=Fraction(50), cap=AnnualRate.of(24)
    )
    with pytest.raises(Rejected) as refused:
        misuse_surcharge(yuan("1"), yuan("2"), AnnualRate.of(4), 1, policy)
    assert refused.value.reason is Reason.OVERDUE_PART_ABOVE_MISUSED


dues = st.lists(
    st.builds(
        Dues,
        st.integers(1, 12),
        st.dates(date(2025, 1, 1), date(2025, 12, 31)),
        st.builds(Parts, principal=money, interest=money, penalty=money, compound=money),
    ),
    max_size=5,
)


@given(dues, money, st.integers(0, 10**7), st.integers(0, 200))
def test_a_payment_is_conserved_and_no_part_is_overpaid(
    owed: list[Dues], costs: Money, payment: int, dpd: int
) -> None:
    made = allocate_payment(owed, costs, Money(payment), dpd, switch_after=90)
    paid = total([parts.total for _, parts in made.rows])
    assert made.costs + paid + made.unapplied == Money(payment)
    for due, parts in made.rows:
        for kind in ("principal", "interest", "penalty", "compound"):
            assert parts.part(kind) <= due.owed.part(kind)
    if made.unapplied:
        assert paid == total([due.owed.total for due in owed])


def test_a_negative_payment_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        allocate_payment([], Money(0), Money(-1), 0, switch_after=90)
    assert refused.value.reason is Reason.PAYMENT_NEGATIVE


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 100))
def test_either_cure_brings_the_ratio_back(balance: int, value: int, ltv: int) -> None:
    asked = top_up(Money(balance), Money(value), Fraction(ltv), Fraction(10))
    if asked.prepay_needed:
        left = balance - asked.prepay_needed.minor
        assert 100 * left <= ltv * value
        assert 100 * balance <= ltv * (value + asked.collateral_needed.minor)
    else:
        assert 100 * balance <= (ltv + 10) * value


def test_a_worthless_pledge_is_cured_by_money_alone() -> None:
    asked = top_up(yuan("100"), Money(0), Fraction(70), Fraction(10))
    assert (asked.ltv, asked.prepay_needed, asked.collateral_needed) == (
        None,
        yuan("100"),
        Money(0),
    )


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("principal", Reason.PRINCIPAL_OUTSTANDING),
        ("interest", Reason.INTEREST_OUTSTANDING),
        ("penalty", Reason.PENALTY_OUTSTANDING),
        ("compound", Reason.COMPOUND_OUTSTANDING),
        ("costs", Reason.COSTS_OUTSTANDING),
        ("undrawn", Reason.COMMITMENT_OPEN),
    ],
)
def test_one_fen_of_anything_blocks_the_release(kind: str, reason: Reason) -> None:
    assert release_refusal(Outstanding(**{kind: Money(1)})) is reason
    assert release_refusal(Outstanding()) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dpd": 1}, Reason.IN_ARREARS),
        ({"loan_class": LoanClass.SUBSTANDARD}, Reason.CLASS_TOO_LOW),
        ({"balance": yuan("70.01")}, Reason.LTV_AFTER_RELEASE_EXCEEDED),
        ({}, None),
    ],
)
def test_a_part_release_leaves_enough(change: dict[str, object], reason: Reason | None) -> None:
    wish = PartialRelease(
        balance=yuan("70"),
        remaining_value=yuan("100"),
        approved_ltv=Fraction(70),
        dpd=0,
        loan_class=LoanClass.SPECIAL_MENTION,
    )
    assert partial_release_refusal(replace(wish, **change)) is reason  # type: ignore[arg-type]


def test_a_revaluation_is_due_a_cycle_later() -> None:
    assert revaluation_due(date(2024, 2, 29), 12) == date(2025, 2, 28)


@given(st.integers(1, 10**9), st.integers(0, 31))
def test_accrued_interest_grows_to_the_interest_of_the_month(balance: int, days: int) -> None:
    rates = [RateStep(date(2025, 1, 10), AnnualRate.of("3.60"))]
    begin, end = date(2025, 1, 10), date(2025, 1, 10) + timedelta(days=days)
    grown = accrued_interest(Money(balance), rates, (begin, end), 1)
    month = balance * Fraction(3, 1000)
    assert grown == (month if days == 31 else balance * days * Fraction(36, 360_000))
    assert grown <= month
    by_days = accrued_interest(Money(balance), rates, (begin, end), None)
    assert by_days == balance * days * Fraction(36, 360_000)


def test_accrued_interest_of_a_month_that_starts_on_a_clamped_day_is_never_more_than_a_month() -> (
    None
):
    # Due on the 31st: the period of 31 days after 28 February falls due as one month (LN-14).
    rates = [RateStep(date(2025, 1, 31), AnnualRate.of("3.60"))]
    grown = [
        accrued_interest(yuan("10000"), rates, (date(2025, 2, 28), end), 1)
        for end in (date(2025, 3, 27), date(2025, 3, 28), date(2025, 3, 30), date(2025, 3, 31))
    ]
    assert grown == [2700, 3000, 3000, 3000]
