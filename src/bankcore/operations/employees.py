"""Employees (员工): education, appointment, roles, delegations, certificates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.aggregates.employee import EMPLOYEE, Employee
from bankcore.aggregates.employee import commands as c
from bankcore.aggregates.employee import events as e
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.staff import grade_of
from bankcore.products.employee_terms import (
    MONEY_KINDS,
    authority_limits,
    required_education,
    toxic_pairs,
)
from bankcore.rules.compliance.duties import RoleHeld, check_role_grant
from bankcore.rules.employees.appointment import (
    Appointment,
    Candidate,
    Education,
    check_appointment,
)
from bankcore.rules.employees.authority import Delegation, check_delegation
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

BOARD_GRADE: Final = 9


def record_education(d: Decision, c_: c.RecordEducation) -> None:
    """Write down a stated education; it opens the file of a candidate."""
    d.emit(EMPLOYEE, c_.employee, e.EducationRecorded(level=c_.level.value, field=c_.field))


def verify_education(d: Decision, c_: c.VerifyEducation) -> None:
    """Check the diploma of the education on file."""
    file = d.need(EMPLOYEE, c_.employee)
    d.emit(EMPLOYEE, c_.employee, e.EducationVerified(level=file.education, how=c_.how))


def appoint(d: Decision, c_: c.Appoint) -> None:
    """Appoint (EMP-01): the checks in their order, then the post and its role."""
    file = d.load(EMPLOYEE, c_.employee) or Employee()
    held = RoleHeld(c_.role.value, c_.since or d.day)
    candidate = Candidate(
        id=c_.employee,
        grade=c_.grade,
        education=Education(file.education),
        identity_verified=c_.identity_verified,
        diploma_verified=file.diploma_verified,
        declaration_signed=bool(file.declared),
        banned_until=c_.banned_until,
        relative_in_reporting_line=c_.relative_in_line,
        toxic=_toxic(d, held, file),
    )
    actor = d.frame.actor.id
    needed = Education(required_education(d.catalogue, c_.role.value, d.day))
    asked = Appointment(candidate, actor, _appointer_grade(d), d.day, needed, file.exception_by)
    check_appointment(asked)
    appointed = e.EmployeeAppointed(
        name=c_.name,
        role=c_.role.value,
        grade=c_.grade,
        unit=c_.unit,
        since=held.since,
        reports_to=c_.reports_to,
    )
    d.emit(EMPLOYEE, c_.employee, appointed)
    if not file.holds(c_.role.value, held.since):
        granted = e.RoleGranted(role=held.role, since=held.since, until=None)
        d.emit(EMPLOYEE, c_.employee, granted)


def _appointer_grade(d: Decision) -> int:
    # The first appointments of a bank are made for the board by somebody without a staff file.
    known = d.load(EMPLOYEE, d.frame.actor.id)
    return BOARD_GRADE if known is None else grade_of(d, d.frame.actor.id)


def _toxic(d: Decision, held: RoleHeld, file: Employee) -> bool:
    try:
        check_role_grant(held, file.roles, toxic_pairs(d.catalogue, d.day))
    except Rejected:
        return True
    return False


def suspend(d: Decision, c_: c.Suspend) -> None:
    """Suspend from a role, with a reason."""
    d.need(EMPLOYEE, c_.employee)
    _need_reason(c_.reason)
    d.emit(EMPLOYEE, c_.employee, e.AppointmentSuspended(role=c_.role.value, reason=c_.reason))


def approve_exception(d: Decision, c_: c.ApproveException) -> None:
    """Waive the education (EMP-01): a third person, grade G6 or above, with a reason."""
    d.need(EMPLOYEE, c_.employee)
    _need_reason(c_.reason)
    actor = d.frame.actor.id
    if actor == c_.employee:
        raise Rejected(Reason.MAKER_IS_CHECKER, actor=actor)
    needed = d.catalogue.number("employee.exception_grade", d.day)
    if _appointer_grade(d) < needed:
        raise Rejected(Reason.APPOINTER_LEVEL_TOO_LOW, needed=needed)
    approved = e.ExceptionApproved(what=c_.what, approver=actor, reason=c_.reason)
    d.emit(EMPLOYEE, c_.employee, approved)


def grant_role(d: Decision, c_: c.GrantRole) -> None:
    """Give one more role unless it makes a toxic pair on any day (AUD-03)."""
    file = d.need(EMPLOYEE, c_.employee)
    new = RoleHeld(c_.role.value, c_.since or d.day, c_.until)
    check_role_grant(new, file.roles, toxic_pairs(d.catalogue, d.day))
    granted = e.RoleGranted(role=new.role, since=new.since, until=new.until)
    d.emit(EMPLOYEE, c_.employee, granted)


def withdraw_role(d: Decision, c_: c.WithdrawRole) -> None:
    """End a role that is held today."""
    file = d.need(EMPLOYEE, c_.employee)
    _need_reason(c_.reason)
    if not any(r.role == c_.role.value and r.on(d.day) for r in file.roles):
        raise Rejected(Reason.ROLE_NOT_HELD, employee=c_.employee, role=c_.role.value)
    d.emit(EMPLOYEE, c_.employee, e.RoleWithdrawn(role=c_.role.value, reason=c_.reason))


def delegate(d: Decision, c_: c.Delegate) -> None:
    """Lend authority (EMP-03): never to oneself, never upward, never what one lacks."""
    file = d.need(EMPLOYEE, c_.employee)
    giver, since = d.frame.actor.id, c_.since or d.day
    grade = grade_of(d, giver)
    limits = authority_limits(d.catalogue, c_.kind, d.day)
    own = max((limit for g, limit in limits.items() if g <= grade), default=Fraction(0))
    longest = d.catalogue.number("employee.delegation_days", d.day)
    limit = Fraction(c_.limit.minor) if c_.kind in MONEY_KINDS else Fraction(c_.limit.minor, 100)
    check_delegation(Delegation(giver, own, c_.employee, limit, since, c_.until), longest)
    if file.grade > grade:
        raise Rejected(Reason.ABOVE_AUTHORITY, grade=grade, required=file.grade)
    given = e.DelegationGiven(kind=c_.kind, limit=c_.limit, since=since, until=c_.until, by=giver)
    d.emit(EMPLOYEE, c_.employee, given)


def grant_qualification(d: Decision, c_: c.GrantQualification) -> None:
    """Grant a certificate; its last day comes from the catalogue unless it is given (AUD-02)."""
    d.need(EMPLOYEE, c_.employee)
    first = c_.valid_from or d.day
    last = c_.valid_to or _last_day(d, c_.kind, first)
    granted = e.QualificationGranted(kind=c_.kind, valid_from=first, valid_to=last)
    d.emit(EMPLOYEE, c_.employee, granted)


def _last_day(d: Decision, kind: str, first: date) -> date:
    months = d.catalogue.number(f"employee.certificate_months.{kind}", first)
    return date.fromordinal(add_months(first, months).toordinal() - 1)


def declare(d: Decision, c_: c.Declare) -> None:
    """Sign the compliance declaration of a year."""
    d.need(EMPLOYEE, c_.employee)
    d.emit(EMPLOYEE, c_.employee, e.ComplianceDeclared(year=c_.year or d.day.year))


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Rejected(Reason.REASON_MISSING)


_HR: Final = (Role.HR, Role.HEAD_OFFICE, Role.BRANCH_HEAD)
HANDLERS: Final[dict[type, Handler]] = {
    c.RecordEducation: by(record_education, Role.HR),
    c.VerifyEducation: by(verify_education, Role.HR),
    c.Appoint: by(appoint, *_HR),
    c.Suspend: by(suspend, *_HR, Role.COMPLIANCE),
    c.ApproveException: by(approve_exception, Role.HEAD_OFFICE, Role.BRANCH_HEAD, Role.HR),
    c.GrantRole: by(grant_role, *_HR),
    c.WithdrawRole: by(withdraw_role, *_HR),
    c.Delegate: by(delegate),
    c.GrantQualification: by(grant_qualification, Role.HR),
    c.Declare: by(declare),
}
