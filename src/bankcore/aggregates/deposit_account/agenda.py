"""What a deposit account owes the day: settlement, payment of interest, expiring holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bankcore.aggregates.deposit_account.state import DepositAccount
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.demand import next_settlement_day
from bankcore.values.streams import Due

HOLD_EXPIRY, INTEREST_PAYMENT, INTEREST_SETTLEMENT = 20, 30, 240


def agenda(stream: str, account: DepositAccount) -> Iterable[Due]:
    """Due items: `hold_expiry`, `interest_payment`, `interest_settlement` (GEN-08)."""
    ends = [(h.until, h.hold) for h in account.holds]
    ends += [(f.until, f.freeze) for f in account.freezes]
    for until, name in ends:
        if until is not None:
            yield Due(on=until, step=HOLD_EXPIRY, kind="hold_expiry", stream=stream, contract=name)
    start = account.period_start
    if not account.is_open or account.terms is None or start is None:
        return
    if account.payable and account.settled_to is not None:
        yield Due(
            on=account.settled_to, step=INTEREST_PAYMENT, kind="interest_payment", stream=stream
        )
    settle_on = next_settlement_day(start, account.terms.settlement)
    yield Due(on=settle_on, step=INTEREST_SETTLEMENT, kind="interest_settlement", stream=stream)


def subledger(account: DepositAccount) -> Mapping[str, int]:
    """Balance on the product's liability account and settled interest on 2231 (GL-04)."""
    if not account.product:
        return {}
    return {
        choose.deposit_account(account.product): -account.balance.minor,
        "2231": -account.payable.minor,
    }
