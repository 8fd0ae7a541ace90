"""The contract engine: properties of every type, then payoffs by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.actus.engine import run
from bankcore.rules.actus.maturity import derived
from bankcore.rules.actus.state import Row
from bankcore.rules.actus.terms import ArrayStep, CycleTerm, Observed, Terms
from bankcore.rules.actus.times import Conventions, Cycle, Period

t = datetime.fromisoformat
THIRTY = Conventions(end_of_month=False, shift="", weekdays_only=False, day_count="30E360")
MONTHLY = Cycle(Period(1, in_months=True), long_stub=False)
NOTHING = Observed({})


def cycle(anchor: str | None, every: Cycle | None = MONTHLY) -> CycleTerm:
    return CycleTerm(anchor=t(anchor) if anchor else None, cycle=every)


LOAN = Terms(
    contract_type="PAM",
    role=1,
    status_date=t("2024-12-31"),
    conventions=THIRTY,
    notional=Fraction(1200),
    rate=Fraction(12, 100),
    initial_exchange=t("2025-01-01"),
    maturity=t("2025-05-01"),
    interest=cycle("2025-02-01"),
)


def shown(rows: Sequence[Row]) -> list[tuple[str, str, object]]:
    return [(str(row.at.date()), row.kind, row.payoff) for row in rows]


kinds = st.sampled_from(["PAM", "LAM", "NAM", "ANN"])
amounts = st.integers(100, 10**7).map(Fraction)
rates = st.integers(0, 30).map(lambda n: Fraction(n, 100))


@st.composite
def loans(draw: st.DrawFn) -> Terms:
    kind = draw(kinds)
    notional = draw(amounts)
    count = draw(st.integers(1, 24))
    interest_most = notional * Fraction(30, 1200)
    return replace(
        LOAN,
        contract_type=kind,
        role=draw(st.sampled_from([1, -1])),
        notional=notional,
        rate=draw(rates),
        maturity=Period(count, in_months=True).after(t("2025-01-01")),
        redemption=cycle("2025-02-01"),
        next_redemption=notional / count if kind == "LAM" else notional / count + interest_most,
    )


@given(loans())
def test_what_is_lent_comes_back(terms: Terms) -> None:
    rows = run(terms, NOTHING, None)
    principal = sum((r.payoff for r in rows if r.kind in {"IED", "PR", "MD"}), Fraction(0))
    assert principal == 0
    assert rows[-1].state.notional == 0


@given(loans())
def test_the_other_side_sees_the_opposite_flows(terms: Terms) -> None:
    ours, theirs = (run(replace(terms, role=role), NOTHING, None) for role in (1, -1))
    assert [(r.at, r.kind, r.payoff) for r in ours] == [(r.at, r.kind, -r.payoff) for r in theirs]


@given(loans(), st.integers(2, 9))
def test_flows_grow_with_the_notional(terms: Terms, times: int) -> None:
    assert terms.next_redemption is not None
    more = replace(
        terms,
        notional=terms.notional * times,
        next_redemption=terms.next_redemption * times,
    )
    one, many = run(terms, NOTHING, None), run(more, NOTHING, None)
    assert [r.payoff * times for r in one] == [r.payoff for r in many]


@given(loans(), st.integers(0, 24))
def test_a_shorter_view_is_the_beginning_of_a_longer(terms: Terms, months: int) -> None:
    until = Period(months, in_months=True).after(t("2025-01-01"))
    whole = run(terms, NOTHING, None)
    assert run(terms, NOTHING, until) == [row for row in whole if row.at <= until]


def test_principal_at_maturity_by_hand() -> None:
    assert shown(run(LOAN, NOTHING, None)) == [
        ("2025-01-01", "IED", -1200),
        ("2025-02-01", "IP", 12),
        ("2025-03-01", "IP", 12),
        ("2025-04-01", "IP", 12),
        ("2025-05-01", "IP", 12),
        ("2025-05-01", "MD", 1200),
    ]


def test_linear_amortiser_spreads_what_it_is_not_told() -> None:
    terms = replace(LOAN, contract_type="LAM", redemption=cycle("2025-02-01"))
    paid = [row.payoff for row in run(terms, NOTHING, None) if row.kind in {"PR", "IP", "MD"}]
    assert paid == [300, 12, 300, 9, 300, 6, 3, 300]


def test_interest_on_the_base_that_was_agreed() -> None:
    terms = replace(
        LOAN,
        contract_type="LAM",
        redemption=cycle("2025-02-01"),
        next_redemption=Fraction(300),
        base_mode="NTL",
        base_amount=Fraction(2400),
        base=cycle("2025-03-01", Cycle(Period(2, in_months=True), long_stub=False)),
    )
    paid = [row.payoff for row in run(terms, NOTHING, None) if row.kind == "IP"]
    # 24 a month on 2,400 until 1 March, from then on 1 % of the 600 that are left there.
    assert paid == [24, 24, 6, 6]
    fixed = replace(terms, base_mode="NTIED", base_amount=None, base=CycleTerm())
    assert [r.payoff for r in run(fixed, NOTHING, None) if r.kind == "IP"] == [12] * 4
    nam = replace(terms, contract_type="NAM", next_redemption=Fraction(324))
    assert [r.payoff for r in run(nam, NOTHING, None) if r.kind == "IP"] == [24, 24, 6, 6]


def test_negative_amortiser_pays_interest_before_it_redeems() -> None:
    terms = replace(
        LOAN,
        contract_type="NAM",
        interest=cycle("2025-01-15", Cycle(Period(15, in_months=False), long_stub=False)),
        redemption=cycle("2025-03-01"),
        next_redemption=Fraction(400),
        maturity=None,
    )
    rows = run(terms, NOTHING, None)
    # 400 a month, interest inside: 400 on 1 March covers the month's 12 less what was paid before.
    assert [r.kind for r in rows][:3] == ["IED", "IP", "IP"]
    assert derived(terms) == t("2025-06-01")
    assert rows[-1].state.notional == 0


def test_payments_too_small_never_end() -> None:
    terms = replace(
        LOAN,
        contract_type="NAM",
        redemption=cycle("2025-02-01"),
        next_redemption=Fraction(12),
        maturity=None,
    )
    with pytest.raises(AssertionError, match="never redeem"):
        derived(terms)


def test_a_derived_maturity_starts_after_the_status_date_and_keeps_month_ends() -> None:
    terms = replace(
        LOAN,
        contract_type="LAM",
        maturity=None,
        status_date=t("2025-03-15"),
        redemption=cycle("2025-02-01"),
        next_redemption=Fraction(500),
    )
    assert derived(terms) == t("2025-06-01")
    ends = replace(
        terms,
        conventions=replace(THIRTY, end_of_month=True),
        redemption=cycle("2025-02-28"),
        status_date=t("2025-01-01"),
    )
    assert derived(ends) == t("2025-04-30")
    exchanged = replace(terms, redemption=cycle(None), status_date=t("2025-01-01"))
    assert derived(exchanged) == t("2025-04-01")
    assert derived(replace(terms, amortization=t("2026-01-01"))) == t("2026-01-01")


def test_the_annuity_is_sized_again_after_a_reset() -> None:
    terms = replace(
        LOAN,
        contract_type="ANN",
        redemption=cycle("2025-02-01"),
        interest=CycleTerm(),
        reset=cycle("2025-03-01", None),
        reset_market="LPR",
        reset_spread=Fraction(12, 100),
    )
    observed = Observed({"LPR": [(t("2025-01-01"), Fraction(12, 100))]})
    rows = run(terms, observed, None)
    fixed = [row.state.next_redemption for row in rows if row.kind == "PRF"]
    q = Fraction(101, 100)
    assert fixed[0] == 1200 * q**4 / (1 + q + q**2 + q**3)
    assert len(fixed) == 2
    assert fixed[1] > fixed[0]
    assert rows[-1].state.notional == 0


def test_a_known_first_reset_replaces_the_market() -> None:
    terms = replace(
        LOAN,
        reset=cycle("2025-02-01"),
        reset_market="LPR",
        next_reset=Fraction(24, 100),
    )
    observed = Observed({"LPR": [(t("2025-01-01"), Fraction(6, 100))]})
    rows = run(terms, observed, None)
    assert [r.kind for r in rows if r.kind.startswith("RR")] == ["RRF", "RR", "RR"]
    assert [r.payoff for r in rows if r.kind == "IP"] == [12, 24, 6, 6]
    late = replace(terms, reset=cycle("2025-06-01"))
    assert not [r for r in run(late, observed, None) if r.kind.startswith("RR")]


def test_capitalised_interest_joins_the_notional() -> None:
    terms = replace(LOAN, capitalization_end=t("2025-03-01"))
    rows = run(terms, NOTHING, None)
    assert [r.kind for r in rows] == ["IED", "IPCI", "IPCI", "IP", "IP", "MD"]
    grown = 1200 * Fraction(101, 100) ** 2
    assert rows[2].state.notional == grown
    assert rows[-1].payoff == grown


def test_scaling_moves_interest_and_notional() -> None:
    terms = replace(
        LOAN,
        contract_type="LAM",
        redemption=cycle("2025-02-01"),
        next_redemption=Fraction(300),
        scaling=cycle("2025-02-15", None),
        scaling_market="CPI",
        scaling_index_at_deal=Fraction(100),
        scaling_effect="INO",
    )
    observed = Observed({"CPI": [(t("2025-01-01"), Fraction(110))]})
    paid = [r.payoff for r in run(terms, observed, None) if r.kind in {"PR", "IP"}]
    assert paid[:4] == [300, 12, 330, Fraction(99, 10)]
    plain = replace(terms, scaling_effect="OOO")
    assert [r.payoff for r in run(plain, observed, None) if r.kind == "PR"] == [300] * 3


def test_bought_and_sold_before_the_end() -> None:
    terms = replace(
        LOAN,
        purchase=t("2025-02-16"),
        purchase_price=Fraction(1190),
        termination=t("2025-03-16"),
        termination_price=Fraction(1210),
    )
    rows = run(terms, NOTHING, None)
    assert shown(rows) == [
        ("2025-02-16", "PRD", -1196),
        ("2025-03-01", "IP", 12),
        ("2025-03-16", "TD", 1216),
    ]


def test_a_contract_that_runs_already_accrues_since_its_last_interest() -> None:
    running = replace(LOAN, status_date=t("2025-02-16"))
    assert run(running, NOTHING, None)[0].payoff == 12
    told = replace(running, accrued=Fraction(1))
    assert run(told, NOTHING, None)[0].payoff == 7
    before = replace(running, status_date=t("2025-01-16"))
    assert run(before, NOTHING, None)[0].payoff == 6


def test_interest_may_begin_before_the_exchange() -> None:
    terms = replace(LOAN, interest=cycle("2024-12-01"), premium=Fraction(5))
    rows = run(terms, NOTHING, None)
    assert rows[0].payoff == -1205
    assert rows[0].state.accrued == 12


def test_a_contract_without_interest_pays_none() -> None:
    terms = replace(LOAN, rate=None, interest=CycleTerm())
    assert shown(run(terms, NOTHING, None)) == [
        ("2025-01-01", "IED", -1200),
        ("2025-05-01", "MD", 1200),
    ]
    once = replace(LOAN, interest=cycle("2025-02-01", None))
    assert [r.payoff for r in run(once, NOTHING, None) if r.kind == "IP"] == [12, 36]


STEPS = replace(
    LOAN,
    contract_type="LAX",
    maturity=None,
    redemption_steps=(
        ArrayStep(anchor=t("2025-02-01"), cycle=None, value=Fraction(200), increases=True),
        ArrayStep(anchor=t("2025-03-01"), cycle=MONTHLY, value=Fraction(700)),
    ),
    interest_steps=(ArrayStep(anchor=t("2025-02-01"), cycle=MONTHLY),),
    reset_steps=(
        ArrayStep(anchor=t("2025-02-01"), cycle=None, value=Fraction(24, 100)),
        ArrayStep(anchor=t("2025-03-01"), cycle=None, value=Fraction(1, 100), fixed=False),
    ),
    reset_market="LPR",
)
LPR = Observed({"LPR": [(t("2025-01-01"), Fraction(11, 100))]})


def test_steps_raise_redeem_and_reset() -> None:
    assert derived(STEPS) == t("2025-04-01")
    rows = run(STEPS, LPR, None)
    assert shown(rows) == [
        ("2025-01-01", "IED", -1200),
        ("2025-02-01", "PI", -200),
        ("2025-02-01", "IP", 12),
        ("2025-02-01", "RRF", 0),
        ("2025-03-01", "PR", 700),
        ("2025-03-01", "IP", 28),
        ("2025-03-01", "RR", 0),
        ("2025-04-01", "IP", 7),
        ("2025-04-01", "MD", 700),
    ]


def test_steps_end_with_the_last_one() -> None:
    single = replace(
        STEPS,
        redemption_steps=(ArrayStep(anchor=t("2025-02-01"), cycle=None, value=Fraction(1)),),
    )
    assert derived(single) == t("2025-02-01")
    empty = replace(
        STEPS,
        redemption_steps=(
            ArrayStep(anchor=t("2025-02-01"), cycle=MONTHLY),
            ArrayStep(anchor=t("2025-04-01"), cycle=MONTHLY, value=Fraction(1200)),
        ),
    )
    assert derived(empty) == t("2025-04-01")
    late = replace(single, maturity=t("2025-01-15"))
    assert [r.kind for r in run(late, LPR, None)] == ["IED", "IP", "MD"]


DEPOSIT = replace(
    LOAN, contract_type="UMP", role=-1, maturity=None, interest=cycle(None), rate=Fraction(12, 100)
)


def test_a_deposit_without_maturity_compounds_until_the_horizon() -> None:
    rows = run(DEPOSIT, NOTHING, t("2025-03-15"))
    assert [row.kind for row in rows] == ["IED", "IPCI", "IPCI", "IPCI"]
    assert rows[-1].state.notional == -1200 * Fraction(101, 100) ** 2
    idle = replace(DEPOSIT, interest=CycleTerm())
    assert [row.kind for row in run(idle, NOTHING, t("2025-03-15"))] == ["IED"]


def test_call_money_ends_when_it_is_called_or_at_its_maturity() -> None:
    called = Observed({}, [(t("2025-02-10"), "XD", Fraction(0))])
    notice = Period(7, in_months=False)
    terms = replace(DEPOSIT, contract_type="CLM", notice=notice, interest=CycleTerm())
    rows = run(terms, called, None)
    assert [(row.kind, -row.payoff) for row in rows] == [
        ("IED", -1200),
        ("XD", 0),
        ("IP", Fraction(1200 * 12 * 46, 36_000)),
        ("STD", 1200),
    ]
    ending = replace(terms, maturity=t("2025-02-01"))
    for observed in (NOTHING, called):
        assert [row.kind for row in run(ending, observed, None)] == ["IED", "IP", "MD"]
    open_ended = replace(terms, interest=cycle(None))
    assert [r.kind for r in run(open_ended, NOTHING, t("2025-02-15"))] == ["IED", "IPCI", "IPCI"]
    running = replace(ending, status_date=t("2025-01-15"))
    assert [row.kind for row in run(running, NOTHING, None)] == ["IP", "MD"]


def test_shares_pay_dividends_and_cash_is_seen() -> None:
    share = replace(
        LOAN,
        contract_type="STK",
        initial_exchange=None,
        rate=None,
        interest=CycleTerm(),
        dividend=cycle("2025-02-01"),
        dividend_market="DIV",
        termination=t("2025-03-15"),
        termination_price=Fraction(50),
    )
    paid = Observed({"DIV": [(t("2025-01-01"), Fraction(3))]})
    rows = run(share, paid, t("2025-12-31"))
    assert shown(rows) == [
        ("2025-02-01", "DV", 3),
        ("2025-03-01", "DV", 3),
        ("2025-03-15", "TD", 50),
    ]
    seen = Observed({}, [(t("2025-02-01"), "AD", Fraction(0))])
    (row,) = run(replace(LOAN, contract_type="CSH"), seen, None)
    assert shown([row]) == [("2025-02-01", "AD", 0)]
    assert row.state.notional == 1200


def test_after_its_termination_a_contract_is_silent() -> None:
    over = replace(LOAN, termination=t("2025-02-15"), status_date=t("2025-02-20"))
    assert run(over, NOTHING, None) == []
