"""Prices of deposits (存款定价): the board of a day, ceilings, authority; DEP-09, DEP-24."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.operations.decision import Decision
from bankcore.products.catalogue import Catalogue, rows_of
from bankcore.rules.deposits.board import (
    HEAD_OFFICE,
    Offer,
    board_param,
    ceiling_rate,
    check_offer,
)
from bankcore.rules.deposits.tax import interest_tax
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

_GROUPS: Final = {
    "notice_1d": "notice",
    "notice_7d": "notice",
    "agreement": "agreement",
    "demand": "demand",
    "demand_q": "demand",
    "large_cd": "large_cd",
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A board rate with the day from which its row counts."""

    rate: AnnualRate
    valid_from: date


def posted(d: Decision, product: str, tenor: int | None = None) -> Posted:
    """The board rate of the open day; refuses `rate_not_posted`."""
    return board_row(d.catalogue, product, tenor, d.day)


def board_row(catalogue: Catalogue, product: str, tenor: int | None, on: date) -> Posted:
    """The board rate of a day with the start of its row; refuses `rate_not_posted`."""
    param = board_param(product, tenor)
    try:
        row = catalogue.row(param, on)
    except Rejected:
        raise Rejected(Reason.RATE_NOT_POSTED, param=param, on=on) from None
    return Posted(AnnualRate.of(str(row.value)), row.valid_from)


def board_rate(catalogue: Catalogue, product: str, tenor: int | None, on: date) -> AnnualRate:
    """The board rate of a day; refuses `rate_not_posted`."""
    return board_row(catalogue, product, tenor, on).rate


def demand_rate(d: Decision) -> AnnualRate:
    """The demand rate of the open day: early and overdue parts earn it."""
    return posted(d, "demand").rate


def ceiling_of(d: Decision, product: str, tenor: int | None) -> AnnualRate:
    """The self-discipline ceiling of the day: benchmark and basis points over it.

    Plans and certificates have no benchmark of their own: that of the nearest time deposit counts.
    """
    group = _GROUPS.get(product, "time")
    if group in {"time", "large_cd"}:
        listed = [p for p in (3, 6, 12, 24, 36, 60) if p <= (tenor or 3)]
        benchmark = f"deposit.benchmark.lump_lump.{max(listed, default=3)}"
    else:
        benchmark = f"deposit.benchmark.{'demand' if product == 'demand_q' else product}"
    bp = d.catalogue.number(f"deposit.ceiling_bp.{group}", d.day)
    return ceiling_rate(d.catalogue.rate(benchmark, d.day), bp)


@dataclass(frozen=True, slots=True)
class Bargain:
    """A rate above the board, offered by a level, with anything given beside it."""

    product: str
    tenor: int | None
    rate: AnnualRate | None
    level: str
    inducement: Money


def agree(d: Decision, bargain: Bargain) -> Posted:
    """The rate agreed: the board's, or the one offered within ceiling and authority, DEP-24.

    Refuses `rate_not_posted`, `deposit_inducement`, `rate_above_ceiling`, `rate_above_authority`.
    """
    board = posted(d, bargain.product, bargain.tenor)
    if bargain.rate is None and not bargain.inducement:
        return board
    level = bargain.level
    offer = Offer(
        board=board.rate,
        ceiling=ceiling_of(d, bargain.product, bargain.tenor),
        level=level,
        authority_bp=0
        if level == HEAD_OFFICE
        else d.catalogue.number(f"deposit.price_authority.{level}", d.day),
        offered=bargain.rate or board.rate,
        inducement=bargain.inducement,
    )
    check_offer(offer)
    return Posted(offer.offered, board.valid_from)


def tax_on(d: Decision, gross: Money, start: date, end: date | None = None) -> Money:
    """Interest tax of interest grown from a day to another or to today (exclusive), DEP-19."""
    return tax_of(d.catalogue, gross, start, end or d.day)


def tax_of(catalogue: Catalogue, gross: Money, start: date, end: date) -> Money:
    """Interest tax by a catalogue of interest grown from a day to another (exclusive), DEP-19.

    Of interest that is taken back, below zero, it is what goes back with it.
    """
    if gross.minor < 0:
        return -tax_of(catalogue, -gross, start, end)
    rows = [
        replace(r, value=Fraction(str(r.value))) for r in rows_of(catalogue, "deposit.interest_tax")
    ]
    return interest_tax(gross, start, end, rows).tax.amount
