"""Explaining cards: debt, interest to the last stretch, fees, minimum, days past due, class."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line.decide import available_on, overdue
from bankcore.aggregates.card_line.folding import evolve
from bankcore.aggregates.card_line.terms import InterestStretch
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.operations.cards.risk import stage_on
from bankcore.operations.loans.risk_policies import RiskPolicies
from bankcore.projections.accruals.card_line import unposted
from bankcore.rules.cards.interest import Stretch
from bankcore.rules.cards.minimum import Earlier, minimum_payment
from bankcore.rules.loans.codes import LoanClass
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import ZERO, Money, total


def _entries(evidence: Evidence, subject: str) -> list[Entry[Any]]:
    found = evidence.of(CARD.stream(subject))
    if not found:
        raise BadInput(f"no card {subject} at these dates", remedy="see `bankcore balances`")
    return found


def _line(evidence: Evidence, subject: str) -> CardLine:
    _entries(evidence, subject)
    line = evidence.state(CARD, subject)
    assert line is not None, "entries were found, so there is a state"
    return line


def balance(evidence: Evidence, subject: str) -> Explanation:
    """Debt (欠款) less credit balance: one part an event that changed it."""
    parts, before, line = [], Fraction(0), None
    for entry in _entries(evidence, subject):
        line = evolve(line, entry)
        now = Fraction((line.totals.debt - line.totals.credit).minor)
        if now != before:
            info = EVENTS[type(entry.event)]
            rule = "GL-02 " + " ".join(info.rows)
            change = now - before
            dates = {"value_date": entry.value_date, "booking_date": entry.booking_date}
            parts.append(Part(entry.id, rule, info.zh, info.en, change, change, inputs=dates))
        before = now
    return Explanation("balance", subject, before, _shown(before), "fen", tuple(parts))


def settled_interest(evidence: Evidence, subject: str) -> Explanation:
    """Billed interest (已入账利息): one part a stretch of days, one for what rounding left."""
    parts: list[Part] = []
    for entry in _entries(evidence, subject):
        match entry.event:
            case b.CardInterestBilled():
                parts += _billed(entry, entry.event)
            case b.CardRestated(paid=back, fee=fee):
                parts.append(_adjusted(entry, fee - back))
            case b.CardInterestWaived(interest=amount):
                parts.append(_adjusted(entry, -amount))
            case _:
                pass
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("settled-interest", subject, value, _shown(value), "fen", tuple(parts))


def _billed(entry: Entry[Any], event: b.CardInterestBilled) -> Iterable[Part]:
    for s in event.days:
        yield _stretch(entry.id, s)
    rounding = Fraction(event.uncapped.minor) - _exact(event.days)
    yield Part(entry.id, "GEN-01", "四舍五入", "Rounding", rounding, rounding)
    if event.interest != event.uncapped:
        cut = Fraction((event.interest - event.uncapped).minor)
        yield Part(entry.id, "CC-05", "费用上限", "Charge cap", cut, cut)


def _exact(days: Iterable[InterestStretch]) -> Fraction:
    return sum((_as_stretch(s).exact for s in days), Fraction(0))


def _as_stretch(s: InterestStretch) -> Stretch:
    return Stretch(s.item, s.start, s.until, s.base, s.permyriad)


def _stretch(event_id: str, shown: InterestStretch | Stretch) -> Part:
    s = shown if isinstance(shown, Stretch) else _as_stretch(shown)
    inputs = {
        "item": s.item,
        "base": s.base,
        "permyriad_a_day": s.permyriad,
        "from": s.start,
        "until": s.until,
    }
    return Part(
        event_id, "CC-04", "透支利息", "Interest of an item", s.exact, s.exact, s.days, inputs
    )


def _adjusted(entry: Entry[Any], amount: Money) -> Part:
    info, exact = EVENTS[type(entry.event)], Fraction(amount.minor)
    cause = ", ".join(getattr(entry.event, "cause", ())) or getattr(entry.event, "reason", "")
    return Part(entry.id, "GEN-05", info.zh, info.en, exact, exact, inputs={"cause": cause})


def accrued_interest(evidence: Evidence, subject: str) -> Explanation:
    """Interest not yet billed at the end of the day: one part a stretch, named by its item."""
    line = _line(evidence, subject)
    posted = {
        item: entry.id
        for entry in _entries(evidence, subject)
        if (item := getattr(entry.event, "item", ""))
    }
    stream = CARD.stream(subject)
    parts = tuple(
        _stretch(posted.get(s.item, stream), s)
        for found in unposted(line, evidence.on)
        for s in found.stretches
    )
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("accrued-interest", subject, value, f"{value / 100}", "fen", parts)


def fees(evidence: Evidence, subject: str) -> Explanation:
    """Fees and late charges (费用): one part an event, waivers negative."""
    parts = []
    for entry in _entries(evidence, subject):
        match entry.event:
            case b.CardFeeCharged(fee=fee, kind=kind, base=base, percent=percent):
                told: dict[str, object] = {"kind": kind.value, "base": base, "percent": percent}
                rule, amount = "CC-07", fee
            case b.LateFeeCharged(fee=fee, base=base, statement=statement):
                told = {"short_of_minimum": base, "statement": statement}
                rule, amount = "CC-05", fee
            case b.CardRestated(fee=back, cause=cause):
                told = {"cause": ", ".join(cause)}
                rule, amount = "GEN-05", -back
            case b.CardFeeWaived(fee=fee, approver=approver, reason=reason):
                told = {"approver": approver, "reason": reason}
                rule, amount = "EMP-03", -fee
            case _:
                continue
        info, exact = EVENTS[type(entry.event)], Fraction(amount.minor)
        parts.append(Part(entry.id, rule, info.zh, info.en, exact, exact, inputs=told))
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("fees", subject, value, _shown(value), "fen", tuple(parts))


def minimum(evidence: Evidence, subject: str) -> Explanation:
    """The last minimum payment (最低还款额): what counts in full, the share, the floor."""
    line: CardLine | None = None
    before, cut = None, None
    for entry in _entries(evidence, subject):
        if isinstance(entry.event, b.CardStatementIssued):
            before, cut = line, entry
        line = evolve(line, entry)
    if before is None or cut is None:
        raise BadInput(f"card {subject} has no statement at these dates")
    parts = tuple(_minimum_parts(before, cut))
    value = Fraction(cut.event.minimum.minor)
    return Explanation("minimum", subject, value, _shown(value), "fen", parts)


def _minimum_parts(before: CardLine, cut: Entry[Any]) -> Iterable[Part]:
    last = before.book.standing
    earlier = Earlier(
        minimum=last.minimum if last else ZERO,
        purchase_share=last.purchase_share if last else ZERO,
        credits_since=total([m for _, m in before.book.credits]),
    )
    limit = before.limit.on(cut.event.statement_date)
    found = minimum_payment(before.book.owed, limit, earlier, before.terms.minimum)
    labels = {
        "in_full": ("全额计入部分", "Cash, instalments, interest, fees in full"),
        "over_limit": ("超限部分", "Purchases over the limit"),
        "earlier_unpaid": ("上期未还最低还款", "Earlier minimum unpaid"),
        "share_of_purchases": ("消费按比例", "Share of the purchases"),
    }
    told, summed = found.minimum.inputs, 0
    for name, (zh, en) in labels.items():
        amount = told[name]
        assert isinstance(amount, Money), "the parts of a minimum are money"
        summed += amount.minor
        if amount:
            exact = Fraction(amount.minor)
            yield Part(cut.id, "CC-03", zh, en, exact, exact, inputs={"balance": found.balance})
    rest = Fraction(cut.event.minimum.minor - summed)
    if rest:
        bounds = {"floor": told["floor"], "balance": told["balance"]}
        yield Part(
            cut.id, "CC-03", "下限或余额", "Floor, or the whole balance", rest, rest, inputs=bounds
        )


def days_past_due(evidence: Evidence, subject: str) -> Explanation:
    """Days past due (逾期天数): from the due date of the oldest statement not covered."""
    line = _line(evidence, subject)
    if line.agreement is None:
        raise BadInput(f"card {subject} is not issued at these dates")
    late = overdue(line, evidence.on)
    value = Fraction(late.dpd)
    cuts = {
        x.event.statement_date: x.id
        for x in _entries(evidence, subject)
        if isinstance(x.event, b.CardStatementIssued)
    }
    parts = []
    if late.dpd:
        oldest = min(
            (e for e in line.book.queue if e.open > line.terms.late.tolerance),
            key=lambda e: e.due_date,
        )
        told = {"due": oldest.due_date, "open": oldest.open, "past_due": late.amount}
        event_id = cuts.get(oldest.statement_date, CARD.stream(subject))
        parts.append(
            Part(event_id, "CC-12", "逾期", "Minimum not paid", value, value, late.dpd, told)
        )
    return Explanation("days-past-due", subject, value, f"{late.dpd}", "days", tuple(parts))


def past_due(evidence: Evidence, subject: str) -> Explanation:
    """Past due (逾期金额): what of each minimum is short after its day of tolerance."""
    line = _line(evidence, subject)
    if line.agreement is None:
        raise BadInput(f"card {subject} is not issued at these dates")
    late = overdue(line, evidence.on)
    value = Fraction(late.amount.minor)
    told = {"bucket": late.bucket, "days": late.dpd}
    cuts = [x.id for x in _entries(evidence, subject) if isinstance(x.event, b.CardStatementIssued)]
    parts = (
        (Part(cuts[-1], "CC-12", "最低还款未足额", "Minimum short", value, value, inputs=told),)
        if value
        else ()
    )
    return Explanation("past-due", subject, value, _shown(value), "fen", parts)


def stage(evidence: Evidence, subject: str) -> Explanation:
    """The ECL stage (减值阶段), LN-28, from the days past due and the class of the day."""
    line = _line(evidence, subject)
    days, order = overdue(line, evidence.on).dpd, LoanClass(line.arrears.loan_class)
    found = stage_on(RiskPolicies(evidence.catalogue, evidence.on), days, order)
    value = Fraction(found)
    told = {"days_past_due": days, "class": order.value}
    stream = CARD.stream(subject)
    part = Part(stream, "LN-28", "减值阶段", "ECL stage", value, value, inputs=told)
    return Explanation("stage", subject, value, str(found), "stage", (part,))


def available(evidence: Evidence, subject: str) -> Explanation:
    """What may still be spent (可用额度), CC-01: the limit of the day less what is used."""
    line = _line(evidence, subject)
    if line.agreement is None:
        raise BadInput(f"card {subject} is not issued at these dates")
    stream, whole = CARD.stream(subject), Fraction(available_on(line, evidence.on).available.minor)
    limit = Fraction(line.limit.on(evidence.on).minor)
    parts = [Part(stream, "CC-01", "额度", "Limit", limit, limit, inputs={"on": evidence.on})]
    if whole != limit:
        used = whole - limit
        told = {"debt": line.totals.debt, "credit": line.totals.credit}
        parts.append(Part(stream, "CC-01", "已用", "In use", used, used, inputs=told))
    return Explanation("available", subject, whole, _shown(whole), "fen", tuple(parts))


def grade(evidence: Evidence, subject: str) -> Explanation:
    """The five-grade class (五级分类): its ordinal, one part a change of class."""
    order = [c.value for c in LoanClass]
    parts, now = [], "normal"
    for entry in _entries(evidence, subject):
        if isinstance(entry.event, r.CardReclassified):
            step = Fraction(order.index(entry.event.new) - order.index(entry.event.old))
            told = {"old": entry.event.old, "new": entry.event.new, "dpd": entry.event.dpd}
            parts.append(
                Part(entry.id, "LN-24", "五级分类调整", "Reclassified", step, step, inputs=told)
            )
            now = entry.event.new
    value = Fraction(order.index(now))
    return Explanation("grade", subject, value, now, "grade", tuple(parts))


def _shown(value: Fraction) -> str:
    return Money(int(value)).grouped()
