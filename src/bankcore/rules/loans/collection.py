"""LN-31 Collection windows and conduct (催收): may a contact be made, when is the next due.

Local time; the window opens inclusive and closes exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bankcore.values.reasons import Reason, Rejected


class Party(StrEnum):
    """Who is contacted; a contact person only helps to find the debtor."""

    DEBTOR = "debtor"
    GUARANTOR = "guarantor"
    CONTACT_PERSON = "contact_person"
    THIRD_PARTY = "third_party"


class ContactChannel(StrEnum):
    """How; a letter may be written at any hour."""

    CALL = "call"
    SMS = "sms"
    APP = "app"
    VISIT = "visit"
    LETTER = "letter"


CAPPED: Final = frozenset({ContactChannel.CALL, ContactChannel.SMS})


@dataclass(frozen=True, slots=True)
class ConductPolicy:
    """Allowed hours [opens, closes), and attempts a day per number and per debtor."""

    opens: time
    closes: time
    per_number: int
    per_debtor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionContact:
    """A contact to be made; attempts are those of the day before it, unanswered ones included.

    `dpd_reported` counts after the grace of LN-19; `hold` is a promise, a kept plan or an open
    complaint that suspends contacts.
    """

    dpd_reported: int
    at: datetime
    channel: ContactChannel
    party: Party
    discloses_debt: bool
    hold: bool
    attempts_number_today: int
    attempts_debtor_today: int


def check_contact(given: CollectionContact, policy: ConductPolicy) -> None:
    """Refuse a contact in the order of LN-31.

    `no_arrears`, `hold_active`, `forbidden_hours`, `third_party_contact`, `debt_disclosed`, and
    for calls and messages `number_cap`, `debtor_cap`.
    """
    if given.dpd_reported == 0:
        raise Rejected(Reason.NO_ARREARS)
    if given.hold:
        raise Rejected(Reason.HOLD_ACTIVE)
    in_window = policy.opens <= given.at.time() < policy.closes
    if given.channel is not ContactChannel.LETTER and not in_window:
        raise Rejected(Reason.FORBIDDEN_HOURS, at=given.at.isoformat())
    if given.party is Party.THIRD_PARTY:
        raise Rejected(Reason.THIRD_PARTY_CONTACT)
    if given.party is Party.CONTACT_PERSON and given.discloses_debt:
        raise Rejected(Reason.DEBT_DISCLOSED)
    if given.channel in CAPPED:
        _check_caps(given, policy)


def _check_caps(given: CollectionContact, policy: ConductPolicy) -> None:
    if given.attempts_number_today >= policy.per_number:
        raise Rejected(Reason.NUMBER_CAP, most=policy.per_number)
    if given.attempts_debtor_today >= policy.per_debtor:
        raise Rejected(Reason.DEBTOR_CAP, most=policy.per_debtor)


@dataclass(frozen=True, slots=True)
class IntervalStep:
    """Days between contacts from so many reported days past due on."""

    least_dpd: int
    days: int


def next_contact(
    dpd_reported: int, case_opened: date, last_contact: date | None, steps: Sequence[IntervalStep]
) -> date:
    """The interval of the arrears after the last contact, or after the case was opened.

    Refuses `no_arrears` below the first step: then there is no case.
    """
    reached = [step for step in steps if step.least_dpd <= dpd_reported]
    if not reached:
        raise Rejected(Reason.NO_ARREARS, dpd_reported=dpd_reported)
    step = max(reached, key=lambda each: each.least_dpd)
    return (last_contact or case_opened) + timedelta(days=step.days)
