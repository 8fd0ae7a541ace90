"""CMP-01: what a message is and by when it is registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.complaint_terms import intake_terms
from bankcore.rules.complaints.intake import (
    Message,
    MessageKind,
    Registration,
    check_registration,
    intake,
    message_kind,
)
from bankcore.values.calendar import WORK
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 3, 2)
TERMS = intake_terms(shipped(), DAY)
CLAIM = Message(
    received=DAY,
    channel="branch",
    about_own_bank=True,
    is_consumer_or_agent=True,
    dissatisfied=True,
    claims_civil_right=True,
    alleges_breach_of_law=False,
    proposes_change=False,
)
MESSAGES = st.builds(
    Message,
    received=st.dates(date(2026, 1, 5), date(2026, 9, 30)),
    channel=st.sampled_from(("branch", "phone", "letter", "regulator")),
    about_own_bank=st.booleans(),
    is_consumer_or_agent=st.booleans(),
    dissatisfied=st.booleans(),
    claims_civil_right=st.booleans(),
    alleges_breach_of_law=st.booleans(),
    proposes_change=st.booleans(),
    resolved_same_day_and_confirmed=st.booleans(),
)


@given(MESSAGES)
def test_the_kind_does_not_depend_on_the_channel(message: Message) -> None:
    kinds = {message_kind(replace(message, channel=c)) for c in ("branch", "letter", "app")}
    assert len(kinds) == 1


@given(MESSAGES)
def test_only_complaints_have_deadlines_and_never_before_receipt(message: Message) -> None:
    result = intake(message, TERMS, WORK)
    is_complaint = result.kind in {MessageKind.COMPLAINT, MessageKind.ON_THE_SPOT}
    assert (result.register_by is not None) == is_complaint
    assert (result.acknowledge_by is not None) == (result.kind is MessageKind.COMPLAINT)
    assert result.register_by is None or result.register_by >= message.received


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (replace(CLAIM, alleges_breach_of_law=True), MessageKind.COMPLAINT),
        (
            replace(CLAIM, claims_civil_right=False, alleges_breach_of_law=True),
            MessageKind.TIP_OFF,
        ),
        (replace(CLAIM, claims_civil_right=False), MessageKind.COMPLAINT),
        (replace(CLAIM, about_own_bank=False), MessageKind.NOT_OURS),
        (
            replace(CLAIM, claims_civil_right=False, dissatisfied=False, proposes_change=True),
            MessageKind.SUGGESTION,
        ),
        (replace(CLAIM, claims_civil_right=False, dissatisfied=False), MessageKind.ENQUIRY),
        (replace(CLAIM, resolved_same_day_and_confirmed=True), MessageKind.ON_THE_SPOT),
    ],
)
def test_the_first_rule_that_holds_gives_the_kind(message: Message, kind: MessageKind) -> None:
    assert message_kind(message) is kind


def test_a_letter_on_saturday_is_registered_on_monday() -> None:
    result = intake(replace(CLAIM, received=date(2026, 3, 7), channel="letter"), TERMS, WORK)
    assert result.register_by == result.acknowledge_by == date(2026, 3, 9)


def test_a_grievance_told_on_a_holiday_is_registered_that_day() -> None:
    result = intake(replace(CLAIM, received=date(2026, 10, 1), channel="rm"), TERMS, WORK)
    assert result.register_by == date(2026, 10, 1)
    assert result.acknowledge_by == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        (Registration((" ",), date(2026, 3, 3)), Reason.FACTS_MISSING),
        (Registration(("fee",), date(2026, 3, 3), agent="x"), Reason.RECEIVED_IN_FUTURE),
        (Registration(("fee",), DAY, agent="x", representatives=9), Reason.AGENT_NOT_AUTHORISED),
        (Registration(("fee",), DAY, representatives=6), Reason.TOO_MANY_REPRESENTATIVES),
    ],
)
def test_registrations_are_refused_in_the_rule_s_order(
    given_: Registration, reason: Reason
) -> None:
    with pytest.raises(Rejected) as refused:
        check_registration(given_, DAY, TERMS)
    assert refused.value.reason is reason


def test_five_representatives_and_an_authorised_agent_may_complain() -> None:
    given_ = Registration(("fee",), DAY, agent="x", agent_authorised=True, representatives=5)
    check_registration(given_, DAY, TERMS)
