"""The customer's standing (客户状态): risk rating, lists, measures, consents, credit."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.aggregates.customer import standing_commands as c
from bankcore.aggregates.customer import standing_events as x
from bankcore.aggregates.customer.agenda import RESTRICTION_EXPIRY
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as account
from bankcore.operations.day import Step
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.products.compliance_terms import measure_terms, rating_terms, register_terms
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.rules.compliance.measures import Basis, Measure, MeasureRequest, check_measure
from bankcore.rules.compliance.risk_rating import (
    RatingInput,
    Regrading,
    check_regrading,
    rate_customer,
)
from bankcore.rules.compliance.risk_register import blocks_new_credit, check_closing, score_risk
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.values.calendar import WORK
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due

COMPETENT: Final = frozenset({Role.COMPLIANCE, Role.HEAD_OFFICE, Role.SYSTEM, Role.SCRIPT})


def rate_risk(d: Decision, command: c.RateRisk) -> None:
    """Rate (AML-04); the manager of a customer never lowers the grade."""
    state = d.need(CUSTOMER, command.customer)
    scores = _scores(command)
    terms = rating_terms(d.catalogue, d.day)
    onboarded = state.relation_since or state.registered_on or d.day
    given = RatingInput(scores, command.overrides, onboarded, d.day, command.reason)
    rating = rate_customer(given, terms, WORK.projecting())
    check_regrading(
        Regrading(state.risk, rating.grade, d.frame.actor.id, state.rms, command.reason),
        command.overrides,
    )
    event = x.CustomerRiskRated(
        grade=rating.grade,
        score=rating.score,
        scores={name: str(scores[name]) for name in sorted(scores)},
        weights={name: str(terms.weights[name]) for name in sorted(terms.weights)},
        overrides=command.overrides,
        reason=command.reason,
        late=rating.late and state.risk is None,
        next_review=rating.next_review,
    )
    d.emit(CUSTOMER, command.customer, event)


def _scores(command: c.RateRisk) -> dict[str, int]:
    given = {
        "customer": command.person,
        "geography": command.geography,
        "product": command.product,
        "occupation": command.occupation,
    }
    return {name: score for name, score in given.items() if score is not None}


def _need_competence(d: Decision, command: str) -> None:
    """A manager never freezes, he escalates (AML-09)."""
    if d.frame.actor.role not in COMPETENT:
        raise Rejected(Reason.NOT_COMPETENT, role=d.frame.actor.role.value, command=command)


def screen(d: Decision, command: c.Screen) -> None:
    """Compare with a list; a hit stops the customer and freezes the accounts in one save."""
    d.need(CUSTOMER, command.customer)
    if command.result is x.Screening.HIT:
        _need_competence(d, "customer.screen")
    event = x.CustomerScreened(
        list_version=command.list_version, result=command.result, matches=command.matches
    )
    entry = d.emit(CUSTOMER, command.customer, event)
    if command.result is not x.Screening.HIT:
        return
    restricted = x.CustomerRestricted(
        measure=x.RestrictionScope.FULL,
        basis=Basis.LIST_HIT,
        order=command.list_version,
        since=d.day,
        until=None,
    )
    d.emit(CUSTOMER, command.customer, restricted, caused_by=entry.id)
    for number in command.accounts:
        _own_account(d, command.customer, number)
        frozen = account.AccountFrozen(
            freeze=_freeze_name(command.list_version),
            # Money that comes in is credited and held, so credits stay open (AML-09).
            kind=FreezeKind.DEBIT_FREEZE.value,
            amount=None,
            basis=Basis.LIST_HIT.value,
            order=command.list_version,
            until=None,
        )
        d.emit(ACCOUNT, number, frozen, caused_by=entry.id)


def _freeze_name(list_version: str) -> str:
    return f"list-{list_version}"


def _own_account(d: Decision, customer: str, number: str) -> None:
    owner = d.need(ACCOUNT, number).customer
    if CUSTOMER.stream(owner) != CUSTOMER.stream(customer):
        raise Rejected(Reason.LINKED_ACCOUNT_NOT_OWN, account=number)


def clear_hit(d: Decision, command: c.ClearHit) -> None:
    """Lift what a wrong match brought about; compliance decides and gives the reason."""
    state = d.need(CUSTOMER, command.customer)
    _need_competence(d, "customer.clear_hit")
    _need_reason(command.reason)
    event = x.ScreeningHitCleared(list_version=command.list_version, reason=command.reason)
    entry = d.emit(CUSTOMER, command.customer, event)
    if any(r.basis is Basis.LIST_HIT for r in state.restrictions):
        lifted = x.CustomerRestrictionLifted(
            measure=x.RestrictionScope.FULL, basis=Basis.LIST_HIT, reason=command.reason
        )
        d.emit(CUSTOMER, command.customer, lifted, caused_by=entry.id)
    name = _freeze_name(command.list_version)
    for number in command.accounts:
        if any(f.freeze == name for f in d.need(ACCOUNT, number).freezes):
            freed = account.AccountUnfrozen(freeze=name, reason=command.reason)
            d.emit(ACCOUNT, number, freed, caused_by=entry.id)


def restrict(d: Decision, command: c.Restrict) -> None:
    """Stop part of the service (AML-09), checks in the order of the rule."""
    state = d.need(CUSTOMER, command.customer)
    starts = datetime.combine(d.day, time.fromisoformat(d.frame.at or "00:00"))
    last = (
        None if command.until is None else command.until.fromordinal(command.until.toordinal() - 1)
    )
    request = MeasureRequest(
        measure=Measure(command.basis, starts, last),
        competent=d.frame.actor.role in COMPETENT,
        ground=command.ground,
        order_id=command.order,
        customer_is_high_risk=(state.risk or RiskGrade.HIGH) is RiskGrade.HIGH,
        stops_basic_services=command.measure is x.RestrictionScope.FULL,
        told_before=command.told_before,
    )
    check_measure(request, measure_terms(d.catalogue, d.day))
    event = x.CustomerRestricted(
        measure=command.measure,
        basis=command.basis,
        order=command.order,
        since=d.day,
        until=command.until,
    )
    d.emit(CUSTOMER, command.customer, event)


def lift_restriction(d: Decision, command: c.LiftRestriction) -> None:
    """End a measure that is in force."""
    state = d.need(CUSTOMER, command.customer)
    _need_competence(d, "customer.lift_restriction")
    _need_reason(command.reason)
    wanted = (command.measure, command.basis)
    if all((r.measure, r.basis) != wanted for r in state.restrictions):
        raise Rejected(Reason.ILLEGAL_TRANSITION, measure=command.measure.value)
    event = x.CustomerRestrictionLifted(
        measure=command.measure, basis=command.basis, reason=command.reason
    )
    d.emit(CUSTOMER, command.customer, event)


def expire_restriction(d: Decision, due: Due) -> None:
    """Step 20: a measure whose last day was yesterday ends."""
    measure, _, basis = due.contract.partition("/")
    event = x.CustomerRestrictionLifted(
        measure=x.RestrictionScope(measure), basis=Basis(basis), reason="expired"
    )
    d.emit(CUSTOMER, due.stream, event)


def block_credit(d: Decision, command: c.BlockCredit) -> None:
    """A high residual score (RSK-01) blocks new credit; a lower one is no block."""
    d.need(CUSTOMER, command.customer)
    terms = register_terms(d.catalogue, d.day)
    score = score_risk(command.likelihood, command.impact, command.control_pct, terms)
    high_from = d.catalogue.number("risk.credit_block_from", d.day)
    if not blocks_new_credit(score, high_from):
        raise Rejected(Reason.SCORE_OUT_OF_RANGE, residual=str(score.residual), needed=high_from)
    event = x.CreditBlocked(
        risk_event=command.risk_event, residual=score.residual, raiser=d.frame.actor.id
    )
    d.emit(CUSTOMER, command.customer, event)


def unblock_credit(d: Decision, command: c.UnblockCredit) -> None:
    """Close a risk event: not by its raiser, and with a reason."""
    state = d.need(CUSTOMER, command.customer)
    found = [b for b in state.credit_blocks if b.risk_event == command.risk_event]
    if not found:
        raise Rejected(Reason.STREAM_NOT_FOUND, risk_event=command.risk_event)
    check_closing(found[0].raiser, d.frame.actor.id, command.reason)
    event = x.CreditUnblocked(risk_event=command.risk_event, reason=command.reason)
    d.emit(CUSTOMER, command.customer, event)


def grant_consent(d: Decision, command: c.GrantConsent) -> None:
    """Note a consent; without a last day it lives for the months of CRM-06."""
    d.need(CUSTOMER, command.customer)
    months = d.catalogue.number("customer.consent_months", d.day)
    until = command.until or add_months(d.day, months)
    event = x.ConsentGranted(scope=command.scope, until=until, partner=command.partner)
    d.emit(CUSTOMER, command.customer, event)


def revoke_consent(d: Decision, command: c.RevokeConsent) -> None:
    """Take a consent back; taking back what was never given changes nothing and is noted."""
    d.need(CUSTOMER, command.customer)
    event = x.ConsentRevoked(scope=command.scope, partner=command.partner)
    d.emit(CUSTOMER, command.customer, event)


def rate_credit(d: Decision, command: c.RateCredit) -> None:
    """Set the credit grade."""
    d.need(CUSTOMER, command.customer)
    event = x.CreditRated(
        grade=command.grade, inputs=dict(sorted(command.inputs.items())), valid_to=command.valid_to
    )
    d.emit(CUSTOMER, command.customer, event)


def authorise_credit_query(d: Decision, command: c.AuthoriseCreditQuery) -> None:
    """Note an authorisation: one query, within the days of CRM-06 unless a last day is given."""
    d.need(CUSTOMER, command.customer)
    days = d.catalogue.number("customer.credit_query_days", d.day)
    expires = command.expires or d.day.fromordinal(d.day.toordinal() + days)
    event = x.CreditQueryAuthorised(purpose=command.purpose, expires=expires, form=command.form)
    d.emit(CUSTOMER, command.customer, event)


def query_credit(d: Decision, command: c.QueryCredit) -> None:
    """Query the register; refused without an unused authorisation for this purpose (LN-01)."""
    state = d.need(CUSTOMER, command.customer)
    if not _authorised(d, state, command.purpose):
        raise Rejected(Reason.QUERY_NOT_AUTHORISED, purpose=command.purpose)
    event = x.CreditReportQueried(
        purpose=command.purpose,
        report=command.report,
        overdue_count=command.overdue_count,
        enquiries=command.enquiries,
    )
    d.emit(CUSTOMER, command.customer, event)


def _authorised(d: Decision, state: Customer, purpose: str) -> bool:
    return any(q.purpose == purpose and d.day <= q.expires for q in state.query_authorised)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Rejected(Reason.REASON_MISSING)


STEPS: Final[dict[str, Step]] = {RESTRICTION_EXPIRY: expire_restriction}

_CONSENT: Final = (Role.CUSTOMER, Role.RM, Role.TELLER_CASH)
HANDLERS: Final[dict[type, Handler]] = {
    c.RateRisk: by(rate_risk, Role.RM, Role.TELLER_CASH, Role.COMPLIANCE),
    c.Screen: by(screen),
    c.ClearHit: by(clear_hit),
    c.Restrict: by(restrict),
    c.LiftRestriction: by(lift_restriction),
    c.BlockCredit: by(block_credit, Role.RM, Role.COMPLIANCE, Role.LOAN_REVIEWER, Role.BRANCH_HEAD),
    c.UnblockCredit: by(unblock_credit, Role.COMPLIANCE, Role.BRANCH_HEAD, Role.LOAN_REVIEWER),
    c.GrantConsent: by(grant_consent, *_CONSENT),
    c.RevokeConsent: by(revoke_consent, *_CONSENT),
    c.RateCredit: by(rate_credit, Role.RM, Role.LOAN_REVIEWER),
    c.AuthoriseCreditQuery: by(authorise_credit_query, *_CONSENT),
    c.QueryCredit: by(query_credit, Role.RM, Role.LOAN_REVIEWER, Role.CARD_APPROVER),
}
