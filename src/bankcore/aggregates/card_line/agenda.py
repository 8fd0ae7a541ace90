"""What a card line owes the day (GEN-08): lapses, autopay, fee, cut, past-due roll, class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from bankcore.aggregates.card_line.state import CardLine, Stage
from bankcore.aggregates.card_line.terms import CardAgreement
from bankcore.rules.cards.limits import next_anniversary
from bankcore.values.streams import Due, Repeat

LAPSE, AUTOPAY, FEE, CUT, ROLL, CLASSIFY, REMIND = 20, 210, 230, 250, 260, 270, 280
WATCH: Final = 280
BUCKET_EDGES: Final = (1, 31, 61, 91, 121, 151, 181, 271, 361)
"""First days of the buckets of CC-12, and of the worse classes of LN-24."""


def agenda(stream: str, line: CardLine) -> Iterable[Due]:
    """The next due items; past ones stand but are never asked for again."""
    if line.stage in {Stage.CLOSED, Stage.WRITTEN_OFF} or line.agreement is None:
        return
    yield from _life(stream, line, line.agreement)
    if line.next_cut is not None:
        yield Due(on=line.next_cut, step=CUT, kind="card_statement", stream=stream)
    if line.last_cut is not None:
        # Class and provision follow the statement of the same day, which has moved `next_cut`.
        yield Due(on=line.last_cut, step=CLASSIFY, kind="card_class", stream=stream)
    if line.watch.on is not None:
        yield Due(on=line.watch.on, step=WATCH, kind="card_cash_out", stream=stream)
    yield from _disputes(stream, line)
    yield from _payments(stream, line, line.agreement)
    yield from _arrears(stream, line, line.agreement)


def _life(stream: str, line: CardLine, agreed: CardAgreement) -> Iterator[Due]:
    for hold in line.holds:
        lapse = hold.on + timedelta(days=agreed.authorisation_days + 1)
        yield Due(
            on=lapse,
            step=LAPSE,
            kind="card_authorisation_lapse",
            stream=stream,
            contract=hold.authorisation,
        )
    card = line.plastic
    if line.stage in {Stage.ISSUED, Stage.DELIVERED} and card.issued_on is not None:
        last = card.issued_on + timedelta(days=agreed.activation_days)
        yield Due(on=last, step=ROLL, kind="card_never_activated", stream=stream)
    if line.stage is Stage.ACTIVE and card.activated_on is not None and line.last_booking:
        day = next_anniversary(card.activated_on, line.last_booking - timedelta(days=1))
        # A waived fee leaves no event: where nothing else is booked, the years after it come too.
        yield Due(on=day, step=FEE, kind="card_annual_fee", stream=stream, repeat=Repeat.DAILY)


def _disputes(stream: str, line: CardLine) -> Iterator[Due]:
    """Looked at every evening: how long the bank may take is a parameter, not agreed (CC-14)."""
    for dispute in line.disputes:
        yield Due(
            on=dispute.answer_by or dispute.opened_on,
            step=ROLL,
            kind="card_dispute",
            stream=stream,
            contract=dispute.dispute,
            repeat=Repeat.DAILY,
        )


def _payments(stream: str, line: CardLine, agreed: CardAgreement) -> Iterator[Due]:
    last = line.book.standing
    if last is None or not last.balance:
        return
    for day in _days(last.due_date, agreed.tolerance_days):
        if line.autopay is not None:
            yield Due(on=day, step=AUTOPAY, kind="card_autopay", stream=stream)
    if line.totals.debt:
        yield Due(
            on=last.due_date - timedelta(days=agreed.reminder_days),
            step=REMIND,
            kind="card_reminder",
            stream=stream,
        )


def _days(first: date, more: int) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(more + 1))


def _arrears(stream: str, line: CardLine, agreed: CardAgreement) -> Iterator[Due]:
    if line.arrears.plan_kept:
        for part in line.arrears.agreed:
            day = part.due + timedelta(days=agreed.plan_grace_days)
            yield Due(on=day, step=ROLL, kind="card_plan_check", stream=stream)
        return
    # A rest within the tolerance is never past due, so it must not stand before what will be.
    queue = [e for e in line.book.queue if e.open > agreed.tolerance_amount]
    if not queue:
        return
    due = min(e.due_date for e in queue)
    first = agreed.tolerance_days + 1
    for edge in BUCKET_EDGES:
        day = due + timedelta(days=max(edge, first))
        for step, kind in ((ROLL, "card_past_due"), (CLASSIFY, "card_class")):
            yield Due(on=day, step=step, kind=kind, stream=stream, due_date=due)


def subledger(line: CardLine) -> Mapping[str, int]:
    """What the line contributes to its control accounts (GL-04)."""
    if line.agreement is None:
        return {}
    t = line.totals
    return {
        "1303.11": t.revolving.minor,
        "1303.12": t.plans.minor,
        "1132.02": t.interest.minor,
        "1221.02": t.fees.minor,
        "2011.10": -t.credit.minor,
        "8201": t.unused.minor,
        "1304.02": -t.allowance.minor,
        "8401": t.written_off.minor,
    }
