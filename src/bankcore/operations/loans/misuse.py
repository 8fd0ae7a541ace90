"""Misuse of the money (挪用): flagged, followed by its rate, corrected or waived, LN-21."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_risk as e
from bankcore.aggregates.loan.state import Misuse
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import (
    approval_level,
    check_reason,
    need_running,
    policies,
    signed_terms,
)
from bankcore.operations.loans.penalties import charge_penalties
from bankcore.rules.loans.penalty import surcharged
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

_WAIVER_LEVEL = 2


def flag(d: Decision, x: c.FlagMisuse) -> None:
    """Flag money that went astray; class and stage follow at close of day (LN-24).

    Its rate counts from the day the money went wrong: one for each contract rate since then.
    """
    loan = need_running(d, x.loan)
    if loan.risk.misuse is not None:
        raise Rejected(Reason.ALREADY_FLAGGED)
    draw = loan.draw(x.draw)
    if draw is None or x.misused > draw.amount:
        raise Rejected(Reason.AMOUNT_EXCEEDS_BALANCE, draw=x.draw)
    if x.since > d.day:
        raise Rejected(Reason.VALUE_DATE_IN_FUTURE, since=x.since)
    if x.since < draw.drawn_on:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, drawn_on=draw.drawn_on)
    # What was overdue before bears LN-19 up to that day, so that no instalment is charged twice.
    charge_penalties(d, x.loan, x.since)
    flagged = e.FundMisuseFlagged(draw=x.draw, misused=x.misused, since=x.since, kind=x.kind)
    entry = d.emit(LOAN, x.loan, flagged)
    before = [step for step in draw.rates if step[0] <= x.since]
    for on, rate in (before[-1], *(step for step in draw.rates if step[0] > x.since)):
        _set_rate(d, x.loan, rate, max(on, x.since), entry.id)


def follow_rate(d: Decision, key: str, number: int) -> None:
    """The misuse rate of a draw follows a contract rate that changed today (LN-17)."""
    loan = d.need(LOAN, key)
    misuse, draw = loan.risk.misuse, loan.draw(number)
    if misuse is not None and draw is not None and misuse.draw == number:
        _set_rate(d, key, draw.rate, d.day, None)


def _set_rate(d: Decision, key: str, rate: AnnualRate, since: date, cause: str | None) -> None:
    loan = d.need(LOAN, key)
    heavy = surcharged(rate, policies(d).misuse().misuse_surcharge, signed_terms(loan).penalty_cap)
    made = e.PenaltyRateSet(rate=heavy, misused=_flagged(loan).misused, since=since, until=None)
    d.emit(LOAN, key, made, caused_by=cause)


def _flagged(loan: Loan) -> Misuse:
    if loan.risk.misuse is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="not flagged")
    return loan.risk.misuse


def end(d: Decision, x: c.SetPenaltyRate) -> None:
    """The money is back where it belongs: charged up to that day, then no more (纠正)."""
    misuse = _flagged(need_running(d, x.loan))
    if x.until > d.day:
        raise Rejected(Reason.VALUE_DATE_IN_FUTURE, until=x.until)
    if x.until < misuse.charged_until:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, charged_until=misuse.charged_until)
    charge_penalties(d, x.loan, x.until)
    _, rate = misuse.rates[-1]
    ended = e.PenaltyRateSet(rate=rate, misused=misuse.misused, since=misuse.since, until=x.until)
    d.emit(LOAN, x.loan, ended)


def waive(d: Decision, x: c.WaiveMisuse) -> None:
    """Not pursue a misuse: level 2 or more, with a reason; what is not charged yet falls away."""
    loan = need_running(d, x.loan)
    check_reason(x.reason)
    if approval_level(d) < _WAIVER_LEVEL:
        raise Rejected(Reason.BEYOND_AUTHORITY, needed=_WAIVER_LEVEL)
    _flagged(loan)
    d.emit(LOAN, x.loan, e.MisuseWaived(reason=x.reason, approver=d.frame.actor.id))
