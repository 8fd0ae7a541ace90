"""Adapters of LN-10 to LN-17: schedules, due dates, pricing, prepayment, repricing."""

from __future__ import annotations

from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs
from bankcore.conformance.rulebook.loans.reading import (
    amount,
    day,
    optional_amount,
    percent,
    periods,
    policies,
    rate,
    rows,
    shown,
)
from bankcore.rules.loans.annuity import level_payment_schedule
from bankcore.rules.loans.balloon import balloon_schedule, biweekly_schedule
from bankcore.rules.loans.codes import Method, Product
from bankcore.rules.loans.due_dates import due_dates
from bankcore.rules.loans.equal_principal import level_principal_schedule
from bankcore.rules.loans.interest_only import bullet_schedule, interest_only_schedule
from bankcore.rules.loans.prepayment import PrepaymentOption, fee_percent, partial_prepayment
from bankcore.rules.loans.prepayment import payoff as payoff_of
from bankcore.rules.loans.pricing import price
from bankcore.rules.loans.remaining import Remaining
from bankcore.rules.loans.repricing import (
    FloatingTerms,
    RateChange,
    RepricingKind,
    rate_on,
    rebuild,
)
from bankcore.rules.loans.schedule import LoanTerms, Schedule
from bankcore.values.money import ZERO
from bankcore.values.rates import AnnualRate


def _terms(given: Inputs) -> LoanTerms:
    return LoanTerms(
        principal=amount(given, "principal") if "principal" in given else ZERO,
        rate=rate(given) if "rate_pct" in given else AnnualRate.of(0),
        months=given["term_months"] or 0,
        value_date=day(given, "value_date"),
        due_day=given.get("due_day"),
        min_first_days=given.get("min_first_days", 0),
    )


def _answer(schedule: Schedule, level: str | None) -> dict[str, Any]:
    named = {level: str(schedule.level.amount)} if level and schedule.level else {}
    return {**named, "rows": rows(schedule.rows), "total_interest": str(schedule.total_interest)}


def level_payment(given: Inputs) -> dict[str, Any]:
    """LN-10."""
    return _answer(level_payment_schedule(_terms(given)), "instalment")


def level_principal(given: Inputs) -> dict[str, Any]:
    """LN-11."""
    return _answer(level_principal_schedule(_terms(given)), "principal_part")


def interest_first(given: Inputs) -> dict[str, Any]:
    """LN-12."""
    terms, limits = _terms(given), policies(day(given, "value_date")).methods()
    if given["method"] == "bullet":
        return _answer(bullet_schedule(terms, limits, given["term_days"]), None)
    months = given["interest_period_months"]
    return _answer(interest_only_schedule(terms, limits, months), None)


def balloon(given: Inputs) -> dict[str, Any]:
    """LN-13."""
    terms = _terms(given)
    if given["method"] == "biweekly":
        return _answer(biweekly_schedule(terms), "instalment")
    left = optional_amount(given, "balloon")
    spread = given["amort_months"] if left is None else left
    return _answer(balloon_schedule(terms, spread), "instalment")


def value_date(given: Inputs) -> dict[str, Any]:
    """LN-14."""
    if given["function"] == "due_dates":
        dues = due_dates(_terms(given))
        return {"dates": [str(d) for d in dues.dates], "odd": list(dues.odd)}
    on = day(given, "value_date")
    made = price(on, given["term_months"], given["spread_bp"], policies(on).lpr())
    return {
        "tenor": made.tenor,
        "lpr_date": str(made.index.published),
        "lpr_pct": str(made.index.rate),
        "rate_pct": str(made.rate),
    }


def prepayment(given: Inputs) -> dict[str, Any]:
    """LN-15."""
    if given["function"] == "payoff":
        return _payoff(given)
    remaining = Remaining(
        method=Method(given["method"]),
        balance=amount(given, "balance"),
        rate=rate(given),
        level=amount(given, "instalment"),
        periods=periods(given),
    )
    made = partial_prepayment(
        remaining,
        amount(given, "amount"),
        _to_day(given),
        PrepaymentOption(given["option"]),
        percent(given, "fee_pct"),
    )
    assert made.schedule.level is not None
    return {
        "interest_to_day": str(made.interest.amount),
        "fee": str(made.fee.amount),
        "customer_pays": str(made.customer_pays),
        "instalment": str(made.schedule.level.amount),
        "rows": rows(made.schedule.rows, numbered=False),
        "total_interest_after": str(made.schedule.total_interest),
    }


def _to_day(given: Inputs) -> list[tuple[int, AnnualRate]]:
    return [((day(given, "prepay_date") - day(given, "last_due")).days, rate(given))]


def _payoff(given: Inputs) -> dict[str, Any]:
    on = day(given, "prepay_date")
    steps = policies(on).prepayment(Product(given["product"])).fee_steps
    pct = fee_percent(steps, day(given, "value_date"), on)
    made = payoff_of(amount(given, "balance"), _to_day(given), pct, amount(given, "arrears"))
    return {
        "days": made.days,
        "interest": str(made.interest.amount),
        "fee_pct": shown(pct),
        "fee": str(made.fee.amount),
        "payoff": str(made.payoff),
    }


def repricing(given: Inputs) -> dict[str, Any]:
    """LN-17."""
    if given["function"] == "rate_on":
        terms = FloatingTerms(
            value_date=day(given, "value_date"),
            term_months=given["term_months"],
            spread_bp=given["spread_bp"],
            kind=RepricingKind(given["kind"]),
            cycle_months=given["cycle_months"],
        )
        on = day(given, "on")
        found = rate_on(terms, on, policies(on).lpr())
        last = found.last_repricing
        return {"rate_pct": str(found.rate), "last_repricing": str(last) if last else None}
    method = Method(given["method"])
    remaining = Remaining(
        method=method,
        balance=amount(given, "balance"),
        rate=rate(given, "old_rate_pct"),
        level=optional_amount(given, "principal_part") or ZERO,
        periods=periods(given),
    )
    change = RateChange(day(given, "repricing_date"), rate(given, "new_rate_pct"))
    made = rebuild(remaining, [change])
    levels = method is Method.LEVEL_PAYMENT and made.level is not None
    return {
        "instalment": str(made.level.amount) if levels and made.level else None,
        "rows": rows(made.rows, numbered=False),
    }


ADAPTERS: Final[dict[str, Adapter]] = {
    "LN-10": level_payment,
    "LN-11": level_principal,
    "LN-12": interest_first,
    "LN-13": balloon,
    "LN-14": value_date,
    "LN-15": prepayment,
    "LN-17": repricing,
}
