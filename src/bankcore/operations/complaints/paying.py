"""Money of a complaint (投诉赔付): approved by grade, paid, refunded; all through the ledger."""

from __future__ import annotations

from bankcore.aggregates.complaint import COMPLAINT, Complaint
from bankcore.aggregates.complaint import closing_commands as x
from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint.decide import need_decision
from bankcore.aggregates.complaint.kinds import Remedy
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import GoodwillCounted
from bankcore.operations.complaints.intake import check_event_exists
from bankcore.operations.decision import Decision
from bankcore.operations.money import Purse, check_target, give, placeholders, purse
from bankcore.operations.staff import grade_of
from bankcore.products.complaint_terms import compensation_terms
from bankcore.rules.complaints.compensation import (
    Authority,
    CompensationKind,
    Payment,
    check_compensation,
)
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected


def _goodwill_key(complaint: Complaint) -> str:
    return f"goodwill-{complaint.customer.removeprefix(CUSTOMER.prefix)}"


def goodwill_paid(d: Decision, complaint: Complaint) -> Money:
    """Goodwill paid to the customer in the last twelve months, over all complaints (CMP-06)."""
    months = compensation_terms(d.catalogue, d.day).goodwill_months
    since = add_months(d.day, -months)
    guard = d.load(GUARD, _goodwill_key(complaint))
    counted = guard.counted if guard is not None else ()
    return Money(sum(g.amount.minor for g in counted if g.on > since))


def _authority(
    d: Decision, complaint: Complaint, kind: CompensationKind, amount: Money
) -> Authority:
    payment = Payment(
        kind=kind,
        amount=amount,
        approver=d.frame.actor.id,
        approver_grade=grade_of(d, d.frame.actor.id),
        handler=complaint.handler,
        subjects=complaint.subjects,
        paid_same_complaint=complaint.committed,
        goodwill_12_months=goodwill_paid(d, complaint),
    )
    return check_compensation(payment, compensation_terms(d.catalogue, d.day))


def approve_compensation(d: Decision, c_: x.ApproveCompensation) -> None:
    """Approve within one's grade (CMP-06); redress only what was decided."""
    complaint = d.need(COMPLAINT, c_.complaint)
    authority = _authority(d, complaint, c_.kind, c_.amount)
    if c_.kind is CompensationKind.REDRESS:
        need_decision(complaint)
        left = complaint.accrued - complaint.redress.approved + complaint.redress.paid
        if c_.amount > left:
            raise Rejected(Reason.AMOUNT_ABOVE_ITEM, amount=str(c_.amount), decided=str(left))
    event = m.CompensationApproved(
        kind=c_.kind,
        amount=c_.amount,
        counted=authority.counted,
        approver=d.frame.actor.id,
        grade=grade_of(d, d.frame.actor.id),
    )
    d.emit(COMPLAINT, c_.complaint, event)


def compensate(d: Decision, c_: x.Compensate) -> None:
    """Pay approved money: redress out of its liability, goodwill as a loss and counted."""
    complaint = d.need(COMPLAINT, c_.complaint)
    if c_.amount <= ZERO:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=str(c_.amount))
    approval = complaint.approval(c_.kind)
    if c_.amount > approval.approved - approval.paid:
        left = approval.approved - approval.paid
        raise Rejected(Reason.APPROVAL_MISSING, amount=str(c_.amount), approved=str(left))
    where = _target(d, c_.target)
    redress = c_.kind is CompensationKind.REDRESS
    if not redress:
        _count_goodwill(d, complaint, c_)
    event = m.CompensationPaid(
        kind=c_.kind,
        amount=c_.amount,
        accrued=min(c_.amount, complaint.accrued) if redress else ZERO,
        target=where.account or c_.target,
        gl=placeholders(target=where.gl),
    )
    entry = d.emit(COMPLAINT, c_.complaint, event)
    give(d, where, c_.amount, entry, "compensation")


def _count_goodwill(d: Decision, complaint: Complaint, c_: x.Compensate) -> None:
    """Count in the customer's guard stream; what was approved twice at once stops here."""
    approval = complaint.goodwill
    payment = Payment(
        kind=CompensationKind.GOODWILL,
        amount=c_.amount,
        approver=approval.approver,
        approver_grade=approval.grade,
        handler=complaint.handler,
        subjects=complaint.subjects,
        goodwill_12_months=goodwill_paid(d, complaint),
    )
    check_compensation(payment, compensation_terms(d.catalogue, d.day))
    counted = GoodwillCounted(amount=c_.amount, complaint=COMPLAINT.stream(c_.complaint))
    d.emit(GUARD, _goodwill_key(complaint), counted)


def _target(d: Decision, target: str) -> Purse:
    where = purse(d, target)
    check_target(d, where)
    return where


def refund_fee(d: Decision, c_: x.RefundFee) -> None:
    """Give a fee back out of income (R3), within the approver's authority."""
    where = _check_refund(d, c_)
    event = m.FeeRefunded(
        fee=c_.amount,
        refunds=c_.refunds,
        target=where.account or c_.target,
        approver=d.frame.actor.id,
        grade=grade_of(d, d.frame.actor.id),
        gl=placeholders(income=c_.income, target=where.gl),
    )
    entry = d.emit(COMPLAINT, c_.complaint, event)
    give(d, where, c_.amount, entry, "fee refund")


def refund_interest(d: Decision, c_: x.RefundInterest) -> None:
    """Give overcharged interest back out of income (R4), within the approver's authority."""
    where = _check_refund(d, c_)
    event = m.OverchargedInterestRefunded(
        interest=c_.amount,
        refunds=c_.refunds,
        target=where.account or c_.target,
        approver=d.frame.actor.id,
        grade=grade_of(d, d.frame.actor.id),
        gl=placeholders(income=c_.income, target=where.gl),
    )
    entry = d.emit(COMPLAINT, c_.complaint, event)
    give(d, where, c_.amount, entry, "interest refund")


def _check_refund(d: Decision, c_: x.RefundFee | x.RefundInterest) -> Purse:
    """Authority first (CMP-06), then that a refund was decided and is not exceeded."""
    complaint = d.need(COMPLAINT, c_.complaint)
    _authority(d, complaint, CompensationKind.REDRESS, c_.amount)
    decided = need_decision(complaint)
    if decided.remedy is not Remedy.REFUND:
        raise Rejected(Reason.ILLEGAL_TRANSITION, remedy=decided.remedy.value)
    left = decided.difference - complaint.refunded
    if c_.amount > left:
        raise Rejected(Reason.AMOUNT_ABOVE_ITEM, amount=str(c_.amount), decided=str(left))
    if c_.refunds:
        check_event_exists(d, c_.refunds)
    return _target(d, c_.target)
