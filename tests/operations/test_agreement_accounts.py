"""Agreement accounts (协定存款) from contract to closing; figures of DEP-16 and by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.audit.recompute.deposit_account import interest_settled
from bankcore.projections.accrued import accrual_sums
from bankcore.projections.sentences import sentence
from bankcore.projections.states import fold_states
from bankcore.projections.trial_balance import trial_balance
from bankcore.projections.window import Window
from bankcore.values.entry import Entry
from bankcore.values.money import Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason
from spec import Desk, empty_bank, known_customer, sound

HALF_MILLION = yuan("500000.00")


def typed(day: str, product: str = "agreement") -> Desk:
    """A1 of C1 is about to sign."""
    desk = empty_bank(day)
    known_customer(desk, "C1")
    desk.do(c.Apply(account="A1", customer="C1"))
    desk.do(c.ChooseType(account="A1", product=product))
    return desk


def agreed(day: str, opening: str, until: str | None = None) -> Desk:
    """A1 is an active agreement account over 500,000."""
    desk = typed(day)
    end = date.fromisoformat(until) if until else None
    desk.do(c.SignAgreement(account="A1", threshold=HALF_MILLION, until=end))
    desk.do(c.Open(account="A1", opening_amount=yuan(opening)))
    desk.do(c.Activate(account="A1"))
    return desk


def state(desk: Desk) -> DepositAccount:
    return desk.state(ACCOUNT, "A1")


def settlements(desk: Desk) -> list[e.InterestSettled]:
    return [x.event for x in desk.found(e.InterestSettled)]


def test_two_tiers_are_settled_and_paid_case_dep_16_01() -> None:
    desk = agreed("2025-12-21", "800000.00")
    desk.advance("2026-03-21")
    (settled,) = settlements(desk)
    assert settled.upper is not None
    assert (settled.balance_days, settled.rate) == (Fraction(45_000_000), AnnualRate.of("0.05"))
    assert (settled.upper.balance_days, settled.upper.rate) == (
        Fraction(27_000_000),
        AnnualRate.of("0.10"),
    )
    assert settled.upper.rate_valid_from == date(2025, 5, 20)
    assert settled.interest == yuan("137.50")
    assert state(desk).balance == yuan("800137.50")
    assert trial_balance(desk.entries())["2011.09"] == -80_013_750
    sound(desk)


def test_a_balance_that_crosses_the_threshold_twice_case_dep_16_03() -> None:
    desk = agreed("2025-12-21", "300000.55")
    desk.advance("2026-01-10")
    desk.do(c.Deposit(account="A1", amount=yuan("900000.00")))
    desk.advance("2026-02-20")
    desk.do(c.Withdraw(account="A1", amount=yuan("1100000.00")))
    desk.advance("2026-03-21")
    assert settlements(desk)[0].interest == yuan("120.56")
    sound(desk)


def test_a_contract_ends_inside_a_quarter_and_demand_goes_on_case_dep_16_04() -> None:
    desk = agreed("2026-03-21", "2000000.00", until="2026-05-01")
    desk.advance("2026-09-21")
    first, second = settlements(desk)
    assert first.upper is not None
    assert (first.balance_days, first.upper.balance_days) == (
        Fraction(122_500_000),
        Fraction(61_500_000),
    )
    assert first.interest == yuan("340.97")
    # 21 June to 20 September are 92 days on 2,000,340 at 0.05 %: 255.59900.
    assert (second.upper, second.interest) == (None, yuan("255.60"))
    assert trial_balance(desk.entries())["2011.09"] == -200_059_657
    sound(desk)


def test_a_late_fact_restates_both_tiers() -> None:
    # 100,000 more from 1 to 20 March, all above: 20 days at 0.10 % are 5.5556, so 143.0556.
    desk = agreed("2025-12-21", "800000.00")
    desk.advance("2026-03-25")
    late: dict[str, Any] = {"ground": "correction", "approval": "branch", "approver": "head"}
    desk.do(c.Deposit(account="A1", amount=yuan("100000")), value_date=date(2026, 3, 1), **late)
    adjusted = desk.events()[-1]
    assert isinstance(adjusted, e.InterestAdjusted)
    assert adjusted.difference == yuan("5.56")
    sound(desk)


def test_closing_settles_both_tiers_to_the_day_before() -> None:
    # 30 days: 500,000 at 0.05 % are 20.8333, 300,000 at 0.10 % are 25.00.
    desk = agreed("2026-01-05", "800000.00")
    desk.advance("2026-02-04")
    desk.do(c.Close(account="A1"))
    paid = next(x for x in desk.events() if isinstance(x, e.FundsWithdrawn))
    assert paid.amount == yuan("800045.83")
    sound(desk)


def test_interest_grows_in_both_tiers_and_is_explained() -> None:
    # 21 December to 31 January are 42 days: 2,916 2/3 fen and 3,500 fen.
    desk = agreed("2025-12-21", "800000.00")
    desk.advance("2026-01-31")
    on, entries = date(2026, 1, 31), desk.entries()
    seen = evidence(entries, Window(), desk.bank.catalogue, on)
    accrued = explain("accrued-interest", "account-A1", seen)
    assert (accrued.value, accrued.parts[0].rule) == (Fraction(19_250, 3), "DEP-16")
    assert accrued.adds_up
    sums = accrual_sums(fold_states(entries), on, desk.bank.catalogue)
    assert sums == {("6411.01", "2231"): Fraction(19_250, 3)}


def test_a_settlement_in_two_tiers_is_explained_and_told() -> None:
    desk = agreed("2025-12-21", "800000.00")
    desk.advance("2026-03-21")
    seen = evidence(desk.entries(), Window(), desk.bank.catalogue, date(2026, 3, 21))
    settled = explain("settled-interest", "account-A1", seen)
    assert (settled.value, settled.adds_up) == (Fraction(13_750), True)
    (part,) = settled.parts
    assert part.rule == "DEP-16"
    assert part.inputs["days_above"] == 27_000_000
    signed = desk.found(e.DepositAgreementSigned)[0]
    assert sentence(signed, "en") == "deposit agreement signed (500,000.00, 2026-12-21)"
    said = sentence(next(x for x in desk.entries() if x.event == settlements(desk)[0]), "en")
    assert said == ("interest of 137.50 settled (45000000 yuan-days at 0.05 % + 27000000 × 0.1%)")


def settled_entry() -> tuple[DepositAccount, Entry[Any]]:
    """The state before a settlement in two tiers, and the settlement."""
    desk = agreed("2026-03-01", "800000.00")
    desk.advance("2026-03-20")
    before = state(desk)
    desk.advance("2026-03-21")
    return before, desk.found(e.InterestSettled)[0]


def test_a_forged_settlement_in_two_tiers_is_noticed() -> None:
    before, entry = settled_entry()
    assert interest_settled(before, entry) is None
    tier = entry.event.upper
    dearer = replace(tier, rate=AnnualRate.of("0.20"))
    for forged, word in (
        ({"upper": None}, "no agreement runs"),
        ({"upper": dearer}, "by DEP-16"),
        ({"upper": replace(tier, balance_days=Fraction(1))}, "yuan-days"),
        ({"interest": Money(1)}, "by DEP-16"),
    ):
        event = replace(entry.event, **forged)
        assert word in (interest_settled(before, replace(entry, event=event)) or "")


@pytest.mark.parametrize(
    ("threshold", "until", "reason"),
    [
        (None, None, Reason.THRESHOLD_BELOW_MINIMUM),
        ("499999.99", "2027-01-06", Reason.THRESHOLD_BELOW_MINIMUM),
        ("500000.00", "2027-01-06", Reason.CONTRACT_TERM_TOO_LONG),
    ],
)
def test_a_contract_is_refused_in_the_order_of_the_rule(
    threshold: str | None, until: str | None, reason: Reason
) -> None:
    desk = typed("2026-01-05")
    asked = c.SignAgreement(
        account="A1",
        threshold=yuan(threshold) if threshold else None,
        until=date.fromisoformat(until) if until else None,
    )
    desk.refused(asked, reason)


def test_a_contract_of_exactly_twelve_months_is_signed_and_other_products_have_none() -> None:
    desk = typed("2026-01-05")
    year = date(2027, 1, 5)
    desk.do(c.SignAgreement(account="A1", threshold=HALF_MILLION, until=year))
    assert state(desk).contract == e.AgreementContract(threshold=HALF_MILLION, until=year)
    plain = typed("2026-01-05", product="demand_q")
    plain.refused(c.SignAgreement(account="A1", threshold=HALF_MILLION), Reason.ILLEGAL_TRANSITION)


def test_an_agreement_account_falls_asleep_and_wakes_on_its_own_ledger_account() -> None:
    desk = agreed("2023-01-10", "500.00")
    desk.advance("2026-01-10")
    assert state(desk).dormant
    desk.do(c.Wake(account="A1"))
    assert trial_balance(desk.entries())["2011.09"] == -state(desk).balance.minor
    sound(desk)
