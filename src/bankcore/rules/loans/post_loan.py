"""LN-32 Post-loan check calendar (贷后检查日历): which checks are due when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile
from typing import Final

from bankcore.rules.loans.codes import AUTO, LoanClass, Product
from bankcore.values.dates import add_months
from bankcore.values.money import Money

WorkingDay = Callable[[date], bool]
_DAY: Final = timedelta(days=1)
_USED: Final = frozenset({Product.CONSUMER, Product.BUSINESS})
_REGISTERED: Final = AUTO | {Product.MORTGAGE, Product.COMMERCIAL_PROPERTY}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPolicy:
    """Days after disbursement of the single checks; months between regular ones.

    `regular` gives by group of product (`consumer`, `business`, `registered`) the months of small
    and of large loans, `large_above` the amount above which a loan is large.
    """

    use_check_days: int
    evidence_days: int
    registration_days: int
    regular: Mapping[str, tuple[int, int]]
    large_above: Mapping[str, Money]
    special_mention_months: int
    non_performing_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLoan:
    """What the calendar depends on; `loan_class` is the present one."""

    product: Product
    amount: Money
    self_payment: bool
    disbursement: date
    loan_class: LoanClass


@dataclass(frozen=True, slots=True, order=True)
class Check:
    """A check and the working day on which it is due."""

    due: date
    kind: str


def check_calendar(
    loan: CheckedLoan, until: date, policy: CheckPolicy, is_working_day: WorkingDay
) -> tuple[Check, ...]:
    """All checks whose unmoved date is not after `until`, each moved to the next working day.

    Sorted by date, then name. A loan of the provident fund has the fund centre's calendar: none.
    """
    if loan.product is Product.PROVIDENT:
        return ()
    planned = [*_single(loan, policy), *_regular(loan, until, policy)]
    return tuple(
        sorted(Check(_moved(day, is_working_day), kind) for day, kind in planned if day <= until)
    )


def _single(loan: CheckedLoan, policy: CheckPolicy) -> Iterator[tuple[date, str]]:
    """Use of the money, its evidence, and what has to be registered."""
    if loan.product in _USED:
        yield loan.disbursement + policy.use_check_days * _DAY, "use_check"
        if loan.self_payment:
            yield loan.disbursement + policy.evidence_days * _DAY, "evidence_complete"
    if loan.product in _REGISTERED:
        yield loan.disbursement + policy.registration_days * _DAY, "registration_check"


def _regular(loan: CheckedLoan, until: date, policy: CheckPolicy) -> Iterator[tuple[date, str]]:
    """From the anchor by the interval of product, size and class, never from a clamped date."""
    months = interval_months(loan, policy)
    days = (add_months(loan.disbursement, months * times) for times in count(1))
    return ((day, "regular") for day in takewhile(lambda day: day <= until, days))


def interval_months(loan: CheckedLoan, policy: CheckPolicy) -> int:
    """Months between regular checks; the worse the class, the shorter."""
    if loan.loan_class.non_performing:
        return policy.non_performing_months
    group = loan.product.value if loan.product in _USED else "registered"
    small, large = policy.regular[group]
    above = policy.large_above.get(group)
    normal = large if above is not None and loan.amount > above else small
    if loan.loan_class is LoanClass.SPECIAL_MENTION:
        return min(normal, policy.special_mention_months)
    return normal


def _moved(day: date, is_working_day: WorkingDay) -> date:
    while not is_working_day(day):
        day += _DAY
    return day
