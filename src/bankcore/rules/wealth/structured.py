"""WM-12 Structured deposits (结构性存款): the rate by payoff, interest on actual days over 365.

Principal and floor rate are owed in any case. Rates are percent a year, exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "WM-12"
ZERO: Final = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payoff:
    """Terms of a payoff; each kind reads those that it names, the others stay zero.

    `kind` is `digital`, `three_level`, `range_accrual` or `shark_fin`. Rates and participation in
    percent; strike, bounds and barrier in the unit of the fixings.
    """

    kind: str
    low: Fraction
    high: Fraction
    mid: Fraction = ZERO
    rebate: Fraction = ZERO
    participation: Fraction = ZERO
    strike: Fraction = ZERO
    lower: Fraction = ZERO
    upper: Fraction = ZERO
    barrier: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class StructuredInterest:
    """The rate that the fixings gave, in percent a year, and the interest of the term."""

    rate: Fraction
    interest: Figure


def structured_interest(
    principal: Money, days: int, payoff: Payoff, fixings: Sequence[Fraction]
) -> StructuredInterest:
    """Interest of a structured deposit; without any fixing `no_observations`."""
    if not fixings:
        raise Rejected(Reason.NO_OBSERVATIONS, kind=payoff.kind)
    rate = _RATES[payoff.kind](payoff, fixings)
    exact = principal.minor * rate / 100 * Fraction(days, 365)
    shown = {"principal": principal, "days": days, "payoff": payoff, "fixings": tuple(fixings)}
    return StructuredInterest(rate, figure(RULE, exact, principal.currency, **shown))


def _digital(p: Payoff, fixings: Sequence[Fraction]) -> Fraction:
    """二元: high when the last fixing reaches the strike."""
    return p.high if fixings[-1] >= p.strike else p.low


def _three_level(p: Payoff, fixings: Sequence[Fraction]) -> Fraction:
    """三层: the bounds belong to the middle."""
    last = fixings[-1]
    if last < p.lower:
        return p.low
    return p.mid if last <= p.upper else p.high


def _range_accrual(p: Payoff, fixings: Sequence[Fraction]) -> Fraction:
    """区间累积: the share of fixings in the range, bounds included, between low and high."""
    inside = sum(p.lower <= x <= p.upper for x in fixings)
    return p.low + (p.high - p.low) * Fraction(inside, len(fixings))


def _shark_fin(p: Payoff, fixings: Sequence[Fraction]) -> Fraction:
    """鲨鱼鳍: a share of the rise up to high, or the rebate once a fixing lay above the barrier."""
    if any(x > p.barrier for x in fixings):
        return p.rebate
    rise = max(ZERO, (fixings[-1] - p.strike) / p.strike)
    return min(p.high, p.low + p.participation * rise)


_RATES: Final[Mapping[str, Callable[[Payoff, Sequence[Fraction]], Fraction]]] = {
    "digital": _digital,
    "three_level": _three_level,
    "range_accrual": _range_accrual,
    "shark_fin": _shark_fin,
}
