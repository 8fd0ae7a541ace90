"""State of the employee: what decides whether he may do this today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from bankcore.aggregates.employee import events as e
from bankcore.rules.compliance.duties import RoleHeld
from bankcore.rules.employees.qualification import Certificate
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import Money

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Delegated:
    """Authority given by a superior; both days are inclusive."""

    kind: str
    limit: Money
    since: date
    until: date
    by: str


@dataclass(frozen=True, slots=True)
class Employee:
    """One employee's file; grade 0 is nobody appointed yet."""

    name: str = ""
    grade: int = 0
    unit: str = ""
    reports_to: str = ""
    roles: tuple[RoleHeld, ...] = ()
    suspended: frozenset[str] = frozenset()
    delegations: tuple[Delegated, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    education: str = "none"
    diploma_verified: bool = False
    exception_by: str | None = None
    declared: frozenset[int] = frozenset()

    def holds(self, role: str, day: date) -> bool:
        """Whether the role is held on a day and not suspended."""
        return role not in self.suspended and any(r.role == role and r.on(day) for r in self.roles)

    def active(self, day: date) -> bool:
        """Whether any role is held on a day and not suspended."""
        return any(r.on(day) and r.role not in self.suspended for r in self.roles)


def evolve(state: Employee | None, entry: Entry[e.EmployeeEvent]) -> Employee:
    """Fold one event; total."""
    employee, event = state or Employee(), entry.event
    match event:
        case e.EmployeeAppointed():
            return changed(
                employee,
                name=event.name,
                grade=event.grade,
                unit=event.unit,
                reports_to=event.reports_to,
                suspended=employee.suspended - {event.role},
            )
        case e.AppointmentSuspended(role=role):
            return changed(employee, suspended=employee.suspended | {role})
        case e.RoleGranted(role=role, since=since, until=until):
            return changed(employee, roles=(*employee.roles, RoleHeld(role, since, until)))
        case e.RoleWithdrawn(role=role):
            return changed(employee, roles=_ended(employee.roles, role, entry.booking_date))
        case e.DelegationGiven():
            given = Delegated(event.kind, event.limit, event.since, event.until, event.by)
            return changed(employee, delegations=(*employee.delegations, given))
        case _:
            return _file(employee, event)


def _ended(roles: tuple[RoleHeld, ...], role: str, day: date) -> tuple[RoleHeld, ...]:
    """The roles with one ended on the day before; granted and withdrawn on a day, it never was."""
    return tuple(
        changed(r, until=day - ONE_DAY) if r.role == role and r.on(day) else r for r in roles
    )


def _file(employee: Employee, event: e.FileEvent) -> Employee:
    match event:
        case e.EducationRecorded(level=level):
            return changed(employee, education=level, diploma_verified=False)
        case e.EducationVerified(level=level):
            return changed(employee, education=level, diploma_verified=True)
        case e.ExceptionApproved(approver=approver):
            return changed(employee, exception_by=approver)
        case e.QualificationGranted():
            held = Certificate(event.kind, event.valid_from, event.valid_to)
            return changed(employee, certificates=(*employee.certificates, held))
        case e.ComplianceDeclared(year=year):
            return changed(employee, declared=employee.declared | {year})
        case _:
            assert_never(event)
