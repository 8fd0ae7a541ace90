"""The open part of a draw as the rules want it, and back into an event (还款计划重建)."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.loan import events_contract as e
from bankcore.aggregates.loan.state import Draw
from bankcore.aggregates.loan.terms import ScheduleRow
from bankcore.operations.decision import Decision
from bankcore.operations.loans.disbursing import rows_of
from bankcore.operations.loans.penalties import steps_of
from bankcore.rules.loans.penalty import rate_segments
from bankcore.rules.loans.remaining import Remaining
from bankcore.rules.loans.schedule import Period, Schedule
from bankcore.values.money import ZERO
from bankcore.values.rates import AnnualRate


def periods_of(start: date, rows: tuple[ScheduleRow, ...]) -> tuple[Period, ...]:
    """The interest periods of open rows, from the due date before them; none where none is open."""
    starts = (start, *(row.due for row in rows))[: len(rows)]
    return tuple(
        Period(row.number, begin, row.due, row.odd, row.months)
        for begin, row in zip(starts, rows, strict=True)
    )


def remaining_of(draw: Draw) -> Remaining:
    """Balance, level and open periods of a draw; the first one split where its rate changed."""
    segments = days_and_rates(draw, draw.rows[0].due)
    return Remaining(
        segments=tuple(segments) if len(segments) > 1 else (),
        method=draw.method,
        balance=draw.balance,
        rate=draw.rate,
        level=draw.level,
        periods=periods_of(draw.last_due, draw.rows),
    )


def days_and_rates(draw: Draw, until: date) -> list[tuple[int, AnnualRate]]:
    """Days since the last due date and the contract rate of each stretch."""
    return rate_segments(steps_of(draw.rates, draw.last_due), draw.last_due, until)


def emit_schedule(
    d: Decision,
    key: str,
    number: int,
    schedule: Schedule,
    cause: str,
) -> None:
    """Put new open rows of a draw in the log, at its newest rate.

    A row that falls due before the rebuilt ones stays in front of them.
    """
    loan = d.need(LOAN, key)
    draw = loan.draw(number)
    assert draw is not None, "a schedule belongs to a draw"
    rows = rows_of(schedule.rows)
    kept = tuple(row for row in draw.rows if rows and row.number < rows[0].number)
    built = e.RepaymentScheduleBuilt(
        draw=number,
        method=draw.method,
        level=ZERO if schedule.level is None else schedule.level.amount,
        rate=draw.rate,
        rows=(*kept, *rows),
        cause=cause,
    )
    d.emit(LOAN, key, built)
