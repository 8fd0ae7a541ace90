"""Staff (员工) in decisions: grades, roles really held, certificates, authority and its sums.

A person without a staff file has grade 0, so nothing that asks for a grade can be approved by
him; his role is then taken from the command's frame alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.aggregates.employee import EMPLOYEE, Employee
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import WaiverCounted
from bankcore.operations.decision import Decision
from bankcore.products.employee_terms import authority_limits, needed_certificates
from bankcore.rules.employees.authority import Authorisation, check_authority
from bankcore.rules.employees.qualification import check_qualified
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

NO_FILE: Final = frozenset({Role.SYSTEM, Role.SCRIPT, Role.TRAINER, Role.CUSTOMER, Role.AGENT})


def grade_of(d: Decision, person: str) -> int:
    """The grade G1 … G9 of a person as a number; 0 without a staff file or while not active."""
    file = d.load(EMPLOYEE, person)
    return file.grade if file is not None and file.active(d.day) else 0


def check_role_held(d: Decision) -> None:
    """Refuse an employee who acts in a role that he does not hold today, AUD-03.

    `employee_not_active` when no role is held at all, else `role_not_held`. Who was never
    appointed passes, and customers and the machine: the handler's table has spoken for them.
    """
    actor = d.frame.actor
    if actor.role in NO_FILE:
        return
    file, days = d.load(EMPLOYEE, actor.id), d.load(BUSINESS_DAY, "business-day")
    # Before a bank's first day there is no date on which a role could be held.
    day = None if days is None else days.open_day or days.closed_day
    if file is None or not file.grade or day is None:
        return
    if not file.active(day):
        raise Rejected(Reason.EMPLOYEE_NOT_ACTIVE, employee=actor.id)
    if not file.holds(actor.role.value, day):
        raise Rejected(Reason.ROLE_NOT_HELD, employee=actor.id, role=actor.role.value)


def check_certified(d: Decision, person: str, activity: str) -> None:
    """Refuse an activity for which an employee on file lacks a certificate today (EMP-02)."""
    file = d.load(EMPLOYEE, person)
    if file is not None:
        needed = needed_certificates(d.catalogue, activity, d.day)
        check_qualified(needed, file.certificates, d.day)


def superiors_of(d: Decision, people: Collection[str]) -> frozenset[str]:
    """The direct superiors of people, as far as their files name them."""
    files = (d.load(EMPLOYEE, person) for person in people)
    return frozenset(file.reports_to for file in files if file is not None and file.reports_to)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Money that the bank gives up: kind of EMP-03, for whom, on which contract, who asked."""

    kind: str
    customer: str
    contract: str
    amount: Money
    makers: Collection[str] = ()


def check_amount_authority(
    d: Decision, kind: str, amount: Money, makers: Collection[str] = ()
) -> int:
    """Refuse an approval above the actor's authority or delegation (EMP-03); the grade it needs.

    A delegation of the kind that reaches the amount is used when the own grade does not.
    """
    actor = d.frame.actor.id
    limits = dict(authority_limits(d.catalogue, kind, d.day))
    grade, until = grade_of(d, actor), None
    exact = Fraction(amount.minor)
    file = d.load(EMPLOYEE, actor)
    if exact > limits.get(grade, Fraction(-1)) and file is not None:
        until = _delegated_until(file, kind, amount, d.day)
        if until is not None:
            # The delegation lifts the actor to the grade whose limit it lends him.
            limits[grade] = exact
    asked = Authorisation(exact, actor, grade, makers, d.day, until)
    return check_authority(asked, limits)


def _delegated_until(file: Employee, kind: str, amount: Money, day: date) -> date | None:
    ends = [
        x.until for x in file.delegations if x.kind == kind and x.limit >= amount and x.since <= day
    ]
    return max(ends, default=None)


def waive(d: Decision, waiver: Waiver) -> int:
    """Check a waiver with those of the customer in the window and count it (EMP-03); its grade.

    The sum stands in the guard stream of the customer, so two waivers at once cannot both pass.
    """
    key = f"waiver-{waiver.customer.removeprefix('customer-')}"
    guard = d.load(GUARD, key)
    window = timedelta(days=d.catalogue.number("employee.waiver_window_days", d.day))
    earlier = sum(
        x.amount.minor
        for x in (guard.counted if guard is not None else ())
        if x.kind == waiver.kind and x.on > d.day - window
    )
    counted = waiver.amount + Money(earlier, waiver.amount.currency)
    grade = check_amount_authority(d, waiver.kind, counted, waiver.makers)
    event = WaiverCounted(kind=waiver.kind, amount=waiver.amount, contract=waiver.contract)
    d.emit(GUARD, key, event)
    return grade
