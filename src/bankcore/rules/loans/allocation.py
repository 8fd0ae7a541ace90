"""LN-22 Allocation of a payment (还款冲账顺序)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

_INTEREST_FIRST: Final = ("compound", "penalty", "interest", "principal")
_PRINCIPAL_FIRST: Final = ("principal", "interest", "compound", "penalty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The four kinds of money of one instalment: owed, or paid."""

    principal: Money = ZERO
    interest: Money = ZERO
    penalty: Money = ZERO
    compound: Money = ZERO

    def part(self, kind: str) -> Money:
        """The amount of a kind by its name."""
        amount = getattr(self, kind)
        assert isinstance(amount, Money)
        return amount

    @property
    def total(self) -> Money:
        """Sum of the four."""
        return self.principal + self.interest + self.penalty + self.compound


@dataclass(frozen=True, slots=True)
class Dues:
    """What one instalment owes."""

    number: int
    due: date
    owed: Parts


@dataclass(frozen=True, slots=True)
class Allocation:
    """Costs paid, what each due got (by due date, then number, zeros included), and the rest."""

    costs: Money
    rows: tuple[tuple[Dues, Parts], ...]
    unapplied: Money


def allocate_payment(
    dues: Sequence[Dues], costs: Money, payment: Money, dpd: int, switch_after: int
) -> Allocation:
    """Costs first, then the dues in the order that the days past due ask for.

    Up to `switch_after` days: instalment by instalment, compound, penalty, interest, principal.
    Beyond it: kind by kind, principal first (先本后息), each oldest first. `dpd` is the strict
    count before the payment. What is left over stays on the repayment account.
    Refuses `payment_negative`.
    """
    if payment.minor < 0:
        raise Rejected(Reason.PAYMENT_NEGATIVE, payment=str(payment))
    ordered = sorted(dues, key=lambda each: (each.due, each.number))
    paid = {n: Parts() for n in range(len(ordered))}
    costs_paid = min(costs, payment)
    left = payment - costs_paid
    for n, kind in _order(len(ordered), dpd > switch_after):
        share = min(ordered[n].owed.part(kind), left)
        paid[n] = replace(paid[n], **{kind: share})
        left -= share
    rows = tuple((each, paid[n]) for n, each in enumerate(ordered))
    return Allocation(costs_paid, rows, left)


def _order(count: int, principal_first: bool) -> list[tuple[int, str]]:  # noqa: FBT001  # internal
    if principal_first:
        return [(n, kind) for kind in _PRINCIPAL_FIRST for n in range(count)]
    return [(n, kind) for n in range(count) for kind in _INTEREST_FIRST]
