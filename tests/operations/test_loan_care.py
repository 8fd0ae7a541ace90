"""Care of a running loan: fees, waivers, warnings, misuse, quotes, extension, late facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.loan import Stage
from bankcore.aggregates.loan import commands_contract as k
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as change
from bankcore.aggregates.loan import events_contract as contract
from bankcore.aggregates.loan import events_repayment as pay
from bankcore.aggregates.loan import events_risk as risk
from bankcore.audit.verify import verify
from bankcore.projections.trial_balance import trial_balance
from bankcore.rules.loans.codes import LoanClass, Method, PaymentMode
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.rules.loans.repricing import RepricingKind
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from loan_desk import (
    APPROVER,
    CHIEF,
    MAKER,
    PLAIN,
    REVIEWER,
    agree,
    day,
    disburse,
    lent,
    loan_of,
    of_kind,
)
from spec import Desk, bank, check_books, sound

BACK: dict[str, Any] = {"ground": "late_information", "approval": "branch", "approver": "head"}


def broke(wish: Any = PLAIN, on: str = "2026-01-12") -> Desk:
    desk = lent(on, wish)
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    return desk


def test_a_payment_found_later_counts_from_its_own_day() -> None:
    # Paid in cash on 14 February, known on 20 February: inside grace, so no penalty (GEN-05).
    desk = broke()
    desk.advance("2026-02-20")
    repay = c.Repay(loan="L1", amount=yuan("1023.72"))
    late = {**BACK, "value_date": date(2026, 2, 14)}
    desk.refused(repay, Reason.BACK_VALUE_NEEDS_APPROVAL, **{**late, "approval": "teller"})
    desk.do(repay, **late)
    assert not of_kind(desk.events(), pay.PenaltyInterestCharged)
    received = [x for x in desk.outcomes[-1].entries if x.value_date == date(2026, 2, 14)]
    assert received
    assert loan_of(desk).oldest_due() is None
    check_books(desk)


def test_a_late_payment_before_penalty_that_was_charged_is_refused() -> None:
    desk = broke()
    desk.advance("2026-02-20")
    desk.do(c.Repay(loan="L1", amount=yuan("100.00")))
    late = {**BACK, "value_date": date(2026, 2, 14)}
    repay = c.Repay(loan="L1", amount=yuan("100.00"))
    desk.refused(repay, Reason.BACK_VALUE_BEYOND_LIMIT, **late)


def test_a_repayment_needs_a_sign_and_a_running_loan() -> None:
    desk = lent()
    minus = c.Repay(loan="L1", amount=-yuan("1.00"))
    desk.refused(minus, Reason.PAYMENT_NEGATIVE)
    desk.do(c.Repay(loan="L1", amount=yuan("1.00")))
    assert not of_kind(desk.events(), pay.LoanRepaymentReceived)
    desk.refused(c.Settle(loan="L1"), Reason.PRINCIPAL_OUTSTANDING)


def test_a_waiver_takes_another_person_and_only_what_is_due() -> None:
    # Ten days on 980.22 and 43.50 at 6.525 %: 1.78 and 0.08 (LN-19, LN-20).
    desk = broke()
    desk.advance("2026-02-22")
    waive = c.WaiveInterest(loan="L1", reason="flood", penalty=yuan("1.86"))
    desk.refused(replace(waive, reason=""), Reason.REASON_MISSING, APPROVER)
    desk.refused(waive, Reason.MAKER_IS_CHECKER, APPROVER)
    low = Actor("head-1", Role.BRANCH_HEAD)
    desk.refused(waive, Reason.ABOVE_AUTHORITY, low, approver="head-2")
    more = replace(waive, penalty=yuan("1.87"))
    desk.refused(more, Reason.AMOUNT_EXCEEDS_BALANCE, APPROVER, approver="head-2")
    desk.do(replace(waive, interest=yuan("3.50")), APPROVER, approver="head-2")
    loan = loan_of(desk)
    assert (loan.sums.penalty_due, loan.sums.interest_due) == (yuan("0.00"), yuan("40.00"))
    check_books(desk)


def test_a_waiver_goes_to_the_oldest_due_first_and_leaves_the_next_alone() -> None:
    # 43.50 fell due on 12 February and 11,019.78 × 4.35 % / 12 = 39.95 on 12 March.
    desk = broke()
    desk.advance("2026-03-14")
    waive = c.WaiveInterest(loan="L1", reason="flood", interest=yuan("43.50"))
    desk.do(waive, APPROVER, approver="head-2")
    waived = of_kind(desk.events(), pay.LoanInterestWaived)[0]
    assert [(row.number, row.interest) for row in waived.rows] == [(1, yuan("43.50"))]
    left = [(item.number, item.interest) for item in loan_of(desk).dues]
    assert left == [(1, yuan("0.00")), (2, yuan("39.95"))]
    check_books(desk)


def test_interest_of_a_non_accrual_loan_is_waived_off_book() -> None:
    # Due and unpaid: 43.50, 39.95, 36.38 and 32.80 of interest; no income is touched.
    desk = broke()
    desk.advance("2026-05-20")
    waive = c.WaiveInterest(
        loan="L1", reason="flood", interest=yuan("50.00"), penalty=yuan("10.00")
    )
    desk.refused(
        replace(waive, interest=yuan("152.64")),
        Reason.AMOUNT_EXCEEDS_BALANCE,
        APPROVER,
        approver="head-2",
    )
    before, memo = trial_balance(desk.entries()), loan_of(desk).sums.memo
    desk.do(waive, APPROVER, approver="head-2")
    waived = of_kind(desk.events(), pay.NonAccrualInterestWaived)[0]
    assert (waived.interest, waived.penalty) == (yuan("60.00"), yuan("10.00"))
    assert [row.interest for row in waived.rows][:2] == [yuan("43.50"), yuan("6.50")]
    after, left = trial_balance(desk.entries()), loan_of(desk)
    changed = {k for k in {*before, *after} if before.get(k, 0) != after.get(k, 0)}
    assert changed <= {"8301", "8999"}
    unpaid = sum(i.interest.minor + i.penalty.minor + i.compound.minor for i in left.dues)
    assert left.sums.memo.minor == unpaid
    assert left.sums.memo >= memo - yuan("60.00")
    assert left.days_past_due(day("2026-05-20")) == 97
    check_books(desk)


def test_misuse_makes_the_loan_special_mention_until_it_is_waived() -> None:
    desk = lent()
    flag = c.FlagMisuse(loan="L1", misused=yuan("5000.00"), since=day("2026-01-12"), kind="shares")
    desk.refused(replace(flag, misused=yuan("12000.01")), Reason.AMOUNT_EXCEEDS_BALANCE)
    desk.do(flag)
    rate = of_kind(desk.events(), risk.PenaltyRateSet)[0].rate
    assert str(rate) == "8.7"
    desk.refused(flag, Reason.ALREADY_FLAGGED)
    desk.advance("2026-01-13")
    loan = loan_of(desk)
    assert (loan.risk.loan_class, loan.risk.stage) == (LoanClass.SPECIAL_MENTION, 2)
    waive = c.WaiveMisuse(loan="L1", reason="returned")
    desk.refused(waive, Reason.BEYOND_AUTHORITY, Actor("h", Role.BRANCH_HEAD))
    desk.do(waive, APPROVER)
    desk.refused(waive, Reason.ILLEGAL_TRANSITION, APPROVER)
    desk.advance("2026-01-14")
    assert loan_of(desk).risk.loan_class is LoanClass.NORMAL
    check_books(desk)


def test_a_warning_is_closed_by_somebody_else_after_a_measure() -> None:
    desk = lent()
    raised = c.RaiseWarning(loan="L1", warning="W1", signal="lawsuit")
    desk.refused(replace(raised, signal="rumour"), Reason.ILLEGAL_TRANSITION, MAKER)
    desk.do(raised, MAKER)
    assert of_kind(desk.events(), risk.EarlyWarningRaised)[0].level == "orange"
    desk.do(replace(raised, warning="W2", signal="contact_lost"), MAKER)
    assert of_kind(desk.events(), risk.EarlyWarningRaised)[0].level == "red"
    desk.advance("2026-01-13")
    assert loan_of(desk).risk.stage == 2
    close = c.CloseWarning(loan="L1", warning="W1", reason="settled in court")
    desk.refused(close, Reason.MEASURE_MISSING, REVIEWER)
    desk.do(c.TakeMeasure(loan="L1", warning="W1", kind="visit"), MAKER)
    desk.refused(close, Reason.MAKER_IS_CHECKER, MAKER)
    desk.do(close, REVIEWER)
    desk.refused(close, Reason.ILLEGAL_TRANSITION, REVIEWER)


def test_when_one_of_three_yellow_warnings_is_closed_the_other_two_are_yellow_again() -> None:
    desk = bank("2026-01-12")
    agree(desk, approver=APPROVER)
    ask = k.RequestDrawdown(loan="L1", amount=yuan("5000.00"), mode=PaymentMode.SELF, payee="A1")
    desk.do(ask)
    desk.do(k.Disburse(loan="L1", target="A1"))
    for number, signal in enumerate(("enquiries_surge", "income_drop", "ltv_high"), 1):
        desk.do(c.RaiseWarning(loan="L1", warning=f"W{number}", signal=signal), MAKER)
    desk.do(replace(ask, draw=2))
    second = k.Disburse(loan="L1", target="A1", draw=2)
    desk.refused(second, Reason.OPEN_HIGH_RISK_EVENT)
    desk.do(c.TakeMeasure(loan="L1", warning="W1", kind="call"), MAKER)
    desk.do(c.CloseWarning(loan="L1", warning="W1", reason="a mistake"), REVIEWER)
    desk.do(second)
    desk.advance("2026-01-13")
    assert loan_of(desk).risk.stage == 1
    check_books(desk)


def test_a_red_signal_keeps_its_warning_open() -> None:
    desk = broke()
    desk.advance("2026-03-20")
    desk.do(c.RaiseWarning(loan="L1", warning="W1", signal="dpd_over_30"), MAKER)
    desk.do(c.TakeMeasure(loan="L1", warning="W1", kind="visit"), MAKER)
    close = c.CloseWarning(loan="L1", warning="W1", reason="promised")
    desk.refused(close, Reason.SIGNAL_STILL_PRESENT, REVIEWER)


def test_no_new_draw_while_a_warning_is_open() -> None:
    desk = bank("2026-01-12")
    agree(desk, approver=APPROVER)
    ask = k.RequestDrawdown(loan="L1", amount=yuan("5000.00"), mode=PaymentMode.SELF, payee="A1")
    desk.do(ask)
    desk.do(k.Disburse(loan="L1", target="A1"))
    desk.do(c.RaiseWarning(loan="L1", warning="W1", signal="lawsuit"))
    desk.do(replace(ask, draw=2))
    second = k.Disburse(loan="L1", target="A1", draw=2)
    desk.refused(second, Reason.OPEN_HIGH_RISK_EVENT)
    desk.do(c.TakeMeasure(loan="L1", warning="W1", kind="visit"))
    desk.do(c.CloseWarning(loan="L1", warning="W1", reason="settled"), REVIEWER)
    desk.do(second)
    assert loan_of(desk).undrawn == yuan("2000.00")
    desk.do(k.SetAutodebit(loan="L1", account="A1"))
    desk.advance("2027-01-13")
    # Both draws are repaid, but 2,000.00 could still be drawn: the loan is closed by command.
    assert loan_of(desk).stage is Stage.REPAYING
    desk.do(c.Settle(loan="L1"))
    assert loan_of(desk).stage is Stage.SETTLED
    check_books(desk)


def test_the_use_of_the_money_is_checked() -> None:
    desk = lent()
    desk.do(c.CheckUse(loan="L1", evidence=("receipt",)))
    assert of_kind(desk.events(), risk.FundUseChecked)[0].due == date(2026, 2, 12)
    desk.refused(c.CheckUse(loan="L1", draw=2), Reason.ILLEGAL_TRANSITION)


def test_a_quote_says_what_is_paid_and_saved() -> None:
    # 8 days on 5,000.00 after the first instalment: 5,000 × 8 × 4.35 / 36000 = 4.83 (LN-15).
    desk = lent()
    desk.advance("2026-02-13")
    quote = c.QuotePrepayment(loan="L1", amount=yuan("5000.00"), on=day("2026-02-20"))
    desk.do(quote)
    said = of_kind(desk.events(), change.PrepaymentQuoted)[0]
    assert (said.interest, said.fee) == (yuan("4.83"), yuan("0.00"))
    short = replace(quote, option=PrepaymentOption.SHORTEN_TERM)
    desk.do(short)
    shorter = of_kind(desk.events(), change.PrepaymentQuoted)[0]
    assert shorter.saving > said.saving
    desk.refused(replace(quote, on=day("2026-03-12")), Reason.VALUE_DATE_IN_FUTURE)
    desk.refused(replace(quote, amount=yuan("999.99")), Reason.BELOW_MINIMUM)
    desk.refused(replace(quote, draw=7), Reason.ILLEGAL_TRANSITION)


def test_an_extension_beyond_sixty_months_takes_the_longer_index() -> None:
    # 48 months at 1Y 3.00 + 1.35; with 24 more the 5Y rate 3.50 + 1.35 holds (LN-26, LN-14).
    desk = lent(wish=replace(PLAIN, term_months=48))
    desk.do(c.Extend(loan="L1", months=24, consents=True), APPROVER)
    repriced = of_kind(desk.events(), change.LoanRepriced)[0]
    assert (repriced.cause, repriced.tenor, str(repriced.rate)) == ("extension", "5Y", "4.85")
    built = of_kind(desk.events(), contract.RepaymentScheduleBuilt)[0]
    assert len(built.rows) == 72
    assert built.rows[-1].due == date(2032, 1, 12)
    sound(desk)


def test_a_bullet_loan_is_extended_to_a_later_day() -> None:
    desk = lent(wish=replace(PLAIN, term_months=6, method=Method.BULLET))
    none = c.Extend(loan="L1", months=0, consents=True)
    desk.refused(none, Reason.TERM_NOT_POSITIVE, APPROVER)
    desk.do(c.Extend(loan="L1", months=3, consents=True), APPROVER)
    rows = loan_of(desk).draws[0].rows
    # Nine months of 12,000.00 at 4.35 %: 391.50.
    assert [(row.due, row.interest) for row in rows] == [(date(2026, 10, 12), yuan("391.50"))]


def test_a_restructuring_asks_for_consent_and_a_term_in_bounds() -> None:
    desk = broke()
    wish = c.Restructure(loan="L1", kind="longer", term_months=85, consents=True)
    desk.refused(replace(wish, consents=False), Reason.CONSENT_MISSING, APPROVER)
    desk.refused(replace(wish, term_months=0), Reason.TERM_NOT_POSITIVE, APPROVER)
    desk.refused(wish, Reason.EXTENSION_ABOVE_LIMIT, APPROVER)


def test_a_recall_needs_a_reason_and_a_day_to_come() -> None:
    desk = lent()
    desk.advance("2026-01-20")
    recall = c.Recall(loan="L1", due_on=day("2026-01-19"), reason="misuse")
    desk.refused(recall, Reason.BACK_VALUE_BEYOND_LIMIT, APPROVER)
    desk.refused(replace(recall, reason=""), Reason.REASON_MISSING, APPROVER)


def test_a_rate_on_its_anniversary_and_on_a_due_date_changes_after_that_instalment() -> None:
    # Drawn 20 June 2024 over 24 months, repriced on the anniversary, itself a due date: the row
    # of 20 June 2025 stays at 4.00 %, the next bears 3.00 + 0.55 = 3.55 % (LN-17, edge case 1).
    draft = (("repricing", RepricingKind.ANNIVERSARY),)
    wish = replace(
        PLAIN,
        term_months=24,
        spread_bp=55,
        draft=draft,
        findings=(*PLAIN.findings, "on_site"),
    )
    desk = lent("2024-06-20", wish, opening="20000.00")
    events = desk.advance("2025-06-21")
    repriced = of_kind(events, change.LoanRepriced)[0]
    assert (str(repriced.old_rate), str(repriced.rate)) == ("4", "3.55")
    rows = loan_of(desk).draws[0].rows
    exact = loan_of(desk).draws[0].balance.minor * 355 / 120_000
    assert abs(rows[0].interest.minor - exact) <= 0.5
    assert rows[0].number == 13
    assert verify(desk.bank.log).ok


def test_a_quarterly_cycle_splits_a_quarterly_interest_period() -> None:
    draft = (
        ("repricing", RepricingKind.ANNIVERSARY),
        ("cycle_months", 3),
        ("interest_period_months", 3),
    )
    wish = replace(PLAIN, term_months=24, method=Method.INTEREST_ONLY, draft=draft)
    desk = lent("2026-01-12", wish, opening="20000.00")
    desk.advance("2028-01-13")
    assert loan_of(desk).stage is Stage.SETTLED
    check_books(desk)


def test_a_new_debit_account_frees_the_old_one() -> None:
    desk = lent()
    desk.refused(k.SetAutodebit(loan="L1", account="A9"), Reason.STREAM_NOT_FOUND)
    desk.do(k.SetAutodebit(loan="L1", account="A1"))
    assert loan_of(desk).autodebit == "account-A1"


def test_a_fee_is_taken_from_the_tariff() -> None:
    desk = lent()
    codes = [p.id for p in desk.bank.catalogue.params() if p.id.startswith("fee.")]
    if not codes:
        pytest.skip("the tariff has no fee")
    fee = c.ChargeFee(loan="L1", code=codes[0].removeprefix("fee."), source="A1")
    desk.do(fee)
    assert of_kind(desk.events(), change.LoanFeeCharged)
    check_books(desk)


def test_an_entry_is_reversed_once_and_by_another_person() -> None:
    desk = broke()
    desk.advance("2026-02-20")
    desk.do(c.Repay(loan="L1", amount=yuan("300.00")))
    ids = [x.id for x in desk.found(pay.LoanRepaymentReceived)]
    reverse = c.Reverse(loan="L1", reverses=ids[-1], reason="wrong loan")
    desk.refused(replace(reverse, reverses="loan-L1@1"), Reason.ILLEGAL_TRANSITION, approver="h")
    desk.do(reverse, approver="h")
    desk.refused(reverse, Reason.ILLEGAL_TRANSITION, approver="h")
    loan = loan_of(desk)
    assert loan.oldest_due() == date(2026, 2, 12)
    desk.do(c.Repay(loan="L1", amount=yuan("5000.00")))
    assert loan_of(desk).stage is Stage.REPAYING
    check_books(desk)


def test_two_draws_have_their_own_schedules_and_one_order_of_payment() -> None:
    desk = bank("2026-01-12", opening="20000.00")
    agree(desk, approver=APPROVER)
    half = replace(PLAIN, amount="6000.00")
    disburse(desk, half)
    desk.advance("2026-02-02")
    ask = k.RequestDrawdown(
        loan="L1", amount=yuan("6000.00"), mode=PaymentMode.SELF, payee="A1", draw=2
    )
    desk.do(ask)
    desk.do(k.Disburse(loan="L1", target="A1", draw=2))
    desk.do(k.SetAutodebit(loan="L1", account="A1"))
    desk.advance("2027-02-03")
    assert loan_of(desk).stage is Stage.SETTLED
    sound(desk)


def test_a_loan_that_is_written_off_by_the_court_keeps_its_claim() -> None:
    desk = broke(replace(PLAIN, findings=(*PLAIN.findings, "on_site"), spread_bp=90), "2024-01-12")
    desk.advance("2025-02-20")
    off = c.WriteOff(loan="L1", basis="court_terminated")
    low = Actor("head-1", Role.BRANCH_HEAD)
    desk.refused(off, Reason.BEYOND_AUTHORITY, low)
    desk.do(off, CHIEF)
    claim = loan_of(desk).sums.off_book
    desk.refused(c.Recover(loan="L1", amount=-yuan("1.00")), Reason.PAYMENT_NEGATIVE)
    desk.do(c.Recover(loan="L1", amount=claim))
    assert loan_of(desk).sums.off_book == yuan("0.00")
    desk.refused(c.Recover(loan="L1", amount=yuan("1.00")), Reason.AMOUNT_NOT_POSITIVE)
    check_books(desk)


def test_a_loan_paid_down_before_its_write_off_gives_its_surplus_allowance_back() -> None:
    # A loss is provided in full: 12,000.00. Of 300.00 paid on day 8, interest takes 43.50, penalty
    # 980.22 × 8 × 6.525 / 36,000 = 1.42 and compound interest 43.50 likewise 0.06.
    desk = broke()
    desk.advance("2026-02-20")
    desk.do(c.Classify(loan="L1", new_class=LoanClass.LOSS, reasons=("evasion",)), APPROVER)
    assert loan_of(desk).sums.allowance == yuan("12000.00")
    desk.do(c.Repay(loan="L1", amount=yuan("300.00")))
    desk.do(c.WriteOff(loan="L1", basis="court_terminated"), CHIEF)
    written = of_kind(desk.events(), risk.LoanWrittenOff)[0]
    assert written.principal == yuan("11744.98")
    posted = of_kind(desk.events(), risk.ProvisionPosted)[0]
    assert (posted.increase, posted.cause) == (yuan("-255.02"), "write_off")
    assert loan_of(desk).sums.allowance == yuan("0.00")
    check_books(desk)


def test_interest_recovered_after_the_principal_releases_no_allowance() -> None:
    desk = broke(replace(PLAIN, findings=(*PLAIN.findings, "on_site"), spread_bp=90), "2024-01-12")
    desk.advance("2025-02-20")
    desk.do(c.WriteOff(loan="L1", basis="court_terminated"), CHIEF)
    owed = loan_of(desk).sums.off_book
    desk.do(c.Recover(loan="L1", amount=yuan("12000.00")))
    released = of_kind(desk.events(), risk.ProvisionPosted)
    assert [(x.increase, x.cause) for x in released] == [(yuan("-12000.00"), "recovered")]
    desk.do(c.Recover(loan="L1", amount=yuan("10.00")))
    recovered = of_kind(desk.events(), risk.WrittenOffAmountRecovered)[0]
    assert (recovered.amount, recovered.principal) == (yuan("10.00"), yuan("0.00"))
    assert not of_kind(desk.events(), risk.ProvisionPosted)
    assert loan_of(desk).sums.off_book == owed - yuan("12010.00")
    check_books(desk)


def test_rows_of_nothing_at_the_end_of_a_tiny_draw_are_never_owed() -> None:
    # Six fen over a year: the annuity 0.51 fen is paid as one, six times; six rows are zero.
    desk = bank("2026-01-12", opening="20000.00")
    agree(desk, approver=APPROVER)
    ask = k.RequestDrawdown(loan="L1", amount=yuan("0.06"), mode=PaymentMode.SELF, payee="A1")
    desk.do(ask)
    desk.do(k.Disburse(loan="L1", target="A1"))
    desk.do(replace(ask, draw=2, amount=yuan("11999.94")))
    desk.do(k.Disburse(loan="L1", target="A1", draw=2))
    tiny = loan_of(desk).draws[0].rows
    assert [row.principal.minor for row in tiny] == [1] * 6 + [0] * 6
    desk.do(account.Withdraw(account="A1", amount=yuan("31900.00")))
    desk.do(k.SetAutodebit(loan="L1", account="A1"))
    desk.advance("2026-08-12")
    desk.advance("2026-08-13")
    loan = loan_of(desk)
    assert [row.number for row in loan.draws[0].rows] == [8, 9, 10, 11, 12]
    assert (1, 7) not in {(x.draw, x.number) for x in loan.dues}
    assert (1, 7) not in {(draw, number) for draw, number, _, _ in loan.history}
    check_books(desk)


@pytest.mark.parametrize("capitalise", [False, True])
def test_a_restructuring_of_a_loan_without_arrears_only_spreads_it_anew(
    *, capitalise: bool
) -> None:
    # Nothing is overdue and no interest is due: nothing to cure, nothing to capitalise. A day after
    # the draw the first month of 43.50 also bears that day: 12,000.00 × 4.35 / 36,000 = 1.45.
    desk = lent()
    desk.advance("2026-01-13")
    wish = c.Restructure(
        loan="L1", kind="longer", term_months=24, consents=True, capitalise_interest=capitalise
    )
    desk.do(wish, APPROVER)
    for kind in (pay.PastDueCured, change.InterestCapitalised):
        assert not of_kind(desk.events(), kind)
    rows = loan_of(desk).draws[0].rows
    assert (len(rows), rows[0].due, rows[-1].due) == (24, date(2026, 2, 13), date(2028, 1, 13))
    assert rows[0].interest == yuan("44.95")
    check_books(desk)


def test_interest_off_the_books_is_not_capitalised() -> None:
    desk = broke()
    desk.advance("2026-05-20")
    memo = loan_of(desk).sums.memo
    wish = c.Restructure(
        loan="L1", kind="longer", term_months=24, consents=True, capitalise_interest=True
    )
    desk.do(wish, APPROVER)
    assert not of_kind(desk.events(), change.InterestCapitalised)
    loan = loan_of(desk)
    assert (loan.principal, loan.sums.past_due) == (yuan("12000.00"), yuan("0.00"))
    assert loan.sums.memo >= memo
    check_books(desk)


def test_a_draw_that_is_repaid_is_neither_extended_nor_recalled() -> None:
    # Drawn on 12 January and 2 February over a year: on 15 January only the second has a row.
    desk = bank("2026-01-12", opening="20000.00")
    agree(desk, approver=APPROVER)
    disburse(desk, replace(PLAIN, amount="6000.00"))
    desk.advance("2026-02-02")
    ask = k.RequestDrawdown(
        loan="L1", amount=yuan("6000.00"), mode=PaymentMode.SELF, payee="A1", draw=2
    )
    desk.do(ask)
    desk.do(k.Disburse(loan="L1", target="A1", draw=2))
    desk.do(k.SetAutodebit(loan="L1", account="A1"))
    desk.advance("2027-01-15")
    assert loan_of(desk).draws[0].rows == ()
    desk.do(c.Extend(loan="L1", months=1, consents=True), APPROVER)
    built = of_kind(desk.events(), contract.RepaymentScheduleBuilt)
    assert [(x.draw, [row.due for row in x.rows]) for x in built] == [
        (2, [date(2027, 2, 2), date(2027, 3, 2)])
    ]
    balance = loan_of(desk).draws[1].balance
    desk.do(c.Recall(loan="L1", due_on=day("2027-01-20"), reason="fraud"), APPROVER)
    built = of_kind(desk.events(), contract.RepaymentScheduleBuilt)
    assert [(x.draw, [(row.due, row.principal) for row in x.rows]) for x in built] == [
        (2, [(date(2027, 1, 20), balance)])
    ]
    check_books(desk)
