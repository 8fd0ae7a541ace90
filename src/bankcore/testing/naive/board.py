"""The rate board typed again from DEP-09, and the rows that a life publishes on top of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.testing.naive.basics import Refused

ROWS: Final = """
2015-10-24 0.30 1.35 1.55 1.75 2.25 2.75 2.75
2022-09-15 0.25 1.25 1.45 1.65 2.15 2.60 2.65
2023-06-08 0.20 1.25 1.45 1.65 2.05 2.45 2.50
2023-09-01 0.20 1.25 1.45 1.55 1.85 2.20 2.25
2023-12-22 0.20 1.15 1.35 1.45 1.65 1.95 2.00
2024-07-25 0.15 1.05 1.25 1.35 1.45 1.75 1.80
2024-10-18 0.10 0.80 1.00 1.10 1.20 1.50 1.55
2025-05-20 0.05 0.65 0.85 0.95 1.05 1.25 1.30
"""
OTHERS: Final = """
2015-10-24 0.55 1.10 1.35 1.55 1.55
2022-09-15 0.45 1.00 1.25 1.45 1.45
2023-06-08 0.45 1.00 1.25 1.45 1.45
2023-09-01 0.45 1.00 1.25 1.45 1.45
2023-12-22 0.25 0.80 1.15 1.35 1.35
2024-07-25 0.15 0.70 1.05 1.25 1.25
2024-10-18 0.10 0.45 0.80 1.00 1.00
2025-05-20 0.05 0.30 0.65 0.85 0.85
"""
AGREEMENT: Final = """
2015-10-24 1.00
2022-09-15 0.90
2023-12-22 0.70
2024-07-25 0.60
2024-10-18 0.20
2025-05-20 0.10
"""
CERTIFICATES: Final = """
2024-10-18 1.15 1.15 1.35 1.35 1.45 1.45 1.45 1.90
2025-05-20 0.90 0.90 1.10 1.10 1.20 1.20 1.20 1.55
"""
LPR: Final = """
2023-08-21 3.45
2024-07-22 3.35
2024-10-21 3.10
2025-05-20 3.00
"""
"""The one-year loan prime rate, LN-17."""

TABLES: Final = (
    (ROWS, ("demand", "3", "6", "12", "24", "36", "60")),
    (OTHERS, ("notice_1d", "notice_7d", "plan12", "plan36", "plan60")),
    (CERTIFICATES, ("cd1", "cd3", "cd6", "cd9", "cd12", "cd18", "cd24", "cd36")),
    (AGREEMENT, ("agreement",)),
    (LPR, ("lpr",)),
)
"""What stands in which column; `plan` is the three products of planned payments."""


def _printed() -> dict[str, list[tuple[date, Fraction]]]:
    table: dict[str, list[tuple[date, Fraction]]] = {}
    for text, columns in TABLES:
        for line in text.split():
            if "-" in line:
                day, left = date.fromisoformat(line), list(columns)
            else:
                table.setdefault(left.pop(0), []).append((day, Fraction(line)))
    return table


@dataclass(slots=True)
class Board:
    """Dated rates in percent a year by column: a lump-lump term is its months alone."""

    rates: dict[str, list[tuple[date, Fraction]]] = field(default_factory=_printed)

    def on(self, column: str, day: date) -> Fraction:
        """The rate with the greatest valid-from on or before the day, or rate_not_posted."""
        rows = [row for row in self.rates.get(column, []) if row[0] <= day]
        if not rows:
            raise Refused("rate_not_posted")
        return max(rows, key=lambda row: row[0])[1]

    def publish(self, column: str, day: date, percent: Fraction) -> None:
        """Add a row."""
        self.rates[column].append((day, percent))
