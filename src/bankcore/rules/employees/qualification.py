"""Qualification by activity (上岗资格), EMP-02: certificates that must be valid on the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate (资格证书), valid on its first and on its last day."""

    kind: str
    valid_from: date
    valid_to: date
    suspended: bool = False

    def valid_on(self, day: date) -> bool:
        """Whether the day lies in its validity; suspension is asked separately."""
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A certificate that is needed and does not serve, and why."""

    kind: str
    reason: Reason


def shortcomings(
    needed: Sequence[str], certificates: Iterable[Certificate], day: date
) -> tuple[Shortcoming, ...]:
    """All certificates that are needed and do not serve on a day, in the order given (EMP-02).

    Not yet begun counts as expired; one valid certificate of a kind is enough.
    """
    held = tuple(certificates)
    found = ((kind, _reason([c for c in held if c.kind == kind], day)) for kind in needed)
    return tuple(Shortcoming(kind, reason) for kind, reason in found if reason is not None)


def _reason(certificates: Sequence[Certificate], day: date) -> Reason | None:
    if not certificates:
        return Reason.QUALIFICATION_MISSING
    valid = [c for c in certificates if c.valid_on(day)]
    if not valid:
        return Reason.QUALIFICATION_EXPIRED
    if all(c.suspended for c in valid):
        return Reason.QUALIFICATION_SUSPENDED
    return None


def check_qualified(needed: Sequence[str], certificates: Iterable[Certificate], day: date) -> None:
    """Refuse an activity without its certificates, with the reason of the first that lacks."""
    missing = shortcomings(needed, certificates, day)
    if missing:
        raise Rejected(missing[0].reason, kinds=[m.kind for m in missing], on=str(day))
