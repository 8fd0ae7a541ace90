"""Repricing dates on which nothing is rebuilt: the rate stays, no row is left, no rate is given."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.loan import Stage
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as change
from bankcore.aggregates.loan import events_contract as contract
from bankcore.aggregates.loan import events_repayment as pay
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.projections.window import Window
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.values.money import yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason
from loan_desk import APPROVER, PLAIN, day, lent, loan_of, of_kind
from spec import Desk, sound

LONG = replace(PLAIN, term_months=24)


def index(pct: str) -> catalogue.RecordLpr:
    rate = AnnualRate.of(pct)
    return catalogue.RecordLpr(tenor="1Y", rate=rate, effective_from=day("2026-12-21"))


def accrued(desk: Desk, on: str) -> Fraction:
    found = evidence(list(desk.bank.entries()), Window(day(on)), desk.bank.catalogue, day(on))
    return explain("accrued-interest", "loan-L1", found).value


def test_a_rate_that_stays_leaves_the_month_whole() -> None:
    # 12,000 at 3.00 + 1.35 = 4.35 %: 43.50 a month; the 31 days from 31 December would be 44.95.
    desk = lent("2025-12-31", LONG)
    desk.advance("2026-01-20")
    assert loan_of(desk).draws[0].repriced_on == day("2026-01-01")
    assert [on for on, _ in loan_of(desk).draws[0].rates] == [day("2025-12-31")]
    assert accrued(desk, "2026-01-30") == 4350


def test_what_is_left_after_a_prepayment_bears_the_interest_of_a_month() -> None:
    # 7,000 at 4.35 % for January, a whole month: 25.375, so 25.38; by 31 days it would be 26.22.
    desk = lent("2025-12-31", LONG, "9000.00")
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("5000.00"), on=day("2026-01-20")))
    desk.advance("2026-01-20")
    shorter = PrepaymentOption.SHORTEN_TERM
    desk.do(c.Prepay(loan="L1", amount=yuan("5000.00"), option=shorter, source="A1"))
    assert loan_of(desk).draws[0].rows[0].interest == yuan("25.38")


def test_a_balance_recalled_to_a_repricing_date_is_paid_at_the_old_rate() -> None:
    # 20 days from 12 December at 4.35 %; the 4.25 % of 1 January has no row left to touch.
    desk = lent("2026-01-12", LONG, "20000.00")
    desk.advance("2026-12-21")
    desk.do(index("2.90"))
    desk.do(c.Recall(loan="L1", due_on=day("2027-01-01"), reason="misuse"), APPROVER)
    balance = loan_of(desk).draws[0].balance.minor
    events = desk.advance("2027-01-02")
    repriced = of_kind(events, change.LoanRepriced)[0]
    assert (str(repriced.old_rate), str(repriced.rate)) == ("4.35", "4.25")
    assert not of_kind(events, contract.RepaymentScheduleBuilt)
    fell = of_kind(events, pay.InstalmentFellDue)[0]
    assert fell.principal.minor == balance
    assert abs(fell.interest.minor - Fraction(balance * 20 * 435, 3_600_000)) <= Fraction(1, 2)
    assert loan_of(desk).stage is Stage.SETTLED
    sound(desk)


def test_a_rate_that_would_not_be_positive_is_warned_of_and_the_bank_opens() -> None:
    # 0.50 % less 50 basis points is nothing at all; LN-14 asks for more than zero.
    desk = lent("2026-01-12", replace(LONG, spread_bp=-50, rate_floor="2.00"), "20000.00")
    desk.advance("2026-12-21")
    desk.do(index("0.50"))
    outcomes = desk.bank.advance(day("2027-01-02"))
    warned = [warning for outcome in outcomes for warning in outcome.warnings]
    assert [(w.reason, w.facts["rate"], w.facts["kept"]) for w in warned] == [
        (Reason.RATE_NOT_POSITIVE, "0", "2.5"),
    ]
    assert not desk.found(change.LoanRepriced)
    assert str(loan_of(desk).draws[0].rate) == "2.5"
    sound(desk)
