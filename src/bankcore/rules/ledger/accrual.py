"""Derived accrual (计提的派生确认): interest recognised without daily events, GL-06."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from bankcore.rules.deposits.lump import period_interest, term_interest
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

EXPENSE: Final = {"demand": "6411.01", "time": "6411.02", "notice": "6411.03"}
"""How an account accrues -> the expense account of its interest."""


@dataclass(frozen=True, slots=True)
class Accruing:
    """A balance constant since a day: kind `demand`, `time` or `notice`; a term for time."""

    kind: str
    amount: Money
    since: date
    rate: AnnualRate
    term_months: int | None = None


def accrued(account: Accruing, on: date) -> Fraction:
    """Interest accrued to the end of a day as if the account went on, exact, in minor units.

    Time deposits count months and odd days and never pass the interest of their term; the others
    count actual days. Refuses `period_reversed` when the balance began after the day.
    """
    end = on + timedelta(days=1)
    method = "months_days" if account.kind == "time" else "actual"
    made = period_interest(account.amount, account.rate, account.since, end, method)
    if account.term_months is None:
        return made.interest.exact
    most = term_interest(account.amount, account.rate, account.term_months).exact
    return min(made.interest.exact, most)


def virtual_legs(accounts: Iterable[tuple[str, Fraction]]) -> Mapping[str, Figure]:
    """Accrued interest by expense account: the exact fractions summed, rounded once.

    Each figure is a virtual debit of the expense against 2231, marked `derived` by the reader.
    """
    exact: dict[str, Fraction] = {}
    for account, part in accounts:
        exact[account] = exact.get(account, Fraction(0)) + part
    return {account: figure("GL-06", exact[account]) for account in sorted(exact)}
