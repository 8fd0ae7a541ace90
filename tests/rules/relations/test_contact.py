"""CRM-04: at least so often, at most so often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.relation_terms import contact_terms
from bankcore.rules.relations.contact import (
    Contact,
    Purpose,
    Waived,
    cadence,
    check_contact,
)
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 3, 9)
TERMS = contact_terms(shipped(), DAY)
AT = datetime(2026, 3, 9, 10, 0)  # noqa: DTZ001  # simulated local time of the bank
AD = Contact(AT, Purpose.MARKETING, (), consent=True)
EARLIER = st.lists(st.integers(-5, 40).map(lambda days: AT - timedelta(days=days)), max_size=6)


def passes(contact: Contact) -> bool:
    try:
        check_contact(contact, TERMS)
    except Rejected:
        return False
    return True


@given(EARLIER, st.data())
def test_one_past_contact_fewer_never_blocks(earlier: list[datetime], data: st.DataObject) -> None:
    fewer = earlier[: data.draw(st.integers(0, len(earlier)))]
    before = replace(AD, marketing_contacts=earlier)
    assert passes(replace(AD, marketing_contacts=fewer)) >= passes(before)


@given(EARLIER, st.sampled_from(Purpose), st.integers(0, 23))
def test_what_is_critical_for_the_service_always_passes(
    earlier: list[datetime], purpose: Purpose, hour: int
) -> None:
    contact = Contact(
        AT.replace(hour=hour),
        purpose,
        earlier,
        consent=False,
        do_not_contact=True,
        service_critical=True,
    )
    assert passes(contact)


@pytest.mark.parametrize(
    ("contact", "reason"),
    [
        (replace(AD, do_not_contact=True, consent=False), Reason.DO_NOT_CONTACT),
        (replace(AD, consent=False, at=AT.replace(hour=22)), Reason.NO_MARKETING_CONSENT),
        (replace(AD, at=AT.replace(hour=20, minute=1)), Reason.OUTSIDE_CONTACT_HOURS),
        (replace(AD, at=AT.replace(hour=8, minute=59)), Reason.OUTSIDE_CONTACT_HOURS),
        (
            replace(AD, marketing_contacts=[AT - timedelta(days=n) for n in (0, 6)]),
            Reason.WEEKLY_CAP_REACHED,
        ),
        (
            replace(AD, marketing_contacts=[AT - timedelta(days=n) for n in (7, 8, 28, 29)]),
            Reason.MONTHLY_CAP_REACHED,
        ),
    ],
)
def test_contacts_are_refused_in_the_order_of_the_rule(contact: Contact, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        check_contact(contact, TERMS)
    assert refused.value.reason is reason


def test_the_edges_of_hours_and_windows_are_allowed() -> None:
    assert passes(replace(AD, at=AT.replace(hour=20)))
    assert passes(replace(AD, at=AT.replace(hour=9)))
    assert passes(replace(AD, marketing_contacts=[AT - timedelta(days=n) for n in (6, 7)]))
    assert passes(replace(AD, marketing_contacts=[AT - timedelta(days=n) for n in (7, 8, 29, 30)]))
    service = Contact(AT, Purpose.SERVICE, [AT, AT, AT], consent=False)
    assert passes(service)


def test_the_last_day_of_the_cadence_is_in_time_and_a_waiver_stops_it() -> None:
    last = date(2026, 3, 1)
    assert cadence(30, last, date(2026, 3, 31)).overdue_days == 0
    assert cadence(30, last, date(2026, 4, 2)).overdue_days == 2
    waiver = Waived(date(2026, 4, 1), date(2026, 4, 2))
    assert cadence(30, last, date(2026, 4, 2), [waiver]).waived
    assert cadence(30, last, date(2026, 4, 2), [waiver]).overdue_days == 0
    assert cadence(30, last, date(2026, 4, 3), [waiver]).overdue_days == 3
