"""CRM-01 Prospect score (客户评分) and CRM-02 classes and tiers (客户分类与分层)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.products.relation_score_terms import Bands, ScoreTerms
from bankcore.values.dates import add_months
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money

TIER_RULE: Final = "CRM-02"


def points_of(value: Fraction, bands: Bands) -> int:
    """The points of the highest band that a value reaches; edges count upward."""
    return max((points for least, points in bands if value >= least), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What is known of a prospect; no protected attribute has a place here."""

    monthly_income: Money
    investable_assets: Money
    years_in_work: Fraction
    needs_recorded: int
    source: str
    credit: str


@dataclass(frozen=True, slots=True)
class ProspectScore:
    """Points by part, 0 to 100 together."""

    parts: Mapping[str, int]

    @property
    def score(self) -> int:
        """The sum of the parts."""
        return sum(self.parts.values())


def prospect_score(prospect: Prospect, terms: ScoreTerms) -> ProspectScore:
    """Add up the points of the parts; needs count up to a most."""
    return ProspectScore(
        {
            "income": points_of(Fraction(prospect.monthly_income.minor, 100), terms.income),
            "assets": points_of(Fraction(prospect.investable_assets.minor, 100), terms.assets),
            "stability": points_of(prospect.years_in_work, terms.stability),
            "needs": terms.need_points * min(prospect.needs_recorded, terms.needs_most),
            "source": terms.source[prospect.source],
            "credit": terms.credit[prospect.credit],
        }
    )


def prospect_class(score: int, begins: Mapping[str, int], *, blocked: bool) -> str:
    """The class of a score; who is on a list is `low` whatever the score."""
    if blocked:
        return "low"
    reached = [name for name, least in begins.items() if score >= least]
    return max(reached, key=lambda name: begins[name], default="low")


def average_assets(month: date, balances: Sequence[tuple[date, Money]]) -> Figure:
    """The mean of a month's daily end balances; a balance holds from its day on, 0 before."""
    first, end = month.replace(day=1), add_months(month.replace(day=1), 1)
    held = sorted(balances, key=lambda each: each[0])
    ends = [since for since, _ in held[1:]] + [end]
    weighted = 0
    for (since, amount), until in zip(held, ends, strict=False):
        days = (min(until, end) - max(since, first)).days
        weighted += amount.minor * max(0, days)
    exact = Fraction(weighted, (end - first).days)
    return figure(TIER_RULE, exact, month=first, balances=tuple(held))


def tier_of(average: Figure, begins: Mapping[str, Money]) -> str:
    """The tier that the exact average reaches; below all it is `mass`."""
    reached = [name for name, least in begins.items() if average.exact >= least.minor]
    return max(reached, key=lambda name: begins[name].minor, default="mass")
