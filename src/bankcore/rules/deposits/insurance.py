"""Deposit insurance (存款保险): what a depositor would be paid back, DEP-18."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected

SCHEME_START: Final = date(2015, 5, 1)
INSURED: Final = frozenset(
    {
        "demand",
        "demand_q",
        "lump_lump",
        "instal_lump",
        "lump_instal",
        "interest_draw",
        "notice_1d",
        "notice_7d",
        "optional",
        "large_cd",
        "agreement",
        "education",
        "structured_deposit",
        "card_credit_balance",
    }
)
"""Products that are deposits; wealth products, funds, insurance, trust and interbank are not."""


@dataclass(frozen=True, slots=True)
class InsuredSum:
    """Principal and interest accrued to the reference day of one product of a depositor."""

    product: str
    principal: Money
    accrued: Money


@dataclass(frozen=True, slots=True)
class Compensation:
    """What is insured, paid up to the limit, left for the liquidation, and not insured."""

    insured: Money
    paid: Money
    excess: Money
    not_insured: Money


def compensation(
    on: date, sums: Sequence[InsuredSum], limit: Money, *, senior_manager: bool
) -> Compensation:
    """Compensation of one depositor over all accounts, principal and interest together, DEP-18.

    Nothing of a senior manager of the bank is insured. Refuses `reference_date_before_scheme`.
    """
    if on < SCHEME_START:
        raise Rejected(Reason.REFERENCE_DATE_BEFORE_SCHEME, start=SCHEME_START)
    everything = total([s.principal + s.accrued for s in sums])
    covered = [s for s in sums if s.product in INSURED and not senior_manager]
    insured = total([s.principal + s.accrued for s in covered])
    paid = min(insured, limit)
    return Compensation(insured, paid, max(insured - limit, ZERO), everything - insured)
