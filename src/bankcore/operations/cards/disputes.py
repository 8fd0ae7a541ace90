"""Disputes of card items (交易争议): opened, postponed, decided, and decided by time, CC-14."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bankcore.aggregates.card_line import CARD
from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line import service_commands as c
from bankcore.aggregates.card_line.decide import check_positive
from bankcore.aggregates.card_line.state import CardLine, Dispute
from bankcore.operations.cards.crediting import cure
from bankcore.operations.day import Step
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.rules.cards.dormancy import DisputeFacts, check_dispute
from bankcore.rules.cards.kinds import ItemKind
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due


def open_dispute(d: Decision, c_: c.OpenDispute) -> None:
    """The disputed amount leaves balance, minimum, tests and interest until it is decided."""
    check_positive(c_.amount)
    line = d.need(CARD, c_.card)
    posted = line.posted_item(c_.item)
    if posted is None or posted.kind not in {ItemKind.PURCHASE, ItemKind.CASH}:
        raise Rejected(Reason.STREAM_NOT_FOUND, item=c_.item)
    item = line.book.item(c_.item)
    facts = DisputeFacts(
        statement_date=posted.statement,
        amount=item.outstanding if item is not None else Money(0),
        claimed=c_.amount,
        open_already=any(x.item == c_.item for x in line.disputes),
        on=d.day,
    )
    check_dispute(facts, d.catalogue.number("card.dispute_days", d.day))
    opened = r.DisputeOpened(dispute=c_.dispute, item=c_.item, amount=c_.amount)
    entry = d.emit(CARD, c_.card, opened)
    given = r.DisputeCreditGiven(
        dispute=c_.dispute,
        item=c_.item,
        amount=c_.amount,
        within_line=line.has_line,
        gl={},
    )
    d.emit(CARD, c_.card, given, caused_by=entry.id)
    cure(d, c_.card)


def _found(line: CardLine, dispute: str) -> Dispute:
    found = next((x for x in line.disputes if x.dispute == dispute), None)
    if found is None:
        raise Rejected(Reason.STREAM_NOT_FOUND, dispute=dispute)
    return found


def _answer_by(d: Decision, found: Dispute) -> date:
    """The last day of the bank's answer: as the notice says, else the limit of its opening day."""
    days = d.catalogue.number("card.dispute_answer_days", found.opened_on)
    return found.answer_by or found.opened_on + timedelta(days=days)


def postpone_dispute(d: Decision, c_: c.PostponeDispute) -> None:
    """More time, once, by a notice that is given before the first limit has passed."""
    found = _found(d.need(CARD, c_.card), c_.dispute)
    if found.answer_by is not None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, answer_by=found.answer_by)
    more = d.catalogue.number("card.dispute_answer_more_days", found.opened_on)
    until = _answer_by(d, found) + timedelta(days=more)
    d.emit(CARD, c_.card, r.DisputeAnswerPostponed(dispute=c_.dispute, until=until))


def decide_dispute(d: Decision, c_: c.DecideDispute) -> None:
    """Won: the acquirer pays and interest is reversed. Lost: owed again from today. Or a loss."""
    line = d.need(CARD, c_.card)
    found = _found(line, c_.dispute)
    match c_.outcome:
        case "won":
            _win(d, c_.card, found)
        case "lost":
            lost = r.DisputeLostByCustomer(
                dispute=c_.dispute,
                item=found.item,
                amount=found.amount,
                within_line=line.has_line,
                gl={},
            )
            d.emit(CARD, c_.card, lost)
        case "fraud_loss":
            loss = r.FraudLossRecognised(dispute=c_.dispute, amount=found.amount, gl={})
            d.emit(CARD, c_.card, loss)
        case _:
            raise Rejected(Reason.ILLEGAL_TRANSITION, outcome=c_.outcome)


def _win(d: Decision, card: str, found: Dispute) -> None:
    won = r.DisputeWon(dispute=found.dispute, item=found.item, amount=found.amount, gl={})
    d.emit(CARD, card, won)


def decide_by_time(d: Decision, due: Due) -> None:
    """No result by the last day of the bank's answer: decided for the customer that evening."""
    found = _found(d.need(CARD, due.stream), due.contract)
    if d.day >= _answer_by(d, found):
        _win(d, due.stream, found)


_DECIDES = (Role.CARD_APPROVER, Role.BRANCH_HEAD, Role.HEAD_OFFICE)
HANDLERS: Final[dict[type, Handler]] = {
    c.OpenDispute: by(open_dispute, Role.CUSTOMER, Role.RM),
    c.PostponeDispute: by(postpone_dispute, Role.RM, *_DECIDES),
    c.DecideDispute: by(decide_dispute, *_DECIDES, Role.SYSTEM),
}
STEPS: Final[dict[str, Step]] = {"card_dispute": decide_by_time}
