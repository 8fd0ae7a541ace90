"""A played session as one JSON object."""

from __future__ import annotations

from typing import Any

from bankcore.audit.findings.finding import Finding
from bankcore.scenarios.parts import Words
from bankcore.training.debrief import Debrief, Review
from bankcore.training.grading import Grade
from bankcore.training.session import Sitting


def session_json(sitting: Sitting, result: Debrief, policy: str, seed: int) -> dict[str, Any]:
    """Grade, decisions, findings, debrief and the digest of each attempt's log."""
    last = len(sitting.plays)
    return {
        "id": sitting.source.script.id,
        "policy": policy,
        "seed": seed,
        "grade": grade_json(result.grade),
        "first_grade": None if result.first is None else grade_json(result.first),
        "decisions": [
            {"point": d.point, "option": d.option, "answer": d.answer}
            for d in sitting.decisions(last)
        ],
        "criteria": [
            {
                "id": mark.criterion.id,
                "weight": mark.criterion.weight,
                "earned": mark.earned,
                "evidence": mark.evidence,
            }
            for mark in result.grade.marks
        ],
        "findings": [_finding(f) for f in result.findings],
        "debrief": [_review(review) for review in result.reviews],
        "compared": [{"point": p, "first": a, "last": b} for p, a, b in result.changed],
        "attempts": [play.stage.bank.log.digest() for play in sitting.plays],
    }


def grade_json(grade: Grade) -> dict[str, Any]:
    """Score with one decimal, out of 100, and whether it passes."""
    return {
        "score": float(grade.score),
        "max": grade.max,
        "passed": grade.passed,
        "hints": grade.hints,
        "cap": None if grade.cap is None else float(grade.cap),
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "id": f.id,
        "key": f.key,
        "severity": f.severity,
        "section": f.section,
        "rule": f.rule,
        "title": {"zh": f.zh, "en": f.en},
        "trigger": f.trigger,
        "missing": f.missing,
        "on": f.on,
        "undone": f.undone,
        "deduction": float(f.deduction),
    }


def _review(review: Review) -> dict[str, Any]:
    return {
        "point": review.point,
        "right": review.right,
        "did": [_words(words) for words in review.did],
        "expected": _words(review.expected),
        "why": _words(review.why),
        "rule": review.rule,
        "section": review.section,
        "instead": None if review.instead is None else _words(review.instead),
        "later": [_words(words) for words in review.later],
    }


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
