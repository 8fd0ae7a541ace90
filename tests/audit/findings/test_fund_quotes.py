"""Quotes about loans of the provident fund are judged by LN-16, examples ln-16-01 to ln-16-08."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bankcore.audit.findings.quotes import right_figure
from bankcore.products.catalogue import shipped

LONG = {"what": "rate", "home": "first", "months": "360"}
SHARED = {
    "on": "2026-01-05",
    "balances": "32000.00 + 18345.67",
    "limits": "1000000.00 + 1600000.00 + 1900000.00",
    "need": "1200000.00",
}


@pytest.mark.parametrize(
    ("given", "figure"),
    [
        (LONG | {"value_date": "2025-05-08", "on": "2025-05-08"}, "2.60"),
        (LONG | {"value_date": "2025-05-07", "on": "2025-12-31"}, "2.85"),
        (LONG | {"value_date": "2025-05-07", "on": "2026-01-01"}, "2.60"),
        (
            LONG
            | {"home": "second", "months": "60", "value_date": "2024-06-01", "on": "2024-06-01"},
            "2.775",
        ),
        (SHARED | {"what": "fund_part"}, "755000"),
        (SHARED | {"what": "commercial_part"}, "445000"),
        ({"what": "fee", "on": "2026-01-05", "interest": "1234.56"}, "61.73"),
        ({"what": "fee", "on": "2026-01-05", "interest": "0.10"}, "0.01"),
    ],
)
def test_the_figure_is_that_of_the_rule(given: dict[str, str], figure: str) -> None:
    assert right_figure("LN-16", given, shipped()) == Fraction(figure)


@pytest.mark.parametrize(
    "given",
    [
        {"what": "rate"},
        SHARED | {"what": "rest"},
        LONG | {"value_date": "1990-01-01", "on": "1990-01-01"},
    ],
)
def test_inputs_that_do_not_fit_are_not_judged(given: dict[str, str]) -> None:
    assert right_figure("LN-16", given, shipped()) is None
