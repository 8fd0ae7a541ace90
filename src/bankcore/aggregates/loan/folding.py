"""The fold of the loan (贷款状态折叠): total, refuses nothing; one function a chapter of events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, assert_never, get_args

from bankcore.aggregates.loan import events_application as a
from bankcore.aggregates.loan import events_changes as c
from bankcore.aggregates.loan import events_contract as k
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan import events_risk as x
from bankcore.aggregates.loan.case import Application, Approval, Paper
from bankcore.aggregates.loan.events import LoanEvent
from bankcore.aggregates.loan.fold_changes import fold_change, fold_note
from bankcore.aggregates.loan.fold_contract import fold_contract, fold_disclosure, fold_draw
from bankcore.aggregates.loan.fold_dues import fold_due, fold_paid, fold_status
from bankcore.aggregates.loan.fold_risk import fold_care, fold_risk
from bankcore.aggregates.loan.stage import Stage
from bankcore.aggregates.loan.state import Loan
from bankcore.aggregates.loan.sums import summed
from bankcore.rules.loans.codes import Method
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import parse_amount


def evolve(state: Loan | None, entry: Entry[LoanEvent]) -> Loan:
    """Fold one event; total."""
    before = state or Loan()
    loan = changed(before, sums=summed(before.sums, entry.event), last_booking=entry.booking_date)
    return FOLDS[type(entry.event)](loan, entry.event, entry)


Fold = Callable[[Loan, Any, Entry[Any]], Loan]


def _case(loan: Loan, **changes: Any) -> Loan:
    return changed(loan, case=changed(loan.case, **changes))


def _fold_application(loan: Loan, event: a.ApplicationEvent, entry: Entry[Any]) -> Loan:
    match event:
        case a.LoanApplicationOpened():
            return changed(
                loan,
                stage=Stage.SUBMITTED,
                application=_application(event, entry.booking_date),
            )
        case a.LoanApplicationAmended(field=field, new=new):
            return changed(loan, application=changed(loan.application, **_amended(field, new)))
        case a.LoanPrescreened(result=result):
            return _case(loan, prescreened=result)
        case _:
            assert_never(event)


def _fold_paper(loan: Loan, event: a.PaperEvent, _entry: Entry[Any]) -> Loan:
    match event:
        case a.LoanDocumentSubmitted():
            paper = Paper(event.document, event.kind, event.valid_to)
            kept = (p for p in loan.case.papers if p.document != event.document)
            return _case(loan, papers=(*kept, paper))
        case a.LoanDocumentVerified(document=document):
            return _looked_at(loan, document, good=True)
        case a.LoanDocumentRejected(document=document):
            return _looked_at(loan, document, good=False)
        case a.LoanDocumentsCompleted():
            return changed(loan, stage=Stage.DOCUMENTS_COMPLETE)
        case a.DocumentsReopened():
            return changed(loan, stage=Stage.SUBMITTED)
        case _:
            assert_never(event)


def _application(event: a.LoanApplicationOpened, on: date) -> Application:
    return Application(
        customer=event.customer,
        household=event.household,
        product=event.product,
        amount=event.amount,
        term_months=event.term_months,
        purpose=event.purpose,
        method=event.method,
        security=event.security,
        collateral=event.collateral,
        home=event.home,
        second_hand=event.second_hand,
        co_owned=event.co_owned,
        marital=event.marital,
        employment=event.employment,
        applied_on=on,
    )


def _amended(field: str, new: str) -> dict[str, Any]:
    """The typed change of one field; the event holds its text."""
    if field == "amount":
        return {"amount": parse_amount(new)}
    if field == "term_months":
        return {"term_months": int(new)}
    if field == "method":
        return {"method": Method(new)}
    return {"purpose": new}


def _looked_at(loan: Loan, document: str, *, good: bool) -> Loan:
    papers = tuple(
        changed(p, verified=good) if p.document == document else p for p in loan.case.papers
    )
    return _case(loan, papers=papers)


def _fold_investigation(loan: Loan, event: a.InvestigationEvent, entry: Entry[Any]) -> Loan:
    match event:
        case a.BorrowerInterviewed(form=form):
            return _case(loan, interview=(entry.value_date, form))
        case a.InvestigationFindingRecorded(kind=kind):
            found = (*loan.case.findings, (kind, entry.value_date))
            return _case(loan, findings=found)
        case a.FindingExplained():
            return loan
        case a.InvestigationCompleted(inputs=inputs):
            done = _case(loan, assessment=inputs, maker=entry.actor.id)
            return changed(done, stage=Stage.INVESTIGATED)
        case a.LoanRecommended(amount=amount):
            return _case(loan, recommended=amount, maker=entry.actor.id)
        case a.LoanRecommendationWithdrawn():
            return _case(loan, recommended=None)
        case _:
            assert_never(event)


def _fold_decision(loan: Loan, event: a.DecisionEvent, entry: Entry[Any]) -> Loan:
    match event:
        case a.LoanReviewed():
            return changed(_case(loan, reviewer=entry.actor.id), stage=Stage.REVIEWED)
        case a.LoanExceptionApproved(rule_id=rule_id):
            return _case(loan, exceptions=loan.case.exceptions | {rule_id})
        case a.LoanApproved():
            approval = Approval(
                amount=event.amount,
                term_months=event.term_months,
                rate_floor=event.rate,
                conditions=event.conditions,
                level=event.level,
                approver=entry.actor.id,
                approved_on=entry.booking_date,
                valid_to=event.valid_to,
            )
            return changed(loan, stage=Stage.APPROVED, approval=approval)
        case a.LoanApprovalRevoked():
            return changed(loan, stage=Stage.REVIEWED, approval=None)
        case a.LoanRejected():
            return changed(loan, stage=Stage.REJECTED)
        case a.RejectionNotified():
            return loan
        case _:
            assert_never(event)


# One fold a chapter; a test holds that every declared event of the stream is in one of them.
_CHAPTERS: Final[tuple[tuple[Any, Fold], ...]] = (
    (a.ApplicationEvent, _fold_application),
    (a.PaperEvent, _fold_paper),
    (a.InvestigationEvent, _fold_investigation),
    (a.DecisionEvent, _fold_decision),
    (k.ContractEvent, fold_contract),
    (k.DisclosureEvent, fold_disclosure),
    (k.DrawEvent, fold_draw),
    (r.DueEvent, fold_due),
    (r.PaidEvent, fold_paid),
    (r.StatusEvent, fold_status),
    (c.ChangeEvent, fold_change),
    (c.NoteEvent, fold_note),
    (x.RiskEvent, fold_risk),
    (x.CareEvent, fold_care),
)
FOLDS: Final[dict[type, Fold]] = {
    event: fold for chapter, fold in _CHAPTERS for event in get_args(chapter)
}
