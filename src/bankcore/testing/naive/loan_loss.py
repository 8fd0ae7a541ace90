"""Class, stage and allowance of an instalment loan up to 90 days past due: LN-24, LN-28, L11.

Consumer loans without security. The only trigger here is delay; nobody raises a warning.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, half_up, months_and_days, months_later
from bankcore.testing.naive.loan import ALLOWANCE, GRACE, IMPAIRMENT, NaiveLoan
from bankcore.testing.naive.loan_changes import running_interest

PD: Final = """
0 1.50
30 8.00
60 30.00
90 55.00
"""
"""PD of twelve months of a consumer loan in percent, up to so many days past due."""

LGD: Final = Fraction(65)
MINIMUM: Final = {"normal": 1, "special_mention": 2}
SCENARIOS: Final = """
60 1.0
20 0.8
20 1.5
"""
"""Weight in percent and factor on the PD: base, up, down."""

WORSE_STAGE_AFTER: Final = 30
CURED_BY: Final = 3


def rows(text: str) -> list[tuple[Fraction, Fraction]]:
    """A printed table of two columns."""
    numbers = [Fraction(word) for word in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def review(bank: NaiveBank) -> None:
    """Step 270: at each month end, and at once when a trigger appears or ends."""
    month_end = (bank.today + ONE_DAY).day == 1
    for loan in bank.loans.values():
        late = loan.days_past_due(bank.today)
        appears = late in {1, WORSE_STAGE_AFTER + 1}
        ends = loan.grade != "normal" and not late
        if not loan.settled and (month_end or appears or ends):
            grade(loan, late, bank.today)
            provide(bank, loan, allowance(loan, bank.today))


def grade(loan: NaiveLoan, late: int, today: date) -> None:
    """A day past due is special mention; more than 30 are stage 2, cured by three dues in time."""
    loan.grade = "special_mention" if late else "normal"
    if late > WORSE_STAGE_AFTER and loan.stage == 1:
        loan.stage, loan.staged_on = 2, today
    elif late <= WORSE_STAGE_AFTER and loan.stage > 1 and in_time(loan) >= CURED_BY:
        loan.stage, loan.staged_on = 1, today


def in_time(loan: NaiveLoan) -> int:
    """Due dates in a row since the stage was given, newest first, that were paid within grace."""
    count = 0
    for row in reversed([row for row in loan.rows if row.fallen and row.due > loan.staged_on]):
        if row.paid_on is None or row.paid_on - row.due > GRACE:
            break
        count += 1
    return count


def months_left(loan: NaiveLoan, today: date) -> int:
    """To the last due date, a month begun counts whole; a year once it has passed."""
    last = max(row.due for row in loan.rows)
    if last <= today:
        return 12
    months, odd = months_and_days(today, last)
    return months + (odd > 0)


def exposure(loan: NaiveLoan, today: date, year: int) -> int:
    """Scheduled balance after so many years; today also all arrears and accrued interest."""
    start = months_later(today, 12 * year)
    balance = Fraction(sum(row.principal for row in loan.coming if row.due > start))
    if not year:
        balance += sum(row.principal + row.interest for row in loan.dues)
        balance += running_interest(loan, today)
    return half_up(balance)


def allowance(loan: NaiveLoan, today: date) -> int:
    """The expected loss over all scenarios, at least the minimum of the class."""
    late = loan.days_past_due(today)
    pd = next(percent for upto, percent in rows(PD) if late <= upto) / 100
    expected = Fraction(0)
    for weight, factor in rows(SCENARIOS):
        expected += weight / 100 * loss(loan, today, min(pd * factor, Fraction(1)))
    minimum = half_up(Fraction(loan.principal * MINIMUM[loan.grade], 100))
    return max(half_up(expected), minimum)


def loss(loan: NaiveLoan, today: date, pd: Fraction) -> Fraction:
    """Of a year in stage 1; in stage 2 year by year of those who survived, discounted."""
    left = months_left(loan, today)
    if loan.stage == 1:
        return pd * Fraction(min(12, left), 12) * LGD / 100 * exposure(loan, today, 0)
    surviving, total = Fraction(1), Fraction(0)
    for year in range((left + 11) // 12):
        part = Fraction(min(12, left - 12 * year), 12)
        lost = surviving * pd * part
        surviving -= lost
        discount = (1 + loan.rates[-1][1] / 100) ** (year + 1)
        total += lost * LGD / 100 * exposure(loan, today, year) / discount
    return total


def provide(bank: NaiveBank, loan: NaiveLoan, wanted: int) -> None:
    """Bring the allowance to what is wanted, up or down."""
    increase = wanted - loan.allowance
    loan.allowance = wanted
    bank.post(bank.today, {IMPAIRMENT: increase, ALLOWANCE: -increase})
