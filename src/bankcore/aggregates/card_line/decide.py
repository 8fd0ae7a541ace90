"""Decisions of the card line on its own state: pure, refusals in the rulebook's order."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.card_line.state import CardLine, Stage
from bankcore.rules.cards.buckets import PastDue, past_due
from bankcore.rules.cards.kinds import PRINCIPAL, RECEIVABLE_INTEREST, ItemKind
from bankcore.rules.cards.limits import Available, available
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

OVERDUE: Final = "overdue"
"""The block that arrears bring about (CC-12)."""


def need_stage(line: CardLine, *stages: Stage) -> None:
    """Refuse `illegal_transition` unless the line stands in one of the stages."""
    if line.stage not in stages:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=line.stage.value)


def check_positive(amount: Money) -> None:
    """Refuse `amount_not_positive`."""
    if amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=amount)


def need_reason(reason: str) -> None:
    """Refuse `reason_missing`."""
    if not reason.strip():
        raise Rejected(Reason.REASON_MISSING)


def overdue(line: CardLine, on: date) -> PastDue:
    """Days past due and past-due amount at the end of a day (CC-12)."""
    return past_due(line.book.queue, on, line.terms.tolerance)


def check_usable(line: CardLine, on: date, hard_block_from: int) -> None:
    """May anything new be drawn? The refusals of CC-01 in their order."""
    if line.stage is not Stage.ACTIVE:
        raise Rejected(Reason.CARD_NOT_ACTIVE, state=line.stage.value)
    others = [kind for kind in line.blocks if kind != OVERDUE]
    if others or line.new_use_frozen:
        raise Rejected(Reason.CARD_BLOCKED, blocks=others)
    if line.plastic.expires is not None and on > line.plastic.expires:
        raise Rejected(Reason.CARD_EXPIRED, expires=line.plastic.expires)
    dpd = overdue(line, on).dpd
    if dpd >= hard_block_from or OVERDUE in line.blocks:
        raise Rejected(Reason.ACCOUNT_OVERDUE_BLOCK, days_past_due=dpd)


def available_on(line: CardLine, on: date) -> Available:
    """What may be spent and drawn on a day (CC-01)."""
    assert line.agreement is not None, "only an issued card has a limit"
    return available(line.limit, line.use, on, line.agreement.cash_pct)


def split(line: CardLine, parts: tuple[tuple[str, Money], ...]) -> tuple[Money, Money, Money]:
    """What of an allocation is principal, interest receivable, and fees (GL-02 row C6)."""
    kinds = {item.id: item.kind for item in line.book.items}
    sums = {"principal": ZERO, "interest": ZERO, "fees": ZERO}
    for key, amount in parts:
        sums[ledger_group(kinds[key])] += amount
    return sums["principal"], sums["interest"], sums["fees"]


def ledger_group(kind: ItemKind) -> str:
    """Which receivable an item sits on: principal 1303.11, interest 1132.02, fees 1221.02."""
    if kind in PRINCIPAL:
        return "principal"
    return "interest" if kind in RECEIVABLE_INTEREST else "fees"
