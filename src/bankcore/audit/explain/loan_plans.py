"""Explaining what a loan will cost: the next instalment, and what a quoted prepayment saves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import events_changes as c
from bankcore.aggregates.loan import events_contract as k
from bankcore.aggregates.loan.state import Draw
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, total


def instalment(evidence: Evidence, subject: str) -> Explanation:
    """The next instalment (下期还款额): principal and interest of each draw that falls due then."""
    loan = evidence.state(LOAN, subject)
    if loan is None:
        raise BadInput(f"no loan {subject} at these dates", remedy="see `bankcore risk`")
    first = min((draw.rows[0].due for draw in loan.draws if draw.rows), default=None)
    entries = evidence.of(LOAN.stream(subject))
    parts = [part for draw in loan.draws if draw.rows and draw.rows[0].due == first
             for part in _row(draw, entries)]  # fmt: skip
    return _explained("instalment", subject, parts)


def _row(draw: Draw, entries: list[Entry[Any]]) -> Iterator[Part]:
    row, built = draw.rows[0], _built(entries, draw.number)
    told = {"draw": draw.number, "number": row.number, "due": row.due}
    principal, interest = Fraction(row.principal.minor), Fraction(row.interest.minor)
    yield Part(built, "LN-10 LN-11", "本金", "Principal", principal, principal, inputs=told)
    inputs = told | {"rate": draw.rate, "balance": draw.balance}
    exact = interest + row.remainder
    yield Part(built, "LN-10 LN-11", "利息", "Interest", interest, exact, inputs=inputs)


def _built(entries: list[Entry[Any]], draw: int) -> str:
    """The event that wrote the schedule in force."""
    built = [
        x.id for x in entries
        if isinstance(x.event, k.RepaymentScheduleBuilt) and x.event.draw == draw
    ]  # fmt: skip
    return built[-1]


def prepayment_saving(evidence: Evidence, subject: str) -> Explanation:
    """What the last quoted prepayment saves (节省利息), LN-15: interest before less all after."""
    loan: Loan | None = None
    before, quote = None, None
    for entry in evidence.of(LOAN.stream(subject)):
        if isinstance(entry.event, c.PrepaymentQuoted):
            before, quote = loan, entry
        loan = LOAN.evolve(loan, entry)
    if before is None or quote is None:
        raise BadInput(f"no prepayment was quoted for {subject}", remedy="quote one first")
    return _explained("prepayment-saving", subject, _saving(before, quote))


def _saving(before: Loan, quote: Entry[Any]) -> list[Part]:
    event = quote.event
    now = total([row.interest for draw in before.draws for row in draw.rows])
    after = now - event.interest - event.fee - event.saving
    steps = (
        ("剩余各期利息", "Interest of the open instalments", now),
        ("计至当日利息", "Interest to the day", -event.interest),
        ("违约金", "Fee", -event.fee),
        ("提前还款后各期利息", "Interest of the instalments then", -after),
    )
    told = {"on": event.on, "principal": event.principal}
    return [_step(quote.id, zh, en, amount, told) for zh, en, amount in steps if amount]


def _step(event_id: str, zh: str, en: str, amount: Money, told: dict[str, object]) -> Part:
    exact = Fraction(amount.minor)
    return Part(event_id, "LN-15", zh, en, exact, exact, inputs=told)


def _explained(figure: str, subject: str, parts: list[Part]) -> Explanation:
    value = sum((part.amount for part in parts), Fraction(0))
    shown = Money(int(value)).grouped()
    return Explanation(figure, subject, value, shown, "fen", tuple(parts))
