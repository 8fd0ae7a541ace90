"""Fold of arrears, losses and disputes (逾期、核销、争议)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import assert_never

from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line.fold_use import Charge, debited, taken, touched
from bankcore.aggregates.card_line.state import Arrears, CardLine, Dispute, Stage
from bankcore.aggregates.card_line.terms import ItemShare
from bankcore.rules.cards.book import Book, relieve
from bankcore.rules.cards.interest import DayRate
from bankcore.rules.cards.kinds import ItemKind
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO


def fold_risk(line: CardLine, event: r.RiskEvent, _entry: Entry[r.RiskEvent]) -> CardLine:
    """Fold one event; total."""
    arrears = line.arrears
    match event:
        case r.CardBecamePastDue(bucket=bucket):
            return changed(line, arrears=changed(arrears, bucket=bucket))
        case r.CardPastDueCured():
            cured = changed(arrears, bucket="M0", episode_principal=None, episode_posted=ZERO)
            return changed(line, arrears=cured)
        case r.CardReclassified(new=new):
            return changed(line, arrears=changed(arrears, loan_class=new))
        case r.CardProvisionPosted(increase=increase):
            allowance = line.totals.allowance + increase
            return changed(line, totals=changed(line.totals, allowance=allowance))
        case r.PersonalisedInstalmentAgreed() | r.PersonalisedInstalmentBreached():
            return _spread(line, event)
        case r.CardWrittenOff() | r.CardRecoveryReceived():
            return _loss(line, event)
        case _:
            assert_never(event)


def _spread(
    line: CardLine, event: r.PersonalisedInstalmentAgreed | r.PersonalisedInstalmentBreached
) -> CardLine:
    """A plan stops interest from its day on; its breach lets it run from the next day (CC-13)."""
    assert line.agreement is not None, "only an issued card owes anything"
    if isinstance(event, r.PersonalisedInstalmentAgreed):
        arrears = changed(line.arrears, agreed=event.parts, plan_kept=True, plan_paid=())
        step = DayRate(event.signed, Fraction(0))
    else:
        arrears = changed(line.arrears, plan_kept=False)
        step = DayRate(event.on + timedelta(days=1), line.agreement.daily_permyriad)
    return changed(line, arrears=arrears, rate_steps=(*line.rate_steps, step))


def _loss(line: CardLine, event: r.CardWrittenOff | r.CardRecoveryReceived) -> CardLine:
    if isinstance(event, r.CardWrittenOff):
        return _written_off(line, event)
    totals = changed(
        line.totals,
        allowance=line.totals.allowance + event.amount,
        written_off=line.totals.written_off - event.amount,
    )
    return changed(line, totals=totals)


def _written_off(line: CardLine, event: r.CardWrittenOff) -> CardLine:
    gone = event.principal + event.interest + event.fees
    totals = changed(
        line.totals,
        revolving=line.totals.revolving - event.principal,
        interest=line.totals.interest - event.interest,
        fees=line.totals.fees - event.fees,
        allowance=line.totals.allowance - gone,
        written_off=line.totals.written_off + gone,
    )
    book = Book(credit_balance=line.book.credit_balance)
    arrears = Arrears(bucket=line.arrears.bucket, loan_class=line.arrears.loan_class)
    return changed(
        line, stage=Stage.WRITTEN_OFF, totals=totals, book=book, arrears=arrears, next_cut=None
    )


def fold_dispute(line: CardLine, event: r.DisputeEvent, entry: Entry[r.DisputeEvent]) -> CardLine:
    """Fold one event; total."""
    on = entry.value_date
    match event:
        case r.DisputeOpened(dispute=dispute, item=item, amount=amount):
            opened = Dispute(dispute, item, amount, entry.booking_date)
            return changed(line, disputes=(*line.disputes, opened))
        case r.DisputeAnswerPostponed(dispute=named, until=until):
            disputes = tuple(
                changed(d, answer_by=until) if d.dispute == named else d for d in line.disputes
            )
            return changed(line, disputes=disputes)
        case r.DisputeCreditGiven():
            return _suspended(line, event, on)
        case r.DisputeWon(dispute=gone):
            won = changed(line, disputes=_without(line, gone))
            shown = line.posted_item(event.item)
            # Interest that came from the item is reversed in the next cut (CC-14).
            return won if shown is None else touched(won, shown.on)
        case r.FraudLossRecognised(dispute=gone):
            return changed(line, disputes=_without(line, gone))
        case r.DisputeLostByCustomer(dispute=gone, item=item, amount=amount):
            totals = line.totals
            totals = changed(
                totals,
                revolving=totals.revolving + amount,
                unused=totals.unused - (amount if event.within_line else ZERO),
            )
            charge = Charge(item=f"{item}-{gone}", kind=ItemKind.PURCHASE, amount=amount)
            owed = debited(line, on, charge)
            return changed(owed, totals=totals, disputes=_without(line, gone))
        case _:
            assert_never(event)


def _without(line: CardLine, dispute: str) -> tuple[Dispute, ...]:
    return tuple(d for d in line.disputes if d.dispute != dispute)


def _suspended(line: CardLine, event: r.DisputeCreditGiven, on: date) -> CardLine:
    """Take the amount out of item, balance and minimum; no interest runs on it from its start."""
    amount, totals = event.amount, line.totals
    shown = line.book.item(event.item)
    start = on if shown is None else shown.balances[0][0]
    book = taken(line.book, start, (ItemShare(item=event.item, amount=amount),))
    if shown is not None and shown.billed:
        book = relieve(book, amount, decided=False)
    totals = changed(
        totals,
        revolving=totals.revolving - amount,
        unused=totals.unused + (amount if event.within_line else ZERO),
    )
    return touched(changed(line, book=book, totals=totals), on)
