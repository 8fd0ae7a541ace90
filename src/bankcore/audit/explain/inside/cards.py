"""Inside card interest (透支利息): the item that bore it, and what of it was paid by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from bankcore.audit.explain.explanation import Part
from bankcore.audit.explain.inside.node import Node, Scene
from bankcore.values.entry import Entry
from bankcore.values.money import Money

_AMOUNTS = ("amount", "fee", "interest", "principal")


def stretch(scene: Scene, part: Part, stream: str) -> Iterable[Node]:
    """A stretch of days of one item: as it was posted, less what bore no interest any more."""
    item, base = part.inputs["item"], part.inputs["base"]
    assert isinstance(base, Money), "a stretch has a base"
    posted = _posted(scene.evidence.of(stream), str(item))
    if posted is None or not base:
        return
    entry, amount = posted
    whole = part.amount * Fraction(amount.minor, base.minor)
    told = {"amount": amount, "value_date": entry.value_date}
    yield Node(Part(entry.id, "CC-04", "入账项目", "Item as posted", whole, whole, part.days, told))
    if amount != base:
        rest = part.amount - whole
        less = {"paid_or_free": amount - base}
        zh, en = "已还或不计息部分", "Paid, or bearing nothing"
        yield Node(Part(entry.id, "CC-04", zh, en, rest, rest, part.days, less))


def _posted(entries: Iterable[Entry[Any]], item: str) -> tuple[Entry[Any], Money] | None:
    """The event that put an item on the card, with its amount."""
    for entry in entries:
        if getattr(entry.event, "item", "") == item:
            for amount in _money(entry.event):
                return entry, amount
    return None


def _money(event: Any) -> Iterator[Money]:
    for name in _AMOUNTS:
        value = getattr(event, name, None)
        if isinstance(value, Money) and value:
            yield value
