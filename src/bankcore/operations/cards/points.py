"""Points (积分): earned by posted purchases, taken back by refunds, redeemed, expired; CC-09."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line.decide import overdue
from bankcore.aggregates.card_line.events_use import CardTransactionPosted
from bankcore.aggregates.points_account import POINTS, PointsAccount
from bankcore.aggregates.points_account import commands as c
from bankcore.aggregates.points_account import events as e
from bankcore.operations.cards.policies import earn_terms
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.service import serve
from bankcore.rules.cards import points as rule
from bankcore.values.entry import Entry
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due


def accrue(d: Decision, card: str, posted: Entry[CardTransactionPosted]) -> None:
    """What a purchase earns in the month of its posting date; nothing in excluded groups."""
    bought, on = posted.event, posted.value_date
    line = d.need(CARD, card)
    through = _usable_through(d, line, on)
    excluded = bought.category in d.catalogue.value("card.points_excluded", on)
    if excluded or through < d.day:
        return
    state, month = _points(d, card), f"{on:%Y-%m}"
    terms = earn_terms(d.catalogue, line.product, on)
    got = rule.earned(bought.amount, state.earned_in(month), terms)
    if not got:
        return
    filled, unit = min(state.owed, got), _to_yuan(d)
    accrued = e.PointsAccrued(
        item=bought.item,
        month=month,
        spent=bought.amount,
        rate=terms.per_yuan * terms.multiplier,
        cap=terms.monthly_cap,
        points=got,
        filled=filled,
        through=through,
        to_yuan=unit,
        value=rule.worth(got - filled, unit),
        gl={},
    )
    d.emit(POINTS, card, accrued, caused_by=posted.id)


def _usable_through(d: Decision, line: CardLine, on: date) -> date:
    months = d.catalogue.number("card.points_months_valid", on)
    through = rule.usable_through(rule.Lot(on.replace(day=1), 0), months)
    ended = line.plastic.cancelled_on
    return through if ended is None else min(through, _after_card(d, ended))


def _after_card(d: Decision, ended: date) -> date:
    return ended + timedelta(days=d.catalogue.number("card.points_after_card", ended))


def claw_back(d: Decision, card: str, item: str, refund: Money, caused_by: str) -> None:
    """What a refund takes back; what is no longer there makes the balance negative."""
    state = _points(d, card)
    earned = state.item(item)
    if earned is None:
        return
    line = d.need(CARD, card)
    posted = line.posted_item(item)
    assert posted is not None, "what earned points was posted"
    terms = rule.EarnTerms(per_yuan=earned.rate, multiplier=1, monthly_cap=0)
    back = rule.Returned(
        amount=earned.spent,
        refunded_before=posted.returned - refund,
        refund=refund,
        earned=earned.points,
    )
    points = rule.clawback(back, terms)
    if not points:
        return
    lots, unit = _lots(state), _to_yuan(d)
    taken = rule.take_back(lots, date.fromisoformat(f"{earned.month}-01"), points)
    clawed = e.PointsClawedBack(
        item=item,
        refunded=posted.returned,
        points=points,
        to_yuan=unit,
        value=_released(state, taken, unit),
        lots=_named(taken),
        gl={},
    )
    d.emit(POINTS, card, clawed, caused_by=caused_by)


def redeem(d: Decision, c_: c.Redeem) -> None:
    """Points become goods of the points shop, the earliest to expire first."""
    line = d.need(CARD, c_.card)
    state = _points(d, c_.card)
    step = d.catalogue.number("card.points_step", d.day)
    rule.check_redemption(state.usable, c_.points, step)
    if line.agreement is not None and overdue(line, d.day).dpd:
        raise Rejected(Reason.ACCOUNT_OVERDUE)
    serve(d, line.customer)
    taken, unit = rule.take(_lots(state), c_.points), _to_yuan(d)
    redeemed = e.PointsRedeemed(
        points=c_.points,
        to_yuan=unit,
        value=_released(state, taken, unit),
        cost=rule.worth(c_.points, unit),
        lots=_named(taken),
        gl={},
    )
    d.emit(POINTS, c_.card, redeemed)


def expire(d: Decision, due: Due) -> None:
    """Step 280: the lots whose last day is today are over."""
    state = d.need(POINTS, due.stream)
    over = [lot for lot in state.lots if lot.through == d.day]
    gone, unit = _as_lots(over), _to_yuan(d)
    expired = e.PointsExpired(
        points=sum(lot.points for lot in over),
        to_yuan=unit,
        value=_released(state, gone, unit),
        lots=_named(gone),
        gl={},
    )
    d.emit(POINTS, due.stream, expired)


def end_with_card(d: Decision, card: str) -> None:
    """A cancelled card leaves its points some days, then they expire.

    The close of day names the card by its stream, a command by its key; points need the key.
    """
    key = card.removeprefix(CARD.prefix)
    through = _after_card(d, d.day)
    if any(lot.through > through for lot in _points(d, key).lots):
        d.emit(POINTS, key, e.PointsExpiryAdvanced(through=through))


def _points(d: Decision, card: str) -> PointsAccount:
    return d.load(POINTS, card) or PointsAccount()


def _to_yuan(d: Decision) -> int:
    return d.catalogue.number("card.points_to_yuan", d.day)


def _lots(state: PointsAccount) -> list[rule.Lot]:
    return _as_lots(state.lots)


def _as_lots(lots: Iterable[Any]) -> list[rule.Lot]:
    return [rule.Lot(date.fromisoformat(f"{x.month}-01"), x.points) for x in lots]


def _named(lots: Iterable[rule.Lot]) -> tuple[e.LotPoints, ...]:
    return tuple(e.LotPoints(month=f"{x.month:%Y-%m}", points=x.points) for x in lots)


def _released(state: PointsAccount, gone: Iterable[rule.Lot], unit: int) -> Money:
    points = sum(lot.points for lot in gone)
    return rule.released(state.value, points, state.usable - points, unit)


HANDLERS: Final[dict[type, Handler]] = {
    c.Redeem: by(redeem, Role.CUSTOMER, Role.RM),
}
STEPS: Final = {"points_expiry": expire}
