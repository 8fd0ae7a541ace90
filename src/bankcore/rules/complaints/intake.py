"""What is a complaint, and by when it is registered (投诉的认定、接收、登记), CMP-01."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bankcore.products.complaint_terms import IntakeTerms
from bankcore.values.calendar import Calendar
from bankcore.values.reasons import Reason, Rejected


class MessageKind(StrEnum):
    """What a message of a customer is (消息性质); exactly one for each grievance."""

    NOT_OURS = "not_ours"
    COMPLAINT = "complaint"
    ON_THE_SPOT = "on_the_spot"
    TIP_OFF = "tip_off"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"


@dataclass(frozen=True, slots=True)
class Message:
    """What reached the bank: the day, the channel, and what it says."""

    received: date
    channel: str
    about_own_bank: bool
    is_consumer_or_agent: bool
    dissatisfied: bool
    claims_civil_right: bool
    alleges_breach_of_law: bool
    proposes_change: bool
    resolved_same_day_and_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """Kind of the message, last day to register it and to acknowledge it to the customer."""

    kind: MessageKind
    register_by: date | None
    acknowledge_by: date | None
    rule: str = "CMP-01"


def message_kind(message: Message) -> MessageKind:
    """Sort a message, the first rule that holds; the channel plays no part.

    A claim outranks the allegation beside it: it is a complaint with a copy to compliance.
    """
    if not message.about_own_bank:
        return MessageKind.NOT_OURS
    if message.is_consumer_or_agent and message.claims_civil_right:
        return _settled(message)
    if message.alleges_breach_of_law:
        return MessageKind.TIP_OFF
    if message.is_consumer_or_agent and message.dissatisfied:
        return _settled(message)
    return MessageKind.SUGGESTION if message.proposes_change else MessageKind.ENQUIRY


def _settled(message: Message) -> MessageKind:
    if message.resolved_same_day_and_confirmed:
        return MessageKind.ON_THE_SPOT
    return MessageKind.COMPLAINT


def intake(message: Message, terms: IntakeTerms, calendar: Calendar) -> Intake:
    """Say what a message is and by when it must be registered and acknowledged (CMP-01).

    A letter, mail or regulator's transfer on a day off is registered on the next working day;
    the clock of CMP-04 runs from receipt all the same.
    """
    kind = message_kind(message)
    if kind not in {MessageKind.COMPLAINT, MessageKind.ON_THE_SPOT}:
        return Intake(kind, None, None)
    register_by, acknowledge_by = last_days(message.received, message.channel, terms, calendar)
    return Intake(kind, register_by, acknowledge_by if kind is MessageKind.COMPLAINT else None)


def last_days(
    received: date, channel: str, terms: IntakeTerms, calendar: Calendar
) -> tuple[date, date]:
    """Last day to register a complaint, and last day to acknowledge it to the customer."""
    waits = channel in terms.working_day_channels
    register_by = calendar.following(received) if waits else received
    return register_by, calendar.add_business_days(received, terms.acknowledge_days)


@dataclass(frozen=True, slots=True)
class Registration:
    """What is checked before a complaint is registered."""

    facts: tuple[str, ...]
    received: date
    agent: str = ""
    agent_authorised: bool = False
    representatives: int = 1


def check_registration(given: Registration, today: date, terms: IntakeTerms) -> None:
    """Refuse a registration in the order of CMP-01.

    `facts_missing`, `received_in_future`, `agent_not_authorised` (a signed authority and ID),
    `too_many_representatives`.
    """
    if not any(fact.strip() for fact in given.facts):
        raise Rejected(Reason.FACTS_MISSING)
    if given.received > today:
        raise Rejected(Reason.RECEIVED_IN_FUTURE, received=str(given.received), today=str(today))
    if given.agent and not given.agent_authorised:
        raise Rejected(Reason.AGENT_NOT_AUTHORISED, agent=given.agent)
    if given.representatives > terms.representatives_max:
        raise Rejected(
            Reason.TOO_MANY_REPRESENTATIVES,
            given=given.representatives,
            most=terms.representatives_max,
        )
