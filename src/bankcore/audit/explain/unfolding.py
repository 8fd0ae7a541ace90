"""Unfolding a figure (展开): from its parts down to days and rates, events, clauses and rows.

Each level sums to the one above it exactly. At the end of each branch stand the clauses of the
rulebook and the dated rows that it rests on, with their source; they count as a level.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.loan import events_repayment as r
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.audit.explain.grounds import clauses
from bankcore.audit.explain.inside import cards, demand, legs, loans, terms
from bankcore.audit.explain.inside.node import Node, Scene
from bankcore.rules.ledger.chart import CHART

Inside = Callable[[Part], Iterable[Node]]


def unfolded(found: Explanation, evidence: Evidence, depth: int) -> Explanation:
    """The explanation with so many levels of parts: 1 is its own parts and nothing in them."""
    scene, own = Scene(evidence), _own(found.subject, evidence)
    money = found.unit == "fen"
    return cut(found, depth, lambda part: _inside(scene, found, part, own) if money else ())


def cut(found: Explanation, depth: int, inside: Inside = lambda _: ()) -> Explanation:
    """Bring an explanation to a depth; `inside` knows more of a part than it holds already."""
    parts = (_grown(_node(part, inside), depth - 1, frozenset()) for part in found.parts)
    return replace(found, parts=tuple(parts))


def _node(part: Part, inside: Inside) -> Node:
    if part.parts:
        return Node(part, lambda: [_node(inner, inside) for inner in part.parts])
    return Node(part, lambda: inside(part))


def _grown(node: Node, left: int, said: frozenset[str]) -> Part:
    """A part with what is inside it, `left` levels deep; a ground is said once on each branch."""
    if left <= 0:
        return replace(node.part, parts=(), grounds=())
    inner = list(node.inside())
    known = node.part.grounds or clauses(node.part.rule)
    fresh = tuple(ground for ground in known if ground.id not in said)
    passed = said | {ground.id for ground in fresh}
    parts = tuple(_grown(one, left - 1, passed) for one in inner)
    return replace(node.part, parts=parts, grounds=fresh)


def _own(subject: str, evidence: Evidence) -> Collection[str]:
    """The accounts that hold the figure: a ledger account itself, or a contract's own (GL-04)."""
    if subject in CHART:
        return {subject}
    state = evidence.folded(subject)
    return () if state is None else kind_of(subject).subledger(state).keys()


def _inside(scene: Scene, found: Explanation, part: Part, own: Collection[str]) -> Iterable[Node]:
    """What a part is made of, by the figure that it is a part of."""
    match found.figure:
        case "settled-interest" | "penalty":
            return _settled(scene, part, found.subject)
        case "accrued-interest":
            return _accrued(scene, part, found.subject)
        case _:
            return legs.posted(scene, part, own)


def _settled(scene: Scene, part: Part, subject: str) -> Iterable[Node]:
    entry = scene.entry(part.event_id)
    event: Any = entry.event if entry is not None else None
    assert entry is not None, "settled interest is the work of an event"
    if isinstance(event, e.InterestSettled):
        return demand.settled(scene, entry).inside()
    if isinstance(event, r.InstalmentFellDue):
        return loans.fell_due(scene, entry).inside()
    if isinstance(event, r.PenaltyInterestCharged):
        return loans.penalty(scene, entry)
    if "item" in part.inputs:
        return cards.stretch(scene, part, subject)
    return terms.grown(scene, part, subject) if part.rule in terms.ONE_SUM else ()


def _accrued(scene: Scene, part: Part, subject: str) -> Iterable[Node]:
    kind = kind_of(subject).name
    if kind == "deposit_account":
        return demand.accrued(scene, part)
    if kind == "loan":
        return loans.accrued(scene, part)
    if kind == "card_line":
        return cards.stretch(scene, part, subject)
    return terms.grown(scene, part, subject) if part.rule in terms.ONE_SUM else ()
