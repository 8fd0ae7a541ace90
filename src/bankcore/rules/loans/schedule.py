"""The shape of a repayment schedule (还款计划) and the one loop that fills it, LN-10…LN-17.

Amounts are whole fen; interest of a row is rounded once and carries its trace.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.rules.loans.codes import Method
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money, total
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Period:
    """One interest period, first day in and last day out.

    A whole one bears `months` months of interest, an odd one interest by days.
    """

    number: int
    start: date
    due: date
    odd: bool = False
    months: int = 1

    @property
    def days(self) -> int:
        """Calendar days from start to due date (算头不算尾)."""
        return (self.due - self.start).days


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """What a schedule is built from; `due_day` None = the day of the value date (LN-14)."""

    principal: Money
    rate: AnnualRate
    months: int
    value_date: date
    due_day: int | None = None
    min_first_days: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment: number, due date, principal, interest with trace, balance after it.

    `odd` and `months` are those of its period, so that a row can be rebuilt from itself.
    """

    number: int
    due: date
    principal: Money
    interest: Figure
    balance: Money
    odd: bool = False
    months: int = 1

    @property
    def total(self) -> Money:
        """What falls due: principal + interest."""
        return self.principal + self.interest.amount


@dataclass(frozen=True, slots=True)
class Schedule:
    """All rows, and the figure that is the same in each: instalment A, or principal part q."""

    rows: tuple[Row, ...]
    level: Figure | None

    @property
    def total_interest(self) -> Money:
        """Sum of the interest of all rows."""
        return total([row.interest.amount for row in self.rows])


def check_terms(terms: LoanTerms) -> None:
    """Refuse, in order, `principal_not_positive`, `term_not_positive`, `rate_negative`."""
    if terms.principal.minor <= 0:
        raise Rejected(Reason.PRINCIPAL_NOT_POSITIVE, principal=str(terms.principal))
    if terms.months <= 0:
        raise Rejected(Reason.TERM_NOT_POSITIVE, months=terms.months)
    if terms.rate.percent < 0:
        raise Rejected(Reason.RATE_NEGATIVE, rate=str(terms.rate))


def month_interest(rule: str, balance: Money, rate: AnnualRate, months: int = 1) -> Figure:
    """R(B·i·months): interest of whole months at a twelfth of the yearly rate each."""
    percent = rate.percent
    exact = Fraction(balance.minor * months * percent.numerator, 1200 * percent.denominator)
    return figure(rule, exact, balance=balance, rate=rate, months=months)


def day_interest(rule: str, balance: Money, rate: AnnualRate, days: int) -> Figure:
    """R(B·days·δ): interest by calendar days on a 360-day year."""
    percent = rate.percent
    exact = Fraction(balance.minor * days * percent.numerator, 36_000 * percent.denominator)
    return figure(rule, exact, balance=balance, rate=rate, days=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How rows are filled: balance, rate, periods, and the principal a regular row pays.

    `principal_of(regular_interest)` gives the wish, both in fen; a row pays at most the balance,
    and the last one takes the rest. `first_interest` replaces the interest of the first row (a rate
    that changed inside it).
    """

    rule: str
    balance: Money
    rate: AnnualRate
    periods: Sequence[Period]
    principal_of: Callable[[int], int]
    first_interest: Figure | None = None


def fill(plan: Plan) -> tuple[Row, ...]:
    """Fill the rows. The principal path rests on whole months, so odd days never move it."""
    rows: list[Row] = []
    balance = plan.balance
    for period in plan.periods:
        regular = month_interest(plan.rule, balance, plan.rate, period.months)
        interest = regular
        if period.odd:
            interest = day_interest(plan.rule, balance, plan.rate, period.days)
        if not rows and plan.first_interest is not None:
            interest = plan.first_interest
        principal = left = balance.minor
        if period is not plan.periods[-1]:
            principal = min(plan.principal_of(regular.amount.minor), left)
        balance = Money(left - principal, balance.currency)
        due, paid = period.due, Money(principal, balance.currency)
        rows.append(Row(period.number, due, paid, interest, balance, period.odd, period.months))
    return tuple(rows)


def principal_rule(method: Method, level: Money) -> Callable[[int], int]:
    """What a row that is not the last pays on principal, given its regular interest, in fen.

    Level payments pay what the instalment leaves after interest, level principal pays the
    same part each time, interest first and bullet pay nothing before the end.
    """
    if method is Method.LEVEL_PRINCIPAL:
        return lambda _interest: level.minor
    if method in (Method.INTEREST_ONLY, Method.BULLET):
        return lambda _interest: 0
    payment = level.minor
    return lambda interest: payment - interest


def periods_between(start: date, dues: Sequence[date]) -> tuple[Period, ...]:
    """Whole periods that run from `start` over the due dates, numbered from 1."""
    starts = (start, *dues[:-1])
    pairs = zip(starts, dues, strict=True)
    return tuple(Period(n, begin, due) for n, (begin, due) in enumerate(pairs, 1))


def annuity(principal: Fraction, rate: AnnualRate, months: int) -> Fraction:
    """A(P,i,n) in fen: the exact level payment; P/n at a rate of zero.

    >>> annuity(Fraction(12000), AnnualRate.of(0), 12)
    Fraction(1000, 1)
    """
    i = rate.monthly
    if i == 0:
        return principal / months
    growth = (1 + i) ** months
    return principal * i * growth / (growth - 1)
