"""The trail's indexes answer what looking at every entry answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.aggregates.customer import events as customer
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.training_session.events import FactNoted
from bankcore.audit.findings.shapes import customer_of, of_customer
from bankcore.audit.findings.trail import names_of, trail_of
from bankcore.products.catalogue import shipped
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money
from samples import entries, sample

KINDS = [
    account.AccountApplied,
    account.AccountFrozen,
    customer.IdentityVerified,
    customer.CddPerformed,
    FactNoted,
]
NAMES = [EVENTS[kind].name for kind in KINDS]
ASKED = st.lists(st.sampled_from([*NAMES, "Nothing"]), min_size=1, max_size=3, unique=True)
STREAMS = ["customer-C1", "customer-C2", "account-1", "account-2"]


@st.composite
def histories(draw: st.DrawFn) -> list[Entry[Any]]:
    made = []
    for entry in draw(st.lists(entries(KINDS), min_size=1, max_size=12)):
        event = entry.event
        if isinstance(event, account.AccountApplied):
            event = replace(event, customer=draw(st.sampled_from(["C1", "C2", "customer-C1"])))
        made.append(replace(entry, event=event, stream=draw(st.sampled_from(STREAMS))))
    return made


def owner(made: list[Entry[Any]], stream: str) -> str:
    for entry in made:
        if entry.stream == stream and hasattr(entry.event, "customer"):
            return str(entry.event.customer).removeprefix("customer-")
    return ""


def test_small_cash_and_mirrors_are_not_kept_and_cannot_be_asked_for() -> None:
    gl = {"deposit": "2011.01", "source": "1001"}
    small, large = (
        account.FundsDeposited(amount=Money(fen), source="cash", gl=gl)
        for fen in (49_999_99, 50_000_00)
    )
    mirror = account.AccountCredited(amount=Money(1), posted_by="x@1", purpose="transfer")
    base = sample(account.AccountFrozen)
    trail = trail_of([replace(base, event=x) for x in (small, large, mirror)], shipped())
    assert [entry.event for entry in trail.entries] == [large]
    with pytest.raises(AssertionError):
        list(trail.named("AccountCredited|FundsDeposited"))


@given(histories(), ASKED, st.sampled_from(["", *STREAMS]), st.data())
@settings(deadline=None)
def test_every_question_is_answered_as_by_looking(
    made: list[Entry[Any]], asked: list[str], stream: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(made) - 1))
    trail, trigger, names = trail_of(made, shipped()), made[at], "|".join(asked)

    def looked(part: list[Entry[Any]], within: str = "") -> list[Entry[Any]]:
        named = [entry for entry in part if set(names_of(entry)) & set(asked)]
        return [entry for entry in named if not within or entry.stream == within]

    assert list(trail.named(names, stream)) == looked(made, stream)
    assert trail.before(trigger, names, stream) == looked(made[:at], stream)
    assert trail.after(trigger, names, stream) == looked(made[at + 1 :], stream)
    assert trail.place(trigger) == at
    who = owner(made, trigger.stream)
    assert customer_of(trail, trigger.stream) == who
    assert of_customer(trail, trigger, names) == [
        entry
        for entry in looked(made[:at])
        if who in {owner(made, entry.stream), entry.stream.removeprefix("customer-")}
    ]
