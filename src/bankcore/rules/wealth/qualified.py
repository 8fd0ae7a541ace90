"""WM-08 Qualified investor and cooling-off (合格投资者与投资冷静期)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bankcore.products.suitability_terms import QualifiedTerms
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Investor:
    """What an investor has proven; a firm shows its net assets alone."""

    legal_person: bool
    years: int
    net_financial_assets: Money
    financial_assets: Money
    income: Money
    net_assets: Money


def check_qualified_investor(investor: Investor, terms: QualifiedTerms) -> None:
    """Refuse `investing_years_too_short`, `assets_not_proven`; exactly a figure qualifies."""
    if investor.legal_person:
        proven = investor.net_assets >= terms.firm_net_assets
    else:
        if investor.years < terms.years:
            raise Rejected(Reason.INVESTING_YEARS_TOO_SHORT, years=terms.years)
        proven = (
            investor.net_financial_assets >= terms.net_financial_assets
            or investor.financial_assets >= terms.financial_assets
            or investor.income >= terms.income
        )
    if not proven:
        raise Rejected(Reason.ASSETS_NOT_PROVEN)


@dataclass(frozen=True, slots=True)
class CoolingOff:
    """The time from signing in which a private product can be cancelled without fee (冷静期)."""

    ends: datetime

    def cancel_allowed(self, at: datetime) -> bool:
        """True before the end; at the end it is too late."""
        return at < self.ends


def cooling_off(signed: datetime, hours: int) -> CoolingOff:
    """So many hours from signing; no money moves to the product before they are over."""
    return CoolingOff(signed + timedelta(hours=hours))
