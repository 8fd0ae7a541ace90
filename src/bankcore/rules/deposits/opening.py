"""Opening a deposit product (存款产品): amounts, terms and steps that are offered, DEP-01."""

from __future__ import annotations

from dataclasses import dataclass

from bankcore.products.deposits import DepositOffer
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class OpeningAsked:
    """An opening asked for: amount (monthly for a plan), term and draw step in months."""

    amount: Money
    term_months: int | None
    step_months: int | None


def check_opening(offered: DepositOffer, asked: OpeningAsked) -> None:
    """Refuse an opening that the product does not offer, DEP-01.

    In order: `amount_not_positive`, `amount_below_minimum`, `amount_not_in_steps`,
    `amount_not_whole_yuan`, `term_not_offered`, `draw_step_not_offered`. Whether the product is
    known and on sale is decided where its terms are read.
    """
    amount = asked.amount
    if amount <= ZERO:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=amount)
    if amount < offered.min_opening:
        raise Rejected(Reason.AMOUNT_BELOW_MINIMUM, minimum=offered.min_opening)
    if offered.step is not None and amount.minor % offered.step.minor:
        raise Rejected(Reason.AMOUNT_NOT_IN_STEPS, step=offered.step)
    if offered.whole_yuan and amount.minor % 100:
        raise Rejected(Reason.AMOUNT_NOT_WHOLE_YUAN, amount=amount)
    if not _offers(offered.terms, asked.term_months):
        raise Rejected(Reason.TERM_NOT_OFFERED, term=asked.term_months, offered=offered.terms)
    if not _offers(offered.draw_steps, asked.step_months):
        raise Rejected(Reason.DRAW_STEP_NOT_OFFERED, offered=offered.draw_steps)


def _offers(choices: tuple[int, ...], wanted: int | None) -> bool:
    """True when the wish is among the choices, or there is neither a choice nor a wish."""
    return wanted in choices if choices else wanted is None
