"""Using a card (用卡): authorisations, purchases, cash, credit balance."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine, Stage
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_use as e
from bankcore.aggregates.card_line.decide import (
    available_on,
    check_positive,
    check_usable,
    need_stage,
    overdue,
)
from bankcore.operations.backdating import value_date_of
from bankcore.operations.cards import points
from bankcore.operations.cards.crediting import use_credit_balance
from bankcore.operations.cards.policies import cash_terms
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import check_target, give, placeholders, purse
from bankcore.operations.service import serve
from bankcore.rules.cards.book import eaten
from bankcore.rules.cards.cash import Draw, cash_advance
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.limits import check_within_limit
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def usable(d: Decision, card: str) -> CardLine:
    """The line if anything new may be drawn on it today."""
    line = d.need(CARD, card)
    check_usable(line, d.day, d.catalogue.number("card.hard_block_from", d.day))
    serve(d, line.customer)
    return line


def authorise(d: Decision, c_: c.Authorise) -> None:
    """A merchant asks: the limit must hold the amount."""
    check_positive(c_.amount)
    line = usable(d, c_.card)
    left = available_on(line, d.day)
    check_within_limit(c_.amount, left.cash if c_.kind == "cash" else left.available)
    held = e.CardAuthorised(
        authorisation=c_.authorisation, amount=c_.amount, merchant=c_.merchant, kind=c_.kind
    )
    d.emit(CARD, c_.card, held)


def post(d: Decision, c_: c.Post) -> None:
    """A purchase from clearing is always booked on an activated card, even over the limit."""
    check_positive(c_.amount)
    line = d.need(CARD, c_.card)
    if line.stage not in {Stage.ACTIVE, Stage.CANCELLED}:
        raise Rejected(Reason.CARD_NOT_ACTIVE, state=line.stage.value)
    check_new_item(line, c_.item)
    on = posting_date(d, line)
    posted = e.CardTransactionPosted(
        item=c_.item,
        authorisation=c_.authorisation,
        amount=c_.amount,
        from_credit_balance=eaten(line.book, c_.amount),
        merchant=c_.merchant,
        category=c_.category,
        within_line=line.has_line,
        gl={},
    )
    points.accrue(d, c_.card, d.emit(CARD, c_.card, posted, value_date=on))


def check_new_item(line: CardLine, item: str) -> None:
    """Refuse `stream_exists` when the line has an item of this id."""
    if line.posted_item(item) is not None:
        raise Rejected(Reason.STREAM_EXISTS, item=item)


def draw_cash(d: Decision, c_: c.CashAdvance) -> None:
    """Cash on the card: limits of day and line, fee, interest from today (CC-07)."""
    check_positive(c_.amount)
    line = usable(d, c_.card)
    if overdue(line, d.day).dpd > 0:
        raise Rejected(Reason.CASH_NOT_ALLOWED, days_past_due=overdue(line, d.day).dpd)
    check_new_item(line, c_.item)
    target = purse(d, c_.target)
    check_target(d, target)
    draw = Draw(
        amount=c_.amount,
        drawn_today=line.drawn_on(d.day),
        cash_available=available_on(line, d.day).cash,
        credit_balance=line.book.credit_balance,
    )
    terms = cash_terms(d.catalogue, d.day)
    advance = cash_advance(draw, terms)
    posted = e.CashAdvancePosted(
        item=c_.item,
        amount=c_.amount,
        from_credit_balance=c_.amount - advance.credit_part,
        target=c_.target,
        within_line=line.has_line,
        gl=placeholders(target=target.gl),
    )
    entry = d.emit(CARD, c_.card, posted)
    give(d, target, c_.amount, entry, "card_cash_advance")
    if advance.fee.amount:
        fee = b.CardFeeCharged(
            item=f"{c_.item}-fee",
            kind=ItemKind.CASH_FEE,
            fee=advance.fee.amount,
            base=advance.credit_part,
            percent=terms.fee_pct,
            least=terms.fee_min,
            most=terms.fee_max,
            gl={},
        )
        d.emit(CARD, c_.card, fee, caused_by=entry.id)
    use_credit_balance(d, c_.card)


def withdraw_credit(d: Decision, c_: c.WithdrawCreditBalance) -> None:
    """Own money leaves the card, free of charge (CC-11)."""
    check_positive(c_.amount)
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ACTIVE, Stage.CANCELLED, Stage.WRITTEN_OFF)
    if c_.amount > line.book.credit_balance:
        raise Rejected(Reason.NO_CREDIT_BALANCE, credit_balance=line.book.credit_balance)
    serve(d, line.customer)
    target = purse(d, c_.target)
    check_target(d, target)
    withdrawn = e.CreditBalanceWithdrawn(
        amount=c_.amount,
        target=c_.target,
        within_line=line.has_line,
        gl=placeholders(target=target.gl),
    )
    entry = d.emit(CARD, c_.card, withdrawn)
    give(d, target, c_.amount, entry, "card_credit_balance")


def posting_date(d: Decision, line: CardLine) -> date:
    """The posting date (入账日) of a debit or credit after the checks of GEN-05."""
    return value_date_of(d, line.plastic.activated_on, None, line.last_booking)


HANDLERS: Final[dict[type, Handler]] = {
    c.Authorise: by(authorise, Role.SYSTEM, Role.CUSTOMER),
    c.Post: by(post, Role.SYSTEM, Role.CUSTOMER),
    c.CashAdvance: by(draw_cash, Role.CUSTOMER, Role.TELLER_CASH),
    c.WithdrawCreditBalance: by(withdraw_credit, Role.CUSTOMER, Role.RM, Role.TELLER_CASH),
}
