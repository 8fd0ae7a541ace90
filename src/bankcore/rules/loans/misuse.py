"""LN-21 Use of funds and misuse (资金用途与挪用): blocked payees and the misuse surcharge."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.rules.loans.codes import PROPERTY, PaymentMode, Product
from bankcore.rules.loans.penalty import Overcharge, surcharged
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "LN-21"
_PROPERTY_TRADE: Final = frozenset({"real_estate_developer", "real_estate_agent"})
_OWN_ACCOUNT: Final = "own_other_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class MisusePolicy:
    """Surcharges of the misused and of the overdue part in percent, and the cap a year."""

    misuse_surcharge: Fraction
    overdue_surcharge: Fraction
    cap: AnnualRate


@dataclass(frozen=True, slots=True)
class MisuseCharge:
    """Surcharge on the part not yet due, and the heavier penalty on the overdue part."""

    days: int
    extra_not_due: Figure
    penalty_overdue: Figure

    @property
    def total(self) -> Money:
        """What the misuse costs for the stretch."""
        return self.extra_not_due.amount + self.penalty_overdue.amount


def payee_blocked(
    product: Product, category: str, mode: PaymentMode, blocked: Collection[str]
) -> bool:
    """Whether loan money may not go to a payee of a category.

    Property sellers and agents are open to property loans, the borrower's own other account to
    the first hop of a self-payment; no other category is exempt.
    """
    if category in _PROPERTY_TRADE and product in PROPERTY:
        return False
    if category == _OWN_ACCOUNT and mode is PaymentMode.SELF:
        return False
    return category in blocked


def misuse_surcharge(
    misused: Money, overdue: Money, rate: AnnualRate, days: int, policy: MisusePolicy
) -> MisuseCharge:
    """The cost of misused money over days on top of the schedule; never both surcharges.

    The part not overdue pays the difference to the misuse rate, the overdue part the heavier of
    the two penalty rates instead of LN-19. Refuses `overdue_part_above_misused`.
    """
    if overdue > misused:
        raise Rejected(Reason.OVERDUE_PART_ABOVE_MISUSED, overdue=str(overdue))
    heavy = surcharged(rate, policy.misuse_surcharge, policy.cap)
    heavier = max(heavy, surcharged(rate, policy.overdue_surcharge, policy.cap))
    # A contract rate above the cap leaves no room for a surcharge, but never a discount.
    extra = max(heavy.daily - rate.daily, Fraction(0))
    not_due = misused - overdue
    return MisuseCharge(
        days,
        figure(RULE, not_due.minor * days * extra, base=not_due, days=days, rate=rate),
        figure(RULE, overdue.minor * days * heavier.daily, base=overdue, days=days, rate=heavier),
    )


def added_rate(heavy: AnnualRate, rate: AnnualRate) -> AnnualRate:
    """What misused money not yet due bears beside its contract rate; never a discount."""
    return AnnualRate(max(heavy.percent - rate.percent, Fraction(0)))


def misuse_interest(base: Money, segments: Sequence[tuple[int, AnnualRate]]) -> Overcharge:
    """One piece of misused money over stretches of days, each at its rate: one rounding."""
    exact = base.minor * sum((days * rate.daily for days, rate in segments), Fraction(0))
    made = figure(RULE, exact, base=base, segments=tuple(segments))
    return Overcharge(sum(days for days, _ in segments), made)
