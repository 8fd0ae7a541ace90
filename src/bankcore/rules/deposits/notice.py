"""Notice deposits (通知存款): giving notice, and every way of drawing, DEP-14, DEP-15."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from bankcore.rules.deposits.lump import period_interest
from bankcore.rules.deposits.tranches import Piece, Tranche, consume, merged
from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


class Grade(StrEnum):
    """How a draw stands to its notice; only `proper` earns the notice rate."""

    HELD_TOO_SHORT = "held_too_short"
    NO_NOTICE = "no_notice"
    EARLY_DRAW = "early_draw"
    LATE_DRAW = "late_draw"
    BELOW_MINIMUM_DRAW = "below_minimum_draw"
    PROPER = "proper"


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """A notice: the amount announced for the one day on which it may be drawn."""

    amount: Money
    draw_on: date


def give_notice(
    principal: Money, notice: NoticeGiven, min_draw: Money, *, has_open_notice: bool
) -> None:
    """Accept a notice or refuse, DEP-14.

    Refusals, in order: `notice_already_open`, `amount_not_whole_yuan`, `amount_below_minimum`,
    `amount_above_principal`. A rest below the minimum balance is only a warning: it will be
    closed (DEP-15).
    """
    amount = notice.amount
    if has_open_notice:
        raise Rejected(Reason.NOTICE_ALREADY_OPEN)
    if amount.minor % 100:
        raise Rejected(Reason.AMOUNT_NOT_WHOLE_YUAN, amount=amount)
    if amount < min_draw:
        raise Rejected(Reason.AMOUNT_BELOW_MINIMUM, minimum=min_draw)
    if amount > principal:
        raise Rejected(Reason.AMOUNT_ABOVE_PRINCIPAL, principal=principal)


def draw_day(given_on: date, notice_days: int) -> date:
    """The announced day: exactly 1 or 7 calendar days ahead, weekends too."""
    return given_on + timedelta(days=notice_days)


def proper_interest(amount: Money, start: date, on: date, notice_rate: AnnualRate) -> Figure:
    """Interest of a draw as announced: notice rate of the withdrawal day, actual days, DEP-14."""
    made = period_interest(amount, notice_rate, start, on, "actual").interest
    return figure("DEP-14", made.exact, amount.currency, **made.inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraw:
    """A draw from a notice deposit.

    `notice` is the open or late one; `lapsed` are the amounts of lapsed or cancelled notices on
    which the notice period is still to be taken off. Both rates are of the withdrawal day.
    """

    tranches: tuple[Tranche, ...]
    opened_on: date
    notice_days: int
    on: date
    amount: Money
    notice: NoticeGiven | None
    lapsed: tuple[Money, ...]
    notice_rate: AnnualRate
    demand_rate: AnnualRate
    min_draw: Money
    min_balance: Money

    @property
    def principal(self) -> Money:
        """The sum of the tranches."""
        return total([t.amount for t in self.tranches])


@dataclass(frozen=True, slots=True)
class NoticeDrawn:
    """The outcome: grade, pieces in order, one interest figure, and what is left."""

    grade: Grade
    parts: tuple[Piece, ...]
    interest: Figure
    paid_principal: Money
    remaining: Money
    closed: bool
    tranches: tuple[Tranche, ...]
    lapsed: tuple[Money, ...]


def grade_draw(draw: NoticeDraw) -> Grade:
    """The first case of DEP-15 step 1 that fits."""
    notice = draw.notice
    if (draw.on - draw.opened_on).days < draw.notice_days:
        return Grade.HELD_TOO_SHORT
    if notice is None:
        return Grade.NO_NOTICE
    if draw.on != notice.draw_on:
        return Grade.EARLY_DRAW if draw.on < notice.draw_on else Grade.LATE_DRAW
    return Grade.BELOW_MINIMUM_DRAW if draw.amount < draw.min_draw else Grade.PROPER


def draw_notice(draw: NoticeDraw) -> NoticeDrawn:
    """Draw from a notice deposit, in order or not, DEP-15.

    Refusals, in order: `amount_not_positive`, `amount_not_whole_yuan`, `amount_above_principal`,
    `before_start`. The interest of all pieces is one figure, rounded once.
    """
    _check_draw(draw)
    grade = grade_draw(draw)
    parts = _pieces(draw, grade)
    paid = [p for p in parts if p.kind != "shortfall"]
    exact, left, lapsed = _weigh(draw, parts)
    paid_principal = total([p.amount for p in paid])
    remaining = draw.principal - paid_principal
    interest = figure(
        "DEP-15",
        exact,
        draw.amount.currency,
        grade=grade,
        parts=parts,
        on=draw.on,
        notice_rate=draw.notice_rate,
        demand_rate=draw.demand_rate,
        lapsed=draw.lapsed,
    )
    return NoticeDrawn(
        grade, parts, interest, paid_principal, remaining, not remaining, left, lapsed
    )


def _check_draw(draw: NoticeDraw) -> None:
    if draw.amount <= ZERO:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=draw.amount)
    if draw.amount.minor % 100:
        raise Rejected(Reason.AMOUNT_NOT_WHOLE_YUAN, amount=draw.amount)
    if draw.amount > draw.principal:
        raise Rejected(Reason.AMOUNT_ABOVE_PRINCIPAL, principal=draw.principal)
    if draw.on < draw.opened_on:
        raise Rejected(Reason.BEFORE_START, start=draw.opened_on)


def _pieces(draw: NoticeDraw, grade: Grade) -> tuple[Piece, ...]:
    """The pieces of the draw, then a closing rest or a shortfall: steps 2 to 4."""
    announced = draw.notice.amount if draw.notice else ZERO
    if grade is Grade.PROPER:
        parts = [Piece("notice", min(draw.amount, announced))]
        if draw.amount > announced:
            parts.append(Piece("excess", draw.amount - announced))
    else:
        parts = [Piece("demand", draw.amount)]
    rest = draw.principal - draw.amount
    if ZERO < rest < draw.min_balance:
        return (*parts, Piece("closing_rest", rest))
    used = grade in {Grade.PROPER, Grade.BELOW_MINIMUM_DRAW}
    if rest and used and draw.amount < announced:
        parts.append(Piece("shortfall", announced - draw.amount))
    return tuple(parts)


def _weigh(
    draw: NoticeDraw, parts: tuple[Piece, ...]
) -> tuple[Fraction, tuple[Tranche, ...], tuple[Money, ...]]:
    """Exact interest of the pieces, the tranches left, the lapsed notices left: steps 5 to 7."""
    queue = sorted(draw.tranches, key=lambda t: t.start)
    exact = Fraction(0)
    paid_so_far = 0
    for piece in parts:
        taken, queue = consume(queue, piece.amount)
        rate = draw.notice_rate if piece.kind == "notice" else draw.demand_rate
        for tranche in taken:
            days = (draw.on - tranche.start).days
            weight = tranche.amount.minor * days
            if piece.kind == "shortfall":
                queue = [*queue, Tranche(tranche.amount, draw.on)]
            else:
                weight = _less_lost(draw, paid_so_far, tranche.amount.minor, days)
                paid_so_far += tranche.amount.minor
            exact += weight * rate.daily
    lapsed = tuple(Money(x.minor - min(x.minor, paid_so_far)) for x in draw.lapsed)
    return exact, merged(queue), tuple(x for x in lapsed if x)


def _less_lost(draw: NoticeDraw, since: int, amount: int, days: int) -> int:
    """Fen·days of a piece after the lost days: the first x yuan paid out lose N days each time.

    `since` is how many fen were paid out before this piece. Days never fall below zero, even
    where several lapsed notices lie on the same money.
    """
    end = since + amount
    cuts = sorted({since, end, *(x.minor for x in draw.lapsed if since < x.minor < end)})
    weight = 0
    for low, high in pairwise(cuts):
        lost = draw.notice_days * sum(x.minor >= high for x in draw.lapsed)
        weight += (high - low) * max(days - lost, 0)
    return weight
