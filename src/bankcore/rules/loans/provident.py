"""LN-16 Provident-fund loan as agency (住房公积金委托贷款): rate, limit, combined loan, fee.

The fund centre lends and bears the risk; the bank pays out and collects for a handling fee.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bankcore.values.dated import DatedRow, row_in_force
from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate

RULE: Final = "LN-16"
_THOUSAND_YUAN: Final = 100_000


class Home(StrEnum):
    """Which home of the family the loan buys (首套、二套)."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class RateTable:
    """Published rates by home, for terms up to `short_months` and for longer ones."""

    short: Mapping[Home, Sequence[DatedRow[AnnualRate]]]
    long: Mapping[Home, Sequence[DatedRow[AnnualRate]]]
    short_months: int
    fixed_months: int


@dataclass(frozen=True, slots=True)
class ProvidentLoan:
    """What its rate depends on."""

    home: Home
    term_months: int
    value_date: date


def provident_rate(loan: ProvidentLoan, on: date, table: RateTable) -> AnnualRate:
    """The rate borne on a day.

    A term above `fixed_months` takes a changed rate from the next 1 January, a shorter one keeps
    that of its value date. Refuses `rule_not_in_force` before the first publication.
    """
    column = table.short if loan.term_months <= table.short_months else table.long
    new_year = date(on.year, 1, 1)
    moves = loan.term_months > table.fixed_months and new_year > loan.value_date
    return row_in_force(column[loan.home], new_year if moves else loan.value_date).value


@dataclass(frozen=True, slots=True)
class ProvidentLimit:
    """The fund's limit, and how a combined loan (组合贷款) splits what is needed."""

    limit: Money
    fund_part: Money
    commercial_part: Money


def provident_limit(
    balances: Sequence[Money], multiple: int, need: Money, other_limits: Sequence[Money]
) -> ProvidentLimit:
    """The least limit, down to whole thousands of yuan; the fund part is filled first.

    `balances` are those of all contributors; `other_limits` are the cap of LN-06 and those of
    LN-05 and LN-04, as far as they bind.
    """
    least = min([total(balances) * multiple, *other_limits])
    limit = Money(least.minor // _THOUSAND_YUAN * _THOUSAND_YUAN)
    fund = min(limit, max(need, ZERO))
    return ProvidentLimit(limit, fund, need - fund)


def handling_fee(interest: Money, percent: Fraction) -> Figure:
    """What the bank earns on the interest of one collection (手续费)."""
    return figure(RULE, interest.minor * percent / 100, interest=interest, percent=percent)
