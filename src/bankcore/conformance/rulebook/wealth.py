"""Adapters of wealth dealing and figures: WM-09 … WM-12, all parameters from the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, money
from bankcore.products.wealth_terms import (
    DealingTerms,
    FeeBand,
    FeeTier,
    RedemptionTerms,
    SubscriptionTerms,
)
from bankcore.rules.wealth.dealing import OpenDay, dealing
from bankcore.rules.wealth.income import (
    Performance,
    annualised,
    cash_income,
    dividend,
    matured,
)
from bankcore.rules.wealth.redemption import (
    FastRequest,
    Lot,
    Request,
    fast_redemption,
    redeem,
    share_out,
)
from bankcore.rules.wealth.structured import Payoff, structured_interest
from bankcore.rules.wealth.subscription import subscribe
from bankcore.values.calendar import Calendar
from bankcore.values.reasons import Rejected
from bankcore.values.units import Units

# The least days for a yearly figure are not among the inputs of WM-12: the rulebook's row.
_ANNUALISED_FROM: Final = 30


def open_days(inputs: Inputs) -> OpenDay:
    """The days of a case: weekdays without holidays, worked weekends where they are open."""
    worked = map(day, inputs["working_weekends"]) if inputs["open_weekends"] else ()
    calendar = Calendar(
        "case", frozenset(map(day, inputs["holidays"])), frozenset(worked), date.min, date.max
    )
    return calendar.is_business_day


def dealing_days(inputs: Inputs) -> Mapping[str, Any]:
    """WM-09: trade, confirm and payout date."""
    terms = DealingTerms(
        cutoff=time.fromisoformat(inputs["cutoff"]),
        confirm_lag=inputs["confirm_lag"],
        payout_lag=inputs["payout_lag"],
    )
    found = dealing(datetime.fromisoformat(inputs["submitted"]), terms, open_days(inputs))
    return {
        "trade_date": str(found.trade),
        "confirm_date": str(found.confirm),
        "payout_date": str(found.payout),
    }


def subscription(inputs: Inputs) -> Mapping[str, Any]:
    """WM-10: net amount, fee and units."""
    terms = SubscriptionTerms(
        tiers=[_tier(row) for row in inputs["tiers"]],
        discount=Fraction(inputs["discount"]),
        outer=inputs["method"] == "outer",
        round_down=inputs["rounding"] == "down",
    )
    made = subscribe(
        money(inputs["amount"]), Fraction(inputs["nav"]), terms, money(inputs["raising_interest"])
    )
    return {
        "net": str(made.net.amount),
        "fee": str(made.fee.amount),
        "units": str(made.units),
    }


def _tier(row: Inputs) -> FeeTier:
    flat = None if row["flat"] is None else money(row["flat"])
    return FeeTier(money(row["min"]), Fraction(row["rate"] or 0), flat)


def redemption(inputs: Inputs) -> Mapping[str, Any]:
    """WM-11: by lots, on a day of large redemption, or at once."""
    return _REDEMPTIONS[inputs["op"]](inputs)


def _redeem(inputs: Inputs) -> Mapping[str, Any]:
    lots = [Lot(day(lot["date"]), Units.parse(lot["units"])) for lot in inputs["lots"]]
    bands = [FeeBand(row["min_days"], Fraction(row["rate"])) for row in inputs["bands"]]
    terms = RedemptionTerms(bands, Units.parse(inputs["min_hold"]))
    units, nav = Units.parse(inputs["redeem"]), Fraction(inputs["nav"])
    nothing = dict.fromkeys(("gross", "fee", "net"), "0.00")
    try:
        made = redeem(lots, units, nav, day(inputs["confirm_date"]), terms)
    except Rejected as no:
        return {"allowed": False, "reason": no.reason.value, **nothing, "lots": inputs["lots"]}
    return {
        "allowed": True,
        "reason": None,
        "gross": str(made.gross.amount),
        "fee": str(made.fee.amount),
        "net": str(made.net),
        "lots": [{"date": str(lot.date), "units": str(lot.units)} for lot in made.lots],
    }


def _large(inputs: Inputs) -> Mapping[str, Any]:
    requests = [Request(r["id"], Units.parse(r["units"]), r["defer"]) for r in inputs["requests"]]
    made = share_out(
        requests,
        Units.parse(inputs["total_units"]),
        Units.parse(inputs["subscriptions"]),
        Fraction(inputs["pct"]),
    )
    parts = ("accepted", "deferred", "cancelled")
    return {
        "large": made.large,
        **{p: [{"id": s.id, "units": str(getattr(s, p))} for s in made.shares] for p in parts},
    }


def _fast(inputs: Inputs) -> Mapping[str, Any]:
    names = ("request", "used_today", "cap", "holding", "facility")
    made = fast_redemption(FastRequest(**{name: money(inputs[name]) for name in names}))
    return {"fast": str(made.fast), "normal": str(made.normal)}


def earnings(inputs: Inputs) -> Mapping[str, Any]:
    """WM-12: dividends, daily income, maturity, yearly figure, structured deposits."""
    return _EARNINGS[inputs["op"]](inputs)


def _dividend(inputs: Inputs) -> Mapping[str, Any]:
    made = dividend(
        Units.parse(inputs["units"]),
        Fraction(inputs["per_unit"]),
        Fraction(inputs["nav_ex"]),
        reinvest=inputs["mode"] == "reinvest",
    )
    return {"dividend": str(made.amount.amount), "units_added": str(made.units_added)}


def _cash_income(inputs: Inputs) -> Mapping[str, Any]:
    made = cash_income(Units.parse(inputs["units"]), [Fraction(x) for x in inputs["per_10k"]])
    return {"income": [str(earned.amount) for earned in made.income], "units": str(made.units)}


def _maturity(inputs: Inputs) -> Mapping[str, Any]:
    made = matured(
        Units.parse(inputs["units"]),
        Fraction(inputs["nav_end"]),
        money(inputs["net_cost"]),
        inputs["days"],
        Performance(benchmark=Fraction(inputs["benchmark"]), share=Fraction(inputs["share"])),
    )
    return {
        "gross": str(made.gross.amount),
        "performance_fee": str(made.performance_fee.amount),
        "pay": str(made.pay),
    }


def _annualised(inputs: Inputs) -> Mapping[str, Any]:
    percent = annualised(
        Fraction(inputs["nav0"]), Fraction(inputs["nav1"]), inputs["days"], _ANNUALISED_FROM
    )
    return {"percent": None if percent is None else str(percent)}


def _structured(inputs: Inputs) -> Mapping[str, Any]:
    names = ("low", "mid", "high", "rebate", "participation", "strike", "lower", "upper", "barrier")
    payoff = Payoff(kind=inputs["kind"], **{name: Fraction(inputs[name] or 0) for name in names})
    fixings = [Fraction(x) for x in inputs["fixings"]]
    made = structured_interest(money(inputs["principal"]), inputs["days"], payoff, fixings)
    return {"rate": str(made.rate / 100), "interest": str(made.interest.amount)}


_REDEMPTIONS: Final[dict[str, Callable[[Inputs], Mapping[str, Any]]]] = {
    "redeem": _redeem,
    "large": _large,
    "fast": _fast,
}
_EARNINGS: Final[dict[str, Callable[[Inputs], Mapping[str, Any]]]] = {
    "dividend": _dividend,
    "cash_income": _cash_income,
    "maturity": _maturity,
    "annualised": _annualised,
    "structured": _structured,
}
ADAPTERS: Final[dict[str, Adapter]] = {
    "WM-09": dealing_days,
    "WM-10": subscription,
    "WM-11": redemption,
    "WM-12": earnings,
}
