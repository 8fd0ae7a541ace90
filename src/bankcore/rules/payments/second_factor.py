"""PAY-08 Second factor and channel limits (二次验证与渠道限额)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class FactorLimit:
    """The most that a factor allows in one transfer and on one day."""

    single: Money
    day: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLimits:
    """Limits by factor, the customer's own lower ones, the count, and the large total of a day."""

    by_factor: Mapping[str, FactorLimit]
    own_single: Money | None = None
    own_day: Money | None = None
    max_count: int
    large_threshold: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTransfer:
    """A transfer to be let through; totals and count are those before it."""

    amount: Money
    day_total: Money
    day_count: int
    factor: str | None
    large_confirmed: bool


def confirmation_needed(transfer: ChannelTransfer, limits: ChannelLimits) -> bool:
    """True when the day's total passes the large threshold; exactly at it is not past."""
    return transfer.day_total + transfer.amount > limits.large_threshold


def check_limits(transfer: ChannelTransfer, limits: ChannelLimits) -> None:
    """Refuse a transfer in the order of PAY-08.

    `factor_missing`, `single_limit`, `day_limit`, `count_limit`, `large_confirmation_missing`.
    """
    factor = limits.by_factor.get(transfer.factor or "")
    if factor is None:
        raise Rejected(Reason.FACTOR_MISSING)
    single = _lower(factor.single, limits.own_single)
    if transfer.amount > single:
        raise Rejected(Reason.SINGLE_LIMIT, most=single)
    day = _lower(factor.day, limits.own_day)
    if transfer.day_total + transfer.amount > day:
        raise Rejected(Reason.DAY_LIMIT, most=day)
    if transfer.day_count >= limits.max_count:
        raise Rejected(Reason.COUNT_LIMIT, most=limits.max_count)
    if confirmation_needed(transfer, limits) and not transfer.large_confirmed:
        raise Rejected(Reason.LARGE_CONFIRMATION_MISSING)


def _lower(factor: Money, own: Money | None) -> Money:
    return factor if own is None else min(factor, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeCode:
    """A code bound to payee and amount; times in seconds. `wrong` counts wrong inputs."""

    issued_at: int
    payee: str
    amount: Money
    wrong: int = 0
    used: bool = False


@dataclass(frozen=True, slots=True)
class CodeInput:
    """One input: when, for what, and whether the digits are right."""

    at: int
    payee: str
    amount: Money
    right: bool


@dataclass(frozen=True, slots=True)
class CodeTerms:
    """Seconds for which a code lives, the last one included, and wrong inputs that kill it."""

    lifetime: int
    max_wrong: int


def enter_code(
    code: OneTimeCode, given: CodeInput, terms: CodeTerms
) -> tuple[OneTimeCode, Reason | None]:
    """The code after an input, and why the input was refused.

    `code_used`, `code_expired`, `code_blocked`, `code_binding_mismatch`, `code_wrong`; only a
    wrong input counts, and only a right one uses the code up.
    """
    if code.used:
        return code, Reason.CODE_USED
    if given.at - code.issued_at > terms.lifetime:
        return code, Reason.CODE_EXPIRED
    if code.wrong >= terms.max_wrong:
        return code, Reason.CODE_BLOCKED
    if (given.payee, given.amount) != (code.payee, code.amount):
        return code, Reason.CODE_BINDING_MISMATCH
    if not given.right:
        return replace(code, wrong=code.wrong + 1), Reason.CODE_WRONG
    return replace(code, used=True), None
