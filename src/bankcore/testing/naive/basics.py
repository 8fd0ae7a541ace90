"""What the naive model counts with: fen, days, refusals, movements and ledger lines."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

FOREVER: Final = date.max
ONE_DAY: Final = timedelta(days=1)


class Refused(Exception):  # noqa: N818  # an answer of the bank, not an error
    """The bank is expected to say no, with this code of the rulebook."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Movement:
    """Money on or off an account, in fen, signed; `what` says why it moved."""

    booked: date
    valued: date
    fen: int
    what: str
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal; debit positive, in fen."""

    booked: date
    valued: date
    account: str
    fen: int


def half_up(exact: Fraction) -> int:
    """四舍五入 to whole fen, by magnitude, GEN-01."""
    whole = int(abs(exact) + Fraction(1, 2))
    return whole if exact >= 0 else -whole


def months_later(day: date, months: int) -> date:
    """对年对月对日: the same day so many months on, or the last one of that month, GEN-03."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_and_days(start: date, end: date) -> tuple[int, int]:
    """Whole months from start to end and the days left over, GEN-03."""
    months = 0
    while months_later(start, months + 1) <= end:
        months += 1
    return months, (end - months_later(start, months)).days


def whole_yuan(fen: int) -> int:
    """The base that bears interest, in fen."""
    return fen - fen % 100


def days(start: date, end: date) -> Iterator[date]:
    """Each day of [start, end), one after the other."""
    day = start
    while day < end:
        yield day
        day += ONE_DAY


def seen(item: Movement | Line, as_of: date, known_at: date) -> bool:
    """True when an item counts on `as_of` as far as was known at `known_at`, GEN-05."""
    return item.valued <= as_of and item.booked <= known_at
