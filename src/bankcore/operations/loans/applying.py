"""From the request to the complete file (申请、资料、调查), LN-01 to LN-06."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import ExposureReserved
from bankcore.aggregates.loan import LOAN, Loan, Stage
from bankcore.aggregates.loan import commands_application as c
from bankcore.aggregates.loan import events_application as e
from bankcore.operations.decision import Decision
from bankcore.operations.loans.assessing import (
    Wish,
    assessment_of,
    dti_of,
    limits_of,
    ltv_of,
    prescreened,
)
from bankcore.operations.loans.facts import check_reason, need_stage, policies
from bankcore.operations.service import serve
from bankcore.rules.loans.codes import Product
from bankcore.rules.loans.documents import (
    Document,
    FileFacts,
    missing_documents,
    required_documents,
)
from bankcore.rules.loans.investigation import (
    Finding,
    Interview,
    InvestigationFile,
    investigation_gaps,
)
from bankcore.values.reasons import Reason, Rejected

_BEFORE_DECISION: Final = (
    Stage.SUBMITTED,
    Stage.DOCUMENTS_COMPLETE,
    Stage.INVESTIGATED,
    Stage.REVIEWED,
)


def open_application(d: Decision, x: c.OpenApplication) -> None:
    """Take an application; what LN-06 finds is a warning, the customer may still ask."""
    if d.load(LOAN, x.loan) is not None:
        raise Rejected(Reason.STREAM_EXISTS, loan=x.loan)
    if x.product is Product.PROVIDENT:
        raise Rejected(Reason.PRODUCT_UNKNOWN, product=x.product.value)
    serve(d, x.customer, new_product=True)
    household = (x.household or x.customer).removeprefix("customer-")
    opened = e.LoanApplicationOpened(
        customer=x.customer,
        co_borrowers=x.co_borrowers,
        household=household,
        product=x.product,
        amount=x.amount,
        term_months=x.term_months,
        purpose=x.purpose,
        method=x.method,
        security=x.security,
        collateral=x.collateral,
        home=x.home,
        second_hand=x.second_hand,
        co_owned=x.co_owned,
        marital=x.marital,
        employment=x.employment,
        needs_hash=x.needs_hash,
    )
    d.emit(LOAN, x.loan, opened)
    _warn_of_limits(d, d.need(LOAN, x.loan))
    # A pending application is known to the household's guard, so that a split shows (LN-07).
    reserved = ExposureReserved(contract=LOAN.stream(x.loan), amount=x.amount, level=0)
    d.emit(GUARD, f"exposure-{household}", reserved)


def _warn_of_limits(d: Decision, loan: Loan) -> None:
    request = loan.application
    found = limits_of(d, loan, request.amount, request.term_months)
    if found.reason is not None:
        d.warn(found.reason, limit=found.amount_limit)


def amend_request(d: Decision, x: c.AmendRequest) -> None:
    """Change the request before it is decided, one event a field."""
    request = need_stage(d, x.loan, *_BEFORE_DECISION).application
    wanted: dict[str, Any] = {
        "amount": x.amount,
        "term_months": x.term_months,
        "purpose": x.purpose,
        "method": x.method,
    }
    for field, new in wanted.items():
        old = getattr(request, field)
        if new is not None and new != old:
            amended = e.LoanApplicationAmended(field=field, old=str(old), new=str(new))
            d.emit(LOAN, x.loan, amended)
    _warn_of_limits(d, d.need(LOAN, x.loan))


def prescreen(d: Decision, x: c.Prescreen) -> None:
    """Record the person's result and the rule's; a difference is a warning, never refused."""
    loan = need_stage(d, x.loan, *_BEFORE_DECISION)
    found = prescreened(d, loan, x)
    for reason in found.reasons:
        d.warn(reason)
    event = e.LoanPrescreened(
        result=x.result,
        rule_result=found.outcome.value,
        reasons=tuple(reason.value for reason in found.reasons),
    )
    d.emit(LOAN, x.loan, event)


def submit_document(d: Decision, x: c.SubmitDocument) -> None:
    """Take a paper in."""
    need_stage(d, x.loan, *_BEFORE_DECISION)
    event = e.LoanDocumentSubmitted(
        document=x.document, kind=x.kind, ref=x.ref, valid_to=x.valid_to
    )
    d.emit(LOAN, x.loan, event)


def verify_document(d: Decision, x: c.VerifyDocument) -> None:
    """Verify or reject a paper; rejecting the only one of its kind reopens the checklist."""
    loan = need_stage(d, x.loan, *_BEFORE_DECISION)
    paper = next((p for p in loan.case.papers if p.document == x.document), None)
    if paper is None:
        raise Rejected(Reason.DOCUMENT_MISSING, document=x.document)
    if x.result == "verified":
        if paper.valid_to is not None and paper.valid_to < d.day:
            raise Rejected(Reason.DOCUMENT_EXPIRED, valid_to=paper.valid_to)
        verified = e.LoanDocumentVerified(
            document=x.document, kind=paper.kind, how=x.how, self_issued=x.self_issued
        )
        d.emit(LOAN, x.loan, verified)
        return
    check_reason(x.reason)
    d.emit(LOAN, x.loan, e.LoanDocumentRejected(document=x.document, reason=x.reason))
    missing = _missing(d, d.need(LOAN, x.loan))
    if loan.stage is not Stage.SUBMITTED and missing:
        reopened = e.DocumentsReopened(reason=x.reason, missing=tuple(missing))
        d.emit(LOAN, x.loan, reopened)


def _required(d: Decision, loan: Loan) -> tuple[str, ...]:
    request = loan.application
    facts = FileFacts(
        product=request.product,
        amount=request.amount,
        marital=request.marital,
        employment=request.employment,
        collateral=request.collateral,
        co_owned=request.co_owned,
        second_hand=request.second_hand,
    )
    return required_documents(facts, policies(d).documents())


def _missing(d: Decision, loan: Loan) -> dict[str, Reason]:
    papers = [Document(p.kind, p.verified is True, p.valid_to) for p in loan.case.papers]
    return missing_documents(_required(d, loan), papers, d.day)


def mark_documents_complete(d: Decision, x: c.MarkDocumentsComplete) -> None:
    """The first kind that is missing, unverified or expired is the refusal (LN-02)."""
    loan = need_stage(d, x.loan, Stage.SUBMITTED)
    missing = _missing(d, loan)
    for reason in (
        Reason.DOCUMENT_MISSING,
        Reason.DOCUMENT_NOT_VERIFIED,
        Reason.DOCUMENT_EXPIRED,
    ):
        kinds = [kind for kind, why in missing.items() if why is reason]
        if kinds:
            raise Rejected(reason, kinds=kinds)
    d.emit(LOAN, x.loan, e.LoanDocumentsCompleted(kinds=_required(d, loan)))


def reopen_documents(d: Decision, x: c.ReopenDocuments) -> None:
    """Ask for papers again."""
    loan = need_stage(d, x.loan, Stage.DOCUMENTS_COMPLETE, Stage.INVESTIGATED)
    check_reason(x.reason)
    missing = tuple(_missing(d, loan))
    d.emit(LOAN, x.loan, e.DocumentsReopened(reason=x.reason, missing=missing))


def interview(d: Decision, x: c.Interview) -> None:
    """Record an interview."""
    need_stage(d, x.loan, *_BEFORE_DECISION)
    d.emit(LOAN, x.loan, e.BorrowerInterviewed(form=x.form, topics=x.topics))


def record_finding(d: Decision, x: c.RecordFinding) -> None:
    """Record a finding; its id is given or the kind."""
    need_stage(d, x.loan, *_BEFORE_DECISION)
    event = e.InvestigationFindingRecorded(
        finding=x.finding or x.kind,
        kind=x.kind,
        result=x.result,
        severity=x.severity,
        source=x.source,
        text=x.text,
    )
    d.emit(LOAN, x.loan, event)


def explain_finding(d: Decision, x: c.ExplainFinding) -> None:
    """Clear a doubt with evidence."""
    need_stage(d, x.loan, *_BEFORE_DECISION)
    d.emit(LOAN, x.loan, e.FindingExplained(finding=x.finding, evidence=x.evidence))


def complete_investigation(d: Decision, x: c.CompleteInvestigation) -> None:
    """Close the file: LN-03 must find nothing missing; ratios are recorded, not yet judged."""
    loan = need_stage(d, x.loan, Stage.DOCUMENTS_COMPLETE)
    gaps = investigation_gaps(_file(loan, x, d.day), policies(d).investigation())
    if gaps:
        raise Rejected(gaps[0].reason, gaps=[str(gap) for gap in gaps])
    inputs = assessment_of(x)
    request = loan.application
    dti = dti_of(d, loan, inputs, Wish(request.amount, request.term_months))
    ltv = ltv_of(d, loan, inputs, request.amount)
    event = e.InvestigationCompleted(
        recommendation=x.recommendation,
        dti=dti.total_ratio,
        ltv=None if ltv is None else ltv.ltv,
        inputs=inputs,
    )
    d.emit(LOAN, x.loan, event)


def _file(loan: Loan, x: c.CompleteInvestigation, day: date) -> InvestigationFile:
    held = loan.case.interview
    return InvestigationFile(
        product=loan.application.product,
        amount=loan.application.amount,
        secured=bool(x.ltv_key) or loan.application.collateral in {"real_estate", "vehicle"},
        decision_date=day,
        interview=None if held is None else Interview(*held),
        findings=tuple(Finding(kind, on) for kind, on in loan.case.findings),
        outsourced_whole=x.outsourced_whole,
    )
