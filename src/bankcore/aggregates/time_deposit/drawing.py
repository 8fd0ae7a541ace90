"""A draw of a notice deposit as its rule wants it, from the state and the rates of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.aggregates.time_deposit.plans import tranches
from bankcore.aggregates.time_deposit.state import TimeDeposit
from bankcore.rules.deposits.notice import NoticeDraw, NoticeGiven
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True)
class NoticeRates:
    """The notice and the demand rate of the withdrawal day."""

    notice: AnnualRate
    demand: AnnualRate


def notice_drawing(deposit: TimeDeposit, amount: Money, on: date, rates: NoticeRates) -> NoticeDraw:
    """Everything DEP-15 needs of a draw of this deposit."""
    terms, open_notice = deposit.agreed, deposit.notice
    given = NoticeGiven(open_notice.amount, open_notice.draw_on) if open_notice else None
    return NoticeDraw(
        tranches=tranches(deposit),
        opened_on=deposit.start,
        notice_days=terms.notice_days,
        on=on,
        amount=amount,
        notice=given,
        lapsed=deposit.lapsed,
        notice_rate=rates.notice,
        demand_rate=rates.demand,
        min_draw=terms.min_draw,
        min_balance=terms.min_balance,
    )
