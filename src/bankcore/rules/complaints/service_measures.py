"""CMP-08 Service measures (服务质量指标): over the whole population, one decimal.

Values are percent, half up away from zero to one decimal; None for an empty population.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.values.money import round_to_money


@dataclass(frozen=True, slots=True)
class ServiceMeasure:
    """The value, and of how many it was taken."""

    value: Fraction | None
    n: int


def _percent(count: int, n: int) -> ServiceMeasure:
    if n == 0:
        return ServiceMeasure(None, 0)
    # Tenths of a percent are rounded as fen are.
    return ServiceMeasure(Fraction(round_to_money(Fraction(1000 * count, n)).money.minor, 10), n)


def satisfaction(answers: Sequence[int]) -> ServiceMeasure:
    """CSAT (满意度): answers of 4 and 5 among all, of 1 to 5."""
    return _percent(sum(answer >= 4 for answer in answers), len(answers))


def net_promoters(answers: Sequence[int]) -> ServiceMeasure:
    """NPS (净推荐值): promoters (9, 10) less detractors (0 to 6), of 0 to 10."""
    balance = sum((answer >= 9) - (answer <= 6) for answer in answers)
    return _percent(balance, len(answers))


@dataclass(frozen=True, slots=True)
class Ticket:
    """A closed ticket: how many contacts it took, and whether it came back."""

    closed: date
    contacts: int
    reopened: date | None


def first_contact(
    start: date, end: date, tickets: Sequence[Ticket], reopen_days: int
) -> ServiceMeasure:
    """FCR (一次解决率): one contact and not reopened within so many days, of all closed in time."""
    closed = [ticket for ticket in tickets if start <= ticket.closed <= end]
    solved = [
        t
        for t in closed
        if t.contacts == 1 and (t.reopened is None or (t.reopened - t.closed).days > reopen_days)
    ]
    return _percent(len(solved), len(closed))


def answered_in_time(complaints: Sequence[tuple[date, date | None]]) -> ServiceMeasure:
    """Answered on or before the due day, of all that were due; unanswered counts as late."""
    in_time = sum(replied is not None and replied <= due for due, replied in complaints)
    return _percent(in_time, len(complaints))
