"""Comparing quoted figures (核对报数) with the right one."""

from __future__ import annotations

from fractions import Fraction


def near(answer: str, right: str, within: str) -> bool:
    """True when an answer is a number that lies within the tolerance of the right one."""
    try:
        return abs(_number(answer) - _number(right)) <= Fraction(within)
    except (ValueError, ZeroDivisionError):
        return False


def _number(text: str) -> Fraction:
    return Fraction(text.strip().removesuffix("%").replace(",", ""))
