"""Interactions (面谈): a record of what was said is never refused, at most warned of.

What an employee says or does outside the system happened; the bank keeps it, and the finding
follows from the event. Only a message that the bank itself sends can be refused.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.interaction import INTERACTION, Interaction
from bankcore.aggregates.interaction import commands as c
from bankcore.aggregates.interaction import events as e
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.products.compliance_terms import forbidden_word_list
from bankcore.products.relation_terms import contact_terms
from bankcore.rules.compliance.confidentiality import check_wording, forbidden_words
from bankcore.rules.relations.contact import Contact, Purpose, check_contact
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

NOON: Final = "12:00"
"""The hour of a message whose command names none."""


def need_talk(d: Decision, key: str) -> Interaction:
    """The running talk; one that has ended takes no more turns (`illegal_transition`)."""
    talk = d.need(INTERACTION, key)
    if not talk.is_open:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="closed", interaction=key)
    return talk


def open_talk(d: Decision, c_: c.Open) -> None:
    """Begin a talk with a customer."""
    if d.load(INTERACTION, c_.interaction) is not None:
        raise Rejected(Reason.STREAM_EXISTS, interaction=c_.interaction)
    d.need(CUSTOMER, c_.customer)
    opened = e.InteractionOpened(
        customer=CUSTOMER.stream(c_.customer), channel=c_.channel, visit=c_.visit
    )
    d.emit(INTERACTION, c_.interaction, opened)


def turn(d: Decision, c_: c.Turn) -> None:
    """Say something; to a customer under a measure the forbidden words are warned of (AML-07)."""
    talk = need_talk(d, c_.interaction)
    person = d.need(CUSTOMER, talk.customer)
    if person.under_measure(d.day):
        found = forbidden_words(c_.text, forbidden_word_list(d.catalogue, d.day))
        if found:
            d.warn(Reason.FORBIDDEN_WORDING, words=list(found))
    event = e.InteractionTurnTaken(
        option=c_.option,
        skill=c_.skill,
        tags=c_.tags,
        text=c_.text,
        instructed_by=c_.instructed_by,
    )
    d.emit(INTERACTION, c_.interaction, event)


def close_talk(d: Decision, c_: c.Close) -> None:
    """End the talk."""
    need_talk(d, c_.interaction)
    d.emit(INTERACTION, c_.interaction, e.InteractionClosed())


def _say(d: Decision, key: str, event: Any) -> None:
    need_talk(d, key)
    d.emit(INTERACTION, key, event)


def ask(d: Decision, c_: c.Ask) -> None:
    """Ask about a topic and keep the answer."""
    _say(d, c_.interaction, e.CustomerAnswered(topic=c_.topic, answer=c_.answer))


def record_question(d: Decision, c_: c.RecordQuestion) -> None:
    """Note a question of the customer."""
    _say(d, c_.interaction, e.CustomerAsked(question=c_.question, topic=c_.topic))


def warn(d: Decision, c_: c.Warn) -> None:
    """Warn the customer of a risk."""
    _say(d, c_.interaction, e.CustomerWarned(kind=c_.kind))


def advise_channel(d: Decision, c_: c.AdviseChannel) -> None:
    """Say which channel does it; a repayment channel has a time lag instead of a cut-off."""
    if c_.function == "repayment":
        event: Any = e.RepaymentChannelAdvised(channel=c_.channel, lag_told=c_.told)
    else:
        event = e.ChannelAdvised(channel=c_.channel, function=c_.function, cut_off_told=c_.told)
    _say(d, c_.interaction, event)


def request_document(d: Decision, c_: c.RequestDocument) -> None:
    """Ask for a paper."""
    _say(d, c_.interaction, e.DocumentRequested(kind=c_.kind, purpose=c_.purpose))


def explain_flag(d: Decision, c_: c.ExplainFlag) -> None:
    """Explain a red flag."""
    _say(d, c_.interaction, e.FlagExplained(flag=c_.flag, evidence=c_.evidence))


def take_order(d: Decision, c_: c.TakeOrder) -> None:
    """Keep the breach: nothing is executed by it."""
    event = e.OrderTaken(kind=c_.kind, product=c_.product, amount=c_.amount)
    _say(d, c_.interaction, event)


def accept_power(d: Decision, c_: c.AcceptPower) -> None:
    """Keep the breach: it gives no right."""
    _say(d, c_.interaction, e.PowerAccepted(kind=c_.kind))


def voice_grievance(d: Decision, c_: c.VoiceGrievance) -> None:
    """Note a grievance; from this day CMP-01 counts."""
    _say(d, c_.interaction, e.GrievanceVoiced(grievance=c_.grievance, facts=c_.facts))


def resolve_on_the_spot(d: Decision, c_: c.ResolveOnTheSpot) -> None:
    """Settle a grievance that was voiced in this talk (`stream_not_found` otherwise)."""
    talk = need_talk(d, c_.interaction)
    if c_.grievance not in talk.grievances:
        raise Rejected(Reason.STREAM_NOT_FOUND, grievance=c_.grievance)
    event = e.GrievanceResolvedOnTheSpot(grievance=c_.grievance, confirmed_by=c_.confirmed_by)
    d.emit(INTERACTION, c_.interaction, event)


def notify(d: Decision, c_: c.Notify) -> None:
    """Send a message (CRM-04, AML-07): marketing by consent, hours and caps, no betraying words.

    A message may stand alone: it needs no talk, and begins its stream if there is none. The caps
    count the marketing messages of the stream, so a customer's messages belong in one.
    """
    person = d.need(CUSTOMER, c_.customer)
    before = d.load(INTERACTION, c_.interaction)
    contact = Contact(
        at=datetime.combine(d.day, time.fromisoformat(d.frame.at or NOON)),
        purpose=c_.purpose,
        marketing_contacts=before.marketing if before is not None else (),
        consent=person.consents_to(f"marketing_{c_.channel}", d.day),
    )
    if c_.purpose is Purpose.MARKETING:
        check_contact(contact, contact_terms(d.catalogue, d.day))
    if person.under_measure(d.day):
        check_wording(c_.text, forbidden_word_list(d.catalogue, d.day))
    event = e.NotificationSent(
        customer=CUSTOMER.stream(c_.customer),
        purpose=c_.purpose,
        channel=c_.channel,
        text=c_.text,
        about=c_.about,
    )
    d.emit(INTERACTION, c_.interaction, event)


_NOTIFIERS: Final = (
    Role.SYSTEM,
    Role.RM,
    Role.TELLER_CASH,
    Role.COMPLAINT_HANDLER,
    Role.COLLECTOR,
    Role.BRANCH_HEAD,
    Role.HEAD_OFFICE,
)
HANDLERS: Final[dict[type, Handler]] = {
    c.Open: by(open_talk),
    c.Turn: by(turn),
    c.Close: by(close_talk),
    c.Ask: by(ask),
    c.RecordQuestion: by(record_question),
    c.Warn: by(warn),
    c.AdviseChannel: by(advise_channel),
    c.RequestDocument: by(request_document),
    c.ExplainFlag: by(explain_flag),
    c.TakeOrder: by(take_order),
    c.AcceptPower: by(accept_power),
    c.VoiceGrievance: by(voice_grievance),
    c.ResolveOnTheSpot: by(resolve_on_the_spot),
    c.Notify: by(notify, *_NOTIFIERS),
}
