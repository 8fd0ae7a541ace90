"""CMP-03: repeated complaints keep one clock, and the handler is not involved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.complaints.ownership import (
    Grievance,
    Independence,
    KnownComplaint,
    Repeat,
    check_handler,
    check_same_matter,
    repeat_handling,
)
from bankcore.rules.complaints.severity import Severity
from bankcore.values.reasons import Reason, Rejected

KNOWN = KnownComplaint("c1", "fee", frozenset({"f1", "f2"}), date(2026, 3, 2))
AGAIN = Grievance("c1", "fee", date(2026, 3, 5), frozenset({"f1"}))
FACTS = st.frozensets(st.sampled_from(("f1", "f2")))


@given(st.integers(0, 300), FACTS)
def test_without_new_facts_no_message_moves_an_open_clock(days: int, facts: frozenset[str]) -> None:
    later = replace(AGAIN, received=KNOWN.clock_from + timedelta(days=days), facts=facts)
    handling = repeat_handling(KNOWN, later, 30)
    assert (handling.action, handling.clock_from) == (Repeat.MERGE, KNOWN.clock_from)


def test_a_new_fact_restarts_an_open_clock() -> None:
    handling = repeat_handling(KNOWN, replace(AGAIN, facts=frozenset({"f9"})), 30)
    assert (handling.action, handling.clock_from) == (Repeat.MERGE_RESTART, AGAIN.received)


@pytest.mark.parametrize(
    ("received", "facts", "action"),
    [
        (date(2026, 3, 9), {"f1"}, Repeat.MERGE),
        (date(2026, 3, 10), {"f1"}, Repeat.REVIEW),
        (date(2026, 4, 9), {"f1"}, Repeat.REVIEW),
        (date(2026, 4, 10), {"f1"}, Repeat.ALREADY_DECIDED),
        (date(2026, 4, 10), {"f3"}, Repeat.NEW),
    ],
)
def test_after_the_decision_a_message_is_a_review_a_new_one_or_decided(
    received: date, facts: set[str], action: Repeat
) -> None:
    decided = replace(KNOWN, decision_received=date(2026, 3, 10))
    new = replace(AGAIN, received=received, facts=frozenset(facts))
    assert repeat_handling(decided, new, 30).action is action


@pytest.mark.parametrize("other", [replace(AGAIN, matter="rate"), replace(AGAIN, customer="c2")])
def test_another_matter_or_customer_is_never_merged(other: Grievance) -> None:
    assert repeat_handling(KNOWN, other, 30).action is Repeat.NEW
    with pytest.raises(Rejected) as refused:
        check_same_matter(KNOWN, other)
    assert refused.value.reason is Reason.MERGE_DIFFERENT_MATTER
    check_same_matter(KNOWN, AGAIN)


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        (Independence(" ", frozenset({"s1"})), Reason.OWNER_MISSING),
        (Independence("s1", frozenset({"s1"})), Reason.HANDLER_IS_SUBJECT),
        (
            Independence("b1", frozenset({"s1"}), frozenset({"b1"}), Severity.IMPORTANT),
            Reason.HANDLER_IS_SUPERIOR,
        ),
    ],
)
def test_a_handler_who_is_involved_is_refused(given_: Independence, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        check_handler(given_)
    assert refused.value.reason is reason


def test_the_superior_may_handle_an_ordinary_complaint() -> None:
    check_handler(Independence("b1", frozenset({"s1"}), frozenset({"b1"})))
