"""What happened on a card, as the rules replay it (账户事实): everything they do not derive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line import events_use as u
from bankcore.aggregates.card_line.events_plan_refund import InstalmentChargesReturned
from bankcore.rules.cards.statement import Fact
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money

Keyed = tuple[Fact, str]


def facts_of(history: Sequence[Entry[Any]]) -> list[Keyed]:
    """All facts with their item ids; what is or was in dispute is left out of its item."""
    disputed = _disputed(history)
    found: list[Keyed] = []
    for entry in history:
        for fact, key in _facts(entry):
            less = replace(fact, amount=fact.amount - disputed.get(key, ZERO))
            if less.amount:
                found.append((less, key))
    return found


def fact_of(entry: Entry[Any]) -> Fact | None:
    """The first fact of an entry; None for what the rules derive themselves."""
    return next((fact for fact, _ in _facts(entry)), None)


def _disputed(history: Sequence[Entry[Any]]) -> dict[str, Money]:
    disputed: dict[str, Money] = {}
    for entry in history:
        if isinstance(entry.event, r.DisputeCreditGiven):
            before = disputed.get(entry.event.item, ZERO)
            disputed[entry.event.item] = before + entry.event.amount
    return disputed


def _facts(entry: Entry[Any]) -> list[Keyed]:
    event, on = entry.event, entry.value_date
    match event:
        case u.CardTransactionPosted(amount=amount, item=item):
            return [(Fact(on, "purchase", amount), item)]
        case u.CashAdvancePosted(amount=amount, item=item):
            return [(Fact(on, "cash", amount), item)]
        case b.CardFeeCharged(kind=kind, fee=fee, item=item):
            return [(Fact(on, kind.value, fee), item)]
        case (
            u.CardPaymentReceived(paid=paid)
            | u.CardRefundPosted(paid=paid)
            | InstalmentChargesReturned(paid=paid)
        ):
            return [(Fact(on, "payment", paid), entry.id)]
        case u.CreditBalanceWithdrawn(amount=amount):
            return [(Fact(on, "withdrawal", amount), entry.id)]
        case r.DisputeLostByCustomer(amount=amount, item=item, dispute=dispute):
            return [(Fact(on, "purchase", amount), f"{item}-{dispute}")]
        case (
            b.CardFeeWaived(fee=amount, item=item)
            | b.CardInterestWaived(interest=amount, item=item)
        ):
            return [(Fact(on, "waiver", amount, ((item, amount),)), entry.id)]
        case _:
            return _plan_facts(event, on)


def _plan_facts(event: object, on: date) -> list[Keyed]:
    match event:
        case b.InstalmentPlanStarted(plan=plan, principal=principal, paid_items=shares):
            pairs = tuple((s.item, s.amount) for s in shares)
            return [(Fact(on, "plan", principal, pairs), plan)]
        case b.InstalmentBilled(plan=plan, number=number):
            return _part(f"{plan}-{number}", on, event.principal, event.charge)
        case b.InstalmentSettledEarly(plan=plan):
            return _part(f"{plan}-rest", on, event.principal, event.charge)
        case _:
            return []


def _part(key: str, on: date, principal: Money, charge: Money) -> list[Keyed]:
    return [
        (Fact(on, "instalment", principal), key),
        (Fact(on, "plan_charge", charge), f"{key}-charge"),
    ]
