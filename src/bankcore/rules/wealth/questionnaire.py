"""WM-03 Risk-tolerance questionnaire (风险承受能力评估问卷): score, band, caps, horizon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Final

from bankcore.products.suitability_terms import QuestionnaireTerms
from bankcore.rules.cards.application import full_years
from bankcore.values.reasons import Reason, Rejected

AGE, DEBTS, YEARS, RISKIEST, HORIZON, LOSS = 0, 4, 6, 7, 8, 10
_OLD: Final = 65
_VERY_OLD: Final = 80


@dataclass(frozen=True, slots=True)
class Answers:
    """The letters of all questions in order, and of whom they are."""

    letters: str
    birth: date
    on: date
    elderly_review: bool


@dataclass(frozen=True, slots=True)
class RiskProfile:
    """Points, the band they fall in, the level after caps, the caps that bit, horizon in months."""

    score: int
    band: int
    level: int
    caps: tuple[str, ...]
    horizon_months: int


def risk_profile(given: Answers, terms: QuestionnaireTerms) -> RiskProfile:
    """Evaluate a questionnaire.

    Refuses `answers_incomplete`, `answer_unknown`, `answer_contradicts_record` (answer 1 does not
    fit the age; under 18 none does).
    """
    chosen = _chosen(given.letters, terms)
    low, high = terms.ages[chosen[AGE]]
    if not low <= full_years(given.birth, given.on) <= high:
        raise Rejected(Reason.ANSWER_CONTRADICTS_RECORD, answer=given.letters[AGE])
    score = sum(terms.scores[nr][letter] for nr, letter in enumerate(chosen))
    band = 1 + sum(score > top for top in terms.band_tops)
    biting = tuple((n, top) for n, top in _caps(given, chosen, terms) if top < band)
    level = min((band, *(top for _, top in biting)))
    horizon = terms.horizons[chosen[HORIZON]]
    return RiskProfile(score, band, level, tuple(name for name, _ in biting), horizon)


def _chosen(letters: str, terms: QuestionnaireTerms) -> list[int]:
    """The letters as positions: A is 0."""
    if len(letters) != len(terms.scores) or not letters.isalpha():
        raise Rejected(Reason.ANSWERS_INCOMPLETE, answered=len(letters))
    chosen = [ascii_uppercase.find(letter) for letter in letters]
    for nr, letter in enumerate(chosen):
        if not 0 <= letter < len(terms.scores[nr]):
            raise Rejected(Reason.ANSWER_UNKNOWN, question=nr + 1, answer=letters[nr])
    return chosen


def _caps(
    given: Answers, chosen: list[int], terms: QuestionnaireTerms
) -> Iterator[tuple[str, int]]:
    """Caps that these answers and this age meet, in the order of the rulebook."""
    years = full_years(given.birth, given.on)
    older = "age_65_reviewed" if given.elderly_review else "age_65"
    met = (
        ("no_loss", "no_loss", chosen[LOSS] == 0),
        ("heavy_debt", "heavy_debt", chosen[DEBTS] == 0),
        ("no_experience", "no_experience", chosen[YEARS] == chosen[RISKIEST] == 0),
        ("age_80", "age_80", years >= _VERY_OLD),
        ("age_65", older, _OLD <= years < _VERY_OLD),
    )
    return ((name, terms.caps[row]) for name, row, hit in met if hit)
