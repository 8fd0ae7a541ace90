"""AML-08 Retention (资料保存): for how long a record is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.products.oversight_terms import RetentionTerms


@dataclass(frozen=True, slots=True)
class Retention:
    """Years from the end of the base year, and the last day on which the record is kept."""

    years: int
    until: date


def retention(
    kind: str, base: date, terms: RetentionTerms, also_until: Sequence[date] = ()
) -> Retention:
    """To 31 December of the base year plus the years; longer for an inquiry or another rule.

    A record whose shorter period was not over when the longer one came in takes the longer one.
    """
    years = terms.years[kind]
    longer = terms.longer_years.get(kind)
    if longer is not None and _year_end(base, years) >= terms.longer_from:
        years = longer
    return Retention(years, max((_year_end(base, years), *also_until)))


def _year_end(base: date, years: int) -> date:
    return date(base.year + years, 12, 31)
