"""The step table of the day (日终步骤表): agenda kind -> what is done, one line a kind."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as account
from bankcore.operations import account_sleep, interest, standing, time_deposit_days
from bankcore.operations.cards import handlers as cards
from bankcore.operations.day import Step
from bankcore.operations.decision import Decision
from bankcore.operations.loans import steps as loans
from bankcore.operations.payments import handlers as payments
from bankcore.values.streams import Due


def expire_hold(d: Decision, due: Due) -> None:
    """Step 20: a hold or freeze that ends today lapses (until is exclusive)."""
    state = d.need(ACCOUNT, due.stream)
    if any(h.hold == due.contract for h in state.holds):
        d.emit(ACCOUNT, due.stream, account.HoldReleased(hold=due.contract, reason="expired"))
    else:
        d.emit(ACCOUNT, due.stream, account.AccountUnfrozen(freeze=due.contract, reason="expired"))


STEPS: Final[dict[str, Step]] = {
    **standing.STEPS,
    **time_deposit_days.STEPS,
    **account_sleep.STEPS,
    **loans.STEPS,
    **cards.STEPS,
    **payments.STEPS,
    "hold_expiry": expire_hold,
    "interest_payment": lambda d, due: interest.pay(d, due.stream),
    "interest_settlement": lambda d, due: interest.settle(d, due.stream, interest.day_after(d.day)),
}
