"""Risk register (风险登记), RSK-01: inherent and residual score of a risk."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bankcore.products.compliance_terms import RegisterTerms
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class RiskScore:
    """Inherent and residual score with their bands, and the months to the next review."""

    inherent: int
    inherent_band: str
    residual: Fraction
    residual_band: str
    review_months: int
    rule: str = "RSK-01"


def score_risk(likelihood: int, impact: int, control_pct: int, terms: RegisterTerms) -> RiskScore:
    """Score a risk: inherent = L × I, residual = inherent × (100 − control) / 100, exact.

    The band stands on the exact value, and a score on an edge belongs to the higher band.
    Refuses `score_out_of_range` for a likelihood or impact outside 1 … 5, and
    `control_pct_not_allowed` for a control that claims to be nearly perfect.
    """
    for name, value in (("likelihood", likelihood), ("impact", impact)):
        if not 1 <= value <= 5:
            raise Rejected(Reason.SCORE_OUT_OF_RANGE, element=name, score=value)
    if not 0 <= control_pct <= terms.control_max_pct:
        raise Rejected(Reason.CONTROL_PCT_NOT_ALLOWED, control_pct=control_pct)
    inherent = likelihood * impact
    residual = Fraction(inherent * (100 - control_pct), 100)
    residual_band, months = _band(residual, terms)
    return RiskScore(inherent, _band(Fraction(inherent), terms)[0], residual, residual_band, months)


def _band(score: Fraction, terms: RegisterTerms) -> tuple[str, int]:
    name, _, months = next(b for b in reversed(terms.bands) if score >= b[1])
    return name, months


def blocks_new_credit(score: RiskScore, high_from: int) -> bool:
    """A residual score of a high risk blocks new credit to the customer until it is closed."""
    return score.residual >= high_from


def check_closing(raiser: str, closer: str, reason: str) -> None:
    """Refuse a closing by the one who raised the event, or without a reason."""
    if closer == raiser:
        raise Rejected(Reason.CLOSER_IS_RAISER, closer=closer)
    if not reason.strip():
        raise Rejected(Reason.REASON_MISSING)
