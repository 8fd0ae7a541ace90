"""State of the deposit account: balance, what is held, what is not yet settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, assert_never

from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.balance_days import BalanceDays, counted
from bankcore.aggregates.deposit_account.ties import Freeze, Hold, Link, StandingOrder
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money
from bankcore.values.roles import Role


class Stage(StrEnum):
    """Where the account is in its life."""

    APPLIED = "applied"
    REJECTED = "rejected"
    TYPED = "typed"
    SIGNED = "signed"
    OPENED = "opened"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"


# A tuple, not a set: identity is asked first, and no enum has to be hashed.
OPEN_STAGES: Final = (Stage.OPENED, Stage.ACTIVE, Stage.CLOSING)


@dataclass(frozen=True, slots=True)
class DepositAccount:
    """One demand account.

    `settled_to` is the exclusive end of the last settled period, None before the first (DEP-03);
    `started_on` is the value date of the first money. `opening_balance` is the balance by value
    date at the start of the running period; `movements` are those since, signed, one sum a value
    date and in its order, and `days` their balance-days.
    `last_activity` is the last day on which the customer used it; the first money in cash on the
    opening day does not count (DEP-23).
    """

    stage: Stage = Stage.APPLIED
    customer: str = ""
    agent: str | None = None
    product: str = ""
    account_class: str = ""
    terms: e.DemandTerms | None = None
    contract: e.AgreementContract | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    last_booking: date | None = None
    balance: Money = ZERO
    started_on: date | None = None
    settled_to: date | None = None
    opening_balance: Money = ZERO
    movements: tuple[tuple[date, Money], ...] = ()
    days: BalanceDays | None = None
    payable: Money = ZERO
    payable_tax: Money = ZERO
    freezes: tuple[Freeze, ...] = ()
    holds: tuple[Hold, ...] = ()
    links: tuple[Link, ...] = ()
    orders: tuple[StandingOrder, ...] = ()
    last_activity: date | None = None
    dormant: bool = False

    @property
    def is_open(self) -> bool:
        """True from opening to closing."""
        return self.stage in OPEN_STAGES

    @property
    def period_start(self) -> date | None:
        """First day of the period that is not yet settled; None before the account is open.

        An account without money settles too, at zero: a late fact then finds its periods.
        """
        return self.settled_to or self.opened_on

    @property
    def held(self) -> Money:
        """What may not be used: holds and freezes (DEP-22), at most the balance if positive."""
        if any(f.amount is None for f in self.freezes):
            return self.balance
        held = sum(h.amount.minor for h in self.holds)
        frozen = sum(f.amount.minor for f in self.freezes if f.amount is not None)
        return Money(held + frozen)

    @property
    def available(self) -> Money:
        """What the customer can use now, never negative."""
        return Money(max(self.balance.minor - self.held.minor, 0))


def _moved(account: DepositAccount, value_date: date, change: Money) -> DepositAccount:
    """Add a movement in value order; one before the settled period's end joins the opening.

    Interest looks at the balance of whole days, so movements of one value date are one sum: a
    busy account stays as short as its days.
    """
    balance = account.balance + change
    if account.settled_to is not None and value_date < account.settled_to:
        opening = account.opening_balance + change
        return _recounted(changed(account, balance=balance, opening_balance=opening))
    moves = account.movements
    at = len(moves)
    while at and moves[at - 1][0] > value_date:
        at -= 1
    late = at < len(moves)
    total = change
    if at and moves[at - 1][0] == value_date:
        at -= 1
        total += moves[at][1]
        moves = (*moves[:at], *moves[at + 1 :])
    started = min(account.started_on or value_date, value_date)
    after = changed(
        account,
        balance=balance,
        started_on=started,
        movements=(*moves[:at], (value_date, total), *moves[at:]),
        days=account.days and account.days.moved(value_date, change),
    )
    return _recounted(after) if late else after


def _recounted(account: DepositAccount) -> DepositAccount:
    """Count the balance-days anew: a movement came in between, or another period began."""
    if account.period_start is None or account.terms is None:
        return account
    fen = account.terms.base != "yuan"
    days = counted(account.period_start, account.opening_balance, account.movements, fen=fen)
    return changed(account, days=days)


def _settled(account: DepositAccount, event: e.InterestSettled) -> DepositAccount:
    """Close the period: movements before its end become the new opening balance."""
    before = sum(m.minor for on, m in account.movements if on < event.until)
    after = changed(
        account,
        settled_to=event.until,
        opening_balance=Money(account.opening_balance.minor + before),
        movements=tuple(m for m in account.movements if m[0] >= event.until),
        payable=account.payable + event.interest,
        payable_tax=account.payable_tax + event.tax,
    )
    return _recounted(after)


def evolve(state: DepositAccount | None, entry: Entry[e.AccountEvent]) -> DepositAccount:
    """Fold one event; total."""
    account = state or DepositAccount()
    after, day = _evolve(account, entry), entry.booking_date
    active = day if _active(account, entry) else after.last_activity
    return changed(after, last_booking=day, last_activity=active)


def _active(account: DepositAccount, entry: Entry[e.AccountEvent]) -> bool:
    """True when the customer moved money: not interest, fees, orders, nor what the bank does."""
    if entry.actor.role is Role.SYSTEM:
        return False
    match entry.event:
        case e.FundsDeposited():
            return account.started_on is not None or entry.booking_date != account.opened_on
        case e.FundsWithdrawn() | e.AccountCredited() | e.AccountDebited():
            return True
        case _:
            return False


def _evolve(account: DepositAccount, entry: Entry[e.AccountEvent]) -> DepositAccount:
    event, on = entry.event, entry.value_date
    match event:
        case e.FundsDeposited(amount=amount) | e.AccountCredited(amount=amount):
            return _moved(account, on, amount)
        case (
            e.FundsWithdrawn(amount=amount)
            | e.AccountDebited(amount=amount)
            | e.FundsDeductedByOrder(amount=amount)
        ):
            return _moved(account, on, -amount)
        case e.DepositFeeCharged(fee=fee):
            return _moved(account, on, -fee)
        case e.InterestAdjusted(credited=credited):
            return _moved(account, on, credited) if credited else account
        case e.DepositEntryReversed(change=change):
            return _moved(account, on, change)
        case e.InterestSettled():
            return _settled(account, event)
        case e.InterestPaid(interest=interest, tax=tax):
            paid = _moved(account, on, interest - tax)
            return changed(
                paid, payable=account.payable - interest, payable_tax=account.payable_tax - tax
            )
        case e.CreditReceivedAfterClosing():
            return account
        case _:
            return _life(account, event, entry)


def _life(
    account: DepositAccount, event: e.LifeEvent, entry: Entry[e.AccountEvent]
) -> DepositAccount:
    match event:
        case e.AccountApplied(customer=customer, agent=agent):
            return changed(account, customer=customer, agent=agent)
        case e.AccountApplicationRejected():
            return changed(account, stage=Stage.REJECTED)
        case e.AccountTypeChosen(product=product, account_class=account_class):
            return changed(account, stage=Stage.TYPED, product=product, account_class=account_class)
        case e.DepositAgreementSigned(terms=terms, contract=contract):
            return changed(account, stage=Stage.SIGNED, terms=terms, contract=contract)
        case e.DepositAccountOpened():
            opened = changed(
                account,
                stage=Stage.OPENED,
                customer=event.customer,
                product=event.product,
                account_class=event.account_class,
                terms=event.terms,
                opened_on=entry.booking_date,
            )
            return _recounted(opened)
        case e.AccountActivated():
            return changed(account, stage=Stage.ACTIVE)
        case e.ClosureRequested():
            return changed(account, stage=Stage.CLOSING)
        case e.DepositAccountClosed():
            return changed(account, stage=Stage.CLOSED, closed_on=entry.booking_date)
        case (
            e.StandingOrderSet()
            | e.StandingOrderEnded()
            | e.AccountMadeDormant()
            | e.DormantAccountWoken()
        ):
            return _sleep(account, event, entry.booking_date)
        case _:
            return _ties(account, event)


def _sleep(account: DepositAccount, event: e.SleepEvent, on: date) -> DepositAccount:
    match event:
        case e.StandingOrderSet():
            made = StandingOrder(event.order, event.payee, event.amount, event.day, on, event.until)
            return changed(account, orders=(*account.orders, made))
        case e.StandingOrderEnded(order=gone):
            return changed(account, orders=tuple(o for o in account.orders if o.order != gone))
        case e.AccountMadeDormant():
            return changed(account, dormant=True)
        case e.DormantAccountWoken():
            return changed(account, dormant=False, last_activity=on)
        case _:
            assert_never(event)


def _ties(account: DepositAccount, event: e.TieEvent) -> DepositAccount:
    match event:
        case e.AccountFrozen():
            freeze = Freeze(event.freeze, event.kind, event.amount, event.until)
            return changed(account, freezes=(*account.freezes, freeze))
        case e.AccountUnfrozen(freeze=gone):
            return changed(account, freezes=tuple(f for f in account.freezes if f.freeze != gone))
        case e.HoldPlaced():
            hold = Hold(event.hold, event.amount, event.purpose, event.until)
            return changed(account, holds=(*account.holds, hold))
        case e.HoldReleased(hold=gone):
            return changed(account, holds=tuple(h for h in account.holds if h.hold != gone))
        case e.AccountLinked(contract=contract, kind=kind):
            return changed(account, links=(*account.links, Link(contract, kind)))
        case e.AccountUnlinked(contract=contract, kind=kind):
            gone_link = Link(contract, kind)
            return changed(account, links=tuple(x for x in account.links if x != gone_link))
        case _:
            assert_never(event)
