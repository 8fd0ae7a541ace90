"""Events of the employee: the storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import Personal, event
from bankcore.values.money import Money

S = "employee"


@event(
    S,
    "学历登记",
    "Education recorded",
    say_zh="登记学历 {level}({field})",
    say_en="education recorded: {level} in {field}",
)
class EducationRecorded:
    """The employee states an education (学历登记), not yet verified."""

    level: str
    field: str


@event(
    S,
    "学历核实",
    "Education verified",
    say_zh="学历 {level} 已核实",
    say_en="education {level} verified",
)
class EducationVerified:
    """The diploma was checked (学历核实)."""

    level: str
    how: str


@event(
    S,
    "任职",
    "Employee appointed",
    say_zh="任职 {role},职级 G{grade},单位 {unit}",
    say_en="appointed as {role}, grade G{grade}, unit {unit}",
)
class EmployeeAppointed:
    """A person is appointed (任职), EMP-01; `reports_to` is the direct superior."""

    name: Personal
    role: str
    grade: int
    unit: str
    since: date
    reports_to: str


@event(
    S,
    "停职",
    "Appointment suspended",
    say_zh="停职 {role}:{reason}",
    say_en="suspended as {role}: {reason}",
)
class AppointmentSuspended:
    """The employee may no longer act in a role (停职)."""

    role: str
    reason: str


@event(
    S,
    "例外批准",
    "Exception approved",
    say_zh="例外批准 {what}({approver})",
    say_en="exception for {what} approved by {approver}",
)
class ExceptionApproved:
    """A third person of high grade waives the education (例外批准), EMP-01."""

    what: str
    approver: str
    reason: str


@event(
    S,
    "授予岗位",
    "Role granted",
    say_zh="授予岗位 {role},自 {since} 至 {until}",
    say_en="role {role} granted from {since} to {until}",
)
class RoleGranted:
    """A role is held from its first to its last day, both inclusive (授予岗位)."""

    role: str
    since: date
    until: date | None


@event(
    S,
    "收回岗位",
    "Role withdrawn",
    say_zh="收回岗位 {role}:{reason}",
    say_en="role {role} withdrawn: {reason}",
)
class RoleWithdrawn:
    """A role ends; the day of the withdrawal is no longer a day of the role (收回岗位)."""

    role: str
    reason: str


@event(
    S,
    "转授权",
    "Delegation given",
    say_zh="{by} 转授权 {kind} {limit},自 {since} 至 {until}",
    say_en="{by} delegates {kind} up to {limit} from {since} to {until}",
)
class DelegationGiven:
    """Authority of a superior for a while (转授权), EMP-03; the last day is inclusive."""

    kind: str
    limit: Money
    since: date
    until: date
    by: str


@event(
    S,
    "取得资格",
    "Qualification granted",
    say_zh="取得 {kind} 资格,有效期 {valid_from} 至 {valid_to}",
    say_en="certificate {kind} granted, valid from {valid_from} to {valid_to}",
)
class QualificationGranted:
    """A certificate (取得资格), AUD-02; both days are inclusive."""

    kind: str
    valid_from: date
    valid_to: date


@event(
    S,
    "合规承诺",
    "Compliance declared",
    say_zh="签 {year} 年合规承诺",
    say_en="compliance declaration of {year} signed",
)
class ComplianceDeclared:
    """The yearly declaration is signed (合规承诺)."""

    year: int


PostEvent = EmployeeAppointed | AppointmentSuspended | RoleGranted | RoleWithdrawn | DelegationGiven
FileEvent = (
    EducationRecorded
    | EducationVerified
    | ExceptionApproved
    | QualificationGranted
    | ComplianceDeclared
)
EmployeeEvent = PostEvent | FileEvent
