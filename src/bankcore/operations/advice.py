"""Advice in a talk (讲解、报价、推荐): told, and warned of where the bank would not stand by it."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.interaction import INTERACTION
from bankcore.aggregates.interaction import advice_commands as c
from bankcore.aggregates.interaction import advice_events as a
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.interactions import need_talk
from bankcore.products.deposits import NOT_SOLD
from bankcore.rules.deposits.board import Offer, ceiling_rate, check_offer
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

LEVELS: Final = {
    Role.BRANCH_HEAD: "sub_branch",
    Role.HEAD_OFFICE: "head_office",
}
CEILINGS: Final = {
    "demand": "demand",
    "notice_1d": "notice",
    "notice_7d": "notice",
    "agreement": "agreement",
    "large_cd": "large_cd",
}


def explain(d: Decision, c_: c.Explain) -> None:
    """Explain a product item by item."""
    need_talk(d, c_.interaction)
    event = a.ProductExplained(product=c_.product, items=c_.items)
    d.emit(INTERACTION, c_.interaction, event)


def quote(d: Decision, c_: c.Quote) -> None:
    """Tell a figure; whether it is right is a finding, computed from the rule it names."""
    need_talk(d, c_.interaction)
    event = a.QuoteGiven(
        quote=c_.quote,
        rule_id=c_.rule_id,
        inputs=dict(sorted(c_.inputs.items())),
        figure=c_.figure,
        unit=c_.unit,
    )
    d.emit(INTERACTION, c_.interaction, event)


def correct_quote(d: Decision, c_: c.CorrectQuote) -> None:
    """Put a quote of this talk right; also after the talk has ended."""
    talk = d.need(INTERACTION, c_.interaction)
    if c_.quote not in talk.quotes:
        raise Rejected(Reason.STREAM_NOT_FOUND, quote=c_.quote)
    d.emit(INTERACTION, c_.interaction, a.QuoteCorrected(quote=c_.quote, figure=c_.figure))


def correct(d: Decision, c_: c.Correct) -> None:
    """Put right something said before; also after the talk has ended."""
    d.need(INTERACTION, c_.interaction)
    d.emit(INTERACTION, c_.interaction, a.CorrectionTold(about=c_.about))


def recommend(d: Decision, c_: c.Recommend) -> None:
    """Recommend; a deposit product that is not on sale is warned of."""
    need_talk(d, c_.interaction)
    if c_.product in NOT_SOLD:
        d.warn(Reason.PRODUCT_NOT_ON_SALE, product=c_.product)
    event = a.ProductRecommended(
        product=c_.product,
        amount=c_.amount,
        term=c_.term,
        reason=c_.reason,
        need=c_.need,
        tied_to=c_.tied_to,
    )
    d.emit(INTERACTION, c_.interaction, event)


def withdraw_recommendation(d: Decision, c_: c.WithdrawRecommendation) -> None:
    """Take back a recommendation of this talk."""
    talk = d.need(INTERACTION, c_.interaction)
    if c_.recommendation not in talk.recommendations:
        raise Rejected(Reason.STREAM_NOT_FOUND, recommendation=c_.recommendation)
    event = a.RecommendationWithdrawn(recommendation=c_.recommendation)
    d.emit(INTERACTION, c_.interaction, event)


def offer_plan(d: Decision, c_: c.OfferPlan) -> None:
    """Offer a deposit (DEP-24); inducements and rates beyond board and authority are warned of."""
    need_talk(d, c_.interaction)
    try:
        check_offer(_offer(d, c_))
    except Rejected as no:
        d.warn(no.reason, **no.facts)
    event = a.DepositPlanOffered(product=c_.product, rate=c_.rate, inducement=c_.inducement)
    d.emit(INTERACTION, c_.interaction, event)


def _offer(d: Decision, c_: c.OfferPlan) -> Offer:
    level = LEVELS.get(d.frame.actor.role, "rm")
    family = CEILINGS.get(c_.product.partition(".")[0], "time")
    ceiling_bp = d.catalogue.number(f"deposit.ceiling_bp.{family}", d.day)
    benchmark = d.catalogue.rate(f"deposit.benchmark.{c_.product}", d.day)
    authority = f"deposit.price_authority.{level}"
    known = authority in d.catalogue.by_id
    return Offer(
        board=d.catalogue.rate(f"deposit.rate.{c_.product}", d.day),
        ceiling=ceiling_rate(benchmark, ceiling_bp),
        level=level,
        authority_bp=d.catalogue.number(authority, d.day) if known else 0,
        offered=c_.rate,
        inducement=c_.inducement,
    )


def offer_loan(d: Decision, c_: c.OfferLoan) -> None:
    """Say how much could be borrowed; it binds nobody and is kept."""
    need_talk(d, c_.interaction)
    event = a.LoanOffered(product=c_.product, amount=c_.amount, term_months=c_.term_months)
    d.emit(INTERACTION, c_.interaction, event)


HANDLERS: Final[dict[type, Handler]] = {
    c.Explain: by(explain),
    c.Quote: by(quote),
    c.CorrectQuote: by(correct_quote),
    c.Correct: by(correct),
    c.Recommend: by(recommend),
    c.WithdrawRecommendation: by(withdraw_recommendation),
    c.OfferPlan: by(offer_plan),
    c.OfferLoan: by(offer_loan),
}
