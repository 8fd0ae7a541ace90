"""Card terms of a day (信用卡参数): catalogue rows read into the shapes that the rules take."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.products.catalogue import Catalogue
from bankcore.rules.cards.application import ApplicationTerms, ProductRange
from bankcore.rules.cards.cash import CashTerms
from bankcore.rules.cards.cash_out import CashOutTerms
from bankcore.rules.cards.instalments import ChargeMode, PlanOffer, PlanStyle, PlanTerms
from bankcore.rules.cards.interest import RateBand
from bankcore.rules.cards.points import EarnTerms
from bankcore.values.reasons import Reason, Rejected


def product_range(c: Catalogue, product: str, on: date) -> ProductRange:
    """The limits a card product offers; an unknown product is `product_unknown`."""
    highest = "card.limit_max."
    known = [name.removeprefix(highest) for name in c.by_id if name.startswith(highest)]
    if product not in known:
        raise Rejected(Reason.PRODUCT_UNKNOWN, product=product, known=known)
    return ProductRange(
        c.money(f"card.limit_min.{product}", on), c.money(f"card.limit_max.{product}", on)
    )


def application_terms(c: Catalogue, on: date) -> ApplicationTerms:
    """CC-15 under the catalogue of a day."""
    bands = tuple(
        (int(lowest), Fraction(multiple)) for lowest, multiple in c.value("card.score_bands", on)
    )
    return ApplicationTerms(
        age_min=c.number("card.age_min", on),
        age_max=c.number("card.age_max", on),
        enquiries_refused_from=c.number("card.enquiries_refused_from", on),
        bands=bands,
        income_multiple_all_banks=c.number("card.income_multiple", on),
        bank_cap=c.money("card.bank_cap", on),
        student_cap=c.money("card.student_cap", on),
        least=c.money("card.least_limit", on),
        step=c.money("card.limit_step", on),
        dues_share=c.fraction("card.dues_share", on) / 100,
        limit_share=c.fraction("card.limit_due_share", on) / 100,
    )


def cash_terms(c: Catalogue, on: date) -> CashTerms:
    """CC-07 under the catalogue of a day."""
    return CashTerms(
        daily_cap=c.money("card.cash_daily_cap", on),
        step=c.money("card.cash_step", on),
        fee_pct=c.fraction("card.cash_fee_pct", on),
        fee_min=c.money("card.cash_fee_min", on),
        fee_max=c.money("card.cash_fee_max", on),
    )


def cash_out_terms(c: Catalogue, on: date) -> CashOutTerms:
    """CC-14 signs under the catalogue of a day."""
    return CashOutTerms(
        points={sign: int(points) for sign, points in c.value("card.cash_out_points", on).items()},
        alert_from=c.number("card.cash_out_alert", on),
        days=c.number("card.cash_out_days", on),
        days_after_payment=c.number("card.cash_out_after_payment", on),
        large_share=c.fraction("card.cash_out_large", on) / 100,
        round_step=c.money("card.cash_out_round", on),
        merchant_share=c.fraction("card.cash_out_merchant", on) / 100,
        merchant_limit_share=c.fraction("card.cash_out_merchant_limit", on) / 100,
        near_share=c.fraction("card.cash_out_near", on) / 100,
        least_count=c.number("card.cash_out_least", on),
        night_from=c.number("card.cash_out_night_from", on),
        night_until=c.number("card.cash_out_night_until", on),
    )


def plan_offer(c: Catalogue, kind: str, on: date) -> PlanOffer:
    """CC-08: what plans of a kind (`purchase`, `bill`, `cash`) are offered."""
    return PlanOffer(
        terms=tuple(int(n) for n in c.value("card.plan_terms", on)),
        longest=c.number("card.plan_longest", on),
        least=c.money(f"card.plan_least.{kind}", on),
        cash_longest=c.number("card.cash_plan_longest", on),
        cash_most=c.money("card.cash_plan_most", on),
    )


def plan_terms(c: Catalogue, parts: int, on: date) -> PlanTerms:
    """CC-08: the terms of a plan of so many parts; `term_not_offered` when there is no rate."""
    rates = c.value("card.plan_rate", on)
    if str(parts) not in rates:
        raise Rejected(Reason.TERM_NOT_OFFERED, parts=parts, offered=sorted(map(int, rates)))
    return PlanTerms(
        parts=parts,
        monthly_pct=Fraction(rates[str(parts)]),
        style=PlanStyle(c.text("card.plan_style", on)),
        mode=ChargeMode(c.text("card.plan_charge_mode", on)),
    )


def earn_terms(c: Catalogue, product: str, on: date) -> EarnTerms:
    """CC-09: what a product earns on a posting date."""
    return EarnTerms(
        per_yuan=c.number("card.points_per_yuan", on),
        multiplier=c.number(f"card.points_multiplier.{product}", on),
        monthly_cap=c.number("card.points_monthly_cap", on),
    )


def rate_band(c: Catalogue, on: date) -> RateBand:
    """CC-04: the band of daily rates in force (0 in the catalogue means none) and the ceiling."""
    low, high = c.fraction("card.rate_floor", on), c.fraction("card.rate_cap", on)
    ceiling = c.fraction("card.rate_ceiling", on) if on >= _ceiling_from(c) else None
    return RateBand(least=low or None, most=high or None, ceiling=ceiling)


def _ceiling_from(c: Catalogue) -> date:
    return min(row.valid_from for row in c.by_id["card.rate_ceiling"].rows)
