"""Explaining loans: balance, due and accrued interest, penalty, days past due, grade, allowance."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import events_changes as c
from bankcore.aggregates.loan import events_contract as k
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan import events_risk as x
from bankcore.aggregates.loan.state import Sums
from bankcore.aggregates.loan.sums import summed
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.projections.accruals.loan import accruals
from bankcore.rules.loans.codes import LoanClass
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money

_INTEREST: Final = (r.InstalmentFellDue, c.LoanPrepaid, r.NonAccrualInterestFellDue)


def _entries(evidence: Evidence, subject: str) -> list[Entry[Any]]:
    found = evidence.of(LOAN.stream(subject))
    if not found:
        raise BadInput(f"no loan {subject} at these dates", remedy="see `bankcore risk`")
    return found


def _loan(evidence: Evidence, subject: str) -> Loan:
    loan = evidence.state(LOAN, subject)
    if loan is None:
        raise BadInput(f"no loan {subject} at these dates", remedy="see `bankcore risk`")
    return loan


def _explained(figure: str, subject: str, parts: Iterable[Part], unit: str = "fen") -> Explanation:
    made = tuple(parts)
    value = sum((part.amount for part in made), Fraction(0))
    shown = Money(int(value)).grouped() if unit == "fen" else str(value)
    return Explanation(figure, subject, value, shown, unit, made)


def balance(evidence: Evidence, subject: str) -> Explanation:
    """Principal outstanding (贷款余额): one part an event that moved it."""
    return _explained("balance", subject, _moves(_entries(evidence, subject), "balance"))


def allowance(evidence: Evidence, subject: str) -> Explanation:
    """Loss allowance (拨备): one part a booking, with the inputs of LN-28."""
    return _explained("allowance", subject, _moves(_entries(evidence, subject), "allowance"))


def _moves(entries: Iterable[Entry[Any]], what: str) -> Iterable[Part]:
    for entry in entries:
        change = _change(summed(Sums(), entry.event), what)
        if change:
            info = EVENTS[type(entry.event)]
            rule = "LN-28" if what == "allowance" else "GL-02 " + " ".join(info.rows)
            yield Part(
                entry.id, rule, info.zh, info.en, change, change, inputs=_inputs(entry, what)
            )


def _change(moved: Sums, what: str) -> Fraction:
    if what == "allowance":
        return Fraction(moved.allowance.minor)
    return Fraction(moved.performing.minor + moved.past_due.minor)


def _inputs(entry: Entry[Any], what: str) -> dict[str, object]:
    inputs: dict[str, object] = {"value_date": entry.value_date, "booking_date": entry.booking_date}
    event = entry.event
    if what == "allowance" and isinstance(event, x.ProvisionPosted):
        inputs |= {"ecl": event.ecl, "minimum": event.minimum, "stage": event.stage}
    return inputs


def settled_interest(evidence: Evidence, subject: str) -> Explanation:
    """Interest that fell due or was paid early (应收利息): fraction and remainder in each part."""
    parts = []
    for entry in _entries(evidence, subject):
        event = entry.event
        if isinstance(event, _INTEREST) and not getattr(event, "until", None):
            early = isinstance(event, c.LoanPrepaid)
            amount = event.interest_accrued if isinstance(event, c.LoanPrepaid) else event.interest
            remainder = getattr(event, "remainder", Fraction(0))
            info = EVENTS[type(event)]
            exact = Fraction(amount.minor)
            parts.append(
                Part(
                    entry.id,
                    "LN-15" if early else "LN-10",
                    info.zh,
                    info.en,
                    exact,
                    exact + remainder,
                    inputs={"draw": event.draw},
                )
            )
    return _explained("settled-interest", subject, parts)


def penalty(evidence: Evidence, subject: str) -> Explanation:
    """Penalty and compound interest charged (罚息复利): one part a charge."""
    parts = []
    for entry in _entries(evidence, subject):
        event = entry.event
        if isinstance(event, r.PenaltyInterestCharged):
            amount = Fraction(event.penalty.minor)
            inputs = {
                "principal": event.open_principal,
                "interest": event.open_interest,
                "from": event.since,
                "until": event.until,
                "rates": [f"{s.days} × {s.rate}" for s in event.segments],
            }
            exact = sum((s.days * s.rate.daily for s in event.segments), Fraction(0)) * (
                event.open_principal.minor + event.open_interest.minor
            )
            days = (event.until - event.since).days
            # Number 0 and below are the charges of misused money.
            late = ("LN-19 LN-20", "罚息复利", "Penalty and compound interest")
            misused = ("LN-21", "挪用罚息", "Surcharge on misused money")
            rule, zh, en = late if event.number > 0 else misused
            parts.append(Part(entry.id, rule, zh, en, amount, exact, days, inputs))
    return _explained("penalty", subject, parts)


def accrued_interest(evidence: Evidence, subject: str) -> Explanation:
    """Accrued interest and penalty (应计利息) at the end of the day, derived."""
    loan = _loan(evidence, subject)
    stream = LOAN.stream(subject)
    found = accruals(stream, loan, evidence.on, evidence.catalogue)
    parts = tuple(
        Part(stream, a.rule, "应计利息", "Interest accrued", a.exact, a.exact, inputs=a.inputs)
        for a in found
    )
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("accrued-interest", subject, value, f"{value / 100}", "fen", parts)


def fees(evidence: Evidence, subject: str) -> Explanation:
    """Fees (收费): tariff fees and prepayment fees, one part each."""
    parts = []
    for entry in _entries(evidence, subject):
        fee = getattr(entry.event, "fee", None)
        if isinstance(entry.event, c.LoanFeeCharged | c.LoanPrepaid) and fee:
            info, amount = EVENTS[type(entry.event)], Fraction(fee.minor)
            rule = "LN-15" if isinstance(entry.event, c.LoanPrepaid) else "GL-02 L14"
            parts.append(Part(entry.id, rule, info.zh, info.en, amount, amount))
    return _explained("fees", subject, parts)


def days_past_due(evidence: Evidence, subject: str) -> Explanation:
    """Days past due (逾期天数): from the oldest instalment not fully paid, LN-18."""
    loan = _loan(evidence, subject)
    oldest, days = loan.oldest_due(), loan.days_past_due(evidence.on)
    parts = []
    if oldest is not None and days:
        item = next(i for i in loan.dues if i.due == oldest and i.instalment)
        fell = _fell_due(_entries(evidence, subject), item.draw, item.number)
        value = Fraction(days)
        inputs = {"due": oldest, "as_of": evidence.on, "open": item.instalment}
        parts.append(
            Part(
                fell,
                "LN-18",
                "最早未还清的一期",
                "Oldest open instalment",
                value,
                value,
                days,
                inputs,
            )
        )
    return _explained("days-past-due", subject, parts, "days")


def past_due(evidence: Evidence, subject: str) -> Explanation:
    """Past due (逾期金额): what is open of each instalment that was due before today."""
    loan, entries = _loan(evidence, subject), _entries(evidence, subject)
    parts = []
    for item in loan.dues:
        if item.due < evidence.on and item.instalment:
            exact = Fraction(item.instalment.minor)
            told = {"due": item.due, "principal": item.principal, "interest": item.interest}
            event_id = _fell_due(entries, item.draw, item.number)
            parts.append(
                Part(event_id, "LN-18", "逾期未还", "Open instalment", exact, exact, inputs=told)
            )
    return _explained("past-due", subject, parts)


def _fell_due(entries: Iterable[Entry[Any]], draw: int, number: int) -> str:
    for entry in entries:
        event = entry.event
        fell = isinstance(event, r.InstalmentFellDue | r.NonAccrualInterestFellDue)
        if fell and (event.draw, event.number) == (draw, number):
            return entry.id
    return ""


def grade(evidence: Evidence, subject: str) -> Explanation:
    """Five-grade class (五级分类): the facts that led to it; 0 normal up to 4 loss.

    Each change of class is a part that moves the ordinal, so that they add up to it.
    """
    parts = []
    for entry in _entries(evidence, subject):
        event = entry.event
        if isinstance(event, x.LoanReclassified):
            moved = Fraction(event.new.severity - event.old.severity)
            inputs = {
                "from": event.old.value,
                "to": event.new.value,
                "days_past_due": event.dpd,
                "reasons": ", ".join(event.reasons),
                "decided_by": event.decided_by,
            }
            parts.append(
                Part(entry.id, "LN-24", "五级分类调整", "Reclassified", moved, moved, inputs=inputs)
            )
    made = _explained("grade", subject, parts, "grade")
    shown = list(LoanClass)[int(made.value)].value
    return Explanation(made.figure, made.subject, made.value, shown, made.unit, made.parts)


def rate(evidence: Evidence, subject: str) -> Explanation:
    """Contract rate (执行利率) in percent: as priced, then each repricing."""
    parts = []
    for entry in _entries(evidence, subject):
        event = entry.event
        if isinstance(event, k.LoanDisbursed):
            percent, rule = event.rate.percent, "LN-14"
            inputs: dict[str, object] = {"index": event.index, "published": event.index_date}
        elif isinstance(event, c.LoanRepriced):
            percent, rule = event.rate.percent - event.old_rate.percent, "LN-17"
            inputs = {"index": event.index, "spread_bp": event.spread_bp, "from": event.valid_from}
        else:
            continue
        info = EVENTS[type(event)]
        parts.append(Part(entry.id, rule, info.zh, info.en, percent, percent, inputs=inputs))
    return _explained("rate", subject, parts, "percent")
