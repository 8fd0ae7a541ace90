"""Applying for a card and deciding on it (申请、审批), CC-15: approval by the card unit alone."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine, Stage
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_application as e
from bankcore.aggregates.card_line.decide import need_reason, need_stage
from bankcore.aggregates.card_line.terms import ApplicantFacts
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import ExposureReleased, ExposureReserved
from bankcore.operations.cards.policies import application_terms, product_range
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.service import serve
from bankcore.rules.cards.application import Applicant, card_limit, full_years
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

PAPERS: Final = ("id_card", "application_form", "income_proof")
"""What a complete file holds (CC-15)."""


def submit(d: Decision, c_: c.Submit) -> None:
    """A customer asks for a card of a product; refuses her age at once."""
    if d.load(CARD, c_.card) is not None:
        raise Rejected(Reason.STREAM_EXISTS, card=c_.card)
    person = serve(d, c_.customer, new_product=True)
    product_range(d.catalogue, c_.product, d.day)
    terms = application_terms(d.catalogue, d.day)
    age = full_years(date.fromisoformat(person.birth_date), d.day)
    if age < terms.age_min:
        raise Rejected(Reason.UNDER_AGE, age=age)
    if age > terms.age_max:
        raise Rejected(Reason.OVER_AGE, age=age)
    submitted = e.CardApplicationSubmitted(
        customer=c_.customer,
        product=c_.product,
        limit_asked=c_.limit_asked,
        main=True,
        device=c_.device,
        employer=c_.employer,
    )
    d.emit(CARD, c_.card, submitted)


def attach(d: Decision, c_: c.Attach) -> None:
    """Add a paper before the decision."""
    need_stage(d.need(CARD, c_.card), Stage.APPLIED, Stage.SIGNED, Stage.FORWARDED)
    attached = e.CardDocumentAttached(document=c_.document, kind=c_.kind, verified=c_.verified)
    d.emit(CARD, c_.card, attached)


def sign(d: Decision, c_: c.Sign) -> None:
    """The form is signed; whose signature counts at approval, and the wrong one is made good."""
    line = d.need(CARD, c_.card)
    again = line.application.signer not in {"", "customer"}
    need_stage(line, Stage.APPLIED, *((Stage.SIGNED,) if again else ()))
    if c_.signer != "customer":
        d.warn(Reason.NOT_OWN_SIGNATURE, signer=c_.signer)
    d.emit(CARD, c_.card, e.ApplicantSigned(signer=c_.signer, how=c_.how))


def precheck(d: Decision, c_: c.Precheck) -> None:
    """Record what sales found in the papers."""
    need_stage(d.need(CARD, c_.card), Stage.APPLIED, Stage.SIGNED)
    d.emit(CARD, c_.card, e.CardApplicationPrechecked(result=c_.result, flags=c_.flags))


def refer_fraud(d: Decision, c_: c.ReferFraud) -> None:
    """Signs of fraud go to the anti-fraud desk; the approval unit will see them."""
    need_stage(d.need(CARD, c_.card), Stage.APPLIED, Stage.SIGNED, Stage.FORWARDED)
    d.emit(CARD, c_.card, e.FraudReferred(flags=c_.flags))


def send_back(d: Decision, c_: c.ReturnApplication) -> None:
    """Return the application for completion."""
    need_reason(c_.reason)
    need_stage(d.need(CARD, c_.card), Stage.FORWARDED, Stage.SIGNED)
    d.emit(CARD, c_.card, e.CardApplicationReturned(reason=c_.reason))


def forward(d: Decision, c_: c.Forward) -> None:
    """Send to the approval unit; sales is warned of what is missing and may still send it."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.APPLIED, Stage.SIGNED)
    if line.application.signer != "customer":
        d.warn(Reason.NOT_OWN_SIGNATURE)
    if not _complete(line):
        d.warn(Reason.DOCUMENTS_INCOMPLETE, held=list(line.application.documents))
    papers = line.application.documents
    d.emit(CARD, c_.card, e.CardApplicationForwarded(documents=papers))


def _complete(line: CardLine) -> bool:
    return set(PAPERS) <= set(line.application.documents)


def approve(d: Decision, c_: c.Approve) -> None:
    """Grant a limit within CC-15 and reserve it in the customer's exposure."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.FORWARDED)
    serve(d, line.customer, new_product=True)
    person = d.need(CUSTOMER, line.customer)
    facts = _facts(d, line, c_)
    applicant = Applicant(
        birth=date.fromisoformat(person.birth_date),
        identity_verified=person.verified_on is not None,
        own_signature=line.application.signer == "customer",
        documents_complete=_complete(line),
        **{name: getattr(facts, name) for name in facts.__dataclass_fields__},
    )
    product = product_range(d.catalogue, line.product, d.day)
    highest = card_limit(applicant, product, d.day, application_terms(d.catalogue, d.day))
    limit = highest if c_.limit is None else c_.limit
    if limit > highest:
        raise Rejected(Reason.LIMIT_EXCEEDED, highest=highest, asked=limit)
    if limit < product.least:
        raise Rejected(Reason.LIMIT_BELOW_MINIMUM, limit=limit)
    _check_maker(d, line)
    if person.credit_blocks:
        raise Rejected(Reason.OPEN_HIGH_RISK_EVENT, risk_event=person.credit_blocks[0].risk_event)
    d.emit(CARD, c_.card, e.CardApproved(limit=limit, highest=highest, facts=facts))
    reserved = ExposureReserved(contract=CARD.stream(c_.card), amount=limit, level=0)
    d.emit(GUARD, exposure_key(line.customer), reserved)


def exposure_key(customer: str) -> str:
    """The guard stream of a customer's exposure."""
    return f"exposure-{customer.removeprefix('customer-')}"


def own_limits(d: Decision, customer: str, but: str = "") -> Money:
    """Card limits of a customer at this bank, this one left out."""
    guard = d.load(GUARD, exposure_key(customer))
    reserved = guard.reserved if guard is not None else ()
    mine = [
        r.amount
        for r in reserved
        if r.contract.startswith(CARD.prefix) and r.contract != CARD.stream(but)
    ]
    return total(mine)


def _facts(d: Decision, line: CardLine, c_: c.Approve) -> ApplicantFacts:
    return ApplicantFacts(
        score=c_.score,
        enquiries_3m=c_.enquiries_3m,
        income=c_.income,
        monthly_dues=c_.monthly_dues,
        other_bank_limits=c_.other_bank_limits,
        own_limits=own_limits(d, line.customer),
        student=c_.student,
        second_source=c_.second_source,
        fraud_hit=c_.fraud_hit,
        plan_unsettled=c_.plan_unsettled,
        overdue=c_.overdue,
    )


def _check_maker(d: Decision, line: CardLine) -> None:
    """Who sold or forwarded it may not decide; the narrator of a script plays all roles."""
    actor = d.frame.actor
    if actor.role is not Role.SCRIPT and actor.id in line.application.makers:
        raise Rejected(Reason.MAKER_IS_CHECKER, actor=actor.id)


def decline(d: Decision, c_: c.Decline) -> None:
    """The approval unit says no."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    need_stage(line, Stage.FORWARDED)
    _check_maker(d, line)
    d.emit(CARD, c_.card, e.CardDeclined(reason=c_.reason))


def revoke(d: Decision, c_: c.RevokeApproval) -> None:
    """Take an approval back; the exposure is free again."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    need_stage(line, Stage.APPROVED)
    granted = line.application.granted
    d.emit(CARD, c_.card, e.CardApprovalRevoked(reason=c_.reason))
    released = ExposureReleased(contract=CARD.stream(c_.card), amount=granted)
    d.emit(GUARD, exposure_key(line.customer), released)


def notify(d: Decision, c_: c.Notify) -> None:
    """Tell the customer the decision."""
    need_stage(d.need(CARD, c_.card), Stage.APPROVED, Stage.DECLINED)
    d.emit(CARD, c_.card, e.CardDecisionNotified(channel=c_.channel, text=c_.text))


_SALES = (Role.RM, Role.CUSTOMER)
HANDLERS: Final[dict[type, Handler]] = {
    c.Submit: by(submit, *_SALES),
    c.Attach: by(attach, *_SALES),
    c.Sign: by(sign, *_SALES),
    c.Precheck: by(precheck, Role.RM),
    c.ReferFraud: by(refer_fraud, Role.RM, Role.CARD_APPROVER),
    c.ReturnApplication: by(send_back, Role.RM, Role.CARD_APPROVER),
    c.Forward: by(forward, Role.RM),
    c.Approve: by(approve, Role.CARD_APPROVER),
    c.Decline: by(decline, Role.CARD_APPROVER),
    c.RevokeApproval: by(revoke, Role.CARD_APPROVER),
    c.Notify: by(notify, Role.RM, Role.CARD_APPROVER, Role.SYSTEM),
}
