"""What a deposit account owes the day: settlement, payment of interest, expiring holds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from bankcore.aggregates.deposit_account.state import DepositAccount
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.demand import next_settlement_day
from bankcore.values.dates import add_months
from bankcore.values.streams import Due, Repeat

HOLD_EXPIRY, INTEREST_PAYMENT, STANDING_ORDER, INTEREST_SETTLEMENT = 20, 30, 220, 240
FIRST_LOOK_MONTHS = 36
ORDER_MONTHS = 14


def held_on(account: DepositAccount) -> str:
    """The ledger account of the balance: the product's, or 2011.12 while it is dormant."""
    return choose.DORMANT if account.dormant else choose.deposit_account(account.product)


def agenda(stream: str, account: DepositAccount) -> Iterable[Due]:
    """Due items: `hold_expiry`, `interest_payment`, `interest_settlement` (GEN-08)."""
    ends = [(h.until, h.hold) for h in account.holds]
    ends += [(f.until, f.freeze) for f in account.freezes]
    for until, name in ends:
        if until is not None:
            yield Due(on=until, step=HOLD_EXPIRY, kind="hold_expiry", stream=stream, contract=name)
    if account.is_open:
        yield from _sleep(stream, account)
        yield from _orders(stream, account)
    start = account.period_start
    if not account.is_open or account.terms is None or start is None:
        return
    if account.payable and account.settled_to is not None:
        yield Due(
            on=account.settled_to, step=INTEREST_PAYMENT, kind="interest_payment", stream=stream
        )
    settle_on = next_settlement_day(start, account.terms.settlement)
    yield Due(on=settle_on, step=INTEREST_SETTLEMENT, kind="interest_settlement", stream=stream)


def _sleep(stream: str, account: DepositAccount) -> Iterable[Due]:
    """When a quiet account is looked at (DEP-23): after 36 months, then every month end.

    The months that count are those of the catalogue on that day; an account that a contract uses
    does not fall asleep.
    """
    quiet_since = account.last_activity or account.opened_on
    if quiet_since is None or account.dormant or account.links or account.orders:
        return
    first_look = add_months(quiet_since, FIRST_LOOK_MONTHS)
    # Only an account that was looked at and stayed awake is on the list of every month end.
    looked_at = account.last_booking is not None and account.last_booking > first_look
    repeat = Repeat.MONTH_END if looked_at else Repeat.ONCE
    yield Due(on=first_look, step=HOLD_EXPIRY, kind="account_sleep", stream=stream, repeat=repeat)


def _orders(stream: str, account: DepositAccount) -> Iterable[Due]:
    """The days of each standing order for a year from the last booking; settlement renews them."""
    for order in account.orders:
        seen = max(account.last_booking or order.since, order.since)
        for months in range(ORDER_MONTHS):
            on = order_day(seen, months, order.day)
            if on >= seen and (order.until is None or on <= order.until):
                yield Due(
                    on=on,
                    step=STANDING_ORDER,
                    kind="standing_order",
                    stream=stream,
                    contract=order.order,
                )


def order_day(seen: date, months: int, day: int) -> date:
    """The day of an order `months` after the month of a date; the last day of a shorter month."""
    first = add_months(seen.replace(day=1), months)
    return first.replace(day=min(day, monthrange(first.year, first.month)[1]))


def subledger(account: DepositAccount) -> Mapping[str, int]:
    """Balance on the liability account and settled interest on 2231 (GL-04)."""
    if not account.product:
        return {}
    return {
        held_on(account): -account.balance.minor,
        "2231": -account.payable.minor,
    }
