"""Notice, agreement and tax: properties of DEP-14 to DEP-19."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.deposits.agreement import AgreementTerms, agreement_interest, check_signing
from bankcore.rules.deposits.demand import demand_interest
from bankcore.rules.deposits.insurance import InsuredSum, compensation
from bankcore.rules.deposits.notice import Grade, NoticeDraw, NoticeGiven, draw_notice
from bankcore.rules.deposits.tax import interest_tax
from bankcore.rules.deposits.tranches import Tranche
from bankcore.values.dated import DatedRow
from bankcore.values.money import Money, total, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

OPENED = date(2026, 1, 5)
DEMAND, NOTICE = AnnualRate.of("0.05"), AnnualRate.of("0.30")
YUAN = st.integers(1, 500_000).map(lambda y: Money(y * 100))


@st.composite
def draws(draw: st.DrawFn) -> NoticeDraw:
    """Any draw of a deposit with up to three tranches, a notice or none, lapsed ones."""
    days = draw(st.lists(st.integers(0, 60), min_size=1, max_size=3, unique=True))
    tranches = tuple(Tranche(draw(YUAN), OPENED + timedelta(days=n)) for n in days)
    principal = total([t.amount for t in tranches])
    notice = draw(st.none() | st.builds(
        NoticeGiven, YUAN.filter(lambda a: a <= principal),
        st.integers(60, 70).map(lambda n: OPENED + timedelta(days=n)),
    ))  # fmt: skip
    return NoticeDraw(
        tranches=tranches,
        opened_on=OPENED,
        notice_days=draw(st.sampled_from([1, 7])),
        on=OPENED + timedelta(days=draw(st.integers(60, 70))),
        amount=draw(YUAN.filter(lambda a: a <= principal)),
        notice=notice,
        lapsed=tuple(draw(st.lists(YUAN, max_size=2))),
        notice_rate=NOTICE,
        demand_rate=DEMAND,
        min_draw=yuan("50000.00"),
        min_balance=yuan("50000.00"),
    )


@given(draws())
def test_principal_is_conserved(drawing: NoticeDraw) -> None:
    drawn = draw_notice(drawing)
    left = total([t.amount for t in drawn.tranches])
    assert drawn.paid_principal + left == drawing.principal
    assert left == drawn.remaining
    assert drawn.closed == (left.minor == 0)


@given(draws())
def test_interest_lies_between_nothing_and_the_notice_interest_of_all(
    drawing: NoticeDraw,
) -> None:
    drawn = draw_notice(drawing)
    most = sum(
        t.amount.minor * (drawing.on - t.start).days * NOTICE.daily for t in drawing.tranches
    )
    assert 0 <= drawn.interest.exact <= most


@given(draws())
def test_a_lapsed_notice_never_pays(drawing: NoticeDraw) -> None:
    clean = replace(drawing, lapsed=())
    assert draw_notice(drawing).interest.exact <= draw_notice(clean).interest.exact


@given(draws())
def test_giving_the_right_notice_is_never_worse(drawing: NoticeDraw) -> None:
    right = NoticeGiven(drawing.amount, drawing.on)
    told = draw_notice(replace(drawing, notice=right))
    silent = draw_notice(replace(drawing, notice=None))
    assert told.interest.exact >= silent.interest.exact
    assert silent.grade is Grade.NO_NOTICE


@given(YUAN, st.integers(1, 400), st.integers(0, 400))
def test_an_agreement_earns_at_least_demand_and_the_same_below_its_threshold(
    balance: Money, days: int, ends: int
) -> None:
    end = OPENED + timedelta(days=days)
    terms = AgreementTerms(
        yuan("100000.00"), DEMAND, AnnualRate.of("0.10"), OPENED + timedelta(days=ends)
    )
    two = agreement_interest(balance, [], OPENED, end, terms)
    one = demand_interest(balance, [], OPENED, end, DEMAND)
    assert two.low_days + two.high_days == one.balance_days
    assert two.interest.exact >= one.interest.exact
    if balance <= terms.threshold or ends == 0:
        assert two.interest.exact == one.interest.exact


@pytest.mark.parametrize(
    ("threshold", "end", "reason"),
    [
        ("499999.99", "2027-01-06", Reason.THRESHOLD_BELOW_MINIMUM),
        ("500000.00", "2027-01-06", Reason.CONTRACT_TERM_TOO_LONG),
    ],
)
def test_agreements_are_refused_in_order(threshold: str, end: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as no:
        check_signing(yuan(threshold), yuan("500000.00"), OPENED, date.fromisoformat(end), 12)
    assert no.value.reason is reason


TAX = [
    DatedRow(date(1949, 10, 1), date(1949, 10, 1), Fraction(0)),
    DatedRow(date(1999, 11, 1), date(1999, 11, 1), Fraction(20)),
    DatedRow(date(2007, 8, 15), date(2007, 8, 15), Fraction(5)),
    DatedRow(date(2008, 10, 9), date(2008, 10, 9), Fraction(0)),
]


@given(
    st.integers(0, 10**9).map(Money),
    st.dates(date(1998, 1, 1), date(2012, 1, 1)),
    st.integers(0, 3000),
)
def test_tax_takes_at_most_a_fifth_and_the_rest_is_paid(
    gross: Money, start: date, days: int
) -> None:
    taxed = interest_tax(gross, start, start + timedelta(days=days), TAX)
    assert taxed.net + taxed.tax.amount == gross
    assert 0 <= taxed.tax.exact <= Fraction(gross.minor, 5)


def test_the_borders_of_the_tax_belong_to_the_days_of_the_table() -> None:
    gross = yuan("100.00")
    for day, percent in (
        ("1999-10-31", "0.00"), ("1999-11-01", "20.00"), ("2007-08-14", "20.00"),
        ("2007-08-15", "5.00"), ("2008-10-08", "5.00"), ("2008-10-09", "0.00"),
    ):  # fmt: skip
        start = date.fromisoformat(day)
        taxed = interest_tax(gross, start, start + timedelta(days=1), TAX)
        assert taxed.tax.amount == yuan(percent), day


@given(st.lists(YUAN, min_size=1, max_size=6), st.integers(1, 5))
def test_compensation_does_not_depend_on_how_a_sum_is_split(parts: list[Money], by: int) -> None:
    limit, on = yuan("500000.00"), date(2026, 1, 15)
    whole = [InsuredSum("demand", total(parts), Money(0))]
    split = [
        InsuredSum("lump_lump" if i % by else "demand", p, Money(0)) for i, p in enumerate(parts)
    ]
    found = [compensation(on, sums, limit, senior_manager=False) for sums in (whole, split)]
    assert found[0] == found[1]
    assert found[0].paid <= limit
