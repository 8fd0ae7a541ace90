"""WM-12 Income, maturity and performance (分红、收益、到期、年化): units and money of holders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money, round_to_money
from bankcore.values.units import NONE, Units, units_for

RULE: Final = "WM-12"
_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Dividend:
    """The amount of a distribution, and the units that it buys when reinvested."""

    amount: Figure
    units_added: Units


def dividend(units: Units, per_unit: Fraction, nav_ex: Fraction, *, reinvest: bool) -> Dividend:
    """Yuan a unit on the units of the record date; reinvested without fee at the ex-date value."""
    paid = figure(RULE, units.worth(per_unit), units=units, per_unit=per_unit)
    if not reinvest:
        return Dividend(paid, NONE)
    return Dividend(paid, units_for(Fraction(paid.amount.minor), nav_ex))


@dataclass(frozen=True, slots=True)
class CashIncome:
    """The income of each day of a cash-management product, and the units after the last."""

    income: tuple[Figure, ...]
    units: Units


def cash_income(units: Units, per_ten_thousand: Sequence[Fraction]) -> CashIncome:
    """Yuan a day on 10,000 units (万份收益), rounded; it joins the units in the evening."""
    income = []
    for daily in per_ten_thousand:
        earned = figure(RULE, units.worth(daily) / 10_000, units=units, per_ten_thousand=daily)
        income.append(earned)
        # One unit is one yuan, so a fen of income is a hundredth of a unit.
        units += Units(earned.amount.minor)
    return CashIncome(tuple(income), units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A fee on what is earned above a benchmark: both in percent, the benchmark a year of 365."""

    benchmark: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Matured:
    """Value at the end and the performance fee (业绩报酬) taken from it."""

    gross: Figure
    performance_fee: Figure

    @property
    def pay(self) -> Money:
        """What the customer receives."""
        return self.gross.amount - self.performance_fee.amount


def matured(
    units: Units, nav_end: Fraction, net_cost: Money, days: int, agreed: Performance
) -> Matured:
    """The end of a closed product; the fee is a share of what lies above the benchmark value."""
    worth = units.worth(nav_end)
    benchmark = net_cost.minor * (1 + agreed.benchmark / 100 * Fraction(days, _YEAR))
    excess = max(Fraction(0), worth - benchmark)
    shown = {"units": units, "nav_end": nav_end, "net_cost": net_cost, "days": days}
    return Matured(
        figure(RULE, worth, net_cost.currency, **shown),
        figure(RULE, agreed.share / 100 * excess, net_cost.currency, **shown, agreed=agreed),
    )


def annualised(nav0: Fraction, nav1: Fraction, days: int, least_days: int) -> Fraction | None:
    """Growth in percent a year of 365, half away from zero to two decimals.

    None for fewer days than a figure may be annualised for.
    """
    if days < least_days:
        return None
    percent = (nav1 / nav0 - 1) * Fraction(_YEAR, days) * 100
    return Fraction(round_to_money(percent * 100).money.minor, 100)
