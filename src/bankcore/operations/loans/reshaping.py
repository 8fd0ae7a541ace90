"""Extension, restructuring and recall (展期、重组、提前收贷), LN-26, LN-19."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as e
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan.state import Draw
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.collecting import bring_due
from bankcore.operations.loans.facts import (
    check_reason,
    loan_gl,
    need_running,
    policies,
    signed_terms,
)
from bankcore.operations.loans.misuse import follow_rate
from bankcore.operations.loans.penalties import charge_penalties
from bankcore.operations.loans.rebuilding import days_and_rates, emit_schedule, remaining_of
from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.pricing import index_on, tenor_of, with_spread
from bankcore.rules.loans.remaining import Remaining, level_over, refill, split_interest
from bankcore.rules.loans.restructuring import (
    Extension,
    ExtensionRequest,
    extension,
    observation_end,
)
from bankcore.rules.loans.schedule import Period, Row, Schedule
from bankcore.values.dates import add_months
from bankcore.values.figures import figure
from bankcore.values.money import total
from bankcore.values.reasons import Reason, Rejected

RULE = "LN-26"


def extend(d: Decision, x: c.Extend) -> None:
    """Move the maturity of every draw; the rate changes only if the tenor does."""
    loan = d.need(LOAN, x.loan)
    found = _asked(d, loan, x.months, consents=x.consents)
    if found.reason is not None:
        raise Rejected(found.reason, room_months=found.room_months)
    if x.months <= 0:
        raise Rejected(Reason.TERM_NOT_POSITIVE, months=x.months)
    assert found.new_maturity is not None, "an allowed extension has a maturity"
    _move_tenor(d, x.loan, loan, x.months)
    extended = e.LoanExtended(
        months=x.months,
        maturity=found.new_maturity,
        rate=d.need(LOAN, x.loan).draws[0].rate,
    )
    d.emit(LOAN, x.loan, extended)
    for draw in d.need(LOAN, x.loan).draws:
        if draw.rows:
            emit_schedule(d, x.loan, draw.number, _longer(draw, x.months), "extended")


def _asked(d: Decision, loan: Loan, months: int, *, consents: bool) -> Extension:
    terms = signed_terms(loan)
    cap = policies(d, loan.application.applied_on).cap(terms.product.value)
    request = ExtensionRequest(
        active=loan.running,
        dpd=loan.days_past_due(d.day),
        orig_months=terms.term_months,
        used_months=sum(loan.risk.extensions),
        count=len(loan.risk.extensions),
        longest_months=cap.max_term_months if cap else terms.term_months,
        requested_months=months,
        application_date=d.day,
        maturity=max((draw.maturity for draw in loan.draws), default=d.day),
        consents=consents,
    )
    return extension(request, policies(d).extension())


def _move_tenor(d: Decision, key: str, loan: Loan, months: int) -> None:
    """A total term that passes 60 months takes the longer tenor of the index."""
    terms = signed_terms(loan)
    tenor = tenor_of(terms.term_months + sum(loan.risk.extensions) + months)
    for draw in loan.draws:
        if draw.tenor == tenor:
            continue
        index = index_on(policies(d).lpr()[tenor], d.day)
        repriced = e.LoanRepriced(
            draw=draw.number,
            cause="extension",
            tenor=tenor,
            old_rate=draw.rate,
            rate=with_spread(index, terms.spread_bp),
            index=index.rate,
            spread_bp=terms.spread_bp,
            valid_from=d.day,
        )
        d.emit(LOAN, key, repriced)
        follow_rate(d, key, draw.number)


def _longer(draw: Draw, months: int) -> Schedule:
    """Open rows over more periods; a single payment moves to the new maturity."""
    rest = remaining_of(draw)
    if draw.method is Method.BULLET:
        only = rest.periods[0]
        moved = replace(only, due=add_months(only.due, months), months=only.months + months)
        rest = replace(rest, periods=(moved,), segments=())
    else:
        rest = replace(rest, periods=(*rest.periods, *_more(draw, months)))
    return refill(RULE, rest, level_over(RULE, rest))


def _more(draw: Draw, months: int) -> tuple[Period, ...]:
    end, last = draw.maturity, draw.rows[-1].number
    return tuple(
        Period(last + k, add_months(end, k - 1), add_months(end, k)) for k in range(1, months + 1)
    )


def restructure(d: Decision, x: c.Restructure) -> None:
    """Spread everything owed over a new term from today; observation begins (LN-26)."""
    bring_due(d, x.loan)
    loan = need_running(d, x.loan)
    terms = signed_terms(loan)
    if not x.consents:
        raise Rejected(Reason.CONSENT_MISSING)
    if x.term_months <= 0:
        raise Rejected(Reason.TERM_NOT_POSITIVE, months=x.term_months)
    cap = policies(d, loan.application.applied_on).cap(terms.product.value)
    if cap is not None and x.term_months > cap.max_term_months:
        raise Rejected(Reason.EXTENSION_ABOVE_LIMIT, longest=cap.max_term_months)
    charge_penalties(d, x.loan, d.day)
    _cure(d, x.loan)
    if x.capitalise_interest:
        _capitalise(d, x.loan)
    before = d.need(LOAN, x.loan)
    first_due = add_months(d.day, 1)
    restructured = e.LoanRestructured(
        kind=x.kind,
        old_terms=terms,
        terms=replace(terms, term_months=x.term_months, method=Method.LEVEL_PAYMENT),
        first_due=first_due,
        observation_until=observation_end(first_due, 1, ()),
    )
    d.emit(LOAN, x.loan, restructured)
    schedule = _respread(before.draws[0], d.need(LOAN, x.loan).draws[0], d.day, x.term_months)
    emit_schedule(d, x.loan, before.draws[0].number, schedule, "restructured")


def _cure(d: Decision, key: str) -> None:
    """Past-due principal runs on schedule again (L7)."""
    loan = d.need(LOAN, key)
    overdue = total([item.principal for item in loan.dues if item.past_due])
    if overdue:
        gl = money.placeholders(loan=loan_gl(loan))
        d.emit(LOAN, key, r.PastDueCured(principal=overdue, gl=gl))


def _capitalise(d: Decision, key: str) -> None:
    """Due interest on book becomes principal (L16); what is off book stays owed."""
    loan = d.need(LOAN, key)
    interest = loan.sums.interest_due
    if interest and not loan.risk.non_accrual:
        gl = money.placeholders(loan=loan_gl(loan))
        d.emit(LOAN, key, e.InterestCapitalised(interest=interest, gl=gl))


def _respread(before: Draw, after: Draw, day: date, months: int) -> Schedule:
    """New monthly rows from today; what was not yet due also pays for the days before today."""
    number = after.rows[0].number if after.rows else 1 + len(before.rows)
    dues = [add_months(day, k) for k in range(1, months + 1)]
    starts = [day, *dues[:-1]]
    rest = Remaining(
        method=Method.LEVEL_PAYMENT,
        balance=after.balance,
        rate=after.rate,
        level=after.level,
        periods=tuple(
            Period(number + k, start, due)
            for k, (start, due) in enumerate(zip(starts, dues, strict=True))
        ),
    )
    elapsed = days_and_rates(after, day)
    old = split_interest(RULE, before.balance, elapsed).exact
    new = after.balance.minor * after.rate.monthly
    first = figure(RULE, old + new, not_due=before.balance, balance=after.balance)
    return refill(RULE, rest, level_over(RULE, rest), first)


def recall(d: Decision, x: c.Recall) -> None:
    """The whole balance falls due on a day, with interest to that day (提前收贷)."""
    loan = need_running(d, x.loan)
    check_reason(x.reason)
    if x.due_on < d.day:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, due_on=x.due_on)
    d.emit(LOAN, x.loan, e.LoanRecalled(due_on=x.due_on, reason=x.reason))
    for draw in loan.draws:
        if draw.rows and draw.balance:
            emit_schedule(d, x.loan, draw.number, _all_at_once(draw, x.due_on), "recalled")


def _all_at_once(draw: Draw, due_on: date) -> Schedule:
    on = max(due_on, draw.last_due)
    interest = split_interest("LN-15", draw.balance, days_and_rates(draw, on))
    first = draw.rows[0]
    row = Row(first.number, on, draw.balance, interest, draw.balance - draw.balance)
    return Schedule((replace(row, odd=True),), None)
