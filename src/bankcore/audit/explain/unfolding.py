"""Unfolding a part (展开): what a movement was for, leg by leg of the event that posted it.

A part that is an amount on one account of a posting event is the sum of the other legs with the
other sign, so it unfolds into them exactly. A mirror in an account unfolds into the legs of the
event that moved the money.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.projections.postings import Leg, post
from bankcore.rules.ledger.chart import CHART
from bankcore.values.entry import Entry


def unfolded(found: Explanation, evidence: Evidence) -> Explanation:
    """The explanation with the parts of its parts, where an event posted exactly that amount."""
    if found.unit != "fen":
        return found
    own = _own(found.subject, evidence)
    entries = _cited(found, evidence)
    parts = (replace(part, parts=_inside(part, own, entries)) for part in found.parts)
    return replace(found, parts=tuple(parts))


def _cited(found: Explanation, evidence: Evidence) -> dict[str, Entry[Any]]:
    """The entries of the parts, and those that posted them."""
    cited = evidence.cited(part.event_id for part in found.parts)
    posted = (getattr(entry.event, "posted_by", None) for entry in cited.values())
    return evidence.cited(event_id for event_id in posted if event_id) | cited


def _own(subject: str, evidence: Evidence) -> Collection[str]:
    """The accounts that hold the figure: a ledger account itself, or a contract's own (GL-04)."""
    if subject in CHART:
        return {subject}
    state = evidence.folded(subject)
    return () if state is None else kind_of(subject).subledger(state).keys()


def _inside(part: Part, own: Collection[str], entries: dict[str, Entry[Any]]) -> tuple[Part, ...]:
    entry = entries.get(part.event_id)
    if entry is None:
        return ()
    posting = entries.get(getattr(entry.event, "posted_by", None) or entry.id, entry)
    legs = post(posting)
    for account in own:
        moved = sum(leg.minor for leg in legs if leg.account == account)
        if moved and abs(moved) == abs(part.amount):
            # Debits and credits of the others add up to what moved, turned round.
            sign = 1 if part.amount == -moved else -1
            return tuple(_leg(leg, sign) for leg in legs if leg.account != account)
    return ()


def _leg(leg: Leg, sign: int) -> Part:
    known, amount = CHART[leg.account], Fraction(sign * leg.minor)
    inputs = {"account": leg.account}
    return Part(leg.event_id, f"GL-02 {leg.row}", known.zh, known.en, amount, amount, inputs=inputs)
