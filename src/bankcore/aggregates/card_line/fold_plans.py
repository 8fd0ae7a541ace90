"""Fold of instalment plans (分期)."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line.events_plan_refund import (
    InstalmentChargesReturned,
    InstalmentPartsCancelled,
)
from bankcore.aggregates.card_line.fold_use import Charge, credited, debited, taken, touched
from bankcore.aggregates.card_line.state import CardLine, Plan, Quote
from bankcore.rules.cards.book import is_decided, relieve
from bankcore.rules.cards.kinds import ItemKind
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import Money, total


def fold_plan(line: CardLine, event: b.PlanEvent, entry: Entry[b.PlanEvent]) -> CardLine:
    """Fold one event; total."""
    on = entry.value_date
    match event:
        case b.InstalmentQuoted(kind=kind, principal=principal, terms=terms):
            quote = Quote(kind=kind, principal=principal, terms=terms, confirmed=False)
            return changed(line, quote=quote)
        case b.InstalmentConfirmed():
            confirmed = changed(line.quote, confirmed=True) if line.quote is not None else None
            return changed(line, quote=confirmed)
        case b.InstalmentPlanStarted():
            return _started(line, event, on)
        case b.InstalmentBilled(plan=plan, number=number):
            billed = _part_due(line, on, f"{plan}-{number}", (event.principal, event.charge))
            return _billed_to(billed, plan, number, event.charge)
        case b.InstalmentSettledEarly(plan=plan):
            billed = _part_due(line, on, f"{plan}-rest", (event.principal, event.charge))
            return _billed_to(billed, plan, None, event.charge)
        case InstalmentPartsCancelled():
            return _cancelled(line, event, on)
        case InstalmentChargesReturned(plan=plan, amount=freed):
            back = credited(line, event, on, freed)
            plans = tuple(
                changed(p, charged=p.charged - event.paid) if p.plan == plan else p
                for p in back.plans
            )
            return changed(back, plans=plans)
        case _:
            assert_never(event)


def _started(line: CardLine, event: b.InstalmentPlanStarted, on: date) -> CardLine:
    plan = Plan(
        plan=event.plan,
        principal=event.principal,
        lines=event.rows,
        billed=0,
        started=on,
        items=tuple(share.item for share in event.paid_items),
    )
    totals = changed(
        line.totals,
        revolving=line.totals.revolving - event.principal,
        plans=line.totals.plans + event.principal,
    )
    decided = is_decided(line.book, on, line.terms.tolerance.days)
    book = taken(line.book, on, event.paid_items)
    book = relieve(book, billed_part(line, event), decided=decided)
    after = changed(line, plans=(*line.plans, plan), totals=totals, book=book, quote=None)
    return touched(after, on)


def billed_part(line: CardLine, event: b.InstalmentPlanStarted) -> Money:
    """What of the plan stood on the last statement: it need not be paid there any more."""
    billed = {item.id for item in line.book.items if item.billed}
    return total([share.amount for share in event.paid_items if share.item in billed])


def _part_due(line: CardLine, on: date, key: str, part: tuple[Money, Money]) -> CardLine:
    """A part becomes two items: principal, and the charge (interest receivable, CC-08)."""
    principal, charge = part
    totals = changed(
        line.totals,
        plans=line.totals.plans - principal,
        revolving=line.totals.revolving + principal,
        interest=line.totals.interest + charge,
    )
    due = debited(line, on, Charge(item=key, kind=ItemKind.INSTALMENT, amount=principal))
    if charge:
        fee = Charge(item=f"{key}-charge", kind=ItemKind.PLAN_CHARGE, amount=charge)
        due = debited(due, on, fee)
    return changed(due, totals=totals)


def _cancelled(line: CardLine, event: InstalmentPartsCancelled, on: date) -> CardLine:
    """Unbilled principal was never in the book, so it goes without a credit (CC-08)."""
    plans = tuple(
        changed(
            p,
            lines=(*p.lines[: p.billed], *event.kept),
            refunds=(*p.refunds, (on, event.principal)),
        )
        if p.plan == event.plan
        else p
        for p in line.plans
    )
    posted = tuple(
        changed(p, returned=p.returned + event.principal) if p.item == event.item else p
        for p in line.posted
    )
    totals = changed(
        line.totals,
        plans=line.totals.plans - event.principal,
        unused=line.totals.unused + event.amount,
    )
    return touched(changed(line, plans=plans, posted=posted, totals=totals), on)


def _billed_to(line: CardLine, plan: str, number: int | None, charge: Money) -> CardLine:
    plans = tuple(
        changed(
            p,
            billed=len(p.lines) if number is None else number,
            charged=p.charged + charge,
        )
        if p.plan == plan
        else p
        for p in line.plans
    )
    return changed(line, plans=plans)
