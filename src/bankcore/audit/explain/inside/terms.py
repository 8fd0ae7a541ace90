"""Inside term interest (定期利息): the money that was placed, and what rounding left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bankcore.audit.explain.explanation import Part
from bankcore.audit.explain.inside.node import Node, Scene, rounding, shared
from bankcore.audit.explain.time_deposit import principal_change

PLACED = ("存入", "Placed")
ONE_SUM = frozenset({"DEP-04", "DEP-05", "DEP-06", "DEP-07"})


def grown(scene: Scene, part: Part, stream: str) -> Iterable[Node]:
    """Interest of one sum over one period, spread over what had been placed by then."""
    entry = scene.entry(part.event_id)
    known = scene.before(entry) if entry is not None else scene.evidence.of(stream)
    placed = [(x, change) for x in known if (change := principal_change(x.event)).minor > 0]
    exact = replace(part, amount=part.exact)
    spread = shared(exact, placed, PLACED)
    return [*spread, *rounding(part.event_id, part.remainder)] if spread else []
