"""Rate quotes (利率报价): the one door by which a typed rate becomes an exact yearly rate, GEN-02.

Read are `4.9%`, `4.083333‰`, `5‱/d`, `LPR5Y-30bp` and `BASE×(1+10%)`; blanks are ignored and
full-width forms are normalised. Nothing is rounded and nothing is repaired.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from bankcore.values.rates import AnnualRate, exact_text
from bankcore.values.reasons import Reason, Rejected

_NUMBER = r"\d+(?:\.\d+|/\d+)?"
_PLAIN: Final = re.compile(rf"(-?{_NUMBER})([%‰‱])(?:/([ymd]))?", re.ASCII)
_LPR: Final = re.compile(rf"LPR(1Y|5Y)(?:([+-])({_NUMBER})bp)?", re.ASCII | re.IGNORECASE)
_BASE: Final = re.compile(rf"BASE\*\(1([+-])({_NUMBER})%\)", re.ASCII | re.IGNORECASE)
_PERCENT: Final = {"%": Fraction(1), "‰": Fraction(1, 10), "‱": Fraction(1, 100)}
_SUFFIX: Final = {"%": "y", "‰": "m", "‱": "d"}
_A_YEAR: Final = {"y": 1, "m": 12, "d": 360}
LIMIT: Final = Fraction(100)
"""No rate above 100 % a year is taken: a guard against slips of typing."""


def normalised(quote: str) -> str:
    """The quote without blanks, full-width forms, minus and times signs made ASCII."""
    ascii_forms = unicodedata.normalize("NFKC", quote)
    return "".join(ascii_forms.split()).replace("−", "-").replace("×", "*")


def parse_rate(quote: str, index: Mapping[str, Fraction]) -> AnnualRate:
    """Read a quote; `index` gives `1Y`, `5Y` (LPR) and `BASE` in percent, as far as known.

    Refuses, in this order: `rate_unreadable`, `rate_index_missing`, `rate_negative`,
    `rate_above_limit`. Zero and exactly 100 % are rates.
    """
    percent = _percent(normalised(quote), quote, index)
    if percent < 0:
        raise Rejected(Reason.RATE_NEGATIVE, quote=quote)
    if percent > LIMIT:
        raise Rejected(Reason.RATE_ABOVE_LIMIT, quote=quote, limit=LIMIT)
    return AnnualRate(percent)


def _percent(plain: str, quote: str, index: Mapping[str, Fraction]) -> Fraction:
    try:
        if match := _PLAIN.fullmatch(plain):
            number, symbol, suffix = match.groups()
            return Fraction(number) * _PERCENT[symbol] * _A_YEAR[suffix or _SUFFIX[symbol]]
        if match := _LPR.fullmatch(plain):
            tenor, sign, points = match.groups()
            spread = Fraction(points or 0) / 100
            return _known(index, tenor.upper()) + (-spread if sign == "-" else spread)
        if match := _BASE.fullmatch(plain):
            sign, share = match.groups()
            change = Fraction(share) / 100
            return _known(index, "BASE") * (1 - change if sign == "-" else 1 + change)
    except ZeroDivisionError:
        pass
    raise Rejected(Reason.RATE_UNREADABLE, quote=quote)


def _known(index: Mapping[str, Fraction], name: str) -> Fraction:
    if name not in index:
        raise Rejected(Reason.RATE_INDEX_MISSING, index=name)
    return index[name]


def quote_text(rate: AnnualRate) -> str:
    """Print a rate so that `parse_rate` reads the same rate again: `3.1%`, `1/3%`."""
    return f"{exact_text(rate.percent)}%"
