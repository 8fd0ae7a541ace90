"""LN-26 Extension and restructuring (展期与重组)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason

_SHORT_TERM_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionPolicy:
    """Days before maturity by which to ask, and how many extensions at most."""

    min_days_before_maturity: int
    max_extensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequest:
    """A wish to extend; terms in months, `used` = extensions so far, `longest` of LN-06."""

    active: bool
    dpd: int
    orig_months: int
    used_months: int
    count: int
    longest_months: int
    requested_months: int
    application_date: date
    maturity: date
    consents: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """Months of room left, the first refusal, and the new maturity where allowed."""

    room_months: int
    reason: Reason | None
    new_maturity: date | None


def extension(request: ExtensionRequest, policy: ExtensionPolicy) -> Extension:
    """May the loan be extended? Up to its own term if that is a year, else up to the longest.

    Refuses in order `loan_not_active`, `in_arrears`, `requested_too_late`,
    `too_many_extensions`, `consent_missing`, `extension_above_limit`.
    """
    short = request.orig_months <= _SHORT_TERM_MONTHS
    room = request.orig_months if short else request.longest_months - request.orig_months
    room -= request.used_months
    notice = (request.maturity - request.application_date).days
    checks = (
        (Reason.LOAN_NOT_ACTIVE, not request.active),
        (Reason.IN_ARREARS, request.dpd > 0),
        (Reason.REQUESTED_TOO_LATE, notice < policy.min_days_before_maturity),
        (Reason.TOO_MANY_EXTENSIONS, request.count >= policy.max_extensions),
        (Reason.CONSENT_MISSING, not request.consents),
        (Reason.EXTENSION_ABOVE_LIMIT, request.requested_months > room),
    )
    reason = next((reason for reason, hit in checks if hit), None)
    if reason is not None:
        return Extension(room, reason, None)
    return Extension(room, None, add_months(request.maturity, request.requested_months))


def observation_end(first_due: date, period_months: int, missed: Sequence[date]) -> date:
    """End of observation (观察期): two periods and at least a year from the first due date.

    A due date missed inside restarts it there; misses after the current end do not count.
    """
    months = max(12, 2 * period_months)
    end = add_months(first_due, months)
    for day in sorted(missed):
        if day > end:
            break
        end = add_months(day, months)
    return end
