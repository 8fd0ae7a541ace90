"""Kinds of items on a card account (账项种类), section 0.4 of the card rules."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ItemKind(StrEnum):
    """What a debit is; the kind decides whether it bears interest and when it is paid off."""

    PURCHASE = "purchase"
    CASH = "cash"
    INSTALMENT = "instalment"
    INTEREST = "interest"
    ANNUAL_FEE = "annual_fee"
    CASH_FEE = "cash_fee"
    LATE_FEE = "late_fee"
    OTHER_FEE = "other_fee"
    PLAN_CHARGE = "plan_charge"


PRINCIPAL: Final = frozenset({ItemKind.PURCHASE, ItemKind.CASH, ItemKind.INSTALMENT})
"""Money the bank lent (本金): what sits on 1303.11."""

FEES: Final = frozenset(
    {
        ItemKind.ANNUAL_FEE,
        ItemKind.CASH_FEE,
        ItemKind.LATE_FEE,
        ItemKind.OTHER_FEE,
        ItemKind.PLAN_CHARGE,
    }
)
"""Fees (费用): they never bear interest (CC-04)."""

RECEIVABLE_INTEREST: Final = frozenset({ItemKind.INTEREST, ItemKind.PLAN_CHARGE})
"""What sits on 1132.02: an instalment charge is paid like another fee, but posted as interest."""


def bears_interest(kind: ItemKind, *, compound: bool) -> bool:
    """Principal bears interest; interest itself only when the product compounds (复利), CC-04."""
    return kind in PRINCIPAL or (kind is ItemKind.INTEREST and compound)
