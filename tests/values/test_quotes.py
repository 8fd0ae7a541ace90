"""Rate quotes, GEN-02."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.values.quotes import parse_rate, quote_text
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

INDEX = {"1Y": Fraction(3), "5Y": Fraction(7, 2), "BASE": Fraction(49, 10)}
PERCENTS = st.fractions(0, 100, max_denominator=10_000)


def percent(quote: str) -> Fraction:
    return parse_rate(quote, INDEX).percent


@given(PERCENTS)
def test_a_printed_rate_is_read_as_the_same_rate(value: Fraction) -> None:
    rate = AnnualRate(value)
    assert parse_rate(quote_text(rate), {}) == rate


@given(st.integers(0, 8_000))
def test_one_rate_has_the_same_value_by_year_month_and_day(hundredths: int) -> None:
    yearly = Fraction(hundredths, 100)
    assert percent(f"{yearly}%") == yearly
    assert percent(f"{yearly * 10 / 12}‰") == yearly
    assert percent(f"{yearly * 100 / 360}‱") == yearly


@given(st.integers(0, 300), st.integers(0, 300))
def test_spreads_are_additive(first: int, second: int) -> None:
    base = percent("LPR5Y")
    together = percent(f"LPR5Y+{first + second}bp") - base
    assert together == (percent(f"LPR5Y+{first}bp") - base) + (percent(f"LPR5Y+{second}bp") - base)


@pytest.mark.parametrize(
    ("quote", "yearly"),
    [
        ("4.9%", "49/10"),
        (" 4.9 % ", "49/10"),
        ("\uff14\uff0e\uff19\uff05", "49/10"),
        ("0.5%/m", "6"),
        ("5‱", "18"),
        ("5‱/y", "1/20"),
        ("4.083333‰", "12249999/2500000"),
        ("LPR5Y−30bp", "16/5"),
        ("lpr1y+0.5bp", "601/200"),
        ("BASE×(1+10%)", "539/100"),
        ("BASE*(1-30%)", "343/100"),
        ("0%", "0"),
        ("100%", "100"),
    ],
)
def test_quotes_are_read_exactly(quote: str, yearly: str) -> None:
    assert percent(quote) == Fraction(yearly)


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("4.9", Reason.RATE_UNREADABLE),
        ("30bp", Reason.RATE_UNREADABLE),
        ("4,9%", Reason.RATE_UNREADABLE),
        ("1/0%", Reason.RATE_UNREADABLE),
        ("LPR3Y", Reason.RATE_UNREADABLE),
        ("", Reason.RATE_UNREADABLE),
        ("-0.1%", Reason.RATE_NEGATIVE),
        ("LPR1Y-301bp", Reason.RATE_NEGATIVE),
        ("BASE*(1-101%)", Reason.RATE_NEGATIVE),
        ("100.01%", Reason.RATE_ABOVE_LIMIT),
    ],
)
def test_what_is_no_rate_is_refused(quote: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as no:
        parse_rate(quote, INDEX)
    assert no.value.reason is reason


@pytest.mark.parametrize("quote", ["LPR1Y", "LPR5Y+10bp", "BASE×(1+10%)"])
def test_a_quote_over_an_index_that_is_not_given_is_refused(quote: str) -> None:
    with pytest.raises(Rejected) as no:
        parse_rate(quote, {})
    assert no.value.reason is Reason.RATE_INDEX_MISSING
