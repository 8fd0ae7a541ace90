"""Money of complaints: redress by CMP-07, authority by CMP-06, all through the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from bankcore.aggregates.complaint import COMPLAINT
from bankcore.aggregates.complaint import closing_commands as x
from bankcore.aggregates.complaint import commands as c
from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint.kinds import (
    Finding,
    Outcome,
    RedressFlow,
    RedressItem,
    RedressKind,
    Remedy,
    ReviewOutcome,
)
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.employee import commands as staff
from bankcore.audit.verify import verify
from bankcore.projections.trial_balance import trial_balance
from bankcore.rules.complaints.compensation import CompensationKind
from bankcore.rules.employees.appointment import Education
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import Desk, bank, check_books, sound

HR = Actor("hr1", Role.HR)
OFFICER = Actor("qin", Role.COMPLAINT_HANDLER)
LUO = Actor("luo", Role.COMPLAINT_REVIEWER)
HEAD = Actor("xu", Role.BRANCH_HEAD)
GOODWILL = CompensationKind.GOODWILL
ITEMS = ("facts", "rule", "decision", "remedy", "review_right", "mediation", "other_ways")


def hire(desk: Desk, actor: Actor, grade: int) -> None:
    desk.do(staff.RecordEducation(employee=actor.id, level=Education.BACHELOR), HR)
    desk.do(staff.VerifyEducation(employee=actor.id), HR)
    desk.do(staff.Declare(employee=actor.id), HR)
    appoint = staff.Appoint(employee=actor.id, name=actor.id, role=actor.role, grade=grade)
    desk.do(appoint, HR)
    desk.do(staff.GrantQualification(employee=actor.id, kind="complaint_handler"), HR)


def investigated(key: str = "1", finding: Finding = Finding.SUBSTANTIATED) -> Desk:
    """A complaint of C1 investigated by qin (G3); luo is G3 too, head xu G5."""
    desk = bank("2026-06-30")
    for actor, grade in ((OFFICER, 3), (LUO, 3), (HEAD, 5)):
        hire(desk, actor, grade)
    investigate(desk, key, finding)
    return desk


def investigate(desk: Desk, key: str, finding: Finding = Finding.SUBSTANTIATED) -> None:
    desk.do(c.Register(complaint=key, customer="C1", channel="branch", facts=("fee",)), OFFICER)
    desk.do(c.Assign(complaint=key, handler="qin", subjects=("bai",)), OFFICER)
    desk.do(c.Investigate(complaint=key, evidence=("account-A1@4",), result=finding), OFFICER)


def upheld(remedy: Remedy, *items: RedressItem, amount: str | None = None) -> c.Decide:
    return c.Decide(
        complaint="1",
        outcome=Outcome.UPHELD,
        remedy=remedy,
        kind=RedressKind.WRONG_FEE,
        items=items,
        amount=None if amount is None else yuan(amount),
    )


# A fee of 300 taken a year ago: 300 × 3.00 % × 365/365 = 9.00 of time value (CMP-07).
YEAR_OLD = RedressItem(on=date(2025, 6, 30), charged=yuan("300"), right=yuan("0"))
TODAY = RedressItem(on=date(2026, 6, 30), charged=yuan("179.81"), right=yuan("0"))
MISSOLD = c.Decide(
    complaint="1",
    outcome=Outcome.UPHELD,
    remedy=Remedy.COMPENSATION,
    kind=RedressKind.MISSOLD,
    paid_in=(RedressFlow(on=date(2025, 5, 19), amount=yuan("100000")),),
    value_now=yuan("88000"),
)


def ledger(desk: Desk, code: str) -> int:
    return trial_balance(desk.entries()).get(code, 0)


def test_compensation_becomes_a_liability_and_is_paid_out_of_it() -> None:
    desk = investigated()
    desk.do(upheld(Remedy.COMPENSATION, YEAR_OLD), OFFICER)
    decided, accrued = desk.events()
    assert isinstance(decided, m.ComplaintDecided)
    assert (decided.difference, decided.time_value) == (yuan("300"), yuan("9"))
    assert (decided.amount, decided.remainder) == (yuan("309"), Fraction(0))
    assert accrued == m.RedressAccrued(amount=yuan("309"), gl={})
    assert (ledger(desk, "6711.01"), ledger(desk, "2241.03")) == (30900, -30900)
    desk.do(x.ApproveCompensation(complaint="1", amount=yuan("309")), LUO)
    desk.do(x.Compensate(complaint="1", amount=yuan("309"), target="A1"), LUO)
    paid, mirror = desk.events()
    assert isinstance(paid, m.CompensationPaid)
    assert (paid.accrued, paid.target) == (yuan("309"), "account-A1")
    assert isinstance(mirror, account.AccountCredited)
    assert mirror.posted_by == "complaint-1@7"
    assert desk.balance() == yuan("1309")
    assert (ledger(desk, "6711.01"), ledger(desk, "2241.03")) == (30900, 0)
    sound(desk)


def test_compensation_may_be_paid_in_cash_and_in_parts() -> None:
    desk = investigated()
    desk.do(upheld(Remedy.COMPENSATION, YEAR_OLD), OFFICER)
    desk.do(x.ApproveCompensation(complaint="1", amount=yuan("309")), LUO)
    desk.do(x.Compensate(complaint="1", amount=yuan("300"), target="cash"), LUO)
    left = desk.refused(
        x.Compensate(complaint="1", amount=yuan("9.01"), target="cash"),
        Reason.APPROVAL_MISSING,
        LUO,
    )
    assert left.facts["approved"] == "9.00"
    desk.refused(
        x.Compensate(complaint="1", amount=yuan("0"), target="cash"),
        Reason.AMOUNT_NOT_POSITIVE,
        LUO,
    )
    check_books(desk)


def test_money_needs_a_true_claim_and_the_sum_of_the_rules() -> None:
    desk = investigated(finding=Finding.UNSUBSTANTIATED)
    desk.refused(upheld(Remedy.COMPENSATION, YEAR_OLD), Reason.NOT_SUBSTANTIATED, OFFICER)
    found = c.Investigate(complaint="1", result=Finding.PARTLY)
    desk.do(found, OFFICER)
    wrong = upheld(Remedy.COMPENSATION, YEAR_OLD, amount="300")
    computed = desk.refused(wrong, Reason.RIGHT_AMOUNT_NOT_RECOMPUTED, OFFICER)
    assert computed.facts["computed"] == "309.00"
    bare = c.Decide(complaint="1", outcome=Outcome.UPHELD, remedy=Remedy.COMPENSATION)
    desk.refused(bare, Reason.RIGHT_AMOUNT_NOT_RECOMPUTED, OFFICER)
    desk.do(upheld(Remedy.COMPENSATION, YEAR_OLD, amount="309"), OFFICER)


def test_a_reversal_by_the_product_accrues_no_loss() -> None:
    # 145.71 interest and 34.10 late fee, unpaid, so without time value.
    desk = investigated()
    desk.do(upheld(Remedy.REVERSAL, TODAY, amount="179.81"), OFFICER)
    assert [type(event) for event in desk.events()] == [m.ComplaintDecided]
    assert ledger(desk, "2241.03") == 0
    check_books(desk)


def test_a_refund_gives_income_back_and_only_the_time_value_is_a_loss() -> None:
    desk = investigated()
    desk.do(upheld(Remedy.REFUND, YEAR_OLD), OFFICER)
    assert desk.events()[1] == m.RedressAccrued(amount=yuan("9"), gl={})
    refund = x.RefundFee(
        complaint="1", amount=yuan("300"), income="6021.01", target="A1", refunds="account-A1@4"
    )
    desk.refused(refund, Reason.APPROVER_IS_HANDLER, OFFICER)
    desk.do(refund, LUO)
    event = desk.events()[0]
    assert isinstance(event, m.FeeRefunded)
    assert (event.approver, event.grade, event.target) == ("luo", 3, "account-A1")
    desk.refused(refund, Reason.AMOUNT_ABOVE_ITEM, LUO)
    assert (ledger(desk, "6021.01"), desk.balance()) == (30000, yuan("1300"))
    check_books(desk)


def test_overcharged_interest_goes_back_out_of_interest_income() -> None:
    desk = investigated()
    desk.do(upheld(Remedy.REFUND, TODAY), OFFICER)
    refund = x.RefundInterest(complaint="1", amount=yuan("179.81"), income="6011.02", target="cash")
    desk.do(refund, LUO)
    assert desk.events()[0].target == "cash"
    assert ledger(desk, "6011.02") == 17981
    check_books(desk)


def test_a_refund_is_decided_first_and_names_a_real_event() -> None:
    desk = investigated()
    refund = x.RefundFee(complaint="1", amount=yuan("10"), income="6021.01", target="A1")
    desk.refused(refund, Reason.NO_DECISION_YET, LUO)
    desk.do(upheld(Remedy.COMPENSATION, TODAY), OFFICER)
    desk.refused(refund, Reason.ILLEGAL_TRANSITION, LUO)


def test_a_refund_of_nothing_that_happened_is_refused() -> None:
    desk = investigated()
    desk.do(upheld(Remedy.REFUND, TODAY), OFFICER)
    refund = x.RefundFee(
        complaint="1", amount=yuan("10"), income="6021.01", target="A1", refunds="account-A1@99"
    )
    desk.refused(refund, Reason.STREAM_NOT_FOUND, LUO)


def test_authority_counts_what_was_approved_before_on_the_same_complaint() -> None:
    desk = investigated()
    big = RedressItem(on=date(2026, 6, 30), charged=yuan("2500"), right=yuan("0"))
    desk.do(upheld(Remedy.COMPENSATION, big), OFFICER)
    approve = x.ApproveCompensation(complaint="1", amount=yuan("2000"))
    desk.do(approve, LUO)
    rest = x.ApproveCompensation(complaint="1", amount=yuan("500"))
    desk.refused(rest, Reason.ABOVE_AUTHORITY, LUO)
    desk.do(rest, HEAD)
    assert desk.events()[0].counted == yuan("2500")
    desk.refused(approve, Reason.AMOUNT_ABOVE_ITEM, HEAD)


def test_neither_handler_nor_subject_approves() -> None:
    desk = investigated()
    desk.do(upheld(Remedy.COMPENSATION, TODAY), OFFICER)
    approve = x.ApproveCompensation(complaint="1", amount=yuan("100"))
    desk.refused(approve, Reason.APPROVER_IS_HANDLER, OFFICER)
    desk.refused(approve, Reason.APPROVER_IS_SUBJECT, Actor("bai", Role.BRANCH_HEAD))
    desk.refused(approve, Reason.ABOVE_AUTHORITY, Actor("nobody", Role.BRANCH_HEAD))
    nothing = x.ApproveCompensation(complaint="1", amount=yuan("0"))
    desk.refused(nothing, Reason.AMOUNT_NOT_POSITIVE, LUO)


def test_redress_is_not_approved_before_it_is_decided() -> None:
    desk = investigated()
    approve = x.ApproveCompensation(complaint="1", amount=yuan("100"))
    desk.refused(approve, Reason.NO_DECISION_YET, LUO)


def test_goodwill_of_twelve_months_counts_over_all_complaints_of_a_customer() -> None:
    desk = investigated()
    gift = x.ApproveCompensation(complaint="1", amount=yuan("150"), kind=GOODWILL)
    desk.do(gift, LUO)
    desk.do(x.Compensate(complaint="1", amount=yuan("150"), target="A1", kind=GOODWILL), LUO)
    assert ledger(desk, "6711.01") == 15000
    investigate(desk, "2")
    second = x.ApproveCompensation(complaint="2", amount=yuan("100"), kind=GOODWILL)
    desk.refused(second, Reason.ABOVE_AUTHORITY, LUO)
    desk.do(second, HEAD)
    assert desk.events()[0].counted == yuan("250")
    check_books(desk)


def test_goodwill_of_the_same_day_a_year_ago_no_longer_counts() -> None:
    desk = investigated()
    desk.do(x.ApproveCompensation(complaint="1", amount=yuan("150"), kind=GOODWILL), LUO)
    desk.do(x.Compensate(complaint="1", amount=yuan("150"), target="A1", kind=GOODWILL), LUO)
    investigate(desk, "2")
    gift = x.ApproveCompensation(complaint="2", amount=yuan("100"), kind=GOODWILL)
    desk.advance("2027-06-29")
    desk.refused(gift, Reason.ABOVE_AUTHORITY, LUO)
    desk.advance("2027-06-30")
    desk.do(gift, LUO)


def test_goodwill_approved_twice_at_once_is_stopped_at_the_second_payment() -> None:
    desk = investigated()
    investigate(desk, "2")
    for key in ("1", "2"):
        desk.do(x.ApproveCompensation(complaint=key, amount=yuan("150"), kind=GOODWILL), LUO)
    pay = x.Compensate(complaint="1", amount=yuan("150"), target="A1", kind=GOODWILL)
    desk.do(pay, LUO)
    again = x.Compensate(complaint="2", amount=yuan("150"), target="A1", kind=GOODWILL)
    desk.refused(again, Reason.ABOVE_AUTHORITY, LUO)


def test_a_missold_fund_is_measured_against_the_deposit_of_its_purchase_day() -> None:
    # One-year board rate of 2025-05-19 is 1.10 %: 100,000 × (1 + 1.10 % × 407/365) = 101,226.58;
    # worth 88,000 now, so 13,226.58 are owed (CMP-07 b).
    desk = investigated()
    desk.do(MISSOLD, OFFICER)
    decided = desk.events()[0]
    assert isinstance(decided, m.ComplaintDecided)
    assert decided.basis is not None
    assert decided.basis.rate.percent == Fraction(11, 10)
    assert decided.amount == yuan("13226.58")
    assert verify(desk.bank.log).faults == ()


def test_a_customer_bears_half_of_a_loss_at_most() -> None:
    desk = investigated()
    desk.refused(replace(MISSOLD, customer_share_pct=51), Reason.SHARE_ABOVE_CAP, OFFICER)


def test_after_a_review_the_liability_follows_the_new_decision() -> None:
    desk = investigated()
    desk.do(upheld(Remedy.COMPENSATION, YEAR_OLD), OFFICER)
    desk.do(x.ApproveCompensation(complaint="1", amount=yuan("100")), LUO)
    desk.do(x.Compensate(complaint="1", amount=yuan("100"), target="A1"), LUO)
    desk.do(x.Reply(complaint="1", items=ITEMS), OFFICER)
    desk.do(x.RequestReview(complaint="1"), OFFICER)
    desk.do(x.Review(complaint="1", outcome=ReviewOutcome.REVISED), HEAD)
    half = RedressItem(on=date(2026, 6, 30), charged=yuan("150"), right=yuan("0"))
    desk.do(upheld(Remedy.COMPENSATION, half), OFFICER)
    # 309 accrued, 100 paid: 209 were owed; now 150 − 100 = 50 are, so 159 are released.
    assert desk.events()[1] == m.RedressAccrued(amount=-yuan("159"), gl={})
    state = desk.state(COMPLAINT, "1")
    assert state.accrued == yuan("50")
    check_books(desk)
