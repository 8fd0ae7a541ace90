"""The whole log as JSON lines (事件日志): readable by anything, and back again byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgpack

from bankcore.store.chain import EMPTY, LinkedRow, link
from bankcore.values.errors import BadInput, DamagedLog


def to_lines(rows: Iterable[LinkedRow]) -> Iterator[str]:
    """One JSON object an event: place, stored name, envelope and body, bytes and head in hex."""
    for position, stream, version, name, state, head in rows:
        envelope, body = msgpack.unpackb(state)
        yield json.dumps(
            {
                "position": position,
                "stream": stream,
                "version": version,
                "name": name,
                "envelope": envelope,
                "body": body,
                "state": state.hex(),
                "head": head.hex(),
            },
            ensure_ascii=False,
        )


def from_lines(lines: Iterable[str], place: str = "") -> Iterator[LinkedRow]:
    """The rows of JSON lines; the chain is checked, a line that does not fit is named."""
    head, position = EMPTY, 0
    for nr, line in enumerate(lines, 1):
        if not line.strip():
            continue
        raw = _parsed(line, f"{place}:{nr}")
        position += 1
        state = bytes.fromhex(raw["state"])
        row = (str(raw["stream"]), int(raw["version"]), str(raw["name"]), state)
        head = link(head, row)
        if raw["position"] != position or raw["head"] != head.hex():
            raise DamagedLog(f"line {nr} does not follow from the one before it", position=position)
        yield (position, *row, head)


def _parsed(line: str, place: str) -> dict[str, Any]:
    needed = {"position", "stream", "version", "name", "state", "head"}
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as fault:
        raise BadInput(f"no JSON: {fault.msg}", place=place) from None
    if not isinstance(raw, dict) or not needed <= raw.keys():
        raise BadInput(
            "no event of a bankcore log",
            place=place,
            remedy="each line holds " + ", ".join(sorted(needed)),
        )
    return raw
