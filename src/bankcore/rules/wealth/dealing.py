"""WM-09 Dealing days and forward pricing (交易日、未知价).

An order is priced at the net asset value of its trade date, which nobody knows when ordering.
Local time; the cut-off is exclusive. One calendar counts all lags of a product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bankcore.products.wealth_terms import DealingTerms
from bankcore.values.reasons import Reason, Rejected

_DAY: Final = timedelta(days=1)
OpenDay = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Dealing:
    """Trade date T, the date from which units count, and the date on which a redemption is paid."""

    trade: date
    confirm: date
    payout: date


def dealing(submitted: datetime, terms: DealingTerms, is_open: OpenDay) -> Dealing:
    """T is the day of submission before the cut-off of an open day, else the next open day."""
    day = submitted.date()
    in_time = is_open(day) and submitted.time() < terms.cutoff
    trade = day if in_time else after(day, 1, is_open)
    confirm = after(trade, terms.confirm_lag, is_open)
    return Dealing(trade, confirm, after(confirm, terms.payout_lag, is_open))


def after(day: date, lag: int, is_open: OpenDay) -> date:
    """The lag-th open day after a day; a lag of 0 is the day itself."""
    while lag:
        day += _DAY
        lag -= is_open(day)
    return day


def check_cancel(at: datetime, trade: date, terms: DealingTerms) -> None:
    """Refuse `cancel_after_cutoff` from the cut-off of the trade date on."""
    closes = datetime.combine(trade, terms.cutoff)
    if at >= closes:
        raise Rejected(Reason.CANCEL_AFTER_CUTOFF, cutoff=closes.isoformat(timespec="minutes"))
