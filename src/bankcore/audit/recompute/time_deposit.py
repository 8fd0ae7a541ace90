"""Interest of time deposits derived again from the stream before it (重算定期利息)."""

from __future__ import annotations

from typing import Any

from bankcore.aggregates.time_deposit import TimeDeposit
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.drawing import NoticeRates, notice_drawing
from bankcore.aggregates.time_deposit.interest import (
    interest_at_maturity,
    interest_when_paid,
    next_interest_draw,
)
from bankcore.aggregates.time_deposit.plans import draw_plan
from bankcore.operations.pricing import tax_of
from bankcore.products.catalogue import Catalogue
from bankcore.rules.deposits.draws import close_interest_draw, principal_draws
from bankcore.rules.deposits.lump import maturity_of
from bankcore.rules.deposits.notice import draw_notice
from bankcore.rules.deposits.rollover import capitalised
from bankcore.values.entry import Entry
from bankcore.values.figures import Figure
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Rejected

NOT_OPENED = "interest before the deposit was opened"


def _differs(made: Figure, interest: Money, remainder: Any) -> str | None:
    """None when a figure is the one booked, else what it should be and by which rule."""
    if made.amount != interest:
        return f"interest {interest}, recomputed {made.amount} by {made.rule}"
    if made.remainder != remainder:
        return f"remainder {remainder}, recomputed {made.remainder} by GEN-01"
    return None


def matured(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """Interest at maturity, DEP-04, DEP-07, DEP-11 to DEP-13."""
    event: e.TimeDepositMatured = entry.event
    if before is None or before.maturity is None:
        return NOT_OPENED
    if entry.value_date < before.maturity:
        return f"matured on {entry.value_date}, before {before.maturity}"
    made = interest_at_maturity(before, event.demand_rate, entry.value_date)
    return _differs(made, event.interest, event.remainder)


def paid_out(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """Interest beside the term, and that the matured interest is what was payable."""
    event: e.TimeDepositPaidOut = entry.event
    if before is None:
        return NOT_OPENED
    if event.matured_interest != before.payable:
        return f"matured interest {event.matured_interest}, payable was {before.payable}"
    made = interest_when_paid(before, event.principal, entry.value_date, event.rate)
    return _differs(made, event.other_interest, event.remainder)


def withdrawn_early(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """Interest of a part drawn early, DEP-06."""
    event: e.TimeDepositWithdrawnEarly = entry.event
    if before is None:
        return NOT_OPENED
    made = interest_when_paid(before, event.principal, entry.value_date, event.demand_rate)
    return _differs(made, event.interest, event.remainder)


def renewed(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """Principal and maturity of the next cycle, DEP-08."""
    event: e.TimeDepositRenewed = entry.event
    if before is None:
        return NOT_OPENED
    joins = capitalised(event.mode, before.payable - event.tax) if event.interest else ZERO
    if event.capitalised != joins or event.principal != before.principal + joins:
        return f"new principal {event.principal}, recomputed {before.principal + joins} by DEP-08"
    due = maturity_of(event.start, event.term_months)
    return None if event.maturity == due else f"matures {event.maturity}, recomputed {due}"


def notice_drawn(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """A draw of a notice deposit with what stays behind, DEP-15."""
    event: e.NoticeDepositDrawn = entry.event
    if before is None:
        return NOT_OPENED
    rates = NoticeRates(event.notice_rate, event.demand_rate)
    try:
        drawn = draw_notice(notice_drawing(before, event.amount, entry.value_date, rates))
    except Rejected as no:
        return f"not to be drawn by DEP-15: {no}"
    if drawn.paid_principal != event.principal or drawn.grade.value != event.grade:
        return f"{event.principal} drawn as {event.grade}, by DEP-15 {drawn.paid_principal}"
    return _differs(drawn.interest, event.interest, event.remainder)


def interest_drawn(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """A planned interest draw, DEP-13."""
    if before is None:
        return NOT_OPENED
    due = next_interest_draw(before).amount
    paid = entry.event.interest
    return None if paid == due else f"interest {paid}, recomputed {due} by DEP-13"


def principal_drawn(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """A planned draw of principal, DEP-12."""
    if before is None:
        return NOT_OPENED
    due = principal_draws(draw_plan(before))[before.draws][1]
    paid = entry.event.principal
    return None if paid == due else f"principal {paid}, recomputed {due} by DEP-12"


def clawed_back(before: TimeDeposit | None, entry: Entry[Any]) -> str | None:
    """Interest taken back when an interest-draw deposit ends early, DEP-13."""
    event: e.DrawnInterestClawedBack = entry.event
    if before is None:
        return NOT_OPENED
    closed = close_interest_draw(draw_plan(before), entry.value_date, event.demand_rate)
    back = before.drawn_interest - closed.due.amount
    return None if event.clawback == back else f"{event.clawback} taken back, {back} by DEP-13"


def taxed(before: TimeDeposit | None, entry: Entry[Any], catalogue: Catalogue) -> str | None:
    """Tax of what a cycle earned, by its days up to the payment, DEP-19."""
    if before is None:
        return NOT_OPENED
    until = entry.booking_date
    if isinstance(entry.event, e.TimeDepositInterestAdjusted):
        until = before.closed_on or until
    tax = tax_of(catalogue, _interest_of(entry.event), before.start, until)
    if entry.event.tax != tax:
        return f"tax {entry.event.tax}, recomputed {tax} by DEP-19"
    return None


def _interest_of(event: Any) -> Money:
    """The interest that an event pays or takes back, before tax."""
    match event:
        case e.TimeDepositPaidOut(matured_interest=matured, other_interest=other):
            return matured + other
        case e.TimeDepositInterestAdjusted(difference=difference):
            return difference
        case _:
            interest: Money = event.interest
            return interest
