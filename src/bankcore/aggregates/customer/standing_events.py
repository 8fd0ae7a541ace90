"""Events of the customer's standing: rating, measures, consents, credit. The storage contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.rules.compliance.measures import Basis
from bankcore.values.declare import event

S = "customer"


class Screening(StrEnum):
    """What a comparison with a list gave (筛查结果)."""

    CLEAR = "clear"
    POSSIBLE = "possible"
    HIT = "hit"


class RestrictionScope(StrEnum):
    """What a measure stops (限制范围).

    `full` stops debits and new products and lets credits in; `no_debit` and `no_new_product`
    stop one of them.
    """

    FULL = "full"
    NO_DEBIT = "no_debit"
    NO_NEW_PRODUCT = "no_new_product"


@event(
    S,
    "客户风险等级",
    "Customer risk rated",
    say_zh="风险等级 {grade}(得分 {score}),下次复核 {next_review}",
    say_en="risk grade {grade} (score {score}), next review {next_review}",
)
class CustomerRiskRated:
    """The risk grade is set (客户风险等级), AML-04; `late` when after the day it was due."""

    grade: RiskGrade
    score: Fraction
    scores: Mapping[str, str]
    weights: Mapping[str, str]
    overrides: tuple[str, ...]
    reason: str
    late: bool
    next_review: date


@event(
    S,
    "名单筛查",
    "Customer screened",
    say_zh="名单 {list_version} 筛查:{result}",
    say_en="screened against {list_version}: {result}",
)
class CustomerScreened:
    """The customer is compared with a list (名单筛查), AML-09."""

    list_version: str
    result: Screening
    matches: tuple[str, ...]


@event(
    S,
    "名单误中排除",
    "Screening hit cleared",
    say_zh="排除名单误中:{reason}",
    say_en="hit cleared: {reason}",
)
class ScreeningHitCleared:
    """A match turns out to be another person (名单误中排除)."""

    list_version: str
    reason: str


@event(
    S,
    "采取限制措施",
    "Customer restricted",
    say_zh="限制措施 {measure}({basis})至 {until}",
    say_en="restricted: {measure} ({basis}) until {until}",
)
class CustomerRestricted:
    """A measure stops part of the service (采取限制措施); `until` is exclusive, none is open."""

    measure: RestrictionScope
    basis: Basis
    order: str
    since: date
    until: date | None


@event(
    S,
    "解除限制",
    "Restriction lifted",
    say_zh="解除限制 {measure}:{reason}",
    say_en="restriction {measure} lifted: {reason}",
)
class CustomerRestrictionLifted:
    """A measure ends (解除限制)."""

    measure: RestrictionScope
    basis: Basis
    reason: str


@event(
    S,
    "暂停新增授信",
    "Credit blocked",
    say_zh="因风险事件 {risk_event} 暂停新增授信",
    say_en="no new credit: risk event {risk_event}",
)
class CreditBlocked:
    """A high risk event stops new credit (暂停新增授信), RSK-01; `residual` is its score."""

    risk_event: str
    residual: Fraction
    raiser: str


@event(
    S,
    "恢复授信",
    "Credit unblocked",
    say_zh="风险事件 {risk_event} 关闭,恢复授信",
    say_en="risk event {risk_event} closed, credit allowed again",
)
class CreditUnblocked:
    """The risk event is closed (恢复授信)."""

    risk_event: str
    reason: str


@event(
    S,
    "授权同意",
    "Consent granted",
    say_zh="同意 {scope},至 {until}",
    say_en="consent to {scope} until {until}",
)
class ConsentGranted:
    """The customer agrees to one use of his data (授权同意), CRM-06; the last day is inclusive."""

    scope: str
    until: date
    partner: str


@event(
    S, "撤回同意", "Consent revoked", say_zh="撤回同意 {scope}", say_en="consent to {scope} revoked"
)
class ConsentRevoked:
    """The consent ends on this very day (撤回同意)."""

    scope: str
    partner: str


@event(
    S,
    "客户信用评级",
    "Credit rated",
    say_zh="信用评级 {grade},有效至 {valid_to}",
    say_en="credit grade {grade}, valid to {valid_to}",
)
class CreditRated:
    """The credit grade is set (客户信用评级), LN-04."""

    grade: str
    inputs: Mapping[str, str]
    valid_to: date


@event(
    S,
    "征信查询授权",
    "Credit query authorised",
    say_zh="授权查询征信({purpose}),至 {expires}",
    say_en="credit query authorised for {purpose} until {expires}",
)
class CreditQueryAuthorised:
    """The customer authorises one query of the credit register (征信查询授权), LN-01."""

    purpose: str
    expires: date
    form: str


@event(
    S,
    "查询征信",
    "Credit report queried",
    say_zh="查询征信:逾期 {overdue_count} 次,查询 {enquiries} 次",
    say_en="credit report: overdue {overdue_count} times, {enquiries} enquiries",
)
class CreditReportQueried:
    """The credit register is queried (查询征信); this uses the authorisation up."""

    purpose: str
    report: str
    overdue_count: int
    enquiries: int


MeasureEvent = (
    CustomerScreened
    | ScreeningHitCleared
    | CustomerRestricted
    | CustomerRestrictionLifted
    | CreditBlocked
    | CreditUnblocked
)
CreditEvent = (
    CustomerRiskRated
    | ConsentGranted
    | ConsentRevoked
    | CreditRated
    | CreditQueryAuthorised
    | CreditReportQueried
)
StandingEvent = MeasureEvent | CreditEvent
