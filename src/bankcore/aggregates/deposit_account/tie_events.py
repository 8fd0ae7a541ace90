"""Events of what hangs on a deposit account (冻结、暂扣、关联、约定、睡眠): storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import Gl, event
from bankcore.values.money import Money

S = "deposit_account"


@event(
    S, "冻结、止付、挂失", "Account frozen", say_zh="冻结({kind})", say_en="account frozen ({kind})"
)
class AccountFrozen:
    """Part or all may not leave (冻结). `amount` None freezes all; `until` is exclusive."""

    freeze: str
    kind: str
    amount: Money | None
    basis: str
    order: str
    until: date | None


@event(S, "解冻", "Account unfrozen", say_zh="解冻 {freeze}", say_en="freeze {freeze} lifted")
class AccountUnfrozen:
    """A freeze ends (解冻)."""

    freeze: str
    reason: str


@event(
    S, "暂扣", "Hold placed", say_zh="暂扣 {amount}({purpose})", say_en="{amount} held ({purpose})"
)
class HoldPlaced:
    """Money is set aside for a purpose (暂扣)."""

    hold: str
    amount: Money
    purpose: str
    until: date | None


@event(S, "解除暂扣", "Hold released", say_zh="解除暂扣 {hold}", say_en="hold {hold} released")
class HoldReleased:
    """A hold ends (解除暂扣)."""

    hold: str
    reason: str


@event(S, "建立关联", "Account linked", say_zh="关联 {contract}", say_en="linked to {contract}")
class AccountLinked:
    """A contract uses this account (建立关联)."""

    contract: str
    kind: str


@event(
    S,
    "解除关联",
    "Account unlinked",
    say_zh="解除关联 {contract}",
    say_en="no longer linked to {contract}",
)
class AccountUnlinked:
    """A contract no longer uses this account (解除关联)."""

    contract: str
    kind: str


@event(S, "申请销户", "Closure requested")
class ClosureRequested:
    """The customer asks to close (申请销户)."""

    by: str
    agent: bool


@event(S, "销户", "Deposit account closed", actus="MD", say_zh="销户", say_en="account closed")
class DepositAccountClosed:
    """The account ends with nothing left in it (销户)."""

    reason: str


@event(S, "销户后来账", "Credit received after closing", rows="D13")
class CreditReceivedAfterClosing:
    """Money arrives for a closed account and waits in suspense (销户后来账)."""

    amount: Money
    source: str
    gl: Gl


@event(
    S,
    "定期转存约定",
    "Standing order set",
    say_zh="约定每月 {day} 日向 {payee} 转存 {amount}",
    say_en="{amount} to go to {payee} on day {day} of each month",
)
class StandingOrderSet:
    """Money goes to a payee once a month (约定转存): on `day`, or the last day of a shorter month.

    `until` is the last day on which it may go, None without end.
    """

    order: str
    payee: str
    amount: Money
    day: int
    until: date | None


@event(S, "约定终止", "Standing order ended", say_zh="约定 {order} 终止({reason})")
class StandingOrderEnded:
    """A standing order ends (约定终止)."""

    order: str
    reason: str


@event(
    S,
    "转睡眠户",
    "Account made dormant",
    rows="D15",
    say_zh="转睡眠户,余额 {amount}",
    say_en="made dormant with {amount}",
)
class AccountMadeDormant:
    """A quiet account falls asleep (转睡眠户), DEP-23; its money is kept on 2011.12."""

    amount: Money
    gl: Gl


@event(
    S,
    "睡眠户激活",
    "Dormant account woken",
    rows="D16",
    say_zh="账户激活,余额 {amount}",
    say_en="woken with {amount}",
)
class DormantAccountWoken:
    """The customer was identified again and the account is awake (激活), DEP-23.

    `amount` is zero for an account that had only lost its remote channels.
    """

    amount: Money
    gl: Gl


TieEvent = (
    AccountFrozen | AccountUnfrozen | HoldPlaced | HoldReleased | AccountLinked | AccountUnlinked
)
SleepEvent = StandingOrderSet | StandingOrderEnded | AccountMadeDormant | DormantAccountWoken
