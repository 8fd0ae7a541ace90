"""Agreement deposits (协定存款): two tiers on one demand balance, DEP-16."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.rules.deposits.demand import Movement, segments
from bankcore.values.dates import add_months
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money, whole_yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """The threshold up to which demand is earned, both rates, and the end of the contract.

    From `contract_end` on everything earns demand; None means that it runs on.
    """

    threshold: Money
    demand: AnnualRate
    agreement: AnnualRate
    contract_end: date | None = None


@dataclass(frozen=True, slots=True)
class AgreementInterest:
    """Yuan·days below and above the threshold and the interest of both, rounded once."""

    low_days: Fraction
    high_days: Fraction
    interest: Figure


def check_signing(
    threshold: Money, minimum: Money, signed: date, end: date, max_months: int
) -> None:
    """Refuse `threshold_below_minimum` and `contract_term_too_long`, in that order."""
    if threshold < minimum:
        raise Rejected(Reason.THRESHOLD_BELOW_MINIMUM, minimum=minimum)
    if end > (latest := add_months(signed, max_months)):
        raise Rejected(Reason.CONTRACT_TERM_TOO_LONG, latest=latest)


def agreement_interest(
    opening_balance: Money,
    movements: Sequence[Movement],
    start: date,
    end: date,
    terms: AgreementTerms,
) -> AgreementInterest:
    """Interest of [start, end) at both rates of the settlement day, DEP-16.

    Refuses `period_reversed` and `negative_balance`.
    """
    low, high = tier_days(segments(opening_balance, movements, start, end), terms)
    interest = figure(
        "DEP-16",
        low * terms.demand.daily + high * terms.agreement.daily,
        opening_balance.currency,
        start=start,
        end=end,
        threshold=terms.threshold,
        contract_end=terms.contract_end,
        low_days=Fraction(low, 100),
        demand_rate=terms.demand,
        high_days=Fraction(high, 100),
        agreement_rate=terms.agreement,
    )
    return AgreementInterest(Fraction(low, 100), Fraction(high, 100), interest)


def tier_days(
    stretched: Iterable[tuple[date, date, Money]], terms: AgreementTerms
) -> tuple[int, int]:
    """积数 up to the threshold and above it, in fen·days; a negative balance has base 0."""
    low = high = 0
    for since, to, balance in stretched:
        base = whole_yuan(balance).minor
        above = max(base - terms.threshold.minor, 0)
        two_tiers = _days_before(terms.contract_end, since, to)
        high += above * two_tiers
        low += base * (to - since).days - above * two_tiers
    return low, high


def _days_before(contract_end: date | None, since: date, to: date) -> int:
    """Days of [since, to) on which the contract still runs."""
    last = to if contract_end is None else min(to, contract_end)
    return max((last - since).days, 0)
