"""CC-10 Allocation of payments (还款冲抵顺序): which items a credit reduces, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.rules.cards.kinds import ItemKind
from bankcore.values.money import Money

_CHARGES: Final = (
    ItemKind.ANNUAL_FEE,
    ItemKind.CASH_FEE,
    ItemKind.LATE_FEE,
    ItemKind.OTHER_FEE,
)
_PRINCIPAL: Final = (ItemKind.CASH, ItemKind.INSTALMENT, ItemKind.PURCHASE)
CHARGES_FIRST: Final = (*_CHARGES, ItemKind.INTEREST, *_PRINCIPAL)
PRINCIPAL_FIRST: Final = (*_PRINCIPAL, ItemKind.INTEREST, *_CHARGES)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item that still owes something: `billed` once it has stood on a statement."""

    id: str
    kind: ItemKind
    billed: bool
    posted: date
    outstanding: Money


@dataclass(frozen=True, slots=True)
class Allocated:
    """What a credit paid, in the order of filling without zeros, and what was left over."""

    parts: tuple[tuple[str, Money], ...]
    surplus: Money


def allocate_credit(
    credit: Money, dpd: int, items: Sequence[OpenItem], switch_after: int = 90
) -> Allocated:
    """Fill items billed first, then by class, posting date and sequence (their order here).

    Up to `switch_after` days past due charges go before principal, beyond it principal goes
    first. `dpd` is the count on the posting date before this credit. The surplus becomes credit
    balance (溢缴款, CC-11); the parts and the surplus always add up to the credit.
    """
    order = CHARGES_FIRST if dpd <= switch_after else PRINCIPAL_FIRST
    rank = {kind: place for place, kind in enumerate(order)}
    rank[ItemKind.PLAN_CHARGE] = rank[ItemKind.OTHER_FEE]
    ordered = sorted(items, key=lambda item: (not item.billed, rank[item.kind], item.posted))
    left, parts = credit, []
    for item in ordered:
        share = min(item.outstanding, left)
        if share:
            parts.append((item.id, share))
            left -= share
    return Allocated(tuple(parts), left)
