"""LN-07 Authority, four eyes, total exposure and anti-splitting (审批权限)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.rules.loans.codes import Security
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityPolicy:
    """Limits by security and level (None = no limit), risk factors in percent by grade, days."""

    limits: Mapping[Security, tuple[Money | None, ...]]
    factors: Mapping[str, Fraction]
    lookback_days: int


@dataclass(frozen=True, slots=True)
class RelatedApplication:
    """A pending or uncontracted application of the same household or on the same collateral."""

    applied_on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCase:
    """The case before the approver; people by their ids, `amount` = the amount approved."""

    security: Security
    grade: str
    amount: Money
    recommended: Money
    exposure: Money
    application_date: date
    related: Sequence[RelatedApplication]
    maker: str
    reviewer: str
    approver: str
    approver_level: int
    own_case: bool
    investigated: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """Total exposure after approval, the level it needs, and the first refusal if any."""

    total: Money
    required_level: int
    reason: Reason | None


def authority(case: ApprovalCase, policy: AuthorityPolicy) -> Authority:
    """Who may approve: total = exposure + related applications + amount; at the limit is within.

    Refuses in order `not_investigated`, `maker_is_reviewer`, `maker_is_approver`,
    `reviewer_is_approver`, `own_case`, `amount_above_recommended`,
    `split_to_stay_under_limit` (only the related applications lift it above the approver's
    level) and `beyond_authority`.
    """
    alone = case.exposure + case.amount
    whole = alone + total([r.amount for r in case.related if _counts(r, case, policy)])
    level = required_level(whole, case, policy)
    beyond = case.approver_level < level
    splits = beyond and case.approver_level >= required_level(alone, case, policy)
    checks = (
        (Reason.NOT_INVESTIGATED, not case.investigated),
        (Reason.MAKER_IS_REVIEWER, case.maker == case.reviewer),
        (Reason.MAKER_IS_APPROVER, case.maker == case.approver),
        (Reason.REVIEWER_IS_APPROVER, case.reviewer == case.approver),
        (Reason.OWN_CASE, case.own_case),
        (Reason.AMOUNT_ABOVE_RECOMMENDED, case.amount > case.recommended),
        (Reason.SPLIT_TO_STAY_UNDER_LIMIT, splits),
        (Reason.BEYOND_AUTHORITY, beyond),
    )
    return Authority(whole, level, next((reason for reason, hit in checks if hit), None))


def _counts(other: RelatedApplication, case: ApprovalCase, policy: AuthorityPolicy) -> bool:
    return 0 <= (case.application_date - other.applied_on).days <= policy.lookback_days


def required_level(amount: Money, case: ApprovalCase, policy: AuthorityPolicy) -> int:
    """The smallest level whose limit times the risk factor of the grade covers an amount."""
    factor, limits = policy.factors[case.grade], policy.limits[case.security]
    # The highest level has no limit, so there always is one.
    covers = (limit is None or limit.minor * factor / 100 >= amount.minor for limit in limits)
    return next(level for level, enough in enumerate(covers) if enough)
