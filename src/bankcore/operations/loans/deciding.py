"""Recommendation, review and approval (推荐、审查、审批), LN-07."""

from __future__ import annotations

from datetime import timedelta

from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import ExposureReleased, ExposureReserved
from bankcore.aggregates.loan import LOAN, Loan, Stage
from bankcore.aggregates.loan import commands_application as c
from bankcore.aggregates.loan import events_application as e
from bankcore.operations.decision import Decision
from bankcore.operations.loans.assessing import check_case, limits_of
from bankcore.operations.loans.facts import (
    approval_level,
    check_reason,
    credit_blocked,
    need_stage,
    policies,
)
from bankcore.operations.service import serve
from bankcore.products.compliance_terms import forbidden_word_list
from bankcore.rules.compliance.confidentiality import check_wording
from bankcore.rules.loans.authority import (
    ApprovalCase,
    Authority,
    RelatedApplication,
    authority,
)
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

_PENDING = {
    Stage.SUBMITTED,
    Stage.DOCUMENTS_COMPLETE,
    Stage.INVESTIGATED,
    Stage.REVIEWED,
    Stage.APPROVED,
}


def recommend(d: Decision, x: c.Recommend) -> None:
    """The investigator recommends; limits are a warning."""
    loan = d.need(LOAN, x.loan)
    if loan.case.assessment is None:
        raise Rejected(Reason.NOT_INVESTIGATED)
    need_stage(d, x.loan, Stage.INVESTIGATED)
    limits = limits_of(d, loan, x.amount, x.term_months)
    if limits.reason is not None:
        d.warn(limits.reason, limit=limits.amount_limit)
    event = e.LoanRecommended(
        amount=x.amount, term_months=x.term_months, rate=x.rate, conditions=x.conditions
    )
    d.emit(LOAN, x.loan, event)


def withdraw_recommendation(d: Decision, x: c.WithdrawRecommendation) -> None:
    """Take the recommendation back before the decision."""
    need_stage(d, x.loan, Stage.INVESTIGATED, Stage.REVIEWED)
    check_reason(x.reason)
    d.emit(LOAN, x.loan, e.LoanRecommendationWithdrawn(reason=x.reason))


def review(d: Decision, x: c.Review) -> None:
    """A second person reviews a recommended case (审贷分离)."""
    loan = d.need(LOAN, x.loan)
    if loan.case.recommended is None:
        raise Rejected(Reason.NOT_INVESTIGATED)
    need_stage(d, x.loan, Stage.INVESTIGATED)
    if d.frame.actor.id == loan.case.maker:
        raise Rejected(Reason.MAKER_IS_REVIEWER, maker=loan.case.maker)
    event = e.LoanReviewed(opinion=x.opinion, amount=x.amount, term_months=x.term_months)
    d.emit(LOAN, x.loan, event)


def approve_exception(d: Decision, x: c.ApproveException) -> None:
    """Somebody with authority over the request allows that a rule is not met."""
    loan = need_stage(d, x.loan, Stage.INVESTIGATED, Stage.REVIEWED)
    check_reason(x.reason)
    found = _authority(d, x.loan, loan, loan.application.amount)
    skipped = {Reason.NOT_INVESTIGATED, Reason.AMOUNT_ABOVE_RECOMMENDED}
    if found.reason is not None and found.reason not in skipped:
        raise Rejected(found.reason, required_level=found.required_level)
    event = e.LoanExceptionApproved(rule_id=x.rule_id, approver=d.frame.actor.id, reason=x.reason)
    d.emit(LOAN, x.loan, event)


def approve(d: Decision, x: c.Approve) -> None:
    """Approve by authority and four eyes, inside the limits; the household's guard counts it."""
    loan = d.need(LOAN, x.loan)
    if loan.stage is not Stage.REVIEWED:
        if loan.stage in {Stage.SUBMITTED, Stage.DOCUMENTS_COMPLETE, Stage.INVESTIGATED}:
            raise Rejected(Reason.NOT_INVESTIGATED, state=loan.stage.value)
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=loan.stage.value)
    customer = loan.application.customer
    serve(d, customer, new_product=True)
    found = _authority(d, x.loan, loan, x.amount)
    if found.reason is not None:
        raise Rejected(found.reason, total=found.total, required_level=found.required_level)
    check_case(d, loan, x)
    if credit_blocked(d, customer):
        raise Rejected(Reason.OPEN_HIGH_RISK_EVENT, customer=customer)
    validity = policies(d).contract(loan.application.product).approval_validity_days
    approved = e.LoanApproved(
        amount=x.amount,
        term_months=x.term_months,
        rate=x.rate,
        method=loan.application.method,
        conditions=x.conditions,
        level=found.required_level,
        valid_to=d.day + timedelta(days=validity),
        exposure=found.total,
    )
    entry = d.emit(LOAN, x.loan, approved)
    # The approval replaces what the guard counted for the application.
    release(d, x.loan, loan, entry.id)
    reserved = ExposureReserved(contract=entry.stream, amount=x.amount, level=found.required_level)
    d.emit(GUARD, guard_key(loan), reserved, caused_by=entry.id)


def release(d: Decision, key: str, loan: Loan, cause: str | None = None) -> None:
    """The loan no longer counts towards the household's exposure."""
    guard, contract = d.load(GUARD, guard_key(loan)), LOAN.stream(key)
    held = [r for r in (guard.reserved if guard else ()) if r.contract == contract]
    if held:
        released = ExposureReleased(contract=contract, amount=held[-1].amount)
        d.emit(GUARD, guard_key(loan), released, caused_by=cause)


def guard_key(loan: Loan) -> str:
    """The exposure guard of the borrower or the couple."""
    return f"exposure-{loan.application.household}"


def _authority(d: Decision, key: str, loan: Loan, amount: Money) -> Authority:
    """LN-07: exposure of the household's other contracts, related applications, the people."""
    exposure, related = ZERO, []
    guard, own = d.load(GUARD, guard_key(loan)), LOAN.stream(key)
    for reserved in guard.reserved if guard else ():
        if reserved.contract == own:
            continue
        other = d.load(LOAN, reserved.contract) if reserved.contract.startswith("loan-") else None
        if other is not None and other.stage in _PENDING:
            related.append(RelatedApplication(other.application.applied_on, reserved.amount))
        else:
            exposure += reserved.amount if other is None else other.principal + other.undrawn
    actor, customer = d.frame.actor.id, loan.application.customer
    case = ApprovalCase(
        security=loan.application.security,
        grade=loan.case.assessment.grade if loan.case.assessment else "D",
        amount=amount,
        recommended=loan.case.recommended or ZERO,
        exposure=exposure,
        application_date=loan.application.applied_on,
        related=related,
        maker=loan.case.maker,
        reviewer=loan.case.reviewer,
        approver=actor,
        approver_level=approval_level(d),
        own_case=actor == customer,
        investigated=loan.case.assessment is not None,
    )
    return authority(case, policies(d).authority())


def revoke_approval(d: Decision, x: c.RevokeApproval) -> None:
    """Take an approval back while no contract is signed."""
    loan = d.need(LOAN, x.loan)
    if loan.contract.terms is not None:
        raise Rejected(Reason.CONTRACT_ALREADY_ACTIVE)
    need_stage(d, x.loan, Stage.APPROVED)
    check_reason(x.reason)
    entry = d.emit(LOAN, x.loan, e.LoanApprovalRevoked(reason=x.reason))
    release(d, x.loan, loan, entry.id)


def reject(d: Decision, x: c.Reject) -> None:
    """Decline an application that is not yet approved."""
    loan = need_stage(d, x.loan, *(_PENDING - {Stage.APPROVED}))
    check_reason(x.reason)
    entry = d.emit(LOAN, x.loan, e.LoanRejected(reason=x.reason, text=x.text))
    release(d, x.loan, loan, entry.id)


def notify_rejection(d: Decision, x: c.NotifyRejection) -> None:
    """Tell the customer, without a word that betrays a case (AML-07)."""
    need_stage(d, x.loan, Stage.REJECTED)
    check_wording(x.text, forbidden_word_list(d.catalogue, d.day))
    event = e.RejectionNotified(channel=x.channel, reason=x.reason, text=x.text)
    d.emit(LOAN, x.loan, event)
