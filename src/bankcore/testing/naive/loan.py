"""Instalment loans of the naive model: schedule and what is owed; LN-10, LN-11, LN-18 to LN-20.

The schedule is counted period by period in exact fractions; each unpaid instalment is a row of its
own with what is open of it; penalty and compound interest are counted day by day.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import days, half_up, months_later
from bankcore.testing.naive.demand import DEMAND, move

PERFORMING, PAST_DUE, INTEREST, PENALTY = "1303.01", "1303.05", "1132.01", "1132.03"
INTEREST_INCOME, PENALTY_INCOME = "6011.01", "6011.03"
ALLOWANCE, IMPAIRMENT = "1304.01", "6702"
GRACE: Final = timedelta(days=3)
SURCHARGE: Final = Fraction(3, 2)
CAP: Final = Fraction(24)


@dataclass(slots=True)
class Instalment:
    """A row of the schedule and, once it fell due, what is open of it; all in fen."""

    number: int
    due: date
    principal: int
    interest: int
    charged_to: date
    penalty: int = 0
    compound: int = 0
    fallen: bool = False
    past_due: bool = False
    paid_on: date | None = None

    @property
    def open(self) -> int:
        """All that is still to be paid of it."""
        return self.principal + self.interest + self.penalty + self.compound


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan that was disbursed onto an account, with auto debit from it, and how it reprices."""

    key: str
    account: str
    fen: int
    spread: Fraction
    months: int
    method: str
    repricing: str = "jan1"
    cycle: int = 12


@dataclass(slots=True)
class NaiveLoan:
    """A loan with its instalments; those that are paid keep zeros. `level` is A, or q (LN-11)."""

    lent: Lent
    start: date
    rates: list[tuple[date, Fraction]]
    level: int = 0
    rows: list[Instalment] = field(default_factory=list)
    notices: list[tuple[date, date]] = field(default_factory=list)
    grade: str = "normal"
    stage: int = 1
    staged_on: date = date.min
    allowance: int = 0
    accrues: bool = True
    defaulted_on: date | None = None
    caught_up_on: date | None = None
    cleared_on: date | None = None

    def copy(self) -> NaiveLoan:
        """What it looks like now, to be looked back at."""
        return replace(self, rates=list(self.rates), rows=[replace(row) for row in self.rows])

    @property
    def dues(self) -> list[Instalment]:
        """What has fallen due and is not paid, oldest first."""
        return [row for row in self.rows if row.fallen and row.open]

    @property
    def coming(self) -> list[Instalment]:
        """What has not fallen due."""
        return [row for row in self.rows if not row.fallen]

    @property
    def principal(self) -> int:
        """All principal that is owed, due or not."""
        return sum(row.principal for row in self.rows)

    @property
    def settled(self) -> bool:
        """Nothing is owed any more."""
        return not any(row.open for row in self.rows)

    def rate_on(self, day: date) -> Fraction:
        """The contract rate of a day."""
        return [rate for since, rate in self.rates if since <= day][-1]

    def days_past_due(self, on: date) -> int:
        """Since the oldest instalment whose principal or interest is open, LN-18."""
        late = [row.due for row in self.dues if row.principal + row.interest and row.due < on]
        return max(((on - due).days for due in late), default=0)

    def growing(self, row: Instalment, on: date) -> tuple[Fraction, Fraction]:
        """Penalty on principal and compound on interest since they were charged, LN-19, LN-20."""
        if on - row.due <= GRACE or on <= row.charged_to:
            return Fraction(0), Fraction(0)
        rates = [min(self.rate_on(day) * SURCHARGE, CAP) for day in days(row.charged_to, on)]
        per_fen = sum(rates, Fraction(0)) / 36000
        return row.principal * per_fen, row.interest * per_fen

    def grown(self, row: Instalment, on: date) -> tuple[int, int]:
        """The same, each rounded."""
        penalty, compound = self.growing(row, on)
        return half_up(penalty), half_up(compound)

    def owed(self, on: date) -> int:
        """What a payment on a day would have to cover."""
        return sum(row.open + sum(self.grown(row, on)) for row in self.dues)


def fill(loan: NaiveLoan, fen: int, rows: list[Instalment]) -> None:
    """Spread a balance over rows that follow each other; the last takes the rest, LN-10, LN-11.

    Only the interest of a row in which the rate changes is counted by days, LN-17.
    """
    rest = fen
    for row in rows:
        regular = half_up(rest * loan.rates[-1][1] / 1200)
        wanted = loan.level - regular if loan.lent.method == "level_payment" else loan.level
        row.principal = rest if row is rows[-1] else min(wanted, rest)
        row.interest = regular
        if split(loan, row):
            row.interest = half_up(by_days(loan, rest, begin(loan, row), row.due))
        rest -= row.principal


def begin(loan: NaiveLoan, row: Instalment) -> date:
    """Where the period of a row begins: the due date before it, or the value date."""
    return max((other.due for other in loan.rows if other.due < row.due), default=loan.start)


def split(loan: NaiveLoan, row: Instalment) -> bool:
    """The rate changes inside the period of a row."""
    return any(begin(loan, row) < since < row.due for since, _ in loan.rates)


def by_days(loan: NaiveLoan, fen: int, start: date, end: date) -> Fraction:
    """Interest of a balance day by day, each day at its rate over 360."""
    return sum((fen * loan.rate_on(day) / 36000 for day in days(start, end)), Fraction(0))


def level_of(loan: NaiveLoan, fen: int, months: int) -> int:
    """The level payment A, or the level part of principal q, over so many months."""
    monthly = loan.rates[-1][1] / 1200
    growth = (1 + monthly) ** months
    if loan.lent.method == "level_principal":
        return half_up(Fraction(fen, months))
    return half_up(fen * monthly * growth / (growth - 1))


def disburse(bank: NaiveBank, lent: Lent) -> None:
    """Tell the model of a loan: money on the account, L1, and the schedule from today's rate."""
    rate = bank.board.on("lpr", bank.today) + lent.spread
    loan = NaiveLoan(lent, bank.today, [(bank.today, rate)])
    loan.level = level_of(loan, lent.fen, lent.months)
    dues = [months_later(bank.today, number) for number in range(1, lent.months + 1)]
    loan.rows = [Instalment(n, due, 0, 0, due) for n, due in enumerate(dues, 1)]
    fill(loan, lent.fen, loan.rows)
    bank.loans[lent.key] = loan
    bank.post(bank.today, {PERFORMING: lent.fen, DEMAND: -lent.fen})
    account = bank.accounts[lent.account]
    move(bank, account, lent.fen, "loan", bank.today)
    account.links.append(lent.key)
