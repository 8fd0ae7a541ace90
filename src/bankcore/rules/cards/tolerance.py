"""CC-06 Tolerance (容时容差): a few days late or a few yuan short still counts as in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.values.money import Money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class ToleranceTerms:
    """Calendar days after the due date, and the amount that may be missing."""

    days: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """What the test needs of a statement: its date, due offset in days, balance and minimum."""

    statement_date: date
    due_date: date
    balance: Money
    minimum: Money


@dataclass(frozen=True, slots=True)
class Tested:
    """Result of the test at the close of the last day: `full` implies `minimum_met`."""

    due_date: date
    last_day: date
    paid: Money
    full: bool
    minimum_met: bool


def judge_statement(
    billed: Billed, credits_: Sequence[tuple[date, Money]], terms: ToleranceTerms
) -> Tested:
    """Credits posted after the statement date and up to the last day count, others do not."""
    last = billed.due_date + timedelta(days=terms.days)
    paid = total([m for on, m in credits_ if billed.statement_date < on <= last])
    return Tested(
        billed.due_date,
        last,
        paid,
        full=billed.balance - paid <= terms.amount,
        minimum_met=billed.minimum - paid <= terms.amount,
    )
