"""CRM-07 RM scorecard (客户经理考核): weighted achievements less deductions, 0 to 120."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.products.relation_score_terms import ScorecardTerms
from bankcore.values.reasons import Reason, Rejected

_GUARDED: Final = ("compliance", "risk")
_FATAL: Final = "F"


@dataclass(frozen=True, slots=True)
class Measure:
    """What was reached of a target."""

    actual: Fraction
    target: Fraction


@dataclass(frozen=True, slots=True)
class CardFinding:
    """A finding against the manager by severity; undone before it had effect counts less."""

    severity: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Points by part, what is deducted, and the score, all exact."""

    parts: Mapping[str, Fraction]
    deduction: Fraction
    score: Fraction


def scorecard(
    weights: Mapping[str, int],
    measures: Mapping[str, Sequence[Measure]],
    findings: Sequence[CardFinding],
    terms: ScorecardTerms,
) -> Scorecard:
    """Score a period.

    Refuses `weights_not_100`, `compliance_weight_too_low` (compliance and risk at least a half
    and not below business), `target_not_positive`. A fatal finding, undone or not, caps.
    """
    _check_weights(weights, terms)
    parts = {part: weight * _mean(measures[part], terms) for part, weight in weights.items()}
    deduction = sum((_deducted(finding, terms) for finding in findings), Fraction(0))
    score = max(Fraction(0), sum(parts.values(), Fraction(0)) - deduction)
    if any(finding.severity == _FATAL for finding in findings):
        score = min(score, Fraction(terms.fatal_cap))
    return Scorecard(parts, deduction, min(score, Fraction(terms.total_most)))


def _check_weights(weights: Mapping[str, int], terms: ScorecardTerms) -> None:
    if sum(weights.values()) != 100:
        raise Rejected(Reason.WEIGHTS_NOT_100, total=sum(weights.values()))
    guarded = sum(weights.get(part, 0) for part in _GUARDED)
    if guarded < max(terms.guarded_least, weights.get("business", 0)):
        raise Rejected(Reason.COMPLIANCE_WEIGHT_TOO_LOW, weight=guarded)


def _mean(measures: Sequence[Measure], terms: ScorecardTerms) -> Fraction:
    """The mean of the achievements, each between nothing and the most."""
    for measure in measures:
        if measure.target <= 0:
            raise Rejected(Reason.TARGET_NOT_POSITIVE, target=measure.target)
    reached = (max(Fraction(0), m.actual / m.target) for m in measures)
    capped = [min(terms.achievement_most, each) for each in reached]
    return sum(capped, Fraction(0)) / len(capped)


def _deducted(finding: CardFinding, terms: ScorecardTerms) -> Fraction:
    whole = Fraction(terms.deductions[finding.severity])
    return whole * terms.undone_share if finding.undone else whole
