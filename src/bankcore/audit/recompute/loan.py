"""Figures of loans derived again from the state before them (重算): LN-10…LN-22, LN-28."""

from __future__ import annotations

from typing import Any

from bankcore.aggregates.loan import Loan
from bankcore.aggregates.loan import events_changes as c
from bankcore.aggregates.loan import events_contract as k
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan import events_risk as x
from bankcore.aggregates.loan.terms import RateDays
from bankcore.operations.loans.disbursing import rows_of
from bankcore.operations.loans.penalties import charges
from bankcore.operations.loans.rebuilding import days_and_rates
from bankcore.rules.loans.building import MethodChoice, build_schedule
from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.ecl import Exposure, Scenario, expected_credit_loss
from bankcore.rules.loans.interest_only import MethodLimits
from bankcore.rules.loans.prepayment import interest_to_day, prepayment_fee
from bankcore.rules.loans.schedule import LoanTerms
from bankcore.values.entry import Entry
from bankcore.values.figures import figure

# A schedule in the log was allowed when it was built; recomputing asks for its figures only.
_NO_LIMITS = MethodLimits(10_000, 10_000, 100_000)


def schedule_built(before: Loan | None, entry: Entry[Any]) -> str | None:
    """A schedule at disbursement follows from the terms; a later one at least repays exactly."""
    event = entry.event
    assert isinstance(event, k.RepaymentScheduleBuilt), "registered for this event"
    draw = None if before is None else before.draw(event.draw)
    if before is None or draw is None or before.contract.terms is None:
        return "schedule built before the draw"
    repaid = sum(row.principal.minor for row in event.rows)
    if repaid != draw.balance.minor:
        return f"rows repay {repaid} fen of {draw.balance.minor}"
    if event.cause != "disbursed":
        return None
    terms = before.contract.terms
    levels = {Method.LEVEL_PAYMENT, Method.LEVEL_PRINCIPAL}
    wanted = build_schedule(
        LoanTerms(
            principal=draw.amount,
            rate=event.rate,
            months=terms.term_months,
            value_date=draw.drawn_on,
            due_day=terms.due_day if terms.method in levels else None,
            min_first_days=terms.min_first_days,
        ),
        MethodChoice(
            method=terms.method,
            limits=_NO_LIMITS,
            interest_period_months=terms.interest_period_months,
            amort_months=terms.amort_months,
            balloon=terms.balloon,
        ),
    )
    if rows_of(wanted.rows) != event.rows:
        return "schedule differs from the one recomputed by LN-10 to LN-13"
    return None


def fell_due(before: Loan | None, entry: Entry[Any]) -> str | None:
    """What falls due is the next row of the schedule."""
    event = entry.event
    if isinstance(event, r.NonAccrualInterestFellDue) and event.until is not None:
        return _charged(before, event)
    draw = None if before is None else before.draw(event.draw)
    row = None if draw is None else next((x for x in draw.rows if x.number == event.number), None)
    if row is None:
        return f"instalment {event.number} is not on the schedule"
    if (row.principal, row.interest, row.due) != (event.principal, event.interest, event.due):
        return f"instalment {event.number} is {row.principal} and {row.interest} by the schedule"
    return None


def penalty_charged(before: Loan | None, entry: Entry[Any]) -> str | None:
    """Penalty and compound interest by LN-19 to LN-21 on what was open."""
    return _charged(before, entry.event)


def _charged(before: Loan | None, event: Any) -> str | None:
    if before is None:
        return "penalty before the loan"
    found = next(
        (
            charge
            for charge in charges(before, event.until)
            if (charge.item.draw, charge.item.number) == (event.draw, event.number)
            and charge.item.charged_until == event.since
        ),
        None,
    )
    if found is None:
        return f"instalment {event.number} bears no penalty up to {event.until}"
    posted = event.penalty if isinstance(event, r.PenaltyInterestCharged) else event.interest
    if found.total != posted:
        return f"penalty {posted}, recomputed {found.total} by LN-19 and LN-20"
    if found.compound.figure.amount != event.of_which_compound:
        return f"compound {event.of_which_compound}, recomputed by LN-20"
    return None


def prepaid(before: Loan | None, entry: Entry[Any]) -> str | None:
    """Interest to the day and fee by LN-15."""
    event = entry.event
    assert isinstance(event, c.LoanPrepaid), "registered for this event"
    draw = None if before is None else before.draw(event.draw)
    if draw is None:
        return "prepaid before the draw"
    segments = days_and_rates(draw, entry.value_date)
    if tuple(RateDays(days=n, rate=rate) for n, rate in segments) != event.segments:
        return f"interest days differ from those since {draw.last_due}"
    interest = interest_to_day(event.principal, segments)
    if interest.amount != event.interest_accrued:
        return f"interest {event.interest_accrued}, recomputed {interest.amount} by LN-15"
    fee = prepayment_fee(event.principal, event.fee_pct).amount
    return None if fee == event.fee else f"fee {event.fee}, recomputed {fee} by LN-15"


def provided(before: Loan | None, entry: Entry[Any]) -> str | None:
    """ECL and minimum by LN-28 from the inputs that the event keeps."""
    event = entry.event
    assert isinstance(event, x.ProvisionPosted), "registered for this event"
    if before is None:
        return "provision before the loan"
    inputs = event.inputs
    if inputs is None:
        return None
    exposure = Exposure(
        pd12=inputs.pd12,
        lgd=inputs.lgd,
        ead_by_year=inputs.ead_by_year,
        remaining_months=inputs.remaining_months,
        eir=inputs.eir,
    )
    scenarios = [Scenario(s.weight, s.pd_multiplier) for s in inputs.scenarios]
    ecl = expected_credit_loss(event.stage, exposure, scenarios).amount
    minimum = figure("LN-28", inputs.balance.minor * inputs.minimum_percent / 100).amount
    if (ecl, minimum) != (event.ecl, event.minimum):
        return f"ECL {event.ecl} and minimum {event.minimum}, recomputed {ecl} and {minimum}"
    booking = max(ecl, minimum) - before.sums.allowance
    return None if booking == event.increase else f"booking {event.increase}, recomputed {booking}"
