"""Rate board and pricing authority (挂牌利率、自律上限、定价权限), DEP-09, DEP-24."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

HEAD_OFFICE: Final = "head_office"


def board_param(product: str, tenor: int | None) -> str:
    """The catalogue parameter of a board rate; `demand_q` has the demand rate."""
    named = "demand" if product == "demand_q" else product
    return f"deposit.rate.{named}" if tenor is None else f"deposit.rate.{named}.{tenor}"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A rate put forward from a day; `tenor` in months, none of demand, agreement and notice."""

    product: str
    tenor: int | None
    valid_from: date
    rate: AnnualRate


@dataclass(frozen=True, slots=True)
class Publishing:
    """Who drafts and who approves a board row on which booking date, below which ceiling."""

    row: BoardRow
    booked_on: date
    maker: str
    checker: str
    ceiling: AnnualRate


def check_publishing(asked: Publishing, existing: Collection[tuple[str, int | None, date]]) -> None:
    """Publish a board row or refuse; `existing` holds (product, tenor, valid_from) of all rows.

    Refusals, in order: `maker_is_checker`, `rate_negative`, `effective_date_in_past`,
    `rate_already_published`, `rate_above_ceiling`. A published row never changes.
    """
    row = asked.row
    if asked.maker == asked.checker:
        raise Rejected(Reason.MAKER_IS_CHECKER, maker=asked.maker)
    if row.rate.percent < 0:
        raise Rejected(Reason.RATE_NEGATIVE, rate=row.rate)
    if row.valid_from < asked.booked_on:
        raise Rejected(
            Reason.EFFECTIVE_DATE_IN_PAST, valid_from=row.valid_from, booked_on=asked.booked_on
        )
    if (row.product, row.tenor, row.valid_from) in existing:
        raise Rejected(Reason.RATE_ALREADY_PUBLISHED, product=row.product, tenor=row.tenor)
    if row.rate > asked.ceiling:
        raise Rejected(Reason.RATE_ABOVE_CEILING, ceiling=asked.ceiling)


def ceiling_rate(benchmark: AnnualRate, ceiling_bp: int) -> AnnualRate:
    """The self-discipline ceiling: benchmark + basis points."""
    return AnnualRate.of(benchmark.percent + AnnualRate.of(ceiling_bp).yearly)


@dataclass(frozen=True, slots=True)
class Offer:
    """A rate offered to a customer by a level, with what he is given beside it.

    `authority_bp` are the level's basis points over the board; head office goes to the ceiling.
    """

    board: AnnualRate
    ceiling: AnnualRate
    level: str
    authority_bp: int
    offered: AnnualRate
    inducement: Money


def highest_offer(offer: Offer) -> AnnualRate:
    """The most that the level may offer: board + authority, never above the ceiling."""
    if offer.level == HEAD_OFFICE:
        return offer.ceiling
    return min(ceiling_rate(offer.board, offer.authority_bp), offer.ceiling)


def check_offer(offer: Offer) -> None:
    """Refuse `deposit_inducement`, `rate_above_ceiling`, `rate_above_authority`, in that order."""
    if offer.inducement != ZERO:
        raise Rejected(Reason.DEPOSIT_INDUCEMENT, inducement=offer.inducement)
    if offer.offered > offer.ceiling:
        raise Rejected(Reason.RATE_ABOVE_CEILING, ceiling=offer.ceiling)
    if offer.offered > (most := highest_offer(offer)):
        raise Rejected(Reason.RATE_ABOVE_AUTHORITY, level=offer.level, most=most)
