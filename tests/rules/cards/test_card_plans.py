"""CC-08, CC-09, CC-12, CC-13 as properties: instalments, points, past due, personalised plans."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.cards import points
from bankcore.rules.cards.buckets import QueueEntry, bucket_of, fill, past_due
from bankcore.rules.cards.instalment_end import EarlyEnd, refund_plan, settle_early
from bankcore.rules.cards.instalments import (
    ChargeMode,
    PlanOffer,
    PlanRequest,
    PlanStyle,
    PlanTerms,
    check_plan,
    eligible_bill,
    quote,
    schedule,
)
from bankcore.rules.cards.personal_plan import (
    Agreement,
    BreachTerms,
    PlanCase,
    check_plan_case,
    is_breached,
    missed_parts,
    plan_parts,
)
from bankcore.rules.cards.tolerance import ToleranceTerms
from bankcore.values.money import ZERO, Money, total, yuan
from bankcore.values.reasons import Reason, Rejected

PRINCIPALS = st.integers(50_000, 5_000_000).map(Money)
TERMS = st.builds(
    PlanTerms,
    parts=st.sampled_from([1, 2, 3, 6, 12, 24]),
    monthly_pct=st.integers(0, 90).map(lambda n: Fraction(n, 100)),
    style=st.sampled_from(PlanStyle),
    mode=st.sampled_from(ChargeMode),
)


@given(st.integers(0, 10_000_000).map(Money), st.integers(0, 100).map(Fraction))
def test_a_bill_plan_never_takes_more_than_its_share_nor_leaves_a_fen(
    purchases: Money, share: Fraction
) -> None:
    most = eligible_bill(purchases, share).minor
    assert most <= purchases.minor * share / 100 < most + 1


@given(PRINCIPALS, TERMS)
@settings(max_examples=60)
def test_a_schedule_repays_the_principal_and_no_part_is_negative(
    principal: Money, terms: PlanTerms
) -> None:
    parts = schedule(principal, terms)
    assert total([p.principal for p in parts]) == principal
    assert all(p.principal >= ZERO and p.charge >= ZERO for p in parts)
    assert [p.number for p in parts] == list(range(1, terms.parts + 1))


@given(PRINCIPALS, st.sampled_from([3, 6, 12, 24]), st.integers(10, 90))
@settings(max_examples=40)
def test_a_monthly_fee_costs_more_a_year_than_twelve_times_its_rate(
    principal: Money, parts: int, hundredths: int
) -> None:
    rate = Fraction(hundredths, 100)

    def apr(mode: ChargeMode) -> Fraction:
        terms = PlanTerms(parts=parts, monthly_pct=rate, style=PlanStyle.FEE, mode=mode)
        return quote(principal, terms).apr

    assert apr(ChargeMode.PER_PERIOD) > 12 * rate
    assert apr(ChargeMode.UPFRONT) >= apr(ChargeMode.PER_PERIOD)


@given(PRINCIPALS, TERMS, st.integers(0, 5_000_000), st.integers(0, 24))
@settings(max_examples=60)
def test_a_refund_cancels_unbilled_principal_fen_by_fen(
    principal: Money, terms: PlanTerms, refund: int, billed: int
) -> None:
    parts = schedule(principal, terms)
    billed = min(billed, len(parts))
    left = refund_plan(parts, billed, Money(refund))
    unbilled = total([p.principal for p in parts[billed:]])
    kept = total([p.principal for p in left.parts])
    assert unbilled - kept + left.to_account == Money(refund)


OFFER = PlanOffer(
    terms=(3, 6, 12, 24, 36, 61),
    longest=60,
    least=yuan("500"),
    cash_longest=24,
    cash_most=yuan("50000"),
)


def wanted(**changes: object) -> PlanRequest:
    facts: dict[str, object] = {
        "kind": "purchase",
        "principal": yuan("600"),
        "parts": 12,
        "eligible": yuan("1000"),
        "confirmed": True,
        "apr_shown": True,
        "in_instalment": False,
        "overdue": False,
    }
    return PlanRequest(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (wanted(confirmed=False, apr_shown=False), Reason.NOT_CONFIRMED_BY_CUSTOMER),
        (wanted(apr_shown=False, parts=5), Reason.APR_NOT_SHOWN),
        (wanted(parts=5), Reason.TERM_NOT_OFFERED),
        (wanted(parts=61), Reason.TERM_ABOVE_60_MONTHS),
        (wanted(kind="cash", parts=36), Reason.CASH_INSTALMENT_TERM_ABOVE_24),
        (wanted(kind="cash", principal=yuan("50000.01")), Reason.CASH_INSTALMENT_ABOVE_50000),
        (wanted(principal=yuan("499.99")), Reason.BELOW_MINIMUM_PLAN),
        (wanted(principal=yuan("1000.01")), Reason.ABOVE_ELIGIBLE_BALANCE),
        (wanted(in_instalment=True, overdue=True), Reason.ALREADY_IN_INSTALMENT),
        (wanted(overdue=True), Reason.ACCOUNT_OVERDUE),
    ],
)
def test_a_plan_is_refused_in_the_order_of_the_rule(request_: PlanRequest, reason: Reason) -> None:
    with pytest.raises(Rejected) as no:
        check_plan(request_, OFFER)
    assert no.value.reason is reason


def test_a_plan_that_fits_is_not_refused() -> None:
    check_plan(wanted(), OFFER)


EARN = points.EarnTerms(per_yuan=1, multiplier=2, monthly_cap=50_000)


@given(PRINCIPALS, st.lists(st.integers(1, 400_000).map(Money), max_size=5))
@settings(max_examples=60)
def test_refunds_that_add_up_take_back_every_point(amount: Money, refunds: list[Money]) -> None:
    got, before, taken = points.earned(amount, 0, EARN), ZERO, 0
    for refund in refunds:
        part = min(refund, amount - before)
        back = points.Returned(amount=amount, refunded_before=before, refund=part, earned=got)
        taken += points.clawback(back, EARN)
        before += part
    rest = points.Returned(
        amount=amount, refunded_before=before, refund=amount - before, earned=got
    )
    assert taken + points.clawback(rest, EARN) == got


REDEEM = points.RedeemTerms(months_valid=24, step=500, points_per_yuan=500)


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (0, Reason.POINTS_NOT_POSITIVE),
        (250, Reason.POINTS_STEP),
        (2000, Reason.POINTS_INSUFFICIENT),
    ],
)
def test_points_are_refused_in_order(wish: int, reason: Reason) -> None:
    lots = [points.Lot(date(2024, 1, 1), 1900)]
    with pytest.raises(Rejected) as no:
        points.redeem(lots, wish, date(2024, 2, 1), REDEEM)
    assert no.value.reason is reason


def test_a_lot_is_usable_through_the_end_of_its_last_month() -> None:
    lot = points.Lot(date(2022, 2, 1), 500)
    assert points.usable_through(lot, 24) == date(2024, 2, 29)


TOLERANCE = ToleranceTerms(days=3, amount=yuan("10"))
QUEUES = st.lists(st.integers(1, 50_000).map(Money), min_size=1, max_size=5).map(
    lambda amounts: tuple(
        QueueEntry(date(2024, n + 1, 5), date(2024, n + 1, 25), m) for n, m in enumerate(amounts)
    )
)


@given(QUEUES, st.integers(0, 300), st.integers(0, 100_000).map(Money))
@settings(max_examples=60)
def test_a_credit_never_raises_the_days_past_due(
    queue: tuple[QueueEntry, ...], later: int, credit: Money
) -> None:
    on = date(2024, 1, 5) + timedelta(days=later)
    before, after = past_due(queue, on, TOLERANCE), past_due(fill(queue, on, credit), on, TOLERANCE)
    assert after.dpd <= before.dpd
    assert after.amount <= before.amount
    tomorrow = past_due(queue, on + timedelta(days=1), TOLERANCE)
    assert before.dpd == 0 or tomorrow.dpd == before.dpd + 1


@pytest.mark.parametrize(
    ("dpd", "bucket"), [(0, "M0"), (1, "M1"), (30, "M1"), (31, "M2"), (180, "M6"), (181, "M7+")]
)
def test_buckets_change_after_each_thirty_days(dpd: int, bucket: str) -> None:
    assert bucket_of(dpd) == bucket


def agreement(parts: int = 12, first: str = "0") -> Agreement:
    return Agreement(
        principal=yuan("10000"),
        interest=yuan("100"),
        fees=yuan("20"),
        waived=yuan("20"),
        first_payment=yuan(first),
        parts=parts,
        signed=date(2024, 1, 31),
        due_day=28,
    )


@given(st.integers(1, 60), st.integers(0, 1_000_000))
@settings(max_examples=40)
def test_a_personalised_plan_adds_up_and_its_parts_differ_by_less_than_their_number(
    parts: int, first: int
) -> None:
    made = plan_parts(agreement(parts, str(Money(first))), 60)
    assert total([p.amount for p in made]) == yuan("10100") - Money(first)
    amounts = [p.amount.minor for p in made]
    assert max(amounts) - min(amounts) < parts
    assert made[0].due == date(2024, 2, 28)


@pytest.mark.parametrize(
    ("case", "parts", "reason"),
    [
        ({"beyond_ability": False}, 12, Reason.NOT_BEYOND_ABILITY),
        ({"willing": False}, 12, Reason.NOT_WILLING),
        ({"plan_exists": True}, 61, Reason.PLAN_EXISTS),
        ({"approved": False}, 61, Reason.TERM_ABOVE_60_MONTHS),
        ({"approved": False, "signed_or_recorded": False}, 12, Reason.APPROVAL_MISSING),
        ({"signed_or_recorded": False}, 12, Reason.NOT_SIGNED_OR_RECORDED),
    ],
)
def test_a_personalised_plan_is_refused_in_the_order_of_the_rule(
    case: dict[str, bool], parts: int, reason: Reason
) -> None:
    facts = {
        "beyond_ability": True,
        "willing": True,
        "plan_exists": False,
        "approved": True,
        "signed_or_recorded": True,
        **case,
    }
    with pytest.raises(Rejected) as no:
        check_plan_case(PlanCase(**facts), agreement(parts), 60)
    assert no.value.reason is reason


BREACH = BreachTerms(grace_days=5, in_row=2, in_all=3)


@pytest.mark.parametrize(
    ("missed", "broken"),
    [([], False), ([1], False), ([1, 3], False), ([1, 2], True), ([1, 3, 5], True)],
)
def test_two_missed_parts_in_a_row_or_three_in_all_break_a_plan(
    *, missed: list[int], broken: bool
) -> None:
    assert is_breached(missed, BREACH) is broken


def test_payments_ahead_of_time_fill_the_next_parts() -> None:
    parts = plan_parts(agreement(), 60)
    paid = [(date(2024, 2, 1), parts[0].amount + parts[1].amount)]
    assert missed_parts(parts, paid, date(2024, 4, 2), 5) == []
    # The third part is due on 28 April; its grace ends on 3 May.
    assert missed_parts(parts, paid, date(2024, 5, 2), 5) == []
    assert missed_parts(parts, paid, date(2024, 5, 3), 5) == [3]


def test_before_2022_every_charge_still_to_come_is_due_when_a_plan_ends() -> None:
    terms = PlanTerms(
        parts=12, monthly_pct=Fraction(6, 10), style=PlanStyle.FEE, mode=ChargeMode.PER_PERIOD
    )
    end = EarlyEnd(
        billed=4,
        last_statement=date(2020, 7, 5),
        next_statement=date(2020, 8, 5),
        on=date(2020, 7, 20),
        used_time=False,
    )
    due = settle_early(schedule(yuan("12000"), terms), end)
    assert (due.principal, due.charge.amount) == (yuan("8000"), yuan("576"))
