"""A part with what is inside it, found only when somebody goes that deep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Part
from bankcore.values.entry import Entry
from bankcore.values.money import Money


def nothing() -> Iterable[Node]:
    """The inside of a part that is not made of anything."""
    return ()


@dataclass(frozen=True, slots=True)
class Node:
    """A part and its inside; the parts of the inside sum to it."""

    part: Part
    inside: Callable[[], Iterable[Node]] = nothing


@dataclass(frozen=True, slots=True)
class Scene:
    """What unfolding reads: the evidence, with the entries that were asked for by id."""

    evidence: Evidence
    by_id: dict[str, Entry[Any] | None] = field(default_factory=dict)

    def entry(self, event_id: str) -> Entry[Any] | None:
        """The entry of an id that the window sees."""
        if event_id not in self.by_id:
            self.by_id[event_id] = self.evidence.cited([event_id]).get(event_id)
        return self.by_id[event_id]

    def before(self, entry: Entry[Any]) -> list[Entry[Any]]:
        """The entries of the same stream before one."""
        return [x for x in self.evidence.of(entry.stream) if x.version < entry.version]


def rounding(event_id: str, left: Fraction) -> list[Node]:
    """What rounding took off or put on: the remainder turned round; none where none was left."""
    part = Part(event_id, "GEN-01", "四舍五入", "Rounding", -left, -left)
    return [Node(part)] if left else []


def shared(
    part: Part, moves: Iterable[tuple[Entry[Any], Money]], label: tuple[str, str]
) -> list[Node]:
    """A part spread over the movements that made the sum it grew on, in proportion to them.

    Interest is linear in its base, so the share of a movement is what it alone brought. Nothing
    is spread over movements that cancel out.
    """
    made = [(entry, change) for entry, change in moves if change]
    base = sum(change.minor for _, change in made)
    if not base:
        return []
    nodes = []
    for entry, change in made:
        amount = part.amount * change.minor / base
        told = {"moved": change, "value_date": entry.value_date}
        nodes.append(Node(Part(entry.id, part.rule, *label, amount, amount, part.days, told)))
    return nodes


def scaled(node: Node, factor: Fraction) -> Node:
    """A node and its inside times a factor: 1, or −1 on the other side of a posting."""
    part = node.part
    turned = replace(part, amount=part.amount * factor, exact=part.exact * factor)
    return Node(turned, lambda: [scaled(inner, factor) for inner in node.inside()])
