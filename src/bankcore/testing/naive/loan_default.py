"""A person classifies a loan of the naive model, and leads it out of default: LN-24, LN-27."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Refused, days, months_later
from bankcore.testing.naive.loan import GRACE, NaiveLoan
from bankcore.testing.naive.loan_loss import GRADES, bad, floor_of, look_again
from bankcore.testing.naive.loan_paying import running

MONTHS, DUE_DATES = 6, 2


def classify(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Never better than the floor; out of the bad classes only after good conduct."""
    loan, new = running(bank, c.loan), GRADES.index(c.new_class)
    old = GRADES.index(loan.grade)
    if new < GRADES.index(floor_of(loan.days_past_due(bank.today))):
        raise Refused("class_better_than_floor")
    if bad(loan.grade) and new < old:
        if bad(c.new_class):
            raise Refused("upgrade_not_allowed")
        may_rise(loan, c, bank.today)
        loan.accrues = True
    loan.grade = GRADES[new]
    look_again(bank, loan)


def may_rise(loan: NaiveLoan, c: Any, today: date) -> None:
    """The refusals of LN-27 in their order; costs are never charged here."""
    since = conduct_since(loan, today)
    if loan.dues or since is None or not clean(loan, today):
        raise Refused("arrears_outstanding")
    coming = [row.due for row in loan.rows if row.due > since][:DUE_DATES]
    if today < max([months_later(since, MONTHS), *coming]):
        raise Refused("observation_not_over")
    if not c.assessment_ok:
        raise Refused("assessment_negative")
    if c.other_impaired:
        raise Refused("other_impaired_assets")


def clean(loan: NaiveLoan, day: date) -> bool:
    """At the close of a day no instalment due by then was unpaid."""
    return all(
        row.paid_on is not None and row.paid_on <= day for row in loan.rows if row.due <= day
    )


def conduct_since(loan: NaiveLoan, today: date) -> date | None:
    """The day from which payment was normal: each one not paid by its grace begins it anew."""
    since = loan.cleared_on
    for row in loan.rows:
        if since is None:
            return None
        last = row.due + GRACE
        if since < row.due and last < today and (row.paid_on is None or row.paid_on > last):
            later = days(row.paid_on or date.max, today + ONE_DAY)
            since = next((day for day in later if clean(loan, day)), None)
    return since


ANSWERS: Final[dict[str, Answer]] = {"loan.classify": classify}
