"""Settled figures of cards derived again from the line before them: CC-03 … CC-07."""

from __future__ import annotations

from typing import Any

from bankcore.aggregates.card_line import CardLine
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line.events_plan_refund import (
    InstalmentChargesReturned,
    InstalmentPartsCancelled,
)
from bankcore.aggregates.card_line.events_watch import CashOutAlertRaised
from bankcore.operations.cards.statement import episode_of, room_left, tested_book
from bankcore.operations.cards.watching import signs_on
from bankcore.products.catalogue import Catalogue
from bankcore.rules.cards.instalment_end import charges_returned, refund_plan
from bankcore.rules.cards.instalments import PlanPart
from bankcore.rules.cards.late_charge import capped
from bankcore.rules.cards.statement import charges_of_cut, close_cycle
from bankcore.values.entry import Entry
from bankcore.values.figures import figure
from bankcore.values.money import ZERO, Money


def interest_billed(before: CardLine | None, entry: Entry[Any]) -> str | None:
    """None when the interest of a group follows from items and payments before the cut."""
    event = entry.event
    assert isinstance(event, b.CardInterestBilled), "registered for this event"
    if before is None or before.agreement is None:
        return "interest billed before the card was issued"
    charges = charges_of_cut(before.book, entry.value_date, before.terms)
    found = next((c for c in charges.interest if c.group == event.group), None)
    if found is None or found.interest.amount != event.uncapped:
        made = found.interest.amount if found else ZERO
        return f"interest {event.uncapped}, recomputed {made} by CC-04"
    if found.interest.remainder != event.remainder:
        return f"remainder {event.remainder}, recomputed {found.interest.remainder} by GEN-01"
    return _cut(before, entry, event.uncapped, event.interest)


def late_fee(before: CardLine | None, entry: Entry[Any]) -> str | None:
    """None when the late charge follows from the minimum and what was paid in time."""
    event = entry.event
    assert isinstance(event, b.LateFeeCharged), "registered for this event"
    if before is None or before.agreement is None:
        return "late charge before the card was issued"
    found = charges_of_cut(before.book, entry.value_date, before.terms).late
    if found is None or (found.short, found.charge.amount) != (event.base, event.uncapped):
        made = found.charge.amount if found else ZERO
        return f"late charge {event.uncapped}, recomputed {made} by CC-05"
    return _cut(before, entry, event.uncapped, event.fee)


def _cut(before: CardLine, entry: Entry[Any], whole: Money, posted: Money) -> str | None:
    """The cap of an overdue episode (CC-05)."""
    charges = charges_of_cut(before.book, entry.value_date, before.terms)
    room = room_left(before, episode_of(before, charges, entry.value_date))
    allowed = whole if room is None else capped(room, ZERO, [whole])[0]
    if posted != allowed:
        return f"posted {posted}, the charge cap of CC-05 allows {allowed}"
    return None


def statement_issued(before: CardLine | None, entry: Entry[Any]) -> str | None:
    """None when balance, minimum and due date follow from the items at the close."""
    event = entry.event
    assert isinstance(event, b.CardStatementIssued), "registered for this event"
    if before is None or before.agreement is None:
        return "statement issued before the card"
    day = event.statement_date
    made = close_cycle(tested_book(before), day, before.limit.on(day), before.terms)
    balance, minimum = made.payment.balance, made.payment.minimum.amount
    if (balance, minimum) != (event.balance, event.minimum):
        return (
            f"balance {event.balance} and minimum {event.minimum}, "
            f"recomputed {balance} and {minimum} by CC-03"
        )
    if made.due_date != event.due:
        return f"due {event.due}, recomputed {made.due_date} by CC-02"
    return None


def fee_charged(_before: CardLine | None, entry: Entry[Any]) -> str | None:
    """None when the fee is its percentage, held between its bounds."""
    event = entry.event
    assert isinstance(event, b.CardFeeCharged), "registered for this event"
    rated = figure("CC-07", event.percent * event.base.minor / 100).amount
    fee = min(event.most, max(event.least, rated))
    return None if fee == event.fee else f"fee {event.fee}, recomputed {fee} by CC-07"


def parts_cancelled(before: CardLine | None, entry: Entry[Any]) -> str | None:
    """None when the parts that stay are those that the refund leaves."""
    event = entry.event
    assert isinstance(event, InstalmentPartsCancelled), "registered for this event"
    plan = before.plan(event.plan) if before is not None else None
    if plan is None or event.item not in plan.items:
        return f"no plan {event.plan} stands for {event.item}"
    lines = [PlanPart(x.number, x.principal, x.charge) for x in plan.lines]
    left = refund_plan(lines, plan.billed, event.principal)
    kept = [PlanPart(x.number, x.principal, x.charge) for x in event.kept]
    if left.to_account or list(left.parts) != kept:
        return f"{event.principal} cancelled of plan {event.plan}, other parts stay by CC-08"
    return None


def charges_given_back(
    before: CardLine | None, entry: Entry[Any], catalogue: Catalogue
) -> str | None:
    """None when the plan went back whole and soon enough, and its billed charges were so much."""
    event = entry.event
    assert isinstance(event, InstalmentChargesReturned), "registered for this event"
    plan = before.plan(event.plan) if before is not None else None
    if plan is None:
        return f"charges of a plan {event.plan} that never began"
    days = catalogue.number("card.plan_refund_days", plan.started)
    back = charges_returned(plan.refunded, days)
    if back != event.paid:
        return f"charges of {event.paid} given back, recomputed {back} by CC-08"
    return None


def cash_out_alert(before: CardLine | None, entry: Entry[Any], catalogue: Catalogue) -> str | None:
    """None when the signs and their score follow from the purchases and payments before."""
    event = entry.event
    assert isinstance(event, CashOutAlertRaised), "registered for this event"
    if before is None:
        return "signs of cashing out before the card was applied for"
    found = signs_on(before, catalogue, event.as_of)
    if (found.signs, found.score) != (event.signs, event.score):
        return f"score {event.score}, recomputed {found.score} by CC-14"
    return None


def instalment_billed(before: CardLine | None, entry: Entry[Any]) -> str | None:
    """None when the part billed is the next one of the plan agreed."""
    event = entry.event
    assert isinstance(event, b.InstalmentBilled), "registered for this event"
    plan = before.plan(event.plan) if before is not None else None
    if plan is None or not plan.running:
        return f"no part of plan {event.plan} was to be billed"
    part = plan.lines[plan.billed]
    if (part.number, part.principal, part.charge) != (event.number, event.principal, event.charge):
        return f"part {event.number}, agreed was part {part.number} of {part.principal} by CC-08"
    return None
