"""Arrears, penalty, prepayment, repricing, classes, write-off; figures by hand from LN-10…LN-30."""

from __future__ import annotations

from dataclasses import replace
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
from bankcore.operations.loans.facts import in_observation
from bankcore.rules.loans.codes import LoanClass, Method, PaymentMode
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from loan_desk import (
    APPROVER,
    CHIEF,
    PLAIN,
    Wish,
    apply_for,
    day,
    decide,
    investigate,
    lend,
    lent,
    loan_of,
    of_kind,
    sign,
)
from spec import Desk, bank, check_books, sound

# Before July 2024 a visit could not be dropped (LN-03).
VISITED = (*PLAIN.findings, "on_site")
LONG = replace(PLAIN, amount="12000.00", term_months=24, spread_bp=135)


def emptied(desk: Desk) -> Desk:
    """The borrower spends everything, so that nothing can be debited."""
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    return desk


def all_events(desk: Desk) -> list[Any]:
    return [entry.event for entry in desk.entries()]


def test_three_days_late_cost_nothing_and_four_days_cost_four() -> None:
    # Penalty 4.35 % × 1.5 = 6.525 % a year on 980.22, compound on 43.50, from the due date:
    # 980.22 × 4 × 6.525 / 36000 = 0.7107 and 43.50 × 4 × 6.525 / 36000 = 0.0315 (LN-19, LN-20).
    inside, outside = emptied(lent()), emptied(lent())
    inside.advance("2026-02-15")
    inside.do(c.Repay(loan="L1", amount=yuan("2000.00")))
    assert not of_kind(inside.events(), pay.PenaltyInterestCharged)
    received = of_kind(inside.events(), pay.LoanRepaymentReceived)[0]
    assert received.principal_past_due == yuan("980.22")
    assert received.unapplied == yuan("976.28")
    outside.advance("2026-02-16")
    outside.do(c.Repay(loan="L1", amount=yuan("2000.00")))
    charged = of_kind(outside.events(), pay.PenaltyInterestCharged)[0]
    assert (charged.penalty, charged.of_which_compound) == (yuan("0.74"), yuan("0.03"))
    assert loan_of(outside).stage is Stage.REPAYING
    for desk in (inside, outside):
        sound(desk)


def test_a_part_payment_is_allocated_oldest_first_and_does_not_reset_the_count() -> None:
    desk = emptied(lent())
    desk.advance("2026-03-20")
    desk.do(c.Repay(loan="L1", amount=yuan("500.00")))
    row = of_kind(desk.events(), pay.LoanRepaymentReceived)[0].rows
    assert [r.number for r in row] == [1]
    assert loan_of(desk).days_past_due(desk.outcomes[-1].entries[0].booking_date) == 36
    check_books(desk)


def test_auto_debit_takes_what_comes_in_on_any_later_day() -> None:
    desk = emptied(lent())
    desk.advance("2026-02-20")
    desk.do(account.Deposit(account="A1", amount=yuan("600.00")))
    events = desk.advance("2026-02-21")
    received = of_kind(events, pay.LoanRepaymentReceived)
    assert [sum(r.principal.minor + r.interest.minor for r in x.rows) for x in received] != []
    assert loan_of(desk).stage is Stage.OVERDUE
    desk.do(account.Deposit(account="A1", amount=yuan("600.00")))
    desk.advance("2026-02-22")
    assert loan_of(desk).stage is Stage.REPAYING
    check_books(desk)


def test_days_past_due_make_class_stage_and_non_accrual() -> None:
    # Due 12 February: 13 February is day 1, 14 May is day 91 (LN-18, LN-24).
    desk = emptied(lent())
    events = desk.advance("2026-02-14")
    classes = [(x.old.value, x.new.value, x.dpd) for x in of_kind(events, risk.LoanReclassified)]
    assert classes == [("normal", "special_mention", 1)]
    events = desk.advance("2026-03-16")
    assert [(x.old, x.new) for x in of_kind(events, risk.EclStageAssigned)] == [(1, 2)]
    events = desk.advance("2026-05-15")
    loan = loan_of(desk)
    assert loan.risk.loan_class is LoanClass.SUBSTANDARD
    assert (loan.risk.stage, loan.risk.non_accrual) == (3, True)
    assert loan.sums.interest_due == yuan("0.00")
    assert loan.sums.memo > yuan("0.00")
    # Stage 3: LGD 65 % of 12,000.00, above the minimum of 25 % for a substandard loan (LN-28).
    assert loan.sums.allowance == yuan("7800.00")
    sound(desk)


def test_over_ninety_days_principal_comes_before_interest() -> None:
    desk = emptied(lent())
    desk.advance("2026-05-20")
    desk.do(c.Repay(loan="L1", amount=yuan("1000.00")))
    received = of_kind(desk.events(), pay.LoanRepaymentReceived)[0]
    assert received.principal_past_due == yuan("1000.00")
    assert received.interest_due == yuan("0.00")
    check_books(desk)


def test_what_is_paid_after_the_principal_of_a_bad_loan_is_interest_off_the_books() -> None:
    # Four rows are due: principal 980.22 + 983.77 + 987.34 + 990.92 = 3,942.25 (LN-22, L10).
    desk = emptied(lent())
    desk.advance("2026-05-20")
    desk.do(c.Repay(loan="L1", amount=yuan("3942.25")))
    assert not of_kind(desk.events(), pay.NonAccrualInterestReceived)
    memo = loan_of(desk).sums.memo
    desk.do(c.Repay(loan="L1", amount=yuan("10.00")))
    assert not of_kind(desk.events(), pay.LoanRepaymentReceived)
    received = of_kind(desk.events(), pay.NonAccrualInterestReceived)[0]
    assert received.interest == yuan("10.00")
    assert [(row.number, row.interest) for row in received.rows] == [(1, yuan("10.00"))]
    assert loan_of(desk).sums.memo == memo - yuan("10.00")
    check_books(desk)


def test_a_loan_out_of_arrears_rises_only_after_six_months_of_payment() -> None:
    desk = emptied(lent(wish=LONG))
    desk.advance("2026-05-20")
    desk.do(account.Deposit(account="A1", amount=yuan("12000.00")))
    desk.advance("2026-05-21")
    loan = loan_of(desk)
    assert (loan.oldest_due(), loan.risk.loan_class) == (None, LoanClass.SUBSTANDARD)
    better = c.Classify(loan="L1", new_class=LoanClass.NORMAL, assessment_ok=True)
    desk.advance("2026-11-19")
    desk.refused(better, Reason.OBSERVATION_NOT_OVER, APPROVER)
    desk.advance("2026-11-20")
    doubt = replace(better, assessment_ok=False)
    desk.refused(doubt, Reason.ASSESSMENT_NEGATIVE, APPROVER)
    desk.do(better, APPROVER)
    loan = loan_of(desk)
    assert (loan.risk.loan_class, loan.risk.non_accrual) == (LoanClass.NORMAL, False)
    check_books(desk)


def test_a_class_better_than_the_floor_is_refused() -> None:
    desk = emptied(lent())
    desk.advance("2026-02-20")
    better = c.Classify(loan="L1", new_class=LoanClass.NORMAL)
    desk.refused(better, Reason.CLASS_BETTER_THAN_FLOOR, APPROVER)
    desk.do(c.Classify(loan="L1", new_class=LoanClass.SUBSTANDARD), APPROVER)
    desk.do(account.Deposit(account="A1", amount=yuan("5000.00")))
    desk.advance("2026-02-28")
    assert loan_of(desk).risk.loan_class is LoanClass.SUBSTANDARD


def test_a_prepayment_needs_notice_and_lowers_the_instalment() -> None:
    # Prepaid on the due date 12 March after two instalments: no interest to the day; balance
    # 10,036.01 − 5,000.00 over ten rows at 4.35 % (LN-10 case ln-10-01, LN-15).
    desk = lent()
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("5000.00"), on=day("2026-03-12")))
    wish = c.Prepay(loan="L1", amount=yuan("5000.00"), source="A1")
    desk.refused(wish, Reason.NOTICE_TOO_SHORT)
    desk.advance("2026-03-12")
    desk.do(wish)
    prepaid = of_kind(desk.events(), change.LoanPrepaid)[0]
    assert (prepaid.interest_accrued, prepaid.fee) == (yuan("0.00"), yuan("0.00"))
    built = of_kind(desk.events(), contract.RepaymentScheduleBuilt)[0]
    assert sum(row.principal.minor for row in built.rows) == 503_601
    assert len(built.rows) == 10
    assert built.level < yuan("1023.72")
    desk.advance("2027-01-13")
    assert loan_of(desk).stage is Stage.SETTLED
    sound(desk)


def test_a_full_prepayment_between_due_dates_settles_the_loan() -> None:
    # 8 days from 12 to 20 February on 11,019.78: 11,019.78 × 8 × 4.35 / 36000 = 10.65 (LN-15).
    desk = lent()
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("11019.78"), on=day("2026-02-20")))
    desk.advance("2026-02-20")
    desk.do(c.Prepay(loan="L1", amount=yuan("11019.78"), source="A1"))
    prepaid = of_kind(desk.events(), change.LoanPrepaid)[0]
    assert prepaid.interest_accrued == yuan("10.65")
    assert of_kind(desk.events(), change.LoanSettled)
    assert loan_of(desk).sums.allowance == yuan("0.00")
    sound(desk)


def test_shortening_the_term_drops_due_dates() -> None:
    desk = lent()
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("5000.00"), on=day("2026-03-01")))
    desk.advance("2026-03-01")
    short = PrepaymentOption.SHORTEN_TERM
    desk.do(c.Prepay(loan="L1", amount=yuan("5000.00"), source="A1", option=short))
    built = of_kind(desk.events(), contract.RepaymentScheduleBuilt)[0]
    assert built.level == yuan("1023.72")
    assert len(built.rows) == 6
    check_books(desk)


def test_a_prepayment_is_refused_in_arrears() -> None:
    desk = emptied(lent())
    desk.advance("2026-02-20")
    wish = c.Prepay(loan="L1", amount=yuan("5000.00"))
    desk.refused(wish, Reason.IN_ARREARS)
    desk.refused(replace(wish, loan="L9"), Reason.STREAM_NOT_FOUND)


def test_the_rate_follows_the_index_on_the_first_of_january() -> None:
    # Drawn 20 June 2024 over 24 months: 1Y LPR 3.45 % + 0.55 = 4.00 %; on 1 January 2025 the
    # LPR of 21 October is 3.10 %, so 3.65 %: the row of 20 January is split 12 / 19 days (LN-17).
    desk = lent("2024-06-20", replace(LONG, spread_bp=55, findings=VISITED), opening="20000.00")
    events = desk.advance("2025-01-02")
    repriced = of_kind(events, change.LoanRepriced)[0]
    assert (str(repriced.old_rate), str(repriced.rate)) == ("4", "3.65")
    built = of_kind(events, contract.RepaymentScheduleBuilt)[0]
    balance = loan_of(desk).draws[0].balance.minor
    exact = balance * (12 * 4 + 19 * 365 / 100) / 36000
    assert abs(built.rows[0].interest.minor - exact) <= 0.5
    assert verify(desk.bank.log).ok
    desk.advance("2026-06-21")
    assert loan_of(desk).stage is Stage.SETTLED
    check_books(desk)


def test_a_reversed_repayment_is_owed_again_on_its_own_date() -> None:
    desk = emptied(lent())
    desk.advance("2026-02-20")
    desk.do(c.Repay(loan="L1", amount=yuan("5000.00")))
    paid = desk.outcomes[-1].entries[-1].id
    before = loan_of(desk).sums
    reverse = c.Reverse(loan="L1", reverses=paid, reason="wrong loan")
    desk.refused(reverse, Reason.MAKER_IS_CHECKER)
    entries = desk.found(pay.LoanRepaymentReceived)
    wanted = replace(reverse, reverses=entries[-1].id)
    desk.do(wanted, approver="head")
    after = loan_of(desk)
    assert after.sums.past_due == yuan("980.22")
    assert before.past_due == yuan("0.00")
    assert after.oldest_due() == day("2026-02-12")
    check_books(desk)


def test_a_loss_is_written_off_and_still_owed() -> None:
    desk = emptied(lent("2024-01-12", replace(PLAIN, spread_bp=90, findings=VISITED)))
    desk.advance("2025-02-20")
    loan = loan_of(desk)
    assert loan.risk.loan_class is LoanClass.LOSS
    assert loan.sums.allowance == loan.principal
    off = c.WriteOff(loan="L1", basis="small_unsecured", collection_days=365, contacts=11)
    desk.refused(off, Reason.CONTACTS_TOO_FEW, CHIEF)
    desk.do(replace(off, contacts=12), CHIEF)
    written = of_kind(desk.events(), risk.LoanWrittenOff)[0]
    assert written.principal == yuan("12000.00")
    assert loan_of(desk).stage is Stage.WRITTEN_OFF
    check_books(desk)
    desk.do(c.Recover(loan="L1", amount=yuan("500.00")))
    assert loan_of(desk).claim == yuan("11500.00")
    sound(desk)


@pytest.mark.parametrize(
    ("method", "rows"),
    [
        (Method.LEVEL_PAYMENT, 12),
        (Method.LEVEL_PRINCIPAL, 12),
        (Method.INTEREST_ONLY, 12),
        (Method.BULLET, 1),
        (Method.BIWEEKLY, 24),
    ],
)
def test_every_method_is_collected_to_the_end(method: Method, rows: int) -> None:
    desk = lent(wish=replace(PLAIN, method=method))
    built = of_kind(all_events(desk), contract.RepaymentScheduleBuilt)[0]
    assert len(built.rows) == rows
    desk.advance("2027-01-13")
    assert loan_of(desk).stage is Stage.SETTLED
    check_books(desk)


def test_an_extension_moves_the_maturity_and_restructuring_begins_observation() -> None:
    desk = lent(opening="1000.00")
    late = c.Extend(loan="L1", months=6, consents=True)
    desk.refused(replace(late, months=13), Reason.EXTENSION_ABOVE_LIMIT, APPROVER)
    desk.refused(replace(late, consents=False), Reason.CONSENT_MISSING, APPROVER)
    desk.do(late, APPROVER)
    assert loan_of(desk).draws[0].maturity == day("2027-07-12")
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-03-20")
    again = c.Restructure(loan="L1", kind="longer_term", term_months=36, consents=True)
    desk.do(replace(again, capitalise_interest=True), APPROVER)
    loan = loan_of(desk)
    assert loan.oldest_due() is None
    assert loan.risk.observed_from == day("2026-04-20")
    assert loan.sums.past_due == yuan("0.00")
    check_books(desk)
    desk.advance("2026-03-21")
    assert loan_of(desk).risk.loan_class is LoanClass.SPECIAL_MENTION
    # One instalment is missed: observation runs a year from its due date (LN-26).
    desk.advance("2026-05-25")
    desk.do(account.Deposit(account="A1", amount=yuan("20000.00")))
    desk.advance("2027-04-30")
    assert in_observation(loan_of(desk), day("2027-05-19"))
    assert not in_observation(loan_of(desk), day("2027-05-20"))


def test_a_recalled_balance_has_no_grace() -> None:
    desk = emptied(lent())
    desk.do(c.Recall(loan="L1", due_on=day("2026-01-20"), reason="misuse"), APPROVER)
    desk.advance("2026-01-22")
    desk.do(c.Repay(loan="L1", amount=yuan("13000.00")))
    charged = of_kind(desk.events(), pay.PenaltyInterestCharged)[0]
    assert (charged.until - charged.since).days == 2
    assert loan_of(desk).stage is Stage.SETTLED
    check_books(desk)


def test_money_goes_only_to_the_borrower_or_the_seller() -> None:
    desk = bank("2026-01-12")
    wish = replace(PLAIN, draft=(("counterparty", "shop"),))
    lend_up_to_signature(desk, wish)
    desk.do(
        k.RequestDrawdown(loan="L1", amount=yuan("12000.00"), mode=PaymentMode.SELF, payee="A9")
    )
    desk.refused(k.Disburse(loan="L1", target="A9"), Reason.PAYEE_NOT_COUNTERPARTY)
    known = k.Disburse(loan="L1", target="A1", counterparty_known=True)
    desk.refused(known, Reason.ENTRUSTED_REQUIRED)


def lend_up_to_signature(desk: Desk, wish: Wish) -> None:
    apply_for(desk, wish)
    investigate(desk, wish)
    decide(desk, wish, approver=CHIEF)
    sign(desk, wish)


def test_two_loans_share_a_household_and_nothing_else() -> None:
    desk = lent(opening="50000.00")
    lend(desk, PLAIN, loan="L2")
    desk.advance("2027-01-13")
    assert loan_of(desk, "L1").stage is Stage.SETTLED
    assert loan_of(desk, "L2").stage is Stage.SETTLED
    check_books(desk)


def test_a_second_stage_ends_after_three_instalments_paid_in_time() -> None:
    # Stage 2 on day 31, 15 March; arrears paid on 25 March, then April, May and June in time.
    desk = emptied(lent())
    desk.advance("2026-03-25")
    assert loan_of(desk).risk.stage == 2
    desk.do(account.Deposit(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-05-13")
    assert (loan_of(desk).risk.loan_class, loan_of(desk).risk.stage) == (LoanClass.NORMAL, 2)
    desk.advance("2026-06-12")
    assert loan_of(desk).risk.stage == 2
    desk.advance("2026-07-01")
    assert loan_of(desk).risk.stage == 1


def test_the_class_is_better_the_day_only_todays_instalment_is_open() -> None:
    # Due 12 February, paid on 12 March: 28 days at 6.525 % on 980.22 and on 43.50 are 4.97 and
    # 0.22 (LN-20), so 1,028.91 pay the oldest instalment and nothing of the one due today.
    desk = emptied(lent())
    desk.advance("2026-03-12")
    assert loan_of(desk).risk.loan_class is LoanClass.SPECIAL_MENTION
    desk.do(c.Repay(loan="L1", amount=yuan("1028.91")))
    assert of_kind(desk.events(), pay.InstalmentFellDue)
    events = desk.advance("2026-03-13")
    assert loan_of(desk).oldest_due() == day("2026-03-12")
    # No trigger is left at the close of 12 March (LN-24); the next day is a first day past due.
    classes = [(x.old.value, x.new.value, x.dpd) for x in of_kind(events, risk.LoanReclassified)]
    assert classes == [("special_mention", "normal", 0)]
    events = desk.advance("2026-03-14")
    classes = [(x.old.value, x.new.value, x.dpd) for x in of_kind(events, risk.LoanReclassified)]
    assert classes == [("normal", "special_mention", 1)]
    sound(desk)


def test_the_class_stays_while_an_older_instalment_is_open() -> None:
    desk = emptied(lent())
    desk.advance("2026-04-12")
    desk.do(c.Repay(loan="L1", amount=yuan("1100.00")))
    assert loan_of(desk).oldest_due() == day("2026-03-12")
    assert loan_of(desk).risk.review_on != day("2026-04-12")
    desk.advance("2026-04-13")
    assert loan_of(desk).risk.loan_class is LoanClass.SPECIAL_MENTION
