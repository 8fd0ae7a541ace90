"""Deposit products (存款产品): what the catalogue says of each on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bankcore.products.catalogue import Catalogue
from bankcore.values.money import Money, parse_amount
from bankcore.values.reasons import Reason, Rejected

SOLD: Final = (
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
)
NOT_SOLD: Final = ("education",)


@dataclass(frozen=True, slots=True)
class DepositOffer:
    """What a product offers on a day; empty terms or steps mean that it has none.

    `step` is the amount in whose multiples it is opened, `whole_yuan` that fen are not taken.
    """

    product: str
    min_opening: Money
    step: Money | None
    whole_yuan: bool
    terms: tuple[int, ...]
    draw_steps: tuple[int, ...]


def deposit_offer(catalogue: Catalogue, product: str, on: date) -> DepositOffer:
    """The terms of a product on a day; refuses `product_unknown` and `product_not_on_sale`."""
    if product not in (*SOLD, *NOT_SOLD):
        raise Rejected(Reason.PRODUCT_UNKNOWN, product=product, known=SOLD)
    minimum = _value(catalogue, f"deposit.min_opening.{product}", on)
    if product in NOT_SOLD or minimum is None:
        raise Rejected(Reason.PRODUCT_NOT_ON_SALE, product=product, on=on)
    step = _value(catalogue, f"deposit.opening_step.{product}", on)
    return DepositOffer(
        product,
        parse_amount(str(minimum)),
        None if step is None else parse_amount(str(step)),
        bool(_value(catalogue, f"deposit.whole_yuan.{product}", on)),
        _months(_value(catalogue, f"deposit.terms.{product}", on)),
        _months(_value(catalogue, f"deposit.draw_steps.{product}", on)),
    )


def _value(catalogue: Catalogue, param: str, on: date) -> Any:
    """A parameter that a product need not have; None where it has none on the day."""
    try:
        return catalogue.value(param, on)
    except Rejected:
        return None


def _months(value: Any) -> tuple[int, ...]:
    return tuple(int(months) for months in value or ())
