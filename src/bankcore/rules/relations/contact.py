"""Cadence and contact caps (联系频率与上限), CRM-04: at least so often, at most so often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bankcore.products.relation_terms import ContactTerms
from bankcore.values.reasons import Reason, Rejected


class Purpose(StrEnum):
    """Why a customer is contacted (联系目的); a care call that offers a product is marketing."""

    MARKETING = "marketing"
    SERVICE = "service"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Waived:
    """Days, both inclusive, in which no contact is owed (豁免)."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Cadence:
    """The last day of the next contact, how many days it is overdue, and whether it is waived."""

    due: date
    overdue_days: int
    waived: bool
    rule: str = "CRM-04"


def cadence(days: int, last_contact: date, as_of: date, waivers: Sequence[Waived] = ()) -> Cadence:
    """When the next contact is due: the last day itself is in time, a waiver stops the count."""
    due = last_contact + timedelta(days=days)
    waived = any(w.since <= as_of <= w.until for w in waivers)
    return Cadence(due, 0 if waived else max(0, (as_of - due).days), waived)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact to be made: when and why, with what is known of the customer."""

    at: datetime
    purpose: Purpose
    marketing_contacts: Sequence[datetime]
    consent: bool
    do_not_contact: bool = False
    service_critical: bool = False


def check_contact(given: Contact, terms: ContactTerms) -> None:
    """Refuse a contact in the order of CRM-04.

    `do_not_contact`, `no_marketing_consent`, `outside_contact_hours`, `weekly_cap_reached`,
    `monthly_cap_reached`. What is critical for the service always passes; service contacts need
    no consent and count for no cap.
    """
    if given.service_critical:
        return
    if given.do_not_contact:
        raise Rejected(Reason.DO_NOT_CONTACT)
    marketing = given.purpose is Purpose.MARKETING
    if marketing and not given.consent:
        raise Rejected(Reason.NO_MARKETING_CONSENT)
    if not terms.earliest <= given.at.time() <= terms.latest:
        raise Rejected(Reason.OUTSIDE_CONTACT_HOURS, at=given.at.isoformat(timespec="minutes"))
    if marketing:
        _check_cap(given, terms.weekly, Reason.WEEKLY_CAP_REACHED)
        _check_cap(given, terms.monthly, Reason.MONTHLY_CAP_REACHED)


def _check_cap(given: Contact, cap: tuple[int, int], reason: Reason) -> None:
    days, most = cap
    today = given.at.date()
    earlier = [c for c in given.marketing_contacts if 0 <= (today - c.date()).days < days]
    if len(earlier) >= most:
        raise Rejected(reason, contacts=len(earlier), days=days)
