"""State of the customer: what decides whether this customer may be served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bankcore.aggregates.customer import events as e
from bankcore.aggregates.customer import standing_events as x
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.rules.compliance.kyc_status import KycFile, ServiceNeed
from bankcore.rules.compliance.measures import Basis
from bankcore.values.changing import changed
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class Restriction:
    """A measure in force from `since`; `until` is exclusive, none is open."""

    measure: x.RestrictionScope
    basis: Basis
    order: str
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Whether the measure is in force on a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def stops(self, need: ServiceNeed) -> bool:
        """Whether the measure stops what is asked for; credits always come in."""
        stopped = {
            x.RestrictionScope.FULL: {ServiceNeed.DEBIT, ServiceNeed.NEW_PRODUCT},
            x.RestrictionScope.NO_DEBIT: {ServiceNeed.DEBIT},
            x.RestrictionScope.NO_NEW_PRODUCT: {ServiceNeed.NEW_PRODUCT},
        }
        return need in stopped[self.measure]


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent in force to its last day, inclusive."""

    scope: str
    partner: str
    until: date


@dataclass(frozen=True, slots=True)
class AgentOnFile:
    """Somebody whose own document and authority were checked; `guardian` acts for a minor."""

    name: str
    scope: str


@dataclass(frozen=True, slots=True)
class Customer:
    """The file of one customer; KYC status is derived from it by AML-05, never stored.

    `face_to_face`: staff once saw the person with the document, not only by video.
    `first_document_no` is the number she was first verified by; documents change, she does not.
    """

    name: str = ""
    kind: str = "person"
    birth_date: str = ""
    document_no: str = ""
    first_document_no: str = ""
    document_kind: str = ""
    face_to_face: bool = False
    prospect: bool = False
    registered_on: date | None = None
    verified_on: date | None = None
    document_valid_to: date | None = None
    next_review: date | None = None
    relation_since: date | None = None
    risk: RiskGrade | None = None
    rms: tuple[str, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    credit_blocks: tuple[x.CreditBlocked, ...] = ()
    consents: tuple[Consent, ...] = ()
    credit_grade: str = ""
    credit_grade_valid_to: date | None = None
    query_authorised: tuple[x.CreditQueryAuthorised, ...] = ()
    agents: tuple[AgentOnFile, ...] = ()
    purpose_recorded: bool = False

    @property
    def kyc_file(self) -> KycFile:
        """What AML-05 looks at."""
        return KycFile(self.document_valid_to, self.next_review, self.verified_on is not None)

    def restriction_on(self, day: date, need: ServiceNeed) -> Restriction | None:
        """The first measure in force that stops what is asked for."""
        found = (r for r in self.restrictions if r.on(day) and r.stops(need))
        return next(found, None)

    def under_measure(self, day: date) -> bool:
        """Whether compliance has a measure in force, which nobody may betray (AML-07)."""
        kept = {Basis.LIST_HIT, Basis.BANK_MEASURE, Basis.PBOC_TEMPORARY}
        return any(r.on(day) and r.basis in kept for r in self.restrictions)

    def consents_to(self, scope: str, day: date) -> bool:
        """Whether a consent of the scope is in force on a day (CRM-06)."""
        return any(c.scope == scope and day <= c.until for c in self.consents)


def evolve(state: Customer | None, entry: Entry[e.CustomerEvent]) -> Customer:
    """Fold one event; total."""
    customer, event, today = state or Customer(), entry.event, entry.booking_date
    match event:
        case e.ProspectRegistered(name=name):
            return changed(customer, name=name, prospect=True)
        case e.ProspectConverted(kind=kind):
            return changed(customer, kind=kind, prospect=False, registered_on=today)
        case e.CustomerRegistered(name=name, kind=kind, birth_date=birth_date):
            return changed(
                customer,
                name=name,
                kind=kind,
                birth_date=birth_date,
                prospect=False,
                registered_on=today,
            )
        case e.IdentityVerified():
            seen = customer.face_to_face or event.method != "video"
            return changed(_documented(customer, event, today), face_to_face=seen)
        case e.IdentityProvedFalse():
            return changed(customer, verified_on=None, face_to_face=False)
        case e.KycRefreshed(next_review=next_review):
            return changed(_documented(customer, event, today), next_review=next_review)
        case e.CustomerDetailsChanged(field="name", new=name):
            return changed(customer, name=name)
        case e.CustomerDetailsChanged():
            return customer
        case _:
            return _file(customer, event, today)


def _documented(
    customer: Customer, event: e.IdentityVerified | e.KycRefreshed, today: date
) -> Customer:
    return changed(
        customer,
        document_no=event.document_no,
        first_document_no=customer.first_document_no or event.document_no,
        document_kind=event.document_kind,
        verified_on=today,
        document_valid_to=event.valid_to,
    )


def _file(customer: Customer, event: e.FileEvent | x.StandingEvent, today: date) -> Customer:
    match event:
        case e.RelationOpened():
            return changed(customer, relation_since=today)
        case e.RmAssigned(rm=rm, primary=primary):
            others = tuple(r for r in customer.rms if r != rm)
            return changed(customer, rms=(rm, *others) if primary else (*others, rm))
        case e.AuthorityVerified(agent_name=agent, scope=scope):
            return changed(customer, agents=(*customer.agents, AgentOnFile(agent, scope)))
        case e.KycDataCollected(purpose=purpose):
            return changed(customer, purpose_recorded=customer.purpose_recorded or bool(purpose))
        case e.CddPerformed(items=items):
            asked = customer.purpose_recorded or "purpose" in items
            return changed(customer, purpose_recorded=asked)
        case e.SourceOfFundsAsked():
            return customer
        case _:
            return _standing(customer, event)


def _standing(customer: Customer, event: x.StandingEvent) -> Customer:
    match event:
        case x.CustomerRiskRated(grade=grade, next_review=next_review):
            return changed(customer, risk=grade, next_review=next_review)
        case x.ConsentGranted(scope=scope, partner=partner, until=until):
            others = _without(customer.consents, scope, partner)
            return changed(customer, consents=(*others, Consent(scope, partner, until)))
        case x.ConsentRevoked(scope=scope, partner=partner):
            return changed(customer, consents=_without(customer.consents, scope, partner))
        case x.CreditRated(grade=credit_grade, valid_to=valid_to):
            return changed(customer, credit_grade=credit_grade, credit_grade_valid_to=valid_to)
        case x.CreditQueryAuthorised():
            return changed(customer, query_authorised=(*customer.query_authorised, event))
        case x.CreditReportQueried(purpose=purpose):
            used = next((q for q in customer.query_authorised if q.purpose == purpose), None)
            left = tuple(q for q in customer.query_authorised if q is not used)
            return changed(customer, query_authorised=left)
        case _:
            return _measures(customer, event)


def _measures(customer: Customer, event: x.MeasureEvent) -> Customer:
    match event:
        case x.CustomerRestricted(measure=measure, basis=basis):
            # An order that is renewed takes the place of the one before.
            added = Restriction(measure, basis, event.order, event.since, event.until)
            others = _other_restrictions(customer, measure, basis)
            return changed(customer, restrictions=(*others, added))
        case x.CustomerRestrictionLifted(measure=measure, basis=basis):
            left = _other_restrictions(customer, measure, basis)
            return changed(customer, restrictions=left)
        case x.CreditBlocked():
            return changed(customer, credit_blocks=(*customer.credit_blocks, event))
        case x.CreditUnblocked(risk_event=gone):
            kept = tuple(b for b in customer.credit_blocks if b.risk_event != gone)
            return changed(customer, credit_blocks=kept)
        case x.CustomerScreened() | x.ScreeningHitCleared():
            return customer
        case _:
            assert_never(event)


def _without(consents: tuple[Consent, ...], scope: str, partner: str) -> tuple[Consent, ...]:
    return tuple(c for c in consents if (c.scope, c.partner) != (scope, partner))


def _other_restrictions(
    customer: Customer, measure: x.RestrictionScope, basis: Basis
) -> tuple[Restriction, ...]:
    return tuple(r for r in customer.restrictions if (r.measure, r.basis) != (measure, basis))
