"""CRM-03 Visit plan (拜访计划): four fields before going, and time to get there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Visit:
    """When, how long, and where."""

    start: datetime
    minutes: int
    place: str

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """A visit with its purpose; `time` None is a plan without one."""

    time: datetime | None
    minutes: int
    place: str
    purpose: str
    expected_outcome: str
    planned_at: datetime
    cash_or_signing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What else decides: other visits, minutes of travel, staff that goes, the customer's no."""

    others: Sequence[Visit]
    travel_minutes: int
    staff_count: int
    customer_refuses: bool


def missing_fields(plan: VisitPlan) -> list[str]:
    """Which of the four fields are empty, in their order."""
    fields = ("time", "place", "purpose", "expected_outcome")
    return [name for name in fields if not getattr(plan, name)]


def check_visit(plan: VisitPlan, facts: VisitFacts) -> None:
    """Refuse a visit in the order of CRM-03.

    `plan_field_missing`, `not_planned_before`, `do_not_contact`, `two_staff_needed` (cash or
    signing outside the bank), `rm_not_free` (travel time between different places).
    """
    if plan.time is None or missing_fields(plan):
        raise Rejected(Reason.PLAN_FIELD_MISSING, fields=missing_fields(plan))
    if plan.planned_at >= plan.time:
        raise Rejected(Reason.NOT_PLANNED_BEFORE, planned_at=plan.planned_at.isoformat())
    if facts.customer_refuses:
        raise Rejected(Reason.DO_NOT_CONTACT)
    if plan.cash_or_signing and facts.staff_count < 2:
        raise Rejected(Reason.TWO_STAFF_NEEDED)
    visit = Visit(plan.time, plan.minutes, plan.place)
    if any(_collide(visit, other, facts.travel_minutes) for other in facts.others):
        raise Rejected(Reason.RM_NOT_FREE)


def _collide(visit: Visit, other: Visit, travel_minutes: int) -> bool:
    """True where the spans meet, widened by the travel time between different places."""
    travel = timedelta(minutes=travel_minutes if visit.place != other.place else 0)
    return other.start - travel < visit.end and visit.start < other.end + travel
