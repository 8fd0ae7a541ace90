"""Guarantee and collateral: what is covered is paid, at most what is pledged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.actus.enhancement import CreditEvent, Enhancement, enhancement_rows
from bankcore.rules.actus.terms import CycleTerm, Observed, Terms
from bankcore.rules.actus.times import Conventions, Cycle, Period

t = datetime.fromisoformat
THIRTY = Conventions(end_of_month=False, shift="", weekdays_only=False, day_count="30E360")
MONTHLY = Cycle(Period(1, in_months=True), long_stub=False)
LOAN = Terms(
    contract_type="PAM",
    role=1,
    status_date=t("2024-12-31"),
    conventions=THIRTY,
    notional=Fraction(1200),
    rate=Fraction(12, 100),
    initial_exchange=t("2025-01-01"),
    maturity=t("2025-05-01"),
    interest=CycleTerm(anchor=t("2025-02-01"), cycle=MONTHLY),
)
GUARANTEE = Enhancement(
    role=1,
    status_date=t("2024-12-31"),
    conventions=THIRTY,
    covered=[LOAN],
    covered_ids=frozenset({"loan"}),
    coverage=Fraction(1, 2),
    fee=CycleTerm(),
)
DEFAULT = [CreditEvent(t("2025-03-16"), "loan", "DF")]
NOTHING = Observed({})


def shown(given_: Enhancement, observed: Observed, credit: list[CreditEvent]) -> list[object]:
    return [
        (str(row.at.date()), row.kind, row.payoff)
        for row in enhancement_rows(given_, observed, credit)
    ]


def test_without_a_credit_event_it_ends_with_what_it_covers() -> None:
    assert shown(GUARANTEE, NOTHING, []) == [("2025-05-01", "MD", 0)]
    earlier = replace(GUARANTEE, maturity=t("2025-04-01"))
    assert shown(earlier, NOTHING, []) == [("2025-04-01", "MD", 0)]


def test_a_default_pays_the_covered_share_after_the_settlement_period() -> None:
    assert shown(GUARANTEE, NOTHING, DEFAULT) == [
        ("2025-03-16", "XD", 0),
        ("2025-03-16", "STD", 600),
    ]
    later = replace(GUARANTEE, settlement=Period(5, in_months=False), with_interest=True)
    # 1,200 and half a month of interest, 6, half of it covered.
    assert shown(later, NOTHING, DEFAULT) == [
        ("2025-03-16", "XD", 0),
        ("2025-03-21", "STD", 603),
    ]


@pytest.mark.parametrize(
    "event",
    [
        CreditEvent(t("2025-03-16"), "other", "DF"),
        CreditEvent(t("2025-03-16"), "loan", "DL"),
        CreditEvent(t("2025-05-02"), "loan", "DF"),
    ],
    ids=["another contract", "another event", "too late"],
)
def test_what_does_not_exercise_it(event: CreditEvent) -> None:
    assert [row.kind for row in enhancement_rows(GUARANTEE, NOTHING, [event])] == ["MD"]


@given(st.integers(0, 3000), st.sampled_from([1, -1]))
def test_collateral_pays_at_most_its_worth(price: int, role: int) -> None:
    pledged = replace(
        GUARANTEE, role=role, coverage=Fraction(1), collateral=[("GOLD", Fraction(2))]
    )
    observed = Observed({"GOLD": [(t("2025-01-01"), Fraction(price, 2))]})
    rows = enhancement_rows(pledged, observed, DEFAULT)
    assert rows[-1].payoff == role * min(price, 1200)
    assert rows[0].exercised == rows[-1].payoff


def test_an_exposure_that_does_not_exist_yet_is_nothing() -> None:
    early = replace(GUARANTEE, maturity=t("2025-06-01"), status_date=t("2024-01-01"))
    credit = [CreditEvent(t("2024-06-01"), "loan", "DF")]
    assert shown(early, NOTHING, credit)[-1] == ("2024-06-01", "STD", 0)


def test_a_notional_stands_in_for_contracts() -> None:
    bare = replace(GUARANTEE, covered=[], notional=Fraction(1000), maturity=t("2025-04-01"))
    assert shown(bare, NOTHING, DEFAULT)[-1] == ("2025-03-16", "STD", 500)


def test_the_price_is_paid_when_it_is_bought() -> None:
    bought = replace(GUARANTEE, purchase=t("2025-01-10"), price=Fraction(30))
    assert shown(bought, NOTHING, [])[0] == ("2025-01-10", "PRD", -30)
    running = replace(bought, status_date=t("2025-02-01"))
    assert shown(running, NOTHING, []) == [("2025-05-01", "MD", 0)]


FEES = replace(GUARANTEE, fee=CycleTerm(anchor=t("2025-02-01"), cycle=MONTHLY))


def test_a_fee_is_an_amount_or_a_rate_on_the_cover() -> None:
    flat = replace(FEES, fee_rate=Fraction(7))
    fees = [payoff for _, kind, payoff in _rows(flat) if kind == "FP"]
    assert len(fees) == 3
    assert set(map(abs, fees)) == {Fraction(7)}
    rated = replace(FEES, fee_rate=Fraction(12, 100), fee_on_notional=True)
    fees = [payoff for _, kind, payoff in _rows(rated) if kind == "FP"]
    # A month of 12 % on 600; the first runs from the day before the exchange.
    assert [abs(fee) for fee in fees][1:] == [6, 6]


def _rows(given_: Enhancement) -> list[tuple[datetime, str, Fraction]]:
    return [(r.at, r.kind, r.payoff) for r in enhancement_rows(given_, NOTHING, [])]


def test_no_fee_is_due_after_it_was_exercised() -> None:
    rated = replace(FEES, fee_rate=Fraction(12, 100), fee_on_notional=True)
    rows = enhancement_rows(rated, NOTHING, DEFAULT)
    assert [row.kind for row in rows] == ["FP", "FP", "XD", "STD"]
    without = enhancement_rows(GUARANTEE, NOTHING, DEFAULT)
    assert rows[-1].payoff != without[-1].payoff


def test_a_flat_fee_is_owed_for_the_days_of_the_running_period() -> None:
    # 15 of the 31 days from 1 March to 1 April.
    flat = enhancement_rows(replace(FEES, fee_rate=Fraction(31)), NOTHING, DEFAULT)
    assert abs(flat[-1].payoff - 600) == 15
