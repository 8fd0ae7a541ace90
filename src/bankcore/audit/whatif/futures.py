"""Another future in a file of its own (另一种未来): a fork that lives on under changes.

The fork shares its past; changed rows are adopted on its open day, so they are events like any
other and the fork verifies like any log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.audit.branching import position_of
from bankcore.audit.whatif.changes import Change, adopt, superseded
from bankcore.audit.whatif.reliving import Group, OnDay, Reliving
from bankcore.store.bank import Bank
from bankcore.store.log import Log
from bankcore.values.errors import BadInput


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be otherwise: changed rows, and a command (by one of its events) that never was.

    `on_day` is called on each day that the fork opens, with the fork.
    """

    changes: Sequence[Change] = ()
    without: str = ""
    on_day: OnDay = lambda _bank, _day: None


def fork_of(log: Log, at: str, without: str) -> int:
    """Where to fork: at a place that was named, else just before the command that never was."""
    if without:
        before = _first_of(log, without) - 1
        place = before if not at else min(before, position_of(log, at))
        if not place:
            raise BadInput("nothing comes before it", place="--without", remedy="name another")
        return place
    if not at:
        raise BadInput("no place to fork at", remedy="give --at EVENT, a position or a date")
    return position_of(log, at)


def _first_of(log: Log, event_id: str) -> int:
    """The position of the first event of the command that wrote an event."""
    position = position_of(log, event_id)
    (entry,) = log.entries(position - 1, position)
    row = log.command(entry.command_id)
    return row.first if row is not None else position


def live_on(bank: Bank, log: Log, position: int, wish: Wish) -> Reliving:
    """Let a fork live through what came after its fork in the log it was taken from."""
    waiting = [wish.changes] if wish.changes else []

    def on_day(there: Bank, day: date) -> None:
        while waiting:
            adopt(there, waiting.pop(), day)
        wish.on_day(there, day)

    def left_out(group: Group) -> bool:
        named = any(entry.id == wish.without for entry in group)
        return named or superseded(wish.changes, group)

    if bank.day is not None:
        on_day(bank, bank.day)
    reliving = Reliving(bank, left_out, on_day)
    reliving.live(log.entries(position))
    return reliving
