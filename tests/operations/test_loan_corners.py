"""Corners of the loan operations: what is refused early, who may decide, what secures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.collateral import commands as pledge
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.employee import commands as staff
from bankcore.aggregates.loan import Stage
from bankcore.aggregates.loan import commands_application as a
from bankcore.aggregates.loan import commands_contract as k
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_application as e
from bankcore.aggregates.loan import events_changes as change
from bankcore.aggregates.loan import events_repayment as pay
from bankcore.aggregates.loan import events_risk as risk
from bankcore.rules.employees.appointment import Education
from bankcore.rules.loans.codes import LoanClass, Method, PaymentMode, Product
from bankcore.values.money import yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from loan_desk import (
    APPROVER,
    CHIEF,
    FINDINGS,
    HOME_PAPERS,
    MAKER,
    PAPERS,
    PLAIN,
    REVIEWER,
    Wish,
    agree,
    application,
    apply_for,
    approval,
    day,
    decide,
    disburse,
    investigate,
    lent,
    loan_of,
    of_kind,
    sign,
)
from spec import Desk, bank, check_books, known_customer, open_account

VISITED = (*FINDINGS, "on_site")
CAR = Wish(
    amount="60000.00",
    term_months=36,
    product=Product.AUTO_NEW,
    purpose="buy_car",
    papers=(*PAPERS, "car_contract", "down_payment_receipt"),
    findings=(*FINDINGS, "collateral"),
    ltv_key="auto_new",
    price="100000.00",
    draft=(("counterparty", "A2"), ("payment_mode", PaymentMode.ENTRUSTED)),
)
HR = Actor("hr", Role.HR)


def test_an_application_is_opened_once_and_the_fund_lends_its_own() -> None:
    desk = bank("2026-01-12")
    desk.refused(application(product=Product.PROVIDENT), Reason.PRODUCT_UNKNOWN)
    desk.do(application())
    desk.refused(application(), Reason.STREAM_EXISTS)
    desk.refused(a.VerifyDocument(loan="L1", document="id"), Reason.DOCUMENT_MISSING)
    desk.refused(c.Repay(loan="L1", amount=yuan("1.00")), Reason.LOAN_NOT_ACTIVE)
    desk.refused(k.DraftContract(loan="L1", spread_bp=0), Reason.NOT_APPROVED)
    desk.refused(k.SignContract(loan="L1"), Reason.NOT_APPROVED)
    register = pledge.Register(collateral="K1", loan="L1")
    desk.do(pledge.Value(collateral="K1", value=yuan("1.00")))
    desk.refused(register, Reason.CONTRACT_NOT_SIGNED)


def test_papers_can_be_asked_for_again_and_doubts_cleared() -> None:
    desk = bank("2026-01-12")
    apply_for(desk)
    desk.do(a.RecordFinding(loan="L1", kind="income", severity="medium"), MAKER)
    desk.do(a.ExplainFinding(loan="L1", finding="income", evidence=("tax slip",)), MAKER)
    reopen = a.ReopenDocuments(loan="L1", reason="new address")
    desk.refused(replace(reopen, reason=""), Reason.REASON_MISSING, REVIEWER)
    desk.do(reopen, REVIEWER)
    assert loan_of(desk).stage is Stage.SUBMITTED
    desk.do(a.SubmitDocument(loan="L1", document="second", kind="id_card"))
    desk.do(a.VerifyDocument(loan="L1", document="second", result="rejected", reason="blurred"))
    assert not of_kind(desk.events(), e.DocumentsReopened)


def test_a_recommendation_warns_and_can_be_withdrawn() -> None:
    desk = bank("2026-01-12")
    apply_for(desk)
    wish = a.Recommend(
        loan="L1", amount=yuan("600000.00"), term_months=12, rate=AnnualRate.of("3.00")
    )
    desk.refused(wish, Reason.NOT_INVESTIGATED, MAKER)
    desk.refused(
        a.Review(loan="L1", opinion="x", amount=yuan("1.00"), term_months=1),
        Reason.NOT_INVESTIGATED,
        REVIEWER,
    )
    investigate(desk)
    desk.do(wish, MAKER)
    assert [w.reason for w in desk.outcomes[-1].warnings] == [Reason.AMOUNT_ABOVE_CAP]
    desk.do(a.WithdrawRecommendation(loan="L1", reason="income fell"), MAKER)
    assert loan_of(desk).case.recommended is None


def test_an_exception_is_approved_by_a_third_person() -> None:
    desk = bank("2026-01-12")
    apply_for(desk)
    investigate(desk)
    maker = Actor(MAKER.id, Role.LOAN_APPROVER)
    exception = a.ApproveException(loan="L1", rule_id="LN-04", reason="bonus")
    desk.refused(exception, Reason.MAKER_IS_APPROVER, maker)


def test_the_grade_of_the_staff_file_is_the_level_of_approval() -> None:
    desk = bank("2026-01-12")
    apply_for(desk)
    investigate(desk)
    desk.do(a.Review(loan="L1", opinion="ok", amount=yuan("12000.00"), term_months=12), REVIEWER)
    clerk = Actor("clerk", Role.LOAN_APPROVER)
    for command in (
        staff.RecordEducation(employee="clerk", level=Education.BACHELOR),
        staff.VerifyEducation(employee="clerk"),
        staff.Declare(employee="clerk", year=2026),
    ):
        desk.do(command)
    appoint = staff.Appoint(employee="clerk", name="Clerk", role=clerk.role, grade=4)
    desk.do(appoint)
    desk.refused(approval(), Reason.BEYOND_AUTHORITY, clerk)
    desk.do(replace(appoint, grade=5))
    desk.do(approval(), clerk)


def test_an_approver_does_not_decide_a_customer_with_an_open_high_risk_event() -> None:
    desk = bank("2026-01-12")
    agree(desk, approver=APPROVER)
    ask = k.RequestDrawdown(loan="L1", amount=yuan("12000.00"), mode=PaymentMode.SELF, payee="A1")
    desk.refused(k.Disburse(loan="L1", target="A1"), Reason.ILLEGAL_TRANSITION)
    desk.do(ask)
    desk.refused(k.Disburse(loan="L1", target="hvps"), Reason.PAYEE_NOT_COUNTERPARTY)
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    desk.refused(k.SetAutodebit(loan="L1", account="A2"), Reason.LINKED_ACCOUNT_NOT_OWN)
    desk.do(account.Close(account="A1"))
    desk.refused(k.SetAutodebit(loan="L1", account="A1"), Reason.LINKED_ACCOUNT_CLOSED)


def test_a_closed_debit_account_collects_nothing() -> None:
    desk = lent()
    desk.refused(account.Close(account="A1"), Reason.LINKED_PRODUCTS)


def test_a_car_is_paid_to_the_seller_and_its_fee_falls_with_time() -> None:
    # Two percent in the first year: 60,000.00 prepaid after a month costs 1,200.00 (LN-15).
    desk = bank("2026-01-12", opening="50000.00")
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    agree(desk, CAR)
    disburse(desk, CAR, account="A2", mode=PaymentMode.ENTRUSTED, payee="A2")
    events = desk.advance("2026-02-01")
    posted = of_kind(events, risk.ProvisionPosted)[0]
    # Twelve-month PD 0.80 %, LGD of a vehicle 45 % (LN-28).
    assert (str(posted.inputs.pd12), str(posted.inputs.lgd)) == ("4/5", "45")
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("60000.00"), on=day("2026-02-05")))
    desk.do(c.CheckUse(loan="L1"))
    desk.refused(c.Prepay(loan="L1", amount=yuan("60000.00")), Reason.NOTICE_TOO_SHORT)
    desk.advance("2026-02-16")
    desk.do(c.Repay(loan="L1", amount=yuan("9000.00")))
    left = loan_of(desk).draws[0].balance
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=left, on=day("2026-03-03")))
    desk.advance("2026-03-03")
    desk.do(c.Prepay(loan="L1", amount=left, source="cash"))
    prepaid = of_kind(desk.events(), change.LoanPrepaid)[0]
    assert prepaid.fee.minor == (left.minor * 2 + 50) // 100
    assert loan_of(desk).stage is Stage.SETTLED
    check_books(desk)


def test_a_shop_is_secured_by_commercial_property() -> None:
    shop = replace(
        CAR,
        product=Product.COMMERCIAL_PROPERTY,
        purpose="buy_shop",
        amount="50000.00",
        term_months=60,
        papers=(*PAPERS, "purchase_contract", "down_payment_receipt", "single_declaration"),
        findings=(*FINDINGS, "collateral", "on_site"),
        ltv_key="commercial_property",
    )
    desk = bank("2026-01-12", opening="50000.00")
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    agree(desk, shop)
    disburse(desk, shop, account="A2", mode=PaymentMode.ENTRUSTED, payee="A2")
    posted = of_kind(desk.advance("2026-02-01"), risk.ProvisionPosted)[0]
    assert str(posted.inputs.lgd) == "35"


def test_a_second_home_has_a_floor_under_its_spread() -> None:
    home = Wish(
        amount="600000.00",
        term_months=240,
        product=Product.MORTGAGE,
        purpose="buy_home",
        papers=HOME_PAPERS,
        findings=(*VISITED, "collateral"),
        home="second",
        ltv_key="mortgage_second",
        price="1000000.00",
        rate_floor="2.00",
    )
    desk = bank("2026-01-12")
    apply_for(desk, home)
    investigate(desk, home)
    decide(desk, home, approver=CHIEF)
    desk.refused(k.DraftContract(loan="L1", spread_bp=-61), Reason.SPREAD_BELOW_FLOOR)
    desk.do(k.DraftContract(loan="L1", spread_bp=-60))
    desk.refused(k.ShowAnnualisedRate(loan="L9"), Reason.STREAM_NOT_FOUND)


@pytest.mark.parametrize("method", [Method.BULLET, Method.INTEREST_ONLY, Method.BIWEEKLY])
def test_the_yearly_cost_of_other_methods_is_shown_too(method: Method) -> None:
    wish = replace(PLAIN, method=method)
    desk = bank("2026-01-12")
    apply_for(desk, wish)
    investigate(desk, wish)
    decide(desk, wish)
    desk.refused(k.ShowAnnualisedRate(loan="L1"), Reason.ILLEGAL_TRANSITION)
    sign(desk, wish)
    assert loan_of(desk).contract.shown


def test_a_fee_is_taken_from_the_tariff_of_the_day() -> None:
    desk = lent()
    desk.do(
        catalogue.AdoptRule(
            param="fee.certificate", value="20.00", valid_from=day("2026-01-12"), checker="chief"
        )
    )
    desk.do(c.ChargeFee(loan="L1", code="certificate", source="A1"))
    assert of_kind(desk.events(), change.LoanFeeCharged)[0].fee == yuan("20.00")
    check_books(desk)


def test_an_index_recorded_in_the_log_reprices_the_loan() -> None:
    # From 1 January 2027 the 1Y rate of 21 December 2026, 2.90 %, holds: 2.90 + 1.35 = 4.25 %.
    desk = lent(wish=replace(PLAIN, term_months=24), opening="20000.00")
    desk.advance("2026-12-21")
    desk.do(
        catalogue.RecordLpr(
            tenor="1Y", rate=AnnualRate.of("2.90"), effective_from=date(2026, 12, 21)
        )
    )
    events = desk.advance("2027-01-02")
    assert str(of_kind(events, change.LoanRepriced)[0].rate) == "4.25"
    assert loan_of(desk).draws[0].rows[0].number == 12


def test_a_loss_of_a_long_loan_takes_what_has_not_fallen_due_along() -> None:
    desk = lent("2024-01-12", replace(PLAIN, term_months=36, findings=VISITED))
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2025-02-20")
    off = c.WriteOff(loan="L1", basis="deceased_no_estate")
    desk.do(off, CHIEF)
    moved = of_kind(desk.events(), pay.PrincipalBecamePastDue)[0]
    assert moved.number == 0
    assert loan_of(desk).principal == yuan("0.00")
    check_books(desk)


def test_a_class_lower_than_loss_is_not_written_off() -> None:
    desk = lent()
    desk.refused(c.WriteOff(loan="L1", basis="court_terminated"), Reason.NOT_LOSS_CLASS, CHIEF)
    desk.do(c.Classify(loan="L1", new_class=LoanClass.LOSS, reasons=("evasion",)), APPROVER)
    desk.do(c.WriteOff(loan="L1", basis="court_terminated"), CHIEF)
    assert loan_of(desk).stage is Stage.WRITTEN_OFF
    check_books(desk)


def test_a_person_leads_a_bad_loan_no_step_up_among_the_bad() -> None:
    desk = lent()
    desk.do(c.Classify(loan="L1", new_class=LoanClass.LOSS), APPROVER)
    better = c.Classify(loan="L1", new_class=LoanClass.DOUBTFUL)
    desk.refused(better, Reason.UPGRADE_NOT_ALLOWED, APPROVER)


def test_a_registration_stands_once_and_only_for_its_loan() -> None:
    desk = lent()
    desk.do(pledge.Value(collateral="K1", value=yuan("20000.00")))
    register = pledge.Register(collateral="K1", loan="L1")
    desk.refused(pledge.Release(collateral="K1", loan="L1"), Reason.ILLEGAL_TRANSITION)
    desk.do(register)
    desk.refused(register, Reason.ILLEGAL_TRANSITION)
    part = pledge.Release(collateral="K1", loan="L1", value=yuan("5000.00"))
    # Lent 60 % of 20,000.00: the remaining 15,000.00 cover 9,000.00.
    desk.refused(part, Reason.LTV_AFTER_RELEASE_EXCEEDED)
    take = c.Repossess(loan="L1", collateral="K1", value=yuan("1.00"))
    desk.refused(take, Reason.AMOUNT_EXCEEDS_BALANCE, APPROVER)
    desk.do(pledge.Value(collateral="K1", value=yuan("20000.00")))
    desk.advance("2026-08-20")
    desk.do(part)
    desk.advance("2027-01-13")
    desk.do(pledge.Value(collateral="K1", value=yuan("1000.00")))
    desk.do(pledge.Release(collateral="K1", loan="L1"))
    check_books(desk)


def test_a_part_is_released_by_the_newest_value_and_under_no_open_warning() -> None:
    desk = lent()
    desk.do(pledge.Value(collateral="K1", value=yuan("20000.00")))
    desk.do(pledge.Register(collateral="K1", loan="L1"))
    desk.advance("2026-08-20")
    part = pledge.Release(collateral="K1", loan="L1", value=yuan("5000.00"))
    # 5,063.39 is owed; 12,000.00 were lent on 8,000.00, and the remaining 3,000.00 cover 4,500.00.
    desk.do(pledge.Value(collateral="K1", value=yuan("8000.00")))
    desk.refused(part, Reason.LTV_AFTER_RELEASE_EXCEEDED)
    desk.do(pledge.Value(collateral="K1", value=yuan("20000.00")))
    desk.do(c.RaiseWarning(loan="L1", warning="W1", signal="lawsuit"))
    desk.refused(part, Reason.OPEN_HIGH_RISK_EVENT)
    check_books(desk)


def test_a_payment_before_its_roll_that_is_reversed_is_rolled_now() -> None:
    desk = lent()
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-02-12")
    desk.do(c.Repay(loan="L1", amount=yuan("1023.72")))
    paid = [x.id for x in desk.found(pay.LoanRepaymentReceived)]
    desk.advance("2026-02-20")
    reverse = c.Reverse(loan="L1", reverses=paid[-1], reason="wrong loan")
    desk.do(reverse, approver="head")
    assert of_kind(desk.events(), pay.PrincipalBecamePastDue)
    loan = loan_of(desk)
    assert (loan.sums.past_due, loan.stage) == (yuan("980.22"), Stage.OVERDUE)
    check_books(desk)


def test_money_left_over_from_a_part_payment_of_misused_loans_is_not_taken() -> None:
    desk: Desk = lent()
    desk.advance("2026-02-12")
    desk.do(c.Repay(loan="L1", amount=yuan("5000.00"), source="A1"))
    received = of_kind(desk.events(), pay.LoanRepaymentReceived)[0]
    assert received.unapplied == yuan("3976.28")


def test_one_bad_loan_of_a_large_debtor_drags_the_other_along() -> None:
    # 8 and 4 million are above the retail limit of 10 million; a third is bad (LN-25).
    home = Wish(
        amount="8000000.00",
        term_months=240,
        product=Product.MORTGAGE,
        purpose="buy_home",
        papers=(
            *HOME_PAPERS,
            "asset_proof",
        ),
        findings=(*VISITED, "collateral"),
        home="first",
        ltv_key="mortgage_first",
        price="12000000.00",
        rate_floor="2.00",
        spread_bp=0,
        income="900000.00",
        draft=(("counterparty", "A2"), ("payment_mode", PaymentMode.ENTRUSTED)),
    )
    desk = bank("2026-01-12", opening="9000000.00")
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    for key, amount in (("L1", "8000000.00"), ("L2", "4000000.00")):
        wish = replace(home, amount=amount)
        agree(desk, wish, key)
        disburse(desk, wish, key, "A2", mode=PaymentMode.ENTRUSTED, payee="A2")
    desk.do(k.SetAutodebit(loan="L1", account="A1"))
    desk.advance("2026-06-01")
    first, second = loan_of(desk, "L1"), loan_of(desk, "L2")
    assert second.risk.loan_class is LoanClass.SUBSTANDARD
    assert (first.risk.loan_class, first.risk.own_class) == (
        LoanClass.SUBSTANDARD,
        LoanClass.NORMAL,
    )
    assert first.days_past_due(day("2026-06-01")) == 0
    better = c.Classify(loan="L1", new_class=LoanClass.SPECIAL_MENTION)
    desk.refused(better, Reason.CLASS_BETTER_THAN_FLOOR, APPROVER)
    check_books(desk)


def test_a_seller_at_another_bank_is_paid_through_clearing() -> None:
    wish = replace(CAR, draft=(("counterparty", "dealer"), ("payment_mode", PaymentMode.ENTRUSTED)))
    desk = bank("2026-01-12")
    agree(desk, wish)
    desk.do(
        k.RequestDrawdown(
            loan="L1", amount=yuan("60000.00"), mode=PaymentMode.ENTRUSTED, payee="dealer"
        )
    )
    desk.do(k.Disburse(loan="L1", target="hvps"))
    assert desk.outcomes[-1].entries[0].event.gl["target"] == "3001.01"
    assert loan_of(desk).stage is Stage.REPAYING


def test_a_pledge_that_is_not_registered_cannot_be_taken() -> None:
    desk = lent()
    desk.do(pledge.Value(collateral="K1", value=yuan("20000.00")))
    desk.do(c.Recall(loan="L1", due_on=day("2026-01-12"), reason="fraud"), APPROVER)
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-01-13")
    take = c.Repossess(loan="L1", collateral="K1", value=yuan("1.00"))
    desk.refused(take, Reason.ILLEGAL_TRANSITION, APPROVER)


def test_only_a_repayment_of_the_last_year_can_be_reversed() -> None:
    desk = lent(wish=replace(PLAIN, term_months=36), opening="20000.00")
    desk.do(c.GivePrepaymentNotice(loan="L1", amount=yuan("2000.00"), on=day("2026-02-01")))
    desk.advance("2026-02-01")
    desk.do(c.Prepay(loan="L1", amount=yuan("2000.00"), source="A1"))
    prepaid = desk.outcomes[-1].entries[0].id
    reverse = c.Reverse(loan="L1", reverses=prepaid, reason="error")
    desk.refused(reverse, Reason.ILLEGAL_TRANSITION, approver="head")
    unlinked = bank("2026-01-12")
    agree(unlinked, approver=APPROVER)
    disburse(unlinked)
    unlinked.advance("2026-02-12")
    unlinked.do(c.Repay(loan="L1", amount=yuan("100.00")))
    paid = [x.id for x in unlinked.found(pay.LoanRepaymentReceived)]
    unlinked.advance("2027-02-13")
    old = c.Reverse(loan="L1", reverses=paid[-1], reason="error")
    unlinked.refused(old, Reason.BACK_VALUE_BEYOND_LIMIT, approver="head")


def test_an_extension_reaches_every_open_draw_and_recall_too() -> None:
    desk = lent(wish=replace(PLAIN, term_months=6))
    desk.do(c.Extend(loan="L1", months=1, consents=True), APPROVER)
    desk.do(c.Extend(loan="L1", months=1, consents=True), APPROVER)
    more = c.Extend(loan="L1", months=1, consents=True)
    desk.refused(more, Reason.TOO_MANY_EXTENSIONS, APPROVER)
    assert len(loan_of(desk).draws[0].rows) == 8
