"""Credit enhancement (保证、抵质押): guarantee (CEG) and collateral (CEC) after ACTUS.

Both cover an exposure of other contracts and are exercised by a credit event of one of them; a
guarantee pays the covered exposure, collateral at most its market value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from bankcore.rules.actus.engine import run
from bankcore.rules.actus.maturity import derived
from bankcore.rules.actus.state import accrue
from bankcore.rules.actus.terms import CycleTerm, Observed, Terms
from bankcore.rules.actus.times import Conventions, Period

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enhancement:
    """Terms of a guarantee or collateral. `role` is +1 for the protection buyer.

    `covered` are the contracts behind it, `covered_ids` all their ids; without contracts the
    exposure is `notional`. `collateral` are (market code, quantity) of what is pledged, empty for
    a guarantee. `with_interest` covers accrued interest too.
    """

    role: int
    status_date: datetime
    conventions: Conventions
    covered: Sequence[Terms]
    covered_ids: frozenset[str]
    notional: Fraction = ZERO
    coverage: Fraction = Fraction(1)
    with_interest: bool = False
    event_type: str = "DF"
    settlement: Period | None = None
    purchase: datetime | None = None
    price: Fraction = ZERO
    maturity: datetime | None = None
    fee: CycleTerm
    fee_rate: Fraction = ZERO
    fee_on_notional: bool = False
    collateral: Sequence[tuple[str, Fraction]] = ()


@dataclass(frozen=True, slots=True)
class CreditEvent:
    """A change of performance of a contract, seen from outside."""

    at: datetime
    contract: str
    performance: str


@dataclass(frozen=True, slots=True)
class EnhancementRow:
    """One event with payoff, the covered notional and what was exercised, signed by role."""

    at: datetime
    kind: str
    payoff: Fraction
    notional: Fraction
    exercised: Fraction


def enhancement_rows(
    terms: Enhancement, observed: Observed, credit: Sequence[CreditEvent]
) -> list[EnhancementRow]:
    """The events of a guarantee or collateral until it is exercised or matures."""
    end = maturity(terms)
    hit = _hit(terms, credit, end)
    until = hit.at if hit else end
    rows = []
    if terms.purchase is not None and terms.purchase > terms.status_date:
        covered = terms.role * exposure(terms, observed, terms.purchase)
        rows.append(EnhancementRow(terms.purchase, "PRD", -terms.role * terms.price, covered, ZERO))
    rows += _fees(terms, observed, until)
    if hit is None:
        return [*rows, EnhancementRow(end, "MD", ZERO, ZERO, ZERO)]
    covered = exposure(terms, observed, hit.at)
    paid = min(covered, _pledged(terms, observed, hit.at)) if terms.collateral else covered
    signed = terms.role * paid
    rows.append(EnhancementRow(hit.at, "XD", ZERO, terms.role * covered, signed))
    settle = terms.conventions.moment(
        terms.settlement.after(hit.at) if terms.settlement else hit.at
    ).at
    rows.append(
        EnhancementRow(settle, "STD", signed + _fee_since(terms, observed, hit.at), ZERO, signed)
    )
    return rows


def maturity(terms: Enhancement) -> datetime:
    """The date given, else that of the covered contract that ends last."""
    if terms.maturity is not None:
        return terms.maturity
    return max(derived(contract) for contract in terms.covered)


def exposure(terms: Enhancement, observed: Observed, at: datetime) -> Fraction:
    """The covered share of what the contracts owe, positive."""
    if not terms.covered:
        return terms.notional * terms.coverage
    return sum((_owed(terms, c, observed, at) for c in terms.covered), ZERO) * terms.coverage


def _owed(terms: Enhancement, contract: Terms, observed: Observed, at: datetime) -> Fraction:
    rows = run(contract, observed, at)
    if not rows:
        return ZERO
    state = accrue(contract, rows[-1].state, at)
    return abs(state.notional + state.accrued) if terms.with_interest else abs(state.notional)


def _pledged(terms: Enhancement, observed: Observed, at: datetime) -> Fraction:
    values = (observed.value(code, at) * quantity for code, quantity in terms.collateral)
    return sum(values, ZERO)


def _hit(terms: Enhancement, credit: Sequence[CreditEvent], end: datetime) -> CreditEvent | None:
    """The first credit event of the type covered, of a contract covered, before the end."""
    fits = (
        e for e in sorted(credit, key=lambda e: e.at)
        if e.contract in terms.covered_ids and e.performance == terms.event_type and e.at <= end
    )  # fmt: skip
    return next(fits, None)


def _fee_dates(terms: Enhancement, until: datetime) -> list[datetime]:
    if terms.fee.anchor is None or terms.fee.cycle is None:
        return []
    return terms.conventions.cycle(terms.fee.anchor, terms.fee.cycle, until)


def _fees(terms: Enhancement, observed: Observed, until: datetime) -> list[EnhancementRow]:
    """FP on its cycle: an amount, or a rate on the covered notional for the period."""
    rows, since = [], terms.status_date
    for day in _fee_dates(terms, maturity(terms)):
        if day > until:
            break
        covered = exposure(terms, observed, day)
        fee = terms.fee_rate
        if terms.fee_on_notional:
            fee = fee * covered * terms.conventions.years(since, day)
        at = terms.conventions.moment(day).at
        rows.append(EnhancementRow(at, "FP", terms.role * fee, terms.role * covered, ZERO))
        since = day
    return rows


def _fee_since(terms: Enhancement, observed: Observed, at: datetime) -> Fraction:
    """The part of the running fee period's fee that belongs to the days until the exercise."""
    before = [d for d in _fee_dates(terms, maturity(terms)) if d <= at]
    if not before or terms.fee.cycle is None:
        return ZERO
    following = terms.fee.cycle.period.after(before[-1])
    share = Fraction((at - before[-1]).days, (following - before[-1]).days)
    if terms.fee_on_notional:
        covered = exposure(terms, observed, at)
        return terms.role * terms.fee_rate * covered * terms.conventions.years(before[-1], at)
    return terms.role * terms.fee_rate * share
