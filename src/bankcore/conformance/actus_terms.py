"""ACTUS terms and observations as the test files spell them, made exact and typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from bankcore.rules.actus.terms import ArrayStep, CycleTerm, Observed, Terms
from bankcore.rules.actus.times import Conventions, Cycle, Period

Data = Mapping[str, Any]


def number(value: Any) -> Fraction:
    """A literal as an exact number: `"  5000"`, 20, 0.05 as it is printed."""
    return Fraction(str(value).strip())


def time(value: Any) -> datetime:
    """A point in time with or without seconds."""
    return datetime.fromisoformat(str(value).strip())


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
        conventions=conventions_of(raw),
        notional=num("notionalPrincipal", Fraction(0)),
        rate=optional("nominalInterestRate"),
        deal_date=at("contractDealDate"),
        initial_exchange=at("initialExchangeDate"),
        maturity=at("maturityDate"),
        amortization=at("amortizationDate"),
        premium=num("premiumDiscountAtIED", Fraction(0)),
        accrued=optional("accruedInterest"),
        interest=cycle_of(raw, "InterestPayment"),
        redemption=cycle_of(raw, "PrincipalRedemption"),
        reset=cycle_of(raw, "RateReset"),
        base=cycle_of(raw, "InterestCalculationBase"),
        scaling=cycle_of(raw, "ScalingIndex"),
        dividend=cycle_of(raw, "DividendPayment"),
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


def conventions_of(raw: Data) -> Conventions:
    """How the contract moves and counts its dates."""
    return Conventions(
        end_of_month=raw.get("endOfMonthConvention") == "EOM",
        shift=str(raw.get("businessDayConvention", "")),
        weekdays_only=raw.get("calendar") == "MF",
        day_count=str(raw.get("dayCountConvention", "AA")),
    )


def cycle_of(raw: Data, name: str) -> CycleTerm:
    """Anchor and cycle of a schedule by its name."""
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
