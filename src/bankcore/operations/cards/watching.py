"""The watch for cashing out (套现监测), step 280: signs, alert, review, CC-14."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_watch as e
from bankcore.aggregates.card_line import service_commands as c
from bankcore.aggregates.card_line.decide import need_reason
from bankcore.operations.cards.policies import cash_out_terms
from bankcore.operations.day import Step
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.products.catalogue import Catalogue
from bankcore.rules.cards.cash_out import Activity, CashOut, Swipe, cash_out
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due


def watch(d: Decision, due: Due) -> None:
    """Raise an alert when the signs reach the score; nothing is done to the card by it."""
    line = d.need(CARD, due.stream)
    found = signs_on(line, d.catalogue, d.day)
    if found.alert and not _known(
        line, found, d.day, d.catalogue.number("card.cash_out_days", d.day)
    ):
        raised = e.CashOutAlertRaised(as_of=d.day, signs=found.signs, score=found.score)
        d.emit(CARD, due.stream, raised)


def signs_on(line: CardLine, catalogue: Catalogue, on: date) -> CashOut:
    """What the purchases and payments of a card look like at the close of a day."""
    risky = catalogue.value("card.cash_out_high_risk", on)
    activity = Activity(
        limit=line.limit.on(on),
        as_of=on,
        purchases=[
            Swipe(x.on, x.hour, x.merchant, x.category in risky, x.amount) for x in line.watch.seen
        ],
        payments=line.watch.paid,
    )
    return cash_out(activity, cash_out_terms(catalogue, on))


def _known(line: CardLine, found: CashOut, day: date, days: int) -> bool:
    """True while an alert waits for its review, or a reviewed one of this period says as much."""
    last = line.watch.alert
    if last is None:
        return False
    return not last.reviewed or (found.score <= last.score and (day - last.on).days < days)


def review(d: Decision, c_: c.ReviewCashOut) -> None:
    """A person has looked at the signs and says what follows."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    if line.watch.alert is None or line.watch.alert.reviewed:
        raise Rejected(Reason.ILLEGAL_TRANSITION, alert=line.watch.alert is not None)
    d.emit(CARD, c_.card, e.CashOutAlertReviewed(measure=c_.measure, reason=c_.reason))


_REVIEWS: Final = (Role.RM, Role.CARD_APPROVER, Role.BRANCH_HEAD, Role.HEAD_OFFICE)
HANDLERS: Final[dict[type, Handler]] = {c.ReviewCashOut: by(review, *_REVIEWS)}
STEPS: Final[dict[str, Step]] = {"card_cash_out": watch}
