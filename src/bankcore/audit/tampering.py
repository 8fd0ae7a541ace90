"""What was done to a log (篡改类型): the one change that would explain a break of its chain.

The heads are stored beside the rows, so where a clumsy change broke the chain, the head that
stands there still says what the row was: each guess is tried against it, and the one that fits is
certain. A row that no guess explains is called `edited`, or `rewritten` where nothing fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bankcore.audit.links import Links
from bankcore.store.chain import LinkedRow, link
from bankcore.store.codec import Row, names
from bankcore.store.upcasts import UPCASTS


@dataclass(frozen=True, slots=True)
class Scene:
    """A break: what came before, the row that does not follow, the one after it, and all rows."""

    before: Links
    row: LinkedRow
    after: LinkedRow | None
    rows: Iterable[LinkedRow]

    def fits(self, row: Row) -> bool:
        """Whether the stored head is that of this row."""
        return link(self.before.head, row) == self.row[5]

    def leads_on(self, head: bytes) -> bool:
        """Whether the row after this one follows from a head."""
        return self.after is not None and link(head, self.after[1:5]) == self.after[5]


def kind_of_break(scene: Scene) -> str:
    """The change in one clause, its first word naming it."""
    return next(_guesses(scene))


def _guesses(scene: Scene) -> Iterator[str]:
    expected = scene.before.versions.get(scene.row[1], 0) + 1
    if scene.leads_on(link(scene.before.head, scene.row[1:5])):
        yield "rehashed: the row is the one that was written, its head is not"
    if scene.leads_on(scene.before.head):
        yield _slipped_in(scene)
    yield from _labels(scene, expected)
    yield from _contents(scene)
    if scene.leads_on(scene.row[5]):
        dropped = scene.row[2] > expected
        yield "dropped: events before it are gone" if dropped else "edited: its content was changed"
    yield "rewritten: neither it nor the row after it follows"


def _labels(scene: Scene, expected: int) -> Iterator[str]:
    """Another name, stream or version under which the row's head fits."""
    _, stream, version, name, state, _ = scene.row
    for other in sorted({*names(), *UPCASTS} - {name}):
        if scene.fits((stream, version, other, state)):
            yield f"renamed: it was written as {other}"
    for other in sorted(scene.before.versions):
        if scene.fits((other, version, name, state)):
            yield f"moved: it was written in stream {other}"
    if scene.fits((stream, expected, name, state)):
        yield f"renumbered: it was written as version {expected}"


def _contents(scene: Scene) -> Iterator[str]:
    """Another row whose content fits the head, or stands here too."""
    at, stream, version, name, state, _ = scene.row
    for place, *_, payload, _head in scene.rows:
        if scene.fits((stream, version, name, payload)):
            yield f"swapped: its own content stands at position {place}"
        elif payload == state and place != at:
            yield f"swapped: its content is that of position {place}"


def _slipped_in(scene: Scene) -> str:
    """The row after this one follows from the row before it: was this one there at all?"""
    assert scene.after is not None, "a row that leads on is there"
    if link(scene.after[5], scene.row[1:5]) == scene.row[5]:
        return "reordered: it was written after the next one"
    return "inserted: the next row follows from the one before it"
