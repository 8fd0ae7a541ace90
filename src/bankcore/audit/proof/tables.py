"""The posting table as data for others (分录表), so that a stranger's program can post a log.

What an event posts is data in bankcore as well, but for events whose rows depend on their content:
those are marked `chosen`, and the pack names their rows event by event.
"""

from __future__ import annotations

from dataclasses import fields
from types import NoneType
from typing import Any, Final, get_args, get_type_hints

from bankcore.rules.ledger.chart import CHART
from bankcore.rules.ledger.posting_table import ROWS
from bankcore.store.codec import names
from bankcore.store.upcasts import UPCASTS, upcast
from bankcore.values.declare import EVENTS
from bankcore.values.money import Money

REVERSED: Final = "reversed_event"
"""The field by which a red entry names the event whose rows it repeats."""


def posting_table() -> dict[str, Any]:
    """Rows, chart, what each stored name posts, and the rows that a red entry repeats."""
    posting = {name: _posting(cls) for name, cls in names().items() if _posts(cls)}
    old = {
        name: _old(name, posting) for name in UPCASTS if upcast(name, _blank(name))[0] in posting
    }
    return {
        "rows": dict(ROWS),
        "chart": sorted(CHART),
        "events": dict(sorted((posting | old).items())),
        "reversals": {info.name: list(info.rows) for info in EVENTS.values() if info.rows},
    }


def _posts(cls: type[Any]) -> bool:
    return bool(EVENTS[cls].rows) or chosen(cls) or REVERSED in _names(cls)


def chosen(cls: type[Any]) -> bool:
    """Whether the rows of an event depend on its content."""
    return hasattr(cls, "posting_rows")


def _posting(cls: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    money = [name for name in _names(cls) if _is_money(hints[name])]
    return {"rows": list(EVENTS[cls].rows), "money": money, "chosen": chosen(cls)}


def _is_money(hint: Any) -> bool:
    """Money, or money that may be absent; a tuple of amounts is no amount of a posting row."""
    return hint is Money or set(get_args(hint)) == {Money, NoneType}


def _names(cls: type[Any]) -> list[str]:
    return [f.name for f in fields(cls)]


def _blank(name: str) -> dict[str, Any]:
    return dict.fromkeys(UPCASTS[name].fields)


def _old(name: str, posting: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What an old stored name posts; accounts that its body had not yet are named here."""
    now, body = upcast(name, _blank(name))
    given = {} if "gl" in UPCASTS[name].fields else {"gl": body["gl"]}
    return posting[now] | given
