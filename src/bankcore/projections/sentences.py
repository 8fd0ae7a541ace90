"""The life of the bank in sentences (事件叙述): each entry told in Chinese or English."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.money import Money


def sentence(entry: Entry[Any], lang: str) -> str:
    """One line of an entry's event, without its envelope; `lang` is `zh` or `en`.

    An event without a sentence of its own is told by its term and its plain fields.
    """
    info, event = EVENTS[type(entry.event)], entry.event
    template = info.say_zh if lang == "zh" else info.say_en
    values = {f.name: _plain(getattr(event, f.name)) for f in fields(event)}
    if template:
        return template.format(**values)
    term = info.zh if lang == "zh" else info.en
    facts = ", ".join(f"{k} {v}" for k, v in values.items() if k != "gl" and v)
    return f"{term}:{facts}" if lang == "zh" and facts else f"{term}: {facts}" if facts else term


def _plain(value: object) -> str:
    if isinstance(value, Money):
        return value.grouped()
    if isinstance(value, tuple):
        return ", ".join(_plain(v) for v in value)
    return "" if value is None else str(value)
