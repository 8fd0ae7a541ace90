"""Grades and authority (职级与授权), EMP-03: the lowest grade that may decide an amount."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.values.reasons import Reason, Rejected

NOBODY: Final = 9
"""Above every limit of a row: the board, which in training is nobody."""


def required_grade(amount: Fraction, limits: Mapping[int, Fraction], above: int = NOBODY) -> int:
    """The lowest grade whose limit reaches the amount, else `above`.

    Amount and limits are in the unit of the kind: fen for money, basis points for a rate uplift.
    """
    return min((grade for grade, limit in limits.items() if amount <= limit), default=above)


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Who wants to approve what: the actor, his grade, who made the request.

    `delegated_until` is the last day of a written delegation; null is the actor's own authority.
    """

    amount: Fraction
    actor: str
    actor_grade: int
    makers: Collection[str]
    on: date
    delegated_until: date | None = None


def check_authority(given: Authorisation, limits: Mapping[int, Fraction]) -> int:
    """Refuse an approval in the order of EMP-03 and return the grade that it needs.

    `maker_is_checker`, `above_authority`, `delegation_expired`. Acts of one kind for one
    customer within 30 days are summed by the caller before asking.
    """
    required = required_grade(given.amount, limits)
    if given.actor in given.makers:
        raise Rejected(Reason.MAKER_IS_CHECKER, actor=given.actor)
    if given.actor_grade < required:
        raise Rejected(Reason.ABOVE_AUTHORITY, grade=given.actor_grade, required=required)
    if given.delegated_until is not None and given.on > given.delegated_until:
        raise Rejected(Reason.DELEGATION_EXPIRED, until=str(given.delegated_until))
    return required


@dataclass(frozen=True, slots=True)
class Delegation:
    """A written delegation (转授权): from whom to whom, how much, from when to when."""

    giver: str
    giver_limit: Fraction
    taker: str
    limit: Fraction
    since: date
    until: date


def check_delegation(given: Delegation, longest_days: int) -> None:
    """Refuse a delegation to oneself, beyond one's own limit, or longer than it may last.

    The last day is inclusive, so `longest_days` days are counted with both ends.
    """
    if given.giver == given.taker:
        raise Rejected(Reason.MAKER_IS_CHECKER, actor=given.giver)
    if given.limit > given.giver_limit:
        raise Rejected(Reason.ABOVE_AUTHORITY, limit=str(given.giver_limit))
    days = (given.until - given.since).days + 1
    if not 1 <= days <= longest_days:
        raise Rejected(Reason.DELEGATION_EXPIRED, days=days, most=longest_days)
