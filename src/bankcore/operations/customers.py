"""Customer files (客户档案): registration, identity, due diligence, agents."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.aggregates.customer import commands as x
from bankcore.aggregates.customer import decide as c
from bankcore.aggregates.customer import events as e
from bankcore.aggregates.employee import EMPLOYEE
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.staff import grade_of
from bankcore.products.compliance_terms import diligence_terms, rating_terms
from bankcore.rules.compliance.due_diligence import (
    Act,
    CustomerKind,
    Gathered,
    RiskGrade,
    check_diligence,
    due_diligence,
)
from bankcore.rules.compliance.measures import Basis
from bankcore.values.calendar import WORK
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def register(d: Decision, command: c.Register) -> None:
    """Open a customer file."""
    for event in c.decide_register(command, d.load(CUSTOMER, command.customer)):
        d.emit(CUSTOMER, command.customer, event)


def register_prospect(d: Decision, command: x.RegisterProspect) -> None:
    """Note a prospect; a bought list without a lawful basis is no consent (CRM-01)."""
    if d.load(CUSTOMER, command.customer) is not None:
        raise Rejected(Reason.STREAM_EXISTS, customer=command.customer)
    if command.basis not in {"consent", "public", "contract"}:
        raise Rejected(Reason.CONSENT_MISSING, basis=command.basis)
    event = e.ProspectRegistered(
        name=command.name, phone=command.phone, source=command.source, basis=command.basis
    )
    d.emit(CUSTOMER, command.customer, event)


def convert(d: Decision, command: x.Convert) -> None:
    """Make a prospect a customer once the identity is verified and no list has the name."""
    state = d.need(CUSTOMER, command.customer)
    if not state.prospect:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="customer", command="customer.convert")
    if state.verified_on is None:
        raise Rejected(Reason.IDENTITY_NOT_VERIFIED, customer=command.customer)
    if listed(d, state):
        raise Rejected(Reason.LISTED_PERSON, customer=command.customer)
    d.emit(CUSTOMER, command.customer, e.ProspectConverted(kind=command.kind))


def listed(d: Decision, customer: Customer) -> bool:
    """Whether a list hit stands against the customer today (AML-09)."""
    return any(r.basis is Basis.LIST_HIT and r.on(d.day) for r in customer.restrictions)


def verify_identity(d: Decision, command: c.VerifyIdentity) -> None:
    """Check the original document."""
    for event in c.decide_verify(command, d.need(CUSTOMER, command.customer), d.day):
        d.emit(CUSTOMER, command.customer, event)


def begin_relation(d: Decision, customer: str, product: str) -> None:
    """Note the first product of a customer and the day by which she must be rated (AML-04)."""
    state = d.need(CUSTOMER, customer)
    if state.relation_since is None:
        days = rating_terms(d.catalogue, d.day).first_rating_days
        rate_by = WORK.projecting().add_business_days(d.day, days)
        d.emit(CUSTOMER, customer, e.RelationOpened(first_product=product, rate_by=rate_by))


def assign_rm(d: Decision, command: x.AssignRm) -> None:
    """Name a manager; an employee on file must be in service."""
    d.need(CUSTOMER, command.customer)
    if d.load(EMPLOYEE, command.rm) is not None and grade_of(d, command.rm) == 0:
        raise Rejected(Reason.EMPLOYEE_NOT_ACTIVE, employee=command.rm)
    d.emit(CUSTOMER, command.customer, e.RmAssigned(rm=command.rm, primary=command.primary))


def change_details(d: Decision, command: x.ChangeDetails) -> None:
    """Change one field; name and document changes call for an early review (AML-04)."""
    d.need(CUSTOMER, command.customer)
    event = e.CustomerDetailsChanged(
        field=command.field, old=command.old, new=command.new, source=command.source
    )
    d.emit(CUSTOMER, command.customer, event)


def collect_kyc(d: Decision, command: x.CollectKyc) -> None:
    """Collect papers and data."""
    d.need(CUSTOMER, command.customer)
    event = e.KycDataCollected(
        items=command.items,
        values=command.values,
        purpose=command.purpose,
        beneficial_owner=command.beneficial_owner,
    )
    d.emit(CUSTOMER, command.customer, event)


def prove_false(d: Decision, command: x.ProveFalse) -> None:
    """From now on the identity counts as never verified."""
    d.need(CUSTOMER, command.customer)
    d.emit(CUSTOMER, command.customer, e.IdentityProvedFalse(how=command.how))


def refresh_kyc(d: Decision, command: x.RefreshKyc) -> None:
    """Renew the document and do the review: the status is valid the same day (AML-05)."""
    state = d.need(CUSTOMER, command.customer)
    c.check_document(command.valid_to, d.day)
    event = e.KycRefreshed(
        document_kind=command.document_kind,
        document_no=command.document_no,
        valid_to=command.valid_to,
        next_review=_next_review(d, state),
    )
    d.emit(CUSTOMER, command.customer, event)


def _next_review(d: Decision, state: Customer) -> date | None:
    """The review cycle starts anew from today; an unrated customer has none yet."""
    if state.risk is None:
        return None
    return add_months(d.day, rating_terms(d.catalogue, d.day).cycle_months[state.risk.value])


def perform_cdd(d: Decision, command: x.PerformCdd) -> None:
    """Due diligence on an act (AML-03): refused until everything that it needs is there."""
    state = d.need(CUSTOMER, command.customer)
    act = Act(
        service=command.service,
        amount=command.amount,
        customer_kind=CustomerKind.NATURAL if state.kind == "person" else CustomerKind.NON_NATURAL,
        risk=state.risk or RiskGrade.HIGH,
        suspicious=command.suspicious,
        identity_doubt=command.identity_doubt,
    )
    needed = due_diligence(act, diligence_terms(d.catalogue, d.day))
    got = Gathered(
        identity_known=bool(state.name),
        identity_verified=state.verified_on is not None,
        agent_verified=not command.by_agent or "agent" in command.items,
        beneficial_owner="beneficial_owner" in command.items,
        source_of_funds="source_of_funds" in command.items,
        purpose="purpose" in command.items,
        approval="approval" in command.items,
        listed=listed(d, state),
    )
    check_diligence(needed, got)
    event = e.CddPerformed(
        act=command.act, level=needed.level.value, regime=needed.regime, items=command.items
    )
    d.emit(CUSTOMER, command.customer, event)


def ask_source(d: Decision, command: x.AskSource) -> None:
    """Ask; where AML-03 does not call for it the question is a finding, not a refusal."""
    d.need(CUSTOMER, command.customer)
    event = e.SourceOfFundsAsked(
        act=command.act, volunteered=command.volunteered, answer=command.answer
    )
    d.emit(CUSTOMER, command.customer, event)


def verify_authority(d: Decision, command: x.VerifyAuthority) -> None:
    """Check an agent's document and authority (DEP-20)."""
    d.need(CUSTOMER, command.customer)
    if not command.agent_document_no:
        raise Rejected(Reason.AGENT_IDENTITY_MISSING)
    if not command.document:
        raise Rejected(Reason.AUTHORITY_MISSING)
    event = e.AuthorityVerified(
        agent_name=command.agent,
        agent_document_no=command.agent_document_no,
        scope=command.scope,
        document=command.document,
    )
    d.emit(CUSTOMER, command.customer, event)


_DESK: Final = (Role.RM, Role.TELLER_CASH)
_FILE: Final = (*_DESK, Role.COMPLIANCE)
HANDLERS: Final[dict[type, Handler]] = {
    c.Register: by(register, *_DESK),
    c.VerifyIdentity: by(verify_identity, *_DESK),
    x.RegisterProspect: by(register_prospect, Role.RM),
    x.Convert: by(convert, Role.RM),
    x.AssignRm: by(assign_rm, Role.RM, Role.BRANCH_HEAD, Role.HR),
    x.ChangeDetails: by(change_details, *_DESK, Role.CUSTOMER),
    x.CollectKyc: by(collect_kyc, *_FILE),
    x.ProveFalse: by(prove_false, *_FILE),
    x.RefreshKyc: by(refresh_kyc, *_FILE),
    x.PerformCdd: by(perform_cdd, *_FILE),
    x.AskSource: by(ask_source, *_FILE),
    x.VerifyAuthority: by(verify_authority, *_DESK),
}
