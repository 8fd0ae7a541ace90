"""Instalment plans of a card in the naive model, CC-08: asked for, billed, ended early, refunded.

The charge is a fee a month on the first principal; the fee and the principal of a part are items
of the statement on which they fall (`card.fall_due`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Refused, half_up
from bankcore.testing.naive.card import (
    PLAN_INCOME,
    PLANNED,
    REVOLVING,
    UNION,
    card_of,
    fall_due,
    late_since,
    take_credit,
    use_own,
)
from bankcore.testing.naive.card_state import Item, NaiveCard, Plan
from bankcore.testing.naive.demand import positive

MONTHLY: Final = {3: "0.72", 6: "0.66", 9: "0.66", 12: "0.60", 18: "0.60", 24: "0.60"}
LEAST: Final = {"purchase": 50_000, "bill": 100_000, "cash": 100_000}
CASH_MOST, CASH_LONGEST, SHARE, SOON = 5_000_000, 24, 90, 30


def quote(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The cost of a plan is shown; nothing is bound by it."""
    positive(c.principal.minor)
    card = in_use(bank, c.card)
    if c.terms not in MONTHLY:
        raise Refused("term_not_offered")
    card.quoted = (c.kind, c.principal.minor, c.terms)


def in_use(bank: NaiveBank, key: str) -> NaiveCard:
    """The card, unless it was cancelled for its arrears."""
    card = card_of(bank, key)
    if card.cancelled is not None:
        raise Refused("illegal_transition")
    return card


def parts_of(fen: int, n: int) -> list[tuple[int, int]]:
    """Equal parts, each with its fee; the last takes the rest of both."""
    each = half_up(fen * Fraction(MONTHLY[n]) / 100)
    left = half_up(fen * Fraction(MONTHLY[n]) / 100 * n)
    parts = []
    for number in range(1, n + 1):
        fee = left if number == n else min(each, left)
        left -= fee
        parts.append((fen - fen // n * (n - 1) if number == n else fen // n, fee))
    return parts


def chosen(card: NaiveCard, kind: str) -> list[Item]:
    """The debt that a kind of plan may take, oldest first."""
    wanted = "cash" if kind == "cash" else "purchase"
    return [i for i in card.items if i.kind == wanted and (kind != "bill" or i.statement)]


def eligible(card: NaiveCard, kind: str) -> int:
    """The most that a plan may take: of a bill not all, and nothing that is over the limit."""
    fen = sum(item.outstanding() for item in chosen(card, kind))
    if kind != "bill":
        return fen
    over = max(0, card.used() - card.limit)
    return max(0, fen - over) * SHARE // 100


def confirm(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The customer says yes: debt leaves the account and the last statement for the plan, C9."""
    card = in_use(bank, c.card)
    if card.quoted is None:
        raise Refused("apr_not_shown")
    kind, fen, n = card.quoted
    check(bank, card, c.plan)
    left, billed, items = fen, 0, []
    for item in chosen(card, kind):
        share = min(left, item.outstanding())
        left -= share
        if share:
            item.paid.append((bank.today, share))
            billed += share if item.statement else 0
            items.append(item)
    relieve(card, billed)
    card.plans = [*card.plans, Plan(c.plan, bank.today, parts_of(fen, n), items, whole=fen)]
    card.quoted = None
    bank.post(bank.today, {PLANNED: fen, REVOLVING: -fen})


def check(bank: NaiveBank, card: NaiveCard, key: str) -> None:
    """The refusals of CC-08 in their order."""
    assert card.quoted is not None, "the cost was shown"
    kind, fen, n = card.quoted
    if kind == "cash" and n > CASH_LONGEST:
        raise Refused("cash_instalment_term_above_24")
    if kind == "cash" and fen > CASH_MOST:
        raise Refused("cash_instalment_above_50000")
    if fen < LEAST[kind]:
        raise Refused("below_minimum_plan")
    if fen > eligible(card, kind):
        raise Refused("above_eligible_balance")
    if any(plan.key == key for plan in card.plans):
        raise Refused("already_in_instalment")
    if late_since(card, bank.today):
        raise Refused("account_overdue")


def relieve(card: NaiveCard, fen: int) -> None:
    """What went into a plan need not be paid for the last statement any more."""
    if not card.statements:
        return
    last = card.statements[-1]
    balance = max(0, last.balance - fen)
    minimum = min(last.minimum, balance)
    eased = replace(last, balance=balance, minimum=minimum, share=min(last.share, minimum))
    card.statements = [*card.statements[:-1], eased]
    for entry in card.queue:
        if entry.cut == last.on:
            entry.open = min(entry.open, minimum)


def settle(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The rest of a plan falls due now, with a fee for the days of the running month only."""
    card, today = card_of(bank, c.card), bank.today
    found = [plan for plan in card.plans if plan.key == c.plan and plan.coming]
    if not found:
        raise Refused("illegal_transition")
    plan = found[0]
    last, coming = card.statements[-1].on if plan.billed else plan.start, next_cut(card, today)
    used = Fraction((today - last).days, (coming - last).days) if today > last else Fraction(0)
    principal, fee = sum(fen for fen, _ in plan.coming), half_up(plan.coming[0][1] * used)
    plan.billed = len(plan.parts)
    plan.fees += fee
    fall_due(bank, card, principal, fee)
    use_own(bank, card)


def next_cut(card: NaiveCard, today: date) -> date:
    """The statement day that comes, today before its close."""
    day = today
    while day.day != card.statement_day:
        day += ONE_DAY
    return day


def cancel(bank: NaiveBank, card: NaiveCard, item: Item, fen: int) -> int:
    """A refund takes back parts that no statement has billed, the last first; what is left."""
    for plan in card.plans:
        while fen and plan.coming and any(item is other for other in plan.items):
            principal, fee = plan.parts.pop()
            gone = min(fen, principal)
            fen -= gone
            plan.refunds.append((bank.today, gone))
            if principal - gone:
                kept = principal - gone
                plan.parts.append((kept, half_up(Fraction(fee * kept, principal))))
            bank.post(bank.today, {UNION: gone, PLANNED: -gone})
    return fen


def give_back_fees(bank: NaiveBank, card: NaiveCard, item: Item, fen: int) -> None:
    """One more credit for the billed fees of the item's plans that went back whole and in time."""
    mine = [plan for plan in card.plans if any(item is other for other in plan.items)]
    for plan in mine:
        share = min(fen, plan.whole - sum(gone for _, gone in plan.refunds))
        plan.refunds.append((bank.today, share))
        fen -= share
    for plan in mine:
        soon = [gone for on, gone in plan.refunds if (on - plan.start).days <= SOON]
        if plan.fees and sum(soon) == plan.whole:
            bank.post(
                bank.today, {PLAN_INCOME: plan.fees} | take_credit(card, plan.fees, bank.today)
            )
            plan.fees = 0


ANSWERS: Final[dict[str, Answer]] = {
    "card_line.quote_instalment": quote,
    "card_line.confirm_instalment": confirm,
    "card_line.settle_instalment_early": settle,
}
