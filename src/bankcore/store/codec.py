"""Entries to rows and back: stored names, envelope and canonical msgpack.

The format is written down in `docs/reference/log-format.md`. A row is
`(stream, version, name, state)`; state is a msgpack array `[envelope, body]`. The registry of
names is closed: it holds what `bankcore.aggregates` declares, and a name in a log is only looked
up, never imported, so a stranger's log can't run code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final

import msgpack

import bankcore.aggregates  # noqa: F401  # declares the events that the registry holds
from bankcore.store.leaves import Misfit, pack_date, unpack_date
from bankcore.store.shapes import RecordShape, record_shape
from bankcore.store.upcasts import UPCASTS, upcast
from bankcore.values.changing import maker
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import DamagedLog
from bankcore.values.roles import Actor, Role

Row = tuple[str, int, str, bytes]
"""`(stream, version, stored name, state)`: what is hashed, and all that is stored of an entry."""

ENVELOPE: Final = ("on", "value", "by", "via", "cmd", "sum", "at", "cause", "late")
"""Envelope keys in their stored order; all but `on` and `by` are left out when they say nothing."""

# Reused: a Packer call costs a third less than packb. It is shared by threads under the GIL only
# as far as one call, which is what `pack` is.
_pack: Final[Callable[[object], bytes]] = msgpack.Packer().pack


def encode(entry: Entry[Any]) -> Row:
    """The row of an entry; an event that is not declared or not storable is a bug."""
    event = entry.event
    body = record_shape(type(event)).pack(event)
    state = _pack((_envelope(entry), body))
    return entry.stream, entry.version, stored_name(type(event)), state


def decode(position: int, stream: str, version: int, name: str, state: bytes) -> Entry[Any]:
    """The entry of a row; `DamagedLog` with position and id when it can't have been written.

    That the bytes are the shortest form of what they say is `is_canonical`'s to tell.
    """
    try:
        envelope, body = _split(state)
        event = _event(name, body)
        return _entry(position, (stream, version), envelope, event)
    except Misfit as reason:
        problem = f"position {position} ({name}, {stream}@{version}): {reason}"
        raise DamagedLog(problem, position=position, event_id=f"{stream}@{version}") from reason


def is_canonical(state: bytes) -> bool:
    """Whether a state that `decode` takes is, byte for byte, the one that `encode` writes.

    `decode` takes nothing but what an entry can hold, key by key in stored order; what it cannot
    see is how msgpack spelled it, and packing it again shows that.
    """
    return _pack(msgpack.unpackb(state)) == state


def stored_name(cls: type[Any]) -> str:
    """The registered name `<stream>.<Event>.<version>` of an event class."""
    name = _NAMES.get(cls)
    if name is None:
        name = _NAMES[cls] = EVENTS[cls].stored_name
    return name


_NAMES: Final[dict[type[Any], str]] = {}


@cache
def names() -> dict[str, type[Any]]:
    """Every current stored name and its class; two classes under one name are a bug."""
    made = {info.stored_name: cls for cls, info in EVENTS.items()}
    assert len(made) == len(EVENTS), "two event classes share a stored name"
    assert not made.keys() & UPCASTS.keys(), "a stored name is both current and replaced"
    return made


def _envelope(entry: Entry[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"on": pack_date(entry.booking_date)}
    if entry.value_date != entry.booking_date:
        made["value"] = pack_date(entry.value_date)
    made["by"] = (entry.actor.id, entry.actor.role.value)
    if entry.channel:
        made["via"] = entry.channel
    if entry.command_id:
        made["cmd"] = entry.command_id
    if entry.command_digest:
        made["sum"] = entry.command_digest
    if entry.at is not None:
        made["at"] = entry.at
    if entry.caused_by is not None:
        made["cause"] = entry.caused_by
    if entry.late_entry:
        made["late"] = True
    return made


def _split(state: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        raw = msgpack.unpackb(state)
    except (ValueError, msgpack.UnpackException) as reason:
        raise Misfit(f"the state is not msgpack ({reason})") from reason
    if type(raw) is not list or len(raw) != 2 or not all(type(part) is dict for part in raw):
        raise Misfit("the state is not an envelope and a body")
    return raw[0], raw[1]


def _event(name: str, body: dict[str, Any]) -> Any:
    shape = _shape(name)
    if shape is None:
        now, body = upcast(name, body)
        shape = _shape(now)
        if shape is None:
            raise Misfit("an event name that this program does not know")
    return shape.unpack(body)


def _shape(name: str) -> RecordShape | None:
    shape = _SHAPES.get(name)
    if shape is None and name in (known := names()):
        shape = _SHAPES[name] = record_shape(known[name])
    return shape


_SHAPES: Final[dict[str, RecordShape]] = {}


@lru_cache(maxsize=1 << 12)
def _in_order(keys: tuple[str, ...]) -> bool:
    known = [key for key in ENVELOPE if key in keys]
    return list(keys) == known and "on" in keys and "by" in keys


def _entry(
    position: int, place: tuple[str, int], envelope: dict[str, Any], event: Any
) -> Entry[Any]:
    if not _in_order(tuple(envelope)):
        raise Misfit(f"an envelope has {list(ENVELOPE)}, not {list(map(str, envelope))}")
    on = unpack_date(envelope["on"])
    value = unpack_date(envelope["value"]) if "value" in envelope else on
    if "value" in envelope and value == on:
        raise Misfit("a value date is stored only when it differs from the booking date")
    if envelope.get("late", True) is not True:
        raise Misfit("late is stored only when true")
    return _made(
        place[0],
        place[1],
        event,
        on,
        value,
        _actor(envelope["by"]),
        _text(envelope, "via", ""),
        _text(envelope, "cmd", ""),
        _text(envelope, "sum", ""),
        _text(envelope, "at", None),
        _text(envelope, "cause", None),
        "late" in envelope,
        position,
    )


_made: Final = maker(Entry)


def _text(envelope: dict[str, Any], key: str, absent: str | None) -> Any:
    text = envelope.get(key, _NOTHING)
    if text is _NOTHING:
        return absent
    if type(text) is not str or text == absent:
        raise Misfit(f"{key} is stored only as a text that says something, not {text!r}")
    return text


_NOTHING: Final = object()


def _actor(raw: Any) -> Actor:
    if type(raw) is not list or [type(part) for part in raw] != [str, str]:
        raise Misfit(f"an actor is [id, role], not {raw!r}")
    return _known_actor(*raw)


@lru_cache(maxsize=1 << 12)
def _known_actor(person: str, role: str) -> Actor:
    try:
        return Actor(person, Role(role))
    except ValueError as reason:
        raise Misfit(f"{role!r} is no role") from reason
