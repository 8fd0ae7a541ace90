"""WM-01 Product types and risk levels (产品类型与风险等级): nature and level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.products.suitability_terms import LevelTerms

HIGHEST: Final = 5


def nature(shares: Mapping[str, Fraction], terms: LevelTerms) -> str:
    """The investment nature whose share of assets reaches the threshold, else `mixed`.

    `shares` are percent by nature; two cannot both reach it.
    """
    reached = (name for name, share in shares.items() if share >= terms.nature_share)
    return next(reached, "mixed")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedProduct:
    """What the seller's level rests on: the base level of the type, and what adds to it."""

    base: int
    private: bool
    leverage: Fraction
    low_rated: Fraction
    closed_months: int


@dataclass(frozen=True, slots=True)
class ProductLevel:
    """The seller's own level, and the effective one; None until the issuer's level is known."""

    seller: int
    effective: int | None

    @property
    def on_sale(self) -> bool:
        """Whether the product may be sold as far as its level goes."""
        return self.effective is not None


def product_level(product: RatedProduct, issuer: int | None, terms: LevelTerms) -> ProductLevel:
    """Base plus one for each thing that adds risk, at most 5; the higher of both levels counts."""
    adds = (
        product.private,
        product.leverage > terms.leverage_above,
        product.low_rated > terms.low_rated_above,
        product.closed_months > terms.closed_months_above,
    )
    seller = min(HIGHEST, product.base + sum(adds))
    return ProductLevel(seller, None if issuer is None else max(issuer, seller))
