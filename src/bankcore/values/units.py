"""Units of a product (份额): an integer number of hundredths, and their value in exact fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bankcore.values.money import parse_amount, round_to_money


@dataclass(frozen=True, slots=True, order=True)
class Units:
    """So many hundredths of a unit (0.01 份); a net asset value prices one whole unit in yuan."""

    hundredths: int

    @classmethod
    def parse(cls, text: str) -> Units:
        """Read `1234.56`, written like an amount."""
        return cls(parse_amount(text).minor)

    def __add__(self, other: Units) -> Units:
        """Sum of two holdings of one product."""
        return Units(self.hundredths + other.hundredths)

    def __sub__(self, other: Units) -> Units:
        """Difference of two holdings of one product."""
        return Units(self.hundredths - other.hundredths)

    def __bool__(self) -> bool:
        """True unless there are none."""
        return self.hundredths != 0

    def __str__(self) -> str:
        """Two decimals: `1234.56`."""
        return f"{self.hundredths // 100}.{self.hundredths % 100:02d}"

    def worth(self, nav: Fraction) -> Fraction:
        """Exact fen at a net asset value in yuan: both hundredths cancel."""
        return self.hundredths * nav


NONE = Units(0)


def total_units(parts: Iterable[Units]) -> Units:
    """Sum of any number of holdings."""
    return Units(sum(part.hundredths for part in parts))


def units_for(fen: Fraction, nav: Fraction, *, down: bool = False) -> Units:
    """What an exact number of fen buys: half up to 0.01 unit, or down where the product says so."""
    exact = fen / nav
    if down:
        return Units(exact.numerator // exact.denominator)
    return Units(round_to_money(exact).money.minor)
