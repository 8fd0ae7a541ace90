"""Allocating credits (还款冲抵): CC-10 and what it means for the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_risk as risk
from bankcore.aggregates.card_line import events_use as e
from bankcore.aggregates.card_line.decide import overdue, split
from bankcore.aggregates.card_line.terms import ItemShare
from bankcore.operations.decision import Decision
from bankcore.operations.money import placeholders
from bankcore.rules.cards.book import allocation_of
from bankcore.values.money import ZERO, Money

CREDIT_BALANCE = "2011.10"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditParts:
    """A credit split for its event; `freed` is what the unused line gets back (8201)."""

    paid: Money
    principal: Money
    interest: Money
    fees: Money
    excess: Money
    freed: Money
    allocation: tuple[ItemShare, ...]

    def fields(self) -> dict[str, Any]:
        """The fields of a crediting event by name."""
        return {
            "paid": self.paid,
            "principal": self.principal,
            "interest": self.interest,
            "fees": self.fees,
            "excess": self.excess,
            "amount": self.freed,
            "allocation": self.allocation,
        }


def credit(line: CardLine, on: date, amount: Money) -> CreditParts:
    """Allocate an amount on a posting date to what is open now."""
    assert line.agreement is not None, "credits come after issue"
    allocated = allocation_of(
        line.book, on, amount, line.terms.tolerance, line.agreement.principal_first_after
    )
    principal, interest, fees = split(line, allocated.parts)
    return CreditParts(
        paid=amount,
        principal=principal,
        interest=interest,
        fees=fees,
        excess=allocated.surplus,
        freed=principal + allocated.surplus if line.has_line else ZERO,
        allocation=tuple(ItemShare(item=key, amount=m) for key, m in allocated.parts),
    )


def cure(d: Decision, card: str) -> None:
    """Note that nothing is past due any more, once what was past due is paid or taken out."""
    line = d.need(CARD, card)
    if line.arrears.bucket != "M0" and not overdue(line, d.day).dpd:
        d.emit(CARD, card, risk.CardPastDueCured(on=d.day))


def use_credit_balance(d: Decision, card: str) -> None:
    """Credit balance pays what was just posted as interest or fee (CC-11); none, no event."""
    line = d.need(CARD, card)
    own = min(line.book.credit_balance, line.book.debt)
    if not own:
        return
    parts = credit(line, d.day, own)
    applied = e.CreditBalanceApplied(
        paid=own,
        principal=parts.principal,
        interest=parts.interest,
        fees=parts.fees,
        excess=ZERO,
        amount=parts.interest + parts.fees if line.has_line else ZERO,
        allocation=parts.allocation,
        gl=placeholders(source=CREDIT_BALANCE),
    )
    d.emit(CARD, card, applied)
