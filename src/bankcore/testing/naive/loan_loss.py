"""Class, stage and allowance of an instalment loan: LN-24, LN-27, LN-28, L11.

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
LONGER: Final = ((24, 30), (12, 15))
"""Points on the LGD in stage 3 after more than so many months in default."""

GRADES: Final = ("normal", "special_mention", "substandard", "doubtful", "loss")
FLOORS: Final = (0, 1, 91, 271, 361)
"""The first day past due of each class."""

MINIMUM: Final = dict(zip(GRADES, (1, 2, 25, 50, 100), strict=True))
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
        appears = loan.days_past_due(bank.today) in {*FLOORS[1:], WORSE_STAGE_AFTER + 1}
        ends = loan.grade != "normal" and loan.caught_up_on == bank.today
        if not loan.settled and (month_end or appears or ends):
            grade(loan, bank.today)
            look_again(bank, loan)


def look_again(bank: NaiveBank, loan: NaiveLoan) -> None:
    """Stage and allowance after the class."""
    restage(loan, bank.today)
    provide(bank, loan, allowance(loan, bank.today))


def bad(grade: str) -> bool:
    """Non-performing."""
    return GRADES.index(grade) > 1


def floor_of(late: int) -> str:
    """The best class after so many days past due, LN-24."""
    return [grade for grade, since in zip(GRADES, FLOORS, strict=True) if late >= since][-1]


def grade(loan: NaiveLoan, today: date) -> None:
    """The floor of the day; out of the non-performing classes nothing leads by itself."""
    floor = floor_of(loan.days_past_due(today))
    if bad(loan.grade) and GRADES.index(floor) <= GRADES.index(loan.grade):
        return
    if bad(floor) and not bad(loan.grade):
        loan.cleared_on = None
    loan.grade = floor


def restage(loan: NaiveLoan, today: date) -> None:
    """Worse at once; from 3 to 2 once the class has risen, from 2 to 1 by three dues in time."""
    late = loan.days_past_due(today)
    found = 3 if bad(loan.grade) or late >= FLOORS[2] else 2 if late > WORSE_STAGE_AFTER else 1
    better = 2 if loan.stage == 3 else 1 if in_time(loan) >= CURED_BY else loan.stage
    stage = found if found >= loan.stage else better
    if stage != loan.stage:
        loan.stage, loan.staged_on = stage, today


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
    """Scheduled balance after so many years; today also all arrears and accrued interest.

    Interest that is beside the book cannot be lost from it.
    """
    start = months_later(today, 12 * year)
    balance = Fraction(sum(row.principal for row in loan.coming if row.due > start))
    if not year:
        balance += sum(row.principal for row in loan.dues)
        if loan.accrues:
            balance += sum(row.interest for row in loan.dues) + running_interest(loan, today)
    return half_up(balance)


def allowance(loan: NaiveLoan, today: date) -> int:
    """The expected loss over all scenarios, at least the minimum of the class."""
    minimum = half_up(Fraction(loan.principal * MINIMUM[loan.grade], 100))
    return max(half_up(expected(loan, today)), minimum)


def expected(loan: NaiveLoan, today: date) -> Fraction:
    """Weighed over the scenarios; in stage 3 the loss is certain."""
    if loan.stage == 3:
        return lost_share(loan, today) * exposure(loan, today, 0)
    late = loan.days_past_due(today)
    pd = next(percent for upto, percent in rows(PD) if late <= upto) / 100
    return sum(
        (
            w / 100 * loss(loan, today, min(pd * factor, Fraction(1)))
            for w, factor in rows(SCENARIOS)
        ),
        Fraction(0),
    )


def lost_share(loan: NaiveLoan, today: date) -> Fraction:
    """LGD of stage 3: more the longer the default lasts, at most all."""
    more = [points for n, points in LONGER if today > months_later(loan.staged_on, n)]
    return min(LGD + max(more, default=0), Fraction(100)) / 100


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
