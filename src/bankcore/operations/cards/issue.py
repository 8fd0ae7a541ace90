"""Issuing, delivering and activating a card (发卡、交付、激活), CC-01."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bankcore.aggregates.card_line import CARD, Stage
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_life as e
from bankcore.aggregates.card_line.decide import need_stage
from bankcore.operations.cards.agreement import agreement_of
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.service import serve
from bankcore.values.dates import add_months
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def issue(d: Decision, c_: c.Issue) -> None:
    """Make the card under an approved line; the limit becomes a commitment (L20)."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.APPROVED)
    terms = agreement_of(d.catalogue, line.product, c_.statement_day, d.day)
    months = d.catalogue.number("card.validity_months", d.day)
    issued = e.CardIssued(
        number=c_.number,
        holder=line.customer,
        expires=last_of_month(add_months(d.day, months)),
        limit=line.application.granted,
        terms=terms,
        gl={},
    )
    d.emit(CARD, c_.card, issued)


def last_of_month(day: date) -> date:
    """The last day of a date's month: cards are valid through it."""
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def deliver(d: Decision, c_: c.Deliver) -> None:
    """Card and PIN travel apart; either may be first."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ISSUED, Stage.DELIVERED)
    delivered = e.CardDelivered(number=line.plastic.number, to=c_.to, what=c_.what)
    d.emit(CARD, c_.card, delivered)


def brief(d: Decision, c_: c.Brief) -> None:
    """Record what the customer was told about the card."""
    need_stage(d.need(CARD, c_.card), Stage.ISSUED, Stage.DELIVERED, Stage.ACTIVE)
    d.emit(CARD, c_.card, e.CardholderBriefed(items=c_.items))


def activate(d: Decision, c_: c.Activate) -> None:
    """The cardholder activates: a blocked card and an unknown person are refused.

    An unsigned form was never approved, and a card that nobody activated is cancelled long
    before it expires, so neither can come here.
    """
    line = d.need(CARD, c_.card)
    if line.blocks:
        raise Rejected(Reason.CARD_BLOCKED, blocks=list(line.blocks))
    if not c_.identity_check:
        raise Rejected(Reason.IDENTITY_NOT_VERIFIED)
    need_stage(line, Stage.ISSUED, Stage.DELIVERED)
    serve(d, line.customer)
    activated = e.CardActivated(
        number=line.plastic.number, channel=c_.channel, identity_check=c_.identity_check
    )
    d.emit(CARD, c_.card, activated)


HANDLERS: Final[dict[type, Handler]] = {
    c.Issue: by(issue, Role.SYSTEM, Role.CARD_APPROVER, Role.RM),
    c.Deliver: by(deliver, Role.RM, Role.SYSTEM),
    c.Brief: by(brief, Role.RM),
    c.Activate: by(activate, Role.CUSTOMER, Role.RM),
}
