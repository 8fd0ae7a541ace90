"""Events of the deposit account (存款账户): the storage contract.

A deposit account posts itself only for cash, interest, fees and orders; money that another
stream posts arrives as the mirrors AccountCredited and AccountDebited, without legs.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.aggregates.deposit_account.opening_events import (
    AccountActivated,
    AccountApplicationRejected,
    AccountApplied,
    AccountTypeChosen,
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
from bankcore.rules.account_choice import RECOURSE
from bankcore.values.declare import Gl, event, record
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

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
    "结息",
    "Interest settled",
    rows="D3",
    say_zh="结息 {interest}(积数 {balance_days},年利率 {rate}%)",
    say_en="interest of {interest} settled ({balance_days} yuan-days at {rate} %)",
)
class InterestSettled:
    """Interest of [start, until) is fixed (结息), DEP-03. `balance_days` is in yuan·days."""

    start: date
    until: date
    balance_days: Fraction
    interest: Money
    remainder: Fraction
    rate: AnnualRate
    rate_valid_from: date
    tax: Money
    gl: Gl


@event(
    S,
    "付息入账",
    "Interest paid",
    rows="D4",
    actus="IP",
    say_zh="付息 {interest} 入账",
    say_en="interest of {interest} paid",
)
class InterestPaid:
    """Settled interest less tax is credited (付息入账)."""

    interest: Money
    tax: Money
    gl: Gl


@record
class PeriodAdjustment:
    """One settled period recomputed with a late fact."""

    start: date
    until: date
    settled: Money
    recomputed: Money


@event(
    S,
    "利息补退",
    "Interest adjusted",
    rows="D9",
    actus="IP",
    say_zh="利息补退 {difference}",
    say_en="interest adjusted by {difference}",
)
class InterestAdjusted:
    """A late fact changes settled interest (利息补退), GL-05; negative takes it back.

    Where the account does not cover what is taken back, the claim stands on 1221.04 (`target`).
    """

    difference: Money
    periods: tuple[PeriodAdjustment, ...]
    cause: tuple[str, ...]
    gl: Gl

    @property
    def credited(self) -> Money:
        """What it does to the account: the difference, or nothing when it is claimed."""
        return Money(0) if self.gl.get("target") == RECOURSE else self.difference


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
]
