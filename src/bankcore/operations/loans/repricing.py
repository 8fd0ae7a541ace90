"""Repricing on the index (重定价): step 50 of the day, LN-17."""

from __future__ import annotations

from dataclasses import replace

from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.loan import events_changes as e
from bankcore.aggregates.loan.agenda import floating
from bankcore.aggregates.loan.state import Draw
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import policies
from bankcore.operations.loans.misuse import follow_rate
from bankcore.operations.loans.rebuilding import (
    days_and_rates,
    emit_schedule,
    periods_of,
    remaining_of,
)
from bankcore.rules.loans.pricing import index_on, with_spread
from bankcore.rules.loans.remaining import Remaining
from bankcore.rules.loans.repricing import RateChange, check_repricing, rebuild
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason
from bankcore.values.streams import Due


def reprice(d: Decision, due: Due) -> None:
    """Give a draw the rate of its repricing date; open rows are rebuilt if it changed.

    A rate that would not be positive is warned of, and the draw keeps the one it has.
    """
    loan = d.need(LOAN, due.stream)
    draw = loan.draw(int(due.contract))
    assert draw is not None, "the agenda names a draw"
    check_repricing(floating(loan, draw), d.day, draw.repriced_on)
    spread = floating(loan, draw).spread_bp
    index = index_on(policies(d).lpr()[draw.tenor], d.day)
    rate = with_spread(index, spread)
    if rate.percent <= 0:
        # One contract that nobody foresaw must not keep the bank from opening.
        d.warn(Reason.RATE_NOT_POSITIVE, loan=due.stream, rate=str(rate), kept=str(draw.rate))
        return
    repriced = e.LoanRepriced(
        draw=draw.number,
        cause="repricing",
        tenor=draw.tenor,
        old_rate=draw.rate,
        rate=rate,
        index=index.rate,
        spread_bp=spread,
        valid_from=d.day,
    )
    d.emit(LOAN, due.stream, repriced)
    if rate != draw.rate:
        follow_rate(d, due.stream, draw.number)
    if rate != draw.rate and draw.rows:
        _rebuild(d, due.stream, draw)


def _rebuild(d: Decision, key: str, draw: Draw) -> None:
    """Rows from the first one that the new rate touches.

    On a due date the row of that day stays at the old rate, and the new one begins after it.
    """
    after = d.need(LOAN, key).draw(draw.number)
    assert after is not None, "a repriced draw stays"
    rows = draw.rows
    if rows[0].due == d.day:
        rest = Remaining(
            method=draw.method,
            balance=rows[0].balance,
            rate=draw.rate,
            level=draw.level,
            periods=periods_of(d.day, rows[1:]),
        )
        changes = [RateChange(d.day, after.rate)]
    else:
        rest = replace(remaining_of(draw), rate=_rate_at_start(draw), segments=())
        changes = [RateChange(on, r) for on, r in after.rates if on > draw.last_due]
        changes = changes or [RateChange(draw.last_due, after.rate)]
    if rest.periods:
        emit_schedule(d, key, draw.number, rebuild(rest, changes), "repriced")


def _rate_at_start(draw: Draw) -> AnnualRate:
    """The contract rate in force on the last due date."""
    return days_and_rates(draw, draw.rows[0].due)[0][1]
