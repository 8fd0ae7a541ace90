"""Refunds (退货): a merchant gives money back, CC-08, CC-10."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bankcore.aggregates.card_line import CARD
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_use as e
from bankcore.aggregates.card_line.decide import check_positive
from bankcore.aggregates.card_line.events_plan_refund import (
    InstalmentChargesReturned,
    InstalmentPartsCancelled,
)
from bankcore.aggregates.card_line.state import Plan
from bankcore.aggregates.card_line.terms import PlanLine
from bankcore.operations.cards import points
from bankcore.operations.cards.crediting import credit, cure
from bankcore.operations.cards.use import posting_date
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import placeholders
from bankcore.rules import account_choice as choose
from bankcore.rules.cards.instalment_end import charges_returned, refund_plan
from bankcore.rules.cards.instalments import PlanPart
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

CLEARING: Final = choose.rail_account("unionpay")


def refund(d: Decision, c_: c.Refund) -> None:
    """A merchant gives money back: a payment by CC-10 on its posting date.

    What the purchase owes in an instalment plan goes first, the last part first; where the whole
    plan went back soon enough, its billed charges do too (CC-08).
    """
    check_positive(c_.amount)
    line = d.need(CARD, c_.card)
    item = line.posted_item(c_.item)
    if item is None:
        raise Rejected(Reason.STREAM_NOT_FOUND, item=c_.item)
    if item.returned + c_.amount > item.amount:
        raise Rejected(Reason.AMOUNT_ABOVE_ITEM, item=item.amount, returned=item.returned)
    on = posting_date(d, line)
    rest, entry = c_.amount, None
    for plan in line.plans:
        if rest and plan.running and c_.item in plan.items:
            rest, entry = _cancel_parts(d, c_, plan, rest, on)
    if rest:
        parts = credit(d.need(CARD, c_.card), on, rest)
        gl = placeholders(source=CLEARING)
        posted = e.CardRefundPosted(item=c_.item, gl=gl, **parts.fields())
        entry = d.emit(CARD, c_.card, posted, value_date=on)
    assert entry is not None, "a refund has an amount"
    _return_charges(d, c_, on, entry.id)
    points.claw_back(d, c_.card, c_.item, c_.amount, entry.id)
    cure(d, c_.card)


def _cancel_parts(
    d: Decision, c_: c.Refund, plan: Plan, amount: Money, on: date
) -> tuple[Money, Entry[Any]]:
    """Cancel unbilled parts of a plan; what is left of the amount, and the entry."""
    lines = [PlanPart(x.number, x.principal, x.charge) for x in plan.lines]
    after = refund_plan(lines, plan.billed, amount)
    gone = amount - after.to_account
    due = plan.lines[plan.billed :]
    cancelled = InstalmentPartsCancelled(
        plan=plan.plan,
        item=c_.item,
        principal=gone,
        charge=total([x.charge for x in due]) - total([x.charge for x in after.parts]),
        kept=tuple(
            PlanLine(number=x.number, principal=x.principal, charge=x.charge) for x in after.parts
        ),
        amount=gone if d.need(CARD, c_.card).has_line else ZERO,
        gl=placeholders(source=CLEARING),
    )
    return after.to_account, d.emit(CARD, c_.card, cancelled, value_date=on)


def _return_charges(d: Decision, c_: c.Refund, on: date, cause: str) -> None:
    """Give back the billed charges of plans that this refund completes, as a credit (CC-10)."""
    for plan in d.need(CARD, c_.card).plans:
        days = d.catalogue.number("card.plan_refund_days", plan.started)
        back = charges_returned(plan.refunded, days)
        if c_.item in plan.items and back:
            parts = credit(d.need(CARD, c_.card), on, back)
            returned = InstalmentChargesReturned(plan=plan.plan, gl={}, **parts.fields())
            d.emit(CARD, c_.card, returned, value_date=on, caused_by=cause)


HANDLERS: Final[dict[type, Handler]] = {c.Refund: by(refund, Role.SYSTEM)}
