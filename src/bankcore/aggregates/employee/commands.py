"""Commands of the employee."""

from __future__ import annotations

from datetime import date

from bankcore.rules.employees.appointment import Education
from bankcore.values.declare import Personal, command
from bankcore.values.money import Money
from bankcore.values.roles import Role


@command("employee.record_education", "学历登记", "Record an education")
class RecordEducation:
    """Write down the education that the candidate states."""

    employee: str
    level: Education
    field: str = "finance"


@command("employee.verify_education", "学历核实", "Verify an education")
class VerifyEducation:
    """Check the diploma of the education on file."""

    employee: str
    how: str = "register"


@command("employee.appoint", "任职", "Appoint an employee")
class Appoint:
    """Appoint a person to a role and grade (1 to 9); again for a promotion.

    The education and the declaration stand in the file; `since` is today when left out.
    """

    employee: str
    name: Personal
    role: Role
    grade: int
    unit: str = "branch"
    reports_to: str = ""
    since: date | None = None
    identity_verified: bool = True
    banned_until: date | None = None
    relative_in_line: bool = False


@command("employee.suspend", "停职", "Suspend from a role")
class Suspend:
    """The employee may no longer act in the role."""

    employee: str
    role: Role
    reason: str


@command("employee.approve_exception", "例外批准", "Approve an exception")
class ApproveException:
    """Waive the education of a candidate; the giver of the command is the approver."""

    employee: str
    reason: str
    what: str = "education"


@command("employee.grant_role", "授予岗位", "Grant a role")
class GrantRole:
    """Give one more role, from today when `since` is left out, until further notice or a day."""

    employee: str
    role: Role
    since: date | None = None
    until: date | None = None


@command("employee.withdraw_role", "收回岗位", "Withdraw a role")
class WithdrawRole:
    """End a role; from today on it is no longer held."""

    employee: str
    role: Role
    reason: str


@command("employee.delegate", "转授权", "Delegate authority")
class Delegate:
    """Give the employee authority of one's own for a while, last day inclusive."""

    employee: str
    kind: str
    limit: Money
    until: date
    since: date | None = None


@command("employee.grant_qualification", "授予资格", "Grant a certificate")
class GrantQualification:
    """Grant a certificate; it ends after the months of the catalogue when left out."""

    employee: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None


@command("employee.declare", "签承诺", "Sign the compliance declaration")
class Declare:
    """Sign the declaration of a year, this year when left out."""

    employee: str
    year: int | None = None
