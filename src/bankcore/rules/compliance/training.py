"""AUD-02 Training and certificates (培训与资格证书): what an employee may do on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.rules.employees.qualification import Certificate

BASIC: Final = "aml"
FACING: Final = "customer_facing"
SELLING: Final = frozenset(
    {"credit_investigation", "fund_sales", "insurance_sales", "wealth_sales"}
)


@dataclass(frozen=True, slots=True)
class CourseDone:
    """A course of a year; `makes_up` stands for the year before."""

    course: str
    year: int
    makes_up: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """What is allowed, and which courses of last year are missing; both sorted."""

    allowed: tuple[str, ...]
    missing_courses: tuple[str, ...]


def rights(
    on: date,
    certificates: Sequence[Certificate],
    required: Iterable[str],
    courses: Sequence[CourseDone],
) -> Rights:
    """Nothing without the anti-laundering certificate; selling and lending only fully trained."""
    valid = {c.kind for c in certificates if c.valid_on(on) and not c.suspended}
    done = {
        c.course
        for c in courses
        if (c.year == on.year - 1 and not c.makes_up) or (c.year == on.year and c.makes_up)
    }
    missing = tuple(sorted(set(required) - done))
    if BASIC not in valid:
        return Rights((), missing)
    allowed = {FACING} | (set() if missing else valid & SELLING)
    return Rights(tuple(sorted(allowed)), missing)
