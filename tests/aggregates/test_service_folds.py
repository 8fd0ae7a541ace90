"""Folds of customer, employee, complaint and interaction: total, and tied to the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from bankcore.aggregates.complaint import COMPLAINT
from bankcore.aggregates.complaint.decision_events import CompensationPaid, RedressAccrued
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.employee import EMPLOYEE
from bankcore.aggregates.interaction import INTERACTION
from bankcore.projections.postings import post
from bankcore.projections.sentences import sentence
from bankcore.rules.complaints.compensation import CompensationKind
from bankcore.values.declare import EVENTS
from bankcore.values.money import Money
from bankcore.values.streams import StreamKind

KINDS: tuple[StreamKind[Any], ...] = (CUSTOMER, EMPLOYEE, COMPLAINT, INTERACTION)
CLASSES = {
    kind.name: [c for c, info in EVENTS.items() if info.stream == kind.name] for kind in KINDS
}
AMOUNTS = st.integers(-(10**9), 10**9).map(Money)
BY_NAME = {kind.name: kind for kind in KINDS}
ALL = [pytest.param(cls, id=cls.__name__) for kind in KINDS for cls in CLASSES[kind.name]]


@pytest.mark.parametrize("cls", ALL)
def test_every_event_folds_from_nothing_and_is_told_in_both_languages(cls: type[Any]) -> None:
    entry = samples.sample(cls)
    kind = BY_NAME[EVENTS[cls].stream]
    state = kind.evolve(None, entry)
    list(kind.agenda(entry.stream, state))
    kind.subledger(state)
    for lang in ("zh", "en"):
        told = sentence(entry, lang)
        assert told
        assert "{" not in told


@pytest.mark.parametrize("name", list(BY_NAME))
@settings(max_examples=25)
@given(data=st.data())
def test_a_fold_takes_any_history(name: str, data: st.DataObject) -> None:
    kind = BY_NAME[name]
    state: Any = None
    # This bank keeps its complaints in yuan; another currency is refused before it is an event.
    with patch.dict(samples.FREE, {Money: AMOUNTS}):
        history = data.draw(st.lists(samples.entries(CLASSES[name]), max_size=6))
    for entry in history:
        state = kind.evolve(state, entry)
        assert state is not None


MONEY = st.one_of(
    st.builds(RedressAccrued, amount=AMOUNTS, gl=st.just({})),
    st.builds(
        CompensationPaid,
        kind=st.sampled_from(CompensationKind),
        amount=AMOUNTS,
        accrued=AMOUNTS,
        target=st.just("cash"),
        gl=st.just({"target": "1001"}),
    ),
)


@given(st.lists(MONEY, max_size=6))
def test_the_liability_of_a_complaint_is_what_its_legs_say(events: list[Any]) -> None:
    state, ledger = None, 0
    blank = samples.sample(RedressAccrued)
    for event in events:
        entry = replace(blank, event=event)
        state = COMPLAINT.evolve(state, entry)
        ledger += sum(leg.minor for leg in post(entry) if leg.account == "2241.03")
    if state is not None:
        assert COMPLAINT.subledger(state) == {"2241.03": ledger}
