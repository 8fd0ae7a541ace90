"""ACTUS terms and observations as the test files spell them, made exact and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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


class _Raw:
    """Terms of a file by name: dates, numbers with a default, numbers that may be missing."""

    def __init__(self, raw: Data) -> None:
        """Wrap the terms of one case."""
        self.raw = raw

    def at(self, key: str) -> datetime | None:
        """A point in time, None where it is not given."""
        return time(self.raw[key]) if self.raw.get(key) else None

    def optional(self, key: str) -> Fraction | None:
        """A number, None where it is not given."""
        return number(self.raw[key]) if self.raw.get(key) not in {None, ""} else None

    def num(self, key: str, default: int) -> Fraction:
        """A number with a default."""
        found = self.optional(key)
        return Fraction(default) if found is None else found

    def text(self, key: str, default: str = "") -> str:
        """A word with a default."""
        return str(self.raw.get(key, default))


def terms_of(raw: Data) -> Terms:
    """Typed terms from the names of the ACTUS dictionary; unknown day counts are a `KeyError`."""
    it = _Raw(raw)
    return replace(
        _dates(raw, it),
        notional=it.num("notionalPrincipal", 0),
        rate=it.optional("nominalInterestRate"),
        premium=it.num("premiumDiscountAtIED", 0),
        accrued=it.optional("accruedInterest"),
        next_redemption=it.optional("nextPrincipalRedemptionPayment"),
        base_mode=it.text("interestCalculationBase", "NT"),
        base_amount=it.optional("interestCalculationBaseAmount"),
        reset_market=it.text("marketObjectCodeOfRateReset"),
        reset_spread=it.num("rateSpread", 0),
        reset_multiplier=it.num("rateMultiplier", 1),
        next_reset=it.optional("nextResetRate"),
        scaling_market=it.text("marketObjectCodeOfScalingIndex"),
        scaling_index_at_deal=it.num("scalingIndexAtContractDealDate", 1),
        scaling_effect=it.text("scalingEffect", "OOO"),
        dividend_market=it.text("marketObjectCodeOfDividends"),
        purchase_price=it.num("priceAtPurchaseDate", 0),
        termination_price=it.num("priceAtTerminationDate", 0),
        notice=Period.parse(raw["xDayNotice"]) if raw.get("xDayNotice") else None,
        interest_steps=_array(raw, "InterestPayment", None),
        redemption_steps=_array(raw, "PrincipalRedemption", "arrayNextPrincipalRedemptionPayment"),
        reset_steps=_array(raw, "RateReset", "arrayRate"),
    )


def _dates(raw: Data, it: _Raw) -> Terms:
    """Type, role, conventions, dates and cycles."""
    return Terms(
        contract_type=str(raw["contractType"]),
        role=-1 if raw["contractRole"] == "RPL" else 1,
        status_date=time(raw["statusDate"]),
        conventions=conventions_of(raw),
        deal_date=it.at("contractDealDate"),
        initial_exchange=it.at("initialExchangeDate"),
        maturity=it.at("maturityDate"),
        amortization=it.at("amortizationDate"),
        capitalization_end=it.at("capitalizationEndDate"),
        purchase=it.at("purchaseDate"),
        termination=it.at("terminationDate"),
        interest=cycle_of(raw, "InterestPayment"),
        redemption=cycle_of(raw, "PrincipalRedemption"),
        reset=cycle_of(raw, "RateReset"),
        base=cycle_of(raw, "InterestCalculationBase"),
        scaling=cycle_of(raw, "ScalingIndex"),
        dividend=cycle_of(raw, "DividendPayment"),
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
