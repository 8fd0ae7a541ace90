"""ACTUS contract tests: terms to events with payoff and state, abs 1e-8, exact date and order.

Format of `oracles/README.md` section 1. The literals mix numbers and text; all are normalised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.result import CaseResult, Status, compared
from bankcore.rules.actus.engine import BANK_TYPES, run
from bankcore.rules.actus.state import Row
from bankcore.rules.actus.terms import ArrayStep, CycleTerm, Observed, Terms
from bankcore.rules.actus.times import Conventions, Cycle, Period

TOLERANCE: Final = Fraction(1, 10**8)
FIELDS: Final = ("payoff", "notionalPrincipal", "nominalInterestRate", "accruedInterest")
Data = Mapping[str, Any]


def number(value: Any) -> Fraction:
    """A literal as an exact number: `"  5000"`, 20, 0.05 as it is printed."""
    return Fraction(str(value).strip())


def time(value: Any) -> datetime:
    """A point in time with or without seconds."""
    return datetime.fromisoformat(str(value).strip())


def actus_results(data: Data) -> Iterator[CaseResult]:
    """One case a contract; types that are not the bank's are skipped by name."""
    for name, case in data.items():
        kind = str(case["terms"].get("contractType", "?"))
        label = f"ACTUS {kind}"
        if kind not in BANK_TYPES:
            reason = f"contract type {kind} is not one of the bank's"
            yield CaseResult(label, name, Status.SKIPPED, reason)
            continue
        try:
            yield _case(label, name, case)
        except (KeyError, ValueError, AssertionError) as fault:
            yield CaseResult(label, name, Status.FAILED, f"terms not understood: {fault}")


def _case(label: str, name: str, case: Data) -> CaseResult:
    terms = terms_of(case["terms"])
    to = time(case["to"]) if case.get("to") else None
    computed = run(terms, observed_of(case), to)
    expected = case["results"]
    pairs = []
    for index in range(max(len(expected), len(computed))):
        wanted = expected[index] if index < len(expected) else None
        got = computed[index] if index < len(computed) else None
        pairs.append((_line(wanted), _shown(got), _equal(wanted, got)))
    return compared(label, name, case["terms"], pairs)


def _values(row: Row) -> tuple[Fraction, ...]:
    state = row.state
    return (row.payoff, state.notional, state.rate, state.accrued)


def _equal(wanted: Data | None, got: Row | None) -> bool:
    if wanted is None or got is None:
        return False
    if (time(wanted["eventDate"]), wanted["eventType"]) != (got.at, got.kind):
        return False
    pairs = zip(FIELDS, _values(got), strict=True)
    return all(abs(number(wanted[f]) - v) <= TOLERANCE for f, v in pairs if f in wanted)


def _line(wanted: Data | None) -> str:
    if wanted is None:
        return "-"
    figures = " ".join(str(wanted.get(field, "")).strip() for field in FIELDS)
    return f"{time(wanted['eventDate']):%Y-%m-%dT%H:%M:%S} {wanted['eventType']} {figures}"


def _shown(got: Row | None) -> str:
    if got is None:
        return "-"
    figures = " ".join(f"{value.numerator / value.denominator:.12g}" for value in _values(got))
    return f"{got.at:%Y-%m-%dT%H:%M:%S} {got.kind} {figures}"


def observed_of(case: Data) -> Observed:
    """Market series and events seen from outside."""
    series = {
        code: sorted((time(p["timestamp"]), number(p["value"])) for p in found["data"])
        for code, found in (case.get("dataObserved") or {}).items()
    }
    events = [
        (time(e["time"]), str(e["type"]), number(e.get("value", 0)))
        for e in case.get("eventsObserved") or ()
    ]
    return Observed(series, events)


def terms_of(raw: Data) -> Terms:
    """Typed terms from the names of the ACTUS dictionary; unknown day counts are a `KeyError`."""

    def at(key: str) -> datetime | None:
        return time(raw[key]) if raw.get(key) else None

    def num(key: str, default: Fraction) -> Fraction:
        return number(raw[key]) if raw.get(key) not in {None, ""} else default

    def optional(key: str) -> Fraction | None:
        return number(raw[key]) if raw.get(key) not in {None, ""} else None

    return Terms(
        contract_type=str(raw["contractType"]),
        role=-1 if raw["contractRole"] == "RPL" else 1,
        status_date=time(raw["statusDate"]),
        conventions=_conventions(raw),
        notional=num("notionalPrincipal", Fraction(0)),
        rate=optional("nominalInterestRate"),
        deal_date=at("contractDealDate"),
        initial_exchange=at("initialExchangeDate"),
        maturity=at("maturityDate"),
        amortization=at("amortizationDate"),
        premium=num("premiumDiscountAtIED", Fraction(0)),
        accrued=optional("accruedInterest"),
        interest=_cycle(raw, "InterestPayment"),
        redemption=_cycle(raw, "PrincipalRedemption"),
        reset=_cycle(raw, "RateReset"),
        base=_cycle(raw, "InterestCalculationBase"),
        scaling=_cycle(raw, "ScalingIndex"),
        dividend=_cycle(raw, "DividendPayment"),
        next_redemption=optional("nextPrincipalRedemptionPayment"),
        base_mode=str(raw.get("interestCalculationBase", "NT")),
        base_amount=optional("interestCalculationBaseAmount"),
        capitalization_end=at("capitalizationEndDate"),
        reset_market=str(raw.get("marketObjectCodeOfRateReset", "")),
        reset_spread=num("rateSpread", Fraction(0)),
        reset_multiplier=num("rateMultiplier", Fraction(1)),
        next_reset=optional("nextResetRate"),
        scaling_market=str(raw.get("marketObjectCodeOfScalingIndex", "")),
        scaling_index_at_deal=num("scalingIndexAtContractDealDate", Fraction(1)),
        scaling_effect=str(raw.get("scalingEffect", "OOO")),
        dividend_market=str(raw.get("marketObjectCodeOfDividends", "")),
        purchase=at("purchaseDate"),
        purchase_price=num("priceAtPurchaseDate", Fraction(0)),
        termination=at("terminationDate"),
        termination_price=num("priceAtTerminationDate", Fraction(0)),
        notice=Period.parse(raw["xDayNotice"]) if raw.get("xDayNotice") else None,
        interest_steps=_array(raw, "InterestPayment", None),
        redemption_steps=_array(raw, "PrincipalRedemption", "arrayNextPrincipalRedemptionPayment"),
        reset_steps=_array(raw, "RateReset", "arrayRate"),
    )


def _conventions(raw: Data) -> Conventions:
    return Conventions(
        end_of_month=raw.get("endOfMonthConvention") == "EOM",
        shift=str(raw.get("businessDayConvention", "")),
        weekdays_only=raw.get("calendar") == "MF",
        day_count=str(raw.get("dayCountConvention", "AA")),
    )


def _cycle(raw: Data, name: str) -> CycleTerm:
    anchor, cycle = raw.get(f"cycleAnchorDateOf{name}"), raw.get(f"cycleOf{name}")
    return CycleTerm(
        anchor=time(anchor) if anchor else None, cycle=Cycle.parse(cycle) if cycle else None
    )


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _array(raw: Data, name: str, values: str | None) -> tuple[ArrayStep, ...]:
    anchors = _list(raw.get(f"arrayCycleAnchorDateOf{name}"))
    cycles = _list(raw.get(f"arrayCycleOf{name}"))
    amounts = _list(raw.get(values)) if values else []
    moves, kinds = _list(raw.get("arrayIncreaseDecrease")), _list(raw.get("arrayFixedVariable"))
    steps = []
    for i, anchor in enumerate(anchors):
        cycle = cycles[i] if i < len(cycles) else None
        steps.append(
            ArrayStep(
                anchor=time(anchor),
                cycle=Cycle.parse(cycle) if cycle else None,
                value=number(amounts[i]) if i < len(amounts) else None,
                increases=i < len(moves) and moves[i] == "INC",
                fixed=not (i < len(kinds) and str(kinds[i]).startswith("V")),
            )
        )
    return tuple(steps)
