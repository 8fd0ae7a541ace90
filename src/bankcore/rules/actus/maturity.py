"""When a contract without a maturity date ends: derived from what it redeems."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from math import ceil

from bankcore.rules.actus.terms import Terms
from bankcore.rules.actus.times import Period
from bankcore.rules.date_schedules import is_month_end, month_end


def derived(terms: Terms) -> datetime:
    """The maturity of a LAM, NAM, ANN or LAX contract from its redemptions.

    Contracts that never end are an `AssertionError`: the terms cannot be complete.
    """
    if terms.maturity is not None:
        return terms.maturity
    if terms.amortization is not None:
        return terms.amortization
    if terms.contract_type == "LAX":
        return _after_steps(terms)
    assert terms.redemption.cycle is not None, "a contract without maturity redeems on a cycle"
    assert terms.next_redemption is not None, "a contract without maturity names its redemption"
    period = terms.redemption.cycle.period
    base = _base(terms, period)
    if terms.contract_type == "LAM":
        count = ceil(terms.notional / terms.next_redemption)
    else:
        count = _annuity_count(terms, base, period)
    return _moved(terms, period.after(base, count - 1))


def _moved(terms: Terms, day: datetime) -> datetime:
    """A derived maturity obeys the month-end and business-day rules; a given one is not moved."""
    anchor = terms.redemption.anchor
    if terms.conventions.end_of_month and anchor is not None and is_month_end(anchor.date()):
        day = datetime.combine(month_end(day.date()), day.time())
    return terms.conventions.moment(day).at


def _base(terms: Terms, period: Period) -> datetime:
    """The first redemption after the status date."""
    anchor = terms.redemption.anchor
    if anchor is None:
        assert terms.initial_exchange is not None, "without an anchor the exchange starts it"
        anchor = period.after(terms.initial_exchange)
    times = 0
    while period.after(anchor, times) <= terms.status_date:
        times += 1
    return period.after(anchor, times)


def _annuity_count(terms: Terms, base: datetime, period: Period) -> int:
    """How many payments until the notional is gone, interest first."""
    left, count = terms.notional, 0
    since = period.after(base, -1)
    assert terms.next_redemption is not None, "checked by the caller"
    while left > 0 and count < 10_000:
        until = period.after(base, count)
        interest = left * (terms.rate or Fraction(0)) * terms.conventions.years(since, until)
        left -= terms.next_redemption - interest
        since, count = until, count + 1
    assert left <= 0, "the payments never redeem the notional"
    return count


def _after_steps(terms: Terms) -> datetime:
    """LAX: the date on which the last step has redeemed what is left."""
    left = terms.notional
    steps = terms.redemption_steps
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        amount = (step.value or Fraction(0)) * (-1 if step.increases else 1)
        if step.cycle is None:
            left -= amount
            last = step.anchor
            continue
        times = 0
        while following is None or step.cycle.period.after(step.anchor, times) < following.anchor:
            last = step.cycle.period.after(step.anchor, times)
            left -= amount
            times += 1
            if left <= 0:
                return last
            assert times < 10_000, "the steps never redeem the notional"
    return last
