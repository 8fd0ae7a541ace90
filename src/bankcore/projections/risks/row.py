"""What the risk state of one contract is (风险状态)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bankcore.products.catalogue import Catalogue
from bankcore.values.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """One loan or card line at the end of a day.

    `days_past_due` counts calendar days, strict (LN-18); `bucket` is the collector's band
    (`current`, `1-30` …, or M0 … for cards); `grade` is one of the five classes, best first:
    normal (正常), special_mention (关注), substandard (次级), doubtful (可疑), loss (损失).
    `ecl_stage` is 1 to 3.
    Amounts are of that day: principal outstanding, what of it and of interest is past due, and
    the loss allowance booked.
    """

    contract: str
    customer: str
    product: str
    stage: str
    outstanding: Money
    past_due: Money
    days_past_due: int
    bucket: str
    grade: str
    ecl_stage: int
    allowance: Money


RiskProvider = Callable[[str, Any, date, Catalogue], RiskRow | None]
"""Stream id, folded state, day, catalogue -> the row; None where no credit was used yet."""
