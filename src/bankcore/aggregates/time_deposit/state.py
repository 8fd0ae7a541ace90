"""State of a time deposit: principal, the running cycle, what is payable, what may not move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from bankcore.aggregates.time_deposit import events as e
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate


class Stage(StrEnum):
    """Where the deposit is in its life; a breached plan runs on."""

    OPENED = "opened"
    RUNNING = "running"
    MATURED = "matured"
    PAID_OUT = "paid_out"


@dataclass(frozen=True, slots=True)
class Freeze:
    """A freeze; `amount` None means everything, `until` is exclusive."""

    freeze: str
    kind: str
    amount: Money | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Pledge:
    """What of the deposit secures which loan."""

    loan: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that is open or late, DEP-14."""

    notice: str
    amount: Money
    draw_on: date


@dataclass(frozen=True, slots=True)
class TimeDeposit:
    """One time deposit.

    `start`, `rate`, `maturity` and `partials` are the running cycle's (DEP-08); `payable` is
    interest settled and not yet paid (2231). `payments` are the days of a savings plan, `draws`
    how many planned draws were paid and `drawn_interest` their sum. `placed` is the lump as it was
    placed, from which the planned draws are counted (DEP-12).
    """

    stage: Stage = Stage.OPENED
    customer: str = ""
    account: str = ""
    product: str = ""
    terms: e.TimeTerms | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    last_booking: date | None = None
    rate: AnnualRate | None = None
    start: date = date.min
    maturity: date | None = None
    rollover: str = "none"
    next_term: int | None = None
    cycle: int = 1
    principal: Money = ZERO
    placed: Money = ZERO
    payable: Money = ZERO
    partials: int = 0
    payments: tuple[date, ...] = ()
    breached_on: date | None = None
    draws: int = 0
    drawn_interest: Money = ZERO
    tranches: tuple[e.NoticeTranche, ...] = ()
    notice: Notice | None = None
    lapsed: tuple[Money, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    pledges: tuple[Pledge, ...] = ()

    @property
    def agreed(self) -> e.TimeTerms:
        """The terms agreed; every opened deposit has them."""
        assert self.terms is not None, "an opened deposit has terms"
        return self.terms

    @property
    def term(self) -> int:
        """Months of the running cycle, 0 where the product has no term."""
        return self.agreed.term_months or 0

    @property
    def is_active(self) -> bool:
        """True while there is money in it."""
        return self.stage in {Stage.RUNNING, Stage.MATURED}

    @property
    def is_blocked(self) -> bool:
        """True while a freeze covers everything."""
        return any(f.amount is None for f in self.freezes)

    @property
    def held(self) -> Money:
        """What of the principal may not move: pledges and freezes."""
        if self.is_blocked:
            return self.principal
        frozen = sum(f.amount.minor for f in self.freezes if f.amount is not None)
        return Money(min(frozen + sum(p.amount.minor for p in self.pledges), self.principal.minor))

    @property
    def available(self) -> Money:
        """The principal that may move."""
        return self.principal - self.held


def evolve(state: TimeDeposit | None, entry: Entry[e.TimeDepositEvent]) -> TimeDeposit:
    """Fold one event; total."""
    deposit = state or TimeDeposit()
    event = entry.event
    match event:
        case (
            e.NoticeDepositDrawn()
            | e.PrincipalDrawn()
            | e.InterestDrawn()
            | e.TimeDepositMatured()
            | e.TimeDepositRenewed()
            | e.TimeDepositPaidOut()
            | e.TimeDepositWithdrawnEarly()
            | e.DrawnInterestClawedBack()
            | e.TimeDepositInterestAdjusted()
            | e.TimeDepositEntryReversed()
        ):
            after = _paid(deposit, event, entry)
        case _:
            after = _life(deposit, event, entry)
    return changed(after, last_booking=entry.booking_date)


def _drawn(deposit: TimeDeposit, principal: Money, on: date) -> TimeDeposit:
    """Less principal; a deposit with nothing left and nothing payable is paid out."""
    rest = deposit.principal - principal
    after = changed(deposit, principal=rest)
    if rest or after.payable:
        return after
    return changed(after, stage=Stage.PAID_OUT, closed_on=on)


def _paid(deposit: TimeDeposit, event: e.PayEvent, entry: Entry[e.TimeDepositEvent]) -> TimeDeposit:
    match event:
        case e.NoticeDepositDrawn():
            left = changed(deposit, tranches=event.tranches, lapsed=event.lapsed, notice=None)
            return _drawn(left, event.principal, entry.booking_date)
        case e.PrincipalDrawn(principal=principal, nr=nr):
            return _drawn(changed(deposit, draws=nr), principal, entry.booking_date)
        case e.InterestDrawn(interest=interest, nr=nr):
            return changed(deposit, draws=nr, drawn_interest=deposit.drawn_interest + interest)
        case e.TimeDepositMatured(interest=interest):
            return changed(deposit, stage=Stage.MATURED, payable=deposit.payable + interest)
        case e.TimeDepositRenewed():
            return _renewed(deposit, event)
        case e.TimeDepositPaidOut():
            left = changed(deposit, payable=deposit.payable - event.matured_interest)
            return _drawn(left, event.principal, entry.booking_date)
        case e.TimeDepositWithdrawnEarly(principal=principal):
            counted = changed(deposit, partials=deposit.partials + 1)
            return _drawn(counted, principal, entry.booking_date)
        case e.DrawnInterestClawedBack(clawback=clawback):
            return changed(deposit, principal=deposit.principal - clawback)
        case e.TimeDepositInterestAdjusted():
            return deposit
        case e.TimeDepositEntryReversed():
            return _reversed(deposit, event)
        case _:
            assert_never(event)


def _reversed(deposit: TimeDeposit, event: e.TimeDepositEntryReversed) -> TimeDeposit:
    """Back to what it was before the reversed event; a reversed payment is taken off its plan."""
    after = changed(
        deposit,
        principal=deposit.principal + event.principal,
        payable=deposit.payable + event.payable,
        stage=Stage(event.stage),
        partials=event.partials,
        closed_on=None,
    )
    if event.reversed_event != e.TimeDepositPlaced.__name__:
        return after
    return changed(
        after,
        placed=deposit.placed + event.principal,
        payments=deposit.payments[:-1],
        tranches=deposit.tranches[:-1],
    )


def _renewed(deposit: TimeDeposit, event: e.TimeDepositRenewed) -> TimeDeposit:
    return changed(
        deposit,
        stage=Stage.RUNNING,
        terms=changed(deposit.agreed, term_months=event.term_months),
        rate=event.rate,
        start=event.start,
        maturity=event.maturity,
        cycle=event.cycle,
        principal=event.principal,
        payable=deposit.payable - event.interest,
        partials=0,
        next_term=None,
        rollover=event.mode,
    )


def _life(
    deposit: TimeDeposit, event: e.LifeEvent, entry: Entry[e.TimeDepositEvent]
) -> TimeDeposit:
    match event:
        case e.TimeDepositOpened():
            return _opened(deposit, event, entry)
        case e.TimeDepositPlaced(amount=amount):
            return _placed(deposit, amount, entry.value_date)
        case e.SavingsPlanBreached(on=on):
            return changed(deposit, breached_on=on)
        case e.MaturityInstructionSet():
            return changed(
                deposit,
                rollover=event.rollover,
                next_term=event.term_months,
                account=event.account,
            )
        case e.MaturityInstructionSought():
            return deposit
        case e.WithdrawalNoticeGiven(notice=notice, amount=amount, draw_on=draw_on):
            return changed(deposit, notice=Notice(notice, amount, draw_on))
        case e.WithdrawalNoticeCancelled(amount=amount) | e.WithdrawalNoticeLapsed(amount=amount):
            return changed(deposit, notice=None, lapsed=(*deposit.lapsed, amount))
        case _:
            return _hold(deposit, event)


def _opened(
    deposit: TimeDeposit, event: e.TimeDepositOpened, entry: Entry[e.TimeDepositEvent]
) -> TimeDeposit:
    return changed(
        deposit,
        customer=event.customer,
        account=event.account,
        product=event.product,
        terms=event.terms,
        rate=event.rate,
        start=event.start,
        maturity=event.maturity,
        rollover=event.rollover,
        opened_on=entry.booking_date,
    )


def _placed(deposit: TimeDeposit, amount: Money, on: date) -> TimeDeposit:
    return changed(
        deposit,
        stage=Stage.RUNNING,
        principal=deposit.principal + amount,
        placed=deposit.placed + amount,
        payments=(*deposit.payments, on),
        tranches=(*deposit.tranches, e.NoticeTranche(amount=amount, start=on)),
    )


def _hold(deposit: TimeDeposit, event: e.HoldEvent) -> TimeDeposit:
    match event:
        case e.TimeDepositPledged(loan=loan, amount=amount):
            return changed(deposit, pledges=(*deposit.pledges, Pledge(loan, amount)))
        case e.TimeDepositUnpledged(loan=gone):
            return changed(deposit, pledges=tuple(p for p in deposit.pledges if p.loan != gone))
        case e.TimeDepositFrozen():
            freeze = Freeze(event.freeze, event.kind, event.amount, event.until)
            return changed(deposit, freezes=(*deposit.freezes, freeze))
        case e.TimeDepositUnfrozen(freeze=gone):
            return changed(deposit, freezes=tuple(f for f in deposit.freezes if f.freeze != gone))
        case _:
            assert_never(event)
