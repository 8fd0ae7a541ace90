"""Segregation of duties (不相容岗位分离), AUD-03: roles and steps kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from bankcore.values.reasons import Reason, Rejected

Pair = tuple[str, str]
SYSTEM_ID: Final = "system"


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role from its first to its last day, both inclusive; null is open. Delegation counts."""

    role: str
    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether the role is held on a day; the last day counts."""
        return self.since <= day and (self.until is None or day <= self.until)


def standing_violations(
    day: date, roles: Iterable[RoleHeld], toxic: Iterable[Pair]
) -> tuple[Pair, ...]:
    """The toxic pairs (不相容岗位) that one person holds on a day; names and list sorted.

    An exception by order stays a violation: it is a finding of low severity, not none.
    """
    held = {role.role for role in roles if role.on(day)}
    found = {_pair(a, b) for a, b in toxic if a in held and b in held}
    return tuple(sorted(found))


def case_violations(
    actors: Mapping[str, str], distinct: Iterable[Sequence[str]]
) -> tuple[Pair, ...]:
    """Steps of one case that the same person did although they must be done by different ones.

    A missing step is no violation here, and the machine (`system`) is never equal to a person.
    """
    found: set[Pair] = set()
    for steps in distinct:
        present = [step for step in steps if step in actors]
        found.update(
            _pair(a, b) for a, b in combinations(present, 2) if actors[a] == actors[b] != SYSTEM_ID
        )
    return tuple(sorted(found))


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


def check_role_grant(new: RoleHeld, roles: Sequence[RoleHeld], toxic: Sequence[Pair]) -> None:
    """Refuse a role that would make a toxic pair on any day on which both would be held."""
    for other in roles:
        # The spans overlap exactly on the later of the two first days.
        first = max(new.since, other.since)
        if new.on(first) and other.on(first):
            found = standing_violations(first, (new, other), toxic)
            if found:
                raise Rejected(Reason.TOXIC_ROLE_COMBINATION, pair=list(found[0]))


def check_four_eyes(step: str, actors: Mapping[str, str], group: Sequence[str]) -> None:
    """Refuse a step by someone who already did another step of its group (`maker_is_checker`)."""
    for pair in case_violations(actors, [group]):
        if step in pair:
            raise Rejected(Reason.MAKER_IS_CHECKER, steps=list(pair), actor=actors[step])
