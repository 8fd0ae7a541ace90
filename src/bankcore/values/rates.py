"""Interest rates (利率): exact yearly percentages on a 360-day year, GEN-02."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class AnnualRate:
    """A yearly rate in exact percent: `AnnualRate(Fraction(31, 10))` is 3.1 % a year."""

    percent: Fraction

    @classmethod
    def of(cls, percent: str | int | Fraction) -> AnnualRate:
        """From a percentage as text (`"3.1"`, `"31/10"`) or number, exactly."""
        return cls(Fraction(percent))

    @property
    def yearly(self) -> Fraction:
        """The rate as a plain number: 3.1 % is 31/1000."""
        return self.percent / 100

    @property
    def monthly(self) -> Fraction:
        """Month rate = year rate / 12."""
        return self.percent / 1200

    @property
    def daily(self) -> Fraction:
        """Day rate = year rate / 360."""
        return self.percent / 36000

    def __str__(self) -> str:
        """Percent as a decimal when it has one, else as a fraction: `3.1`, `1/3`."""
        return exact_text(self.percent)


def exact_text(number: Fraction) -> str:
    """A fraction as a terminating decimal where there is one, else as `a/b`, lowest terms."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    places = max(twos, fives)
    digits = abs(number.numerator) * 10**places // number.denominator
    sign = "-" if number < 0 else ""
    if places == 0:
        return f"{sign}{digits}"
    return f"{sign}{digits // 10**places}.{digits % 10**places:0{places}d}"
