"""Money (金额): an integer number of minor units with a currency, and the one rounding door.

Rule GEN-01. Interest, fees and shares are exact fractions of a minor unit until they are
posted; `round_to_money` is the only function that turns a fraction into money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.values.reasons import Reason, Rejected

CNY: Final = "CNY"
_AMOUNT: Final = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen 分) of one ISO 4217 currency: no fraction, no float."""

    minor: int
    currency: str = CNY

    def __post_init__(self) -> None:
        """Refuse what only looks like an integer (True, 1.0): a bug, not bad input."""
        assert type(self.minor) is int, f"money takes integer minor units, not {self.minor!r}"

    def __add__(self, other: Money) -> Money:
        """Sum of two amounts of one currency; another currency is `currency_mismatch`."""
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Difference of two amounts of one currency; another currency is `currency_mismatch`."""
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        """The same magnitude with the other sign; a reversal negates, it never rounds again."""
        return Money(-self.minor, self.currency)

    def __mul__(self, factor: int) -> Money:
        """A whole number of times the amount."""
        assert type(factor) is int, "only whole multiples of money are money"
        return Money(self.minor * factor, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Order by minor units within one currency."""
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        """Order by minor units within one currency."""
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        """Order by minor units within one currency."""
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        """Order by minor units within one currency."""
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        """True unless the amount is zero."""
        return self.minor != 0

    def __str__(self) -> str:
        """Yuan with two decimals and no separators: `-1234.50`."""
        sign, magnitude = ("-" if self.minor < 0 else ""), abs(self.minor)
        return f"{sign}{magnitude // 100}.{magnitude % 100:02d}"

    def __repr__(self) -> str:
        """The dataclass's own text, at a fraction of its cost: every command digest asks for it."""
        return f"Money(minor={self.minor!r}, currency={self.currency!r})"

    def grouped(self) -> str:
        """Yuan for people, thousands separated: `1,234.50`."""
        sign, magnitude = ("-" if self.minor < 0 else ""), abs(self.minor)
        return f"{sign}{magnitude // 100:,}.{magnitude % 100:02d}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise Rejected(Reason.CURRENCY_MISMATCH, expected=self.currency, given=other.currency)
        return other.minor


ZERO: Final = Money(0)


def total(amounts: Sequence[Money], currency: str = CNY) -> Money:
    """Sum of any number of amounts; zero of `currency` for none."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result


@dataclass(frozen=True, slots=True)
class Rounded:
    """A rounded amount, and the exact number of minor units that it stands for."""

    money: Money
    exact: Fraction

    @property
    def remainder(self) -> Fraction:
        """What rounding left, in minor units: exact − amount, |remainder| ≤ 1/2."""
        return self.exact - self.money.minor


def round_to_money(exact: Fraction, currency: str = CNY, *, half_even: bool = False) -> Rounded:
    """Round an exact number of minor units half up by magnitude (四舍五入), GEN-01.

    `half_even` rounds a half to the even neighbour instead, as references of others do.

    >>> round_to_money(Fraction(1, 2)).money
    Money(minor=1, currency='CNY')
    >>> round_to_money(Fraction(-1, 2)).remainder
    Fraction(1, 2)
    >>> round_to_money(Fraction(5, 2), half_even=True).money
    Money(minor=2, currency='CNY')
    """
    # floor(|x| + 1/2) = (2|n| + d) // 2d in integers: no intermediate fraction is built.
    n, d = exact.numerator, exact.denominator
    magnitude, left = divmod(2 * abs(n) + d, 2 * d)
    if half_even and left == 0:
        magnitude -= magnitude % 2
    return Rounded(Money(-magnitude if n < 0 else magnitude, currency), exact)


def allocate(amount: Money, weights: Sequence[Fraction | int]) -> list[Money]:
    """Split an amount by weights so that the parts add up to it, GEN-01 step 3.

    Each part gets the floor of its share; the minor units left over go one each to the largest
    fractional remainders, ties to the earlier part. A negative total allocates its magnitude.
    Refuses with `weights_invalid` when a weight is negative or all are zero.
    """
    whole = sum((Fraction(w) for w in weights), Fraction(0))
    if whole <= 0 or any(w < 0 for w in weights):
        raise Rejected(Reason.WEIGHTS_INVALID, weights=[str(w) for w in weights])
    sign, magnitude = (-1 if amount.minor < 0 else 1), abs(amount.minor)
    shares = [magnitude * Fraction(w) / whole for w in weights]
    parts = [s.numerator // s.denominator for s in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_remainder[: magnitude - sum(parts)]:
        parts[i] += 1
    return [Money(sign * p, amount.currency) for p in parts]


def whole_yuan(amount: Money) -> Money:
    """The interest base of a deposit (计息起点为元): whole yuan, jiao and fen bear nothing, GEN-01.

    A negative balance has base zero: a deposit cannot be overdrawn.
    """
    return Money(max(amount.minor, 0) // 100 * 100, amount.currency)


def parse_amount(text: str, currency: str = CNY) -> Money:
    """Read yuan as people type them (`1234.5`, `1,234.50`) into money: the one door for amounts.

    Full-width digits, signs other than a leading minus, exponents and blanks inside are not
    amounts (`ValueError`); more than two decimals are `amount_not_in_fen`.

    >>> parse_amount("1,234.5")
    Money(minor=123450, currency='CNY')
    """
    plain = text.strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise ValueError(f"{text!r} is no amount; write yuan in ASCII digits, like 1234.50")
    decimals = match.group(1) or ""
    if len(decimals) > 2:
        raise Rejected(Reason.AMOUNT_NOT_IN_FEN, amount=plain)
    digits = plain.split(".")[0].replace(",", "") + decimals.ljust(2, "0")
    return Money(int(digits), currency)


def yuan(text: str) -> Money:
    """CNY money from a literal in code or tests: `yuan("12.34")`."""
    return parse_amount(text)
