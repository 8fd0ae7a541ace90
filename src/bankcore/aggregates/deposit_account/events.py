"""Events of the deposit account (存款账户): the storage contract.

A deposit account posts itself only for cash, interest, fees and orders; money that another
stream posts arrives as the mirrors AccountCredited and AccountDebited, without legs.
"""

from __future__ import annotations

from bankcore.aggregates.deposit_account.interest_events import (
    InterestAdjusted,
    InterestPaid,
    InterestSettled,
    PeriodAdjustment,
    UpperTier,
)
from bankcore.aggregates.deposit_account.opening_events import (
    AccountActivated,
    AccountApplicationRejected,
    AccountApplied,
    AccountTypeChosen,
    AgreementContract,
    DemandTerms,
    DepositAccountOpened,
    DepositAgreementSigned,
    OpeningEvent,
)
from bankcore.aggregates.deposit_account.tie_events import (
    AccountFrozen,
    AccountLinked,
    AccountMadeDormant,
    AccountUnfrozen,
    AccountUnlinked,
    ClosureRequested,
    CreditReceivedAfterClosing,
    DepositAccountClosed,
    DormantAccountWoken,
    HoldPlaced,
    HoldReleased,
    SleepEvent,
    StandingOrderEnded,
    StandingOrderSet,
    TieEvent,
)
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money

S = "deposit_account"


@event(
    S,
    "存入(现金)",
    "Funds deposited",
    rows="D1",
    actus="PR",
    version=2,
    say_zh="存入 {amount}",
    say_en="{amount} deposited",
)
class FundsDeposited:
    """Cash is paid in (存入)."""

    amount: Money
    source: str
    gl: Gl


@event(
    S,
    "支取(现金)",
    "Funds withdrawn",
    rows="D2",
    actus="PR",
    say_zh="支取 {amount}",
    say_en="{amount} withdrawn",
)
class FundsWithdrawn:
    """Cash is paid out (支取)."""

    amount: Money
    target: str
    gl: Gl


@event(
    S,
    "入账(对方流已记账)",
    "Account credited",
    actus="PR",
    say_zh="入账 {amount}({purpose})",
    say_en="{amount} credited ({purpose})",
)
class AccountCredited:
    """Money that another stream posted arrives (入账); no legs of its own."""

    amount: Money
    posted_by: str
    purpose: str


@event(
    S,
    "出账(对方流已记账)",
    "Account debited",
    actus="PR",
    say_zh="出账 {amount}({purpose})",
    say_en="{amount} debited ({purpose})",
)
class AccountDebited:
    """Money that another stream posted leaves (出账); no legs of its own."""

    amount: Money
    posted_by: str
    purpose: str


@event(
    S,
    "收费",
    "Deposit fee charged",
    rows="D17",
    actus="FP",
    say_zh="收费 {code} {fee}",
    say_en="fee {code} of {fee} charged",
)
class DepositFeeCharged:
    """A tariff fee is taken from the account (收费)."""

    code: str
    fee: Money
    gl: Gl


@event(
    S,
    "扣划",
    "Funds deducted by order",
    rows="D14",
    say_zh="依 {order} 扣划 {amount}",
    say_en="{amount} deducted under order {order}",
)
class FundsDeductedByOrder:
    """A competent authority takes money (扣划), DEP-22."""

    amount: Money
    order: str
    gl: Gl


@event(
    S,
    "冲正",
    "Deposit entry reversed",
    say_zh="冲正 {reverses}",
    say_en="entry {reverses} reversed",
)
class DepositEntryReversed:
    """A red entry (冲正): the legs of the reversed event, negated, on its value date.

    `change` is what the reversal does to the balance, signed.
    """

    reverses: str
    reversed_event: str
    change: Money
    amounts: tuple[tuple[str, Money], ...]
    reason: str
    gl: Gl


MoneyEvent = (
    FundsDeposited
    | FundsWithdrawn
    | AccountCredited
    | AccountDebited
    | InterestSettled
    | InterestPaid
    | InterestAdjusted
    | DepositFeeCharged
    | FundsDeductedByOrder
    | CreditReceivedAfterClosing
    | DepositEntryReversed
)
LifeEvent = OpeningEvent | ClosureRequested | DepositAccountClosed | TieEvent | SleepEvent
AccountEvent = MoneyEvent | LifeEvent

__all__ = [
    "AccountActivated",
    "AccountApplicationRejected",
    "AccountApplied",
    "AccountCredited",
    "AccountDebited",
    "AccountEvent",
    "AccountFrozen",
    "AccountLinked",
    "AccountMadeDormant",
    "AccountTypeChosen",
    "AccountUnfrozen",
    "AccountUnlinked",
    "AgreementContract",
    "ClosureRequested",
    "CreditReceivedAfterClosing",
    "DemandTerms",
    "DepositAccountClosed",
    "DepositAccountOpened",
    "DepositAgreementSigned",
    "DepositEntryReversed",
    "DepositFeeCharged",
    "DormantAccountWoken",
    "FundsDeductedByOrder",
    "FundsDeposited",
    "FundsWithdrawn",
    "HoldPlaced",
    "HoldReleased",
    "InterestAdjusted",
    "InterestPaid",
    "InterestSettled",
    "LifeEvent",
    "MoneyEvent",
    "OpeningEvent",
    "PeriodAdjustment",
    "SleepEvent",
    "StandingOrderEnded",
    "StandingOrderSet",
    "TieEvent",
    "UpperTier",
]
