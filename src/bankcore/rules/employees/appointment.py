"""Appointment (任职), EMP-01: who may be given a role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bankcore.values.reasons import Reason, Rejected


class Education(StrEnum):
    """Level of education (学历), ascending."""

    NONE = "none"
    SECONDARY = "secondary"
    JUNIOR_COLLEGE = "junior_college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


_ORDER: Final = tuple(Education)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of the candidate on the day; a ban still holds on its last day."""

    id: str
    grade: int
    education: Education
    identity_verified: bool
    diploma_verified: bool
    declaration_signed: bool
    banned_until: date | None = None
    relative_in_reporting_line: bool = False
    toxic: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """The candidate, the appointer with his grade, the day, the education that the role needs.

    `exception_by` is a third person of high grade who waived the education.
    """

    candidate: Candidate
    appointer: str
    appointer_grade: int
    on: date
    required_education: Education
    exception_by: str | None = None


def check_appointment(given: Appointment) -> None:
    """Refuse an appointment, the first reason in the order of EMP-01.

    An exception by somebody who is neither appointer nor candidate cures the diploma and the
    level of education, nothing else; an appointer one grade above is enough.
    """
    who, day = given.candidate, given.on
    excused = given.exception_by not in {None, given.appointer, who.id}
    too_low = _ORDER.index(who.education) < _ORDER.index(given.required_education)
    ladder = (
        (Reason.IDENTITY_NOT_VERIFIED, not who.identity_verified),
        (Reason.INDUSTRY_BAN, who.banned_until is not None and day <= who.banned_until),
        (Reason.DIPLOMA_NOT_VERIFIED, not who.diploma_verified and not excused),
        (Reason.EDUCATION_TOO_LOW, too_low and not excused),
        (Reason.CLOSE_RELATIVE_IN_LINE, who.relative_in_reporting_line),
        (Reason.DECLARATION_MISSING, not who.declaration_signed),
        (Reason.TOXIC_ROLE_COMBINATION, who.toxic),
        (Reason.APPOINTER_LEVEL_TOO_LOW, given.appointer_grade <= who.grade),
    )
    for reason, holds in ladder:
        if holds:
            raise Rejected(reason, candidate=who.id, appointer=given.appointer)
