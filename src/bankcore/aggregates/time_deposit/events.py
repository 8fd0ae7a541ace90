"""Events of time deposits (定期类存款): the storage contract.

One stream serves lump_lump, large_cd, instal_lump, lump_instal, interest_draw, notice_1d,
notice_7d and optional: same life, same rows D5 to D11; what differs stands in the terms agreed.
The money fields bear the names of their posting rows (GL-02).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.aggregates.time_deposit.pay_events import (
    DrawnInterestClawedBack,
    InterestDrawn,
    NoticeDepositDrawn,
    NoticePiece,
    NoticeTranche,
    PayEvent,
    PrincipalDrawn,
    TimeDepositEntryReversed,
    TimeDepositInterestAdjusted,
    TimeDepositMatured,
    TimeDepositPaidOut,
    TimeDepositRenewed,
    TimeDepositWithdrawnEarly,
)
from bankcore.values.declare import Gl, event, record
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "time_deposit"


@record
class TimeTerms:
    """What was agreed at opening, whatever the product; copied from the catalogue of that day.

    Terms and steps in months, None where the product has none; `notice_days` 0 where no notice is
    needed. `min_remainder` and `max_partials` bind early part withdrawals (DEP-06), `min_draw` and
    `min_balance` notice deposits (DEP-14), `makeups` savings plans (DEP-11), `optional_share` is
    the share of the lump-lump rate that an optional deposit earns (DEP-17).
    """

    term_months: int | None
    step_months: int | None
    max_partials: int
    min_remainder: Money
    notice_days: int
    min_draw: Money
    min_balance: Money
    makeups: int
    optional_share: Fraction


@event(
    S,
    "开立定期",
    "Time deposit opened",
    actus="IED",
    say_zh="{customer} 开立 {product},自 {start} 起",
    say_en="{product} opened for {customer} from {start}",
)
class TimeDepositOpened:
    """The contract exists (开立定期): rate of the opening day, None where withdrawal fixes it.

    `rollover` is the instruction for maturity: `none`, `principal_and_interest`,
    `principal_only`, or `linked_account` (pay out to `account`).
    """

    customer: str
    account: str
    product: str
    terms: TimeTerms
    rate: AnnualRate | None
    rate_valid_from: date | None
    start: date
    maturity: date | None
    rollover: str


@event(
    S,
    "定期存入",
    "Time deposit placed",
    rows="D7",
    actus="PR",
    say_zh="存入 {amount}(第 {nr} 笔)",
    say_en="{amount} placed (no. {nr})",
)
class TimeDepositPlaced:
    """Money is placed (定期存入): the lump, or payment `nr` of a savings plan."""

    amount: Money
    source: str
    nr: int
    gl: Gl


@event(S, "零存整取违约", "Savings plan breached", say_zh="零存整取违约", say_en="plan breached")
class SavingsPlanBreached:
    """A savings plan is in breach (违约) from `on`: later payments earn demand, DEP-11."""

    on: date
    missed: tuple[int, ...]


@event(
    S,
    "支取通知",
    "Withdrawal notice given",
    say_zh="通知于 {draw_on} 支取 {amount}",
    say_en="notice given to draw {amount} on {draw_on}",
)
class WithdrawalNoticeGiven:
    """The customer announces a draw (通知), DEP-14."""

    notice: str
    amount: Money
    draw_on: date


@event(S, "取消通知", "Withdrawal notice cancelled")
class WithdrawalNoticeCancelled:
    """A notice is cancelled (取消通知): its period bears no interest on `amount`, DEP-15."""

    notice: str
    amount: Money


@event(S, "通知逾期失效", "Withdrawal notice lapsed")
class WithdrawalNoticeLapsed:
    """A notice was not used (通知失效): its period bears no interest on `amount`, DEP-15."""

    notice: str
    amount: Money


@event(S, "到期约定", "Maturity instruction set", say_zh="到期约定 {rollover}")
class MaturityInstructionSet:
    """What is to happen at maturity (到期约定), DEP-08; a new term only for the next cycle."""

    rollover: str
    term_months: int | None
    account: str


@event(S, "征询到期指令", "Maturity instruction sought")
class MaturityInstructionSought:
    """The bank asks the customer what is to happen at maturity (征询到期指令)."""

    channel: str


@event(S, "质押止付", "Time deposit pledged")
class TimeDepositPledged:
    """Part of the deposit secures a loan and may not move (质押止付)."""

    loan: str
    amount: Money


@event(S, "解除质押", "Time deposit unpledged")
class TimeDepositUnpledged:
    """A pledge ends (解除质押)."""

    loan: str


@event(S, "冻结", "Time deposit frozen")
class TimeDepositFrozen:
    """A freeze under an order (冻结), DEP-22; `amount` None means everything."""

    freeze: str
    kind: str
    amount: Money | None
    order: str
    until: date | None


@event(S, "解冻", "Time deposit unfrozen")
class TimeDepositUnfrozen:
    """A freeze ends (解冻)."""

    freeze: str
    reason: str


NoticeEvent = WithdrawalNoticeGiven | WithdrawalNoticeCancelled | WithdrawalNoticeLapsed
HoldEvent = TimeDepositPledged | TimeDepositUnpledged | TimeDepositFrozen | TimeDepositUnfrozen
LifeEvent = (
    TimeDepositOpened
    | TimeDepositPlaced
    | SavingsPlanBreached
    | MaturityInstructionSet
    | MaturityInstructionSought
    | NoticeEvent
    | HoldEvent
)
TimeDepositEvent = PayEvent | LifeEvent

__all__ = [
    "DrawnInterestClawedBack",
    "HoldEvent",
    "InterestDrawn",
    "LifeEvent",
    "MaturityInstructionSet",
    "MaturityInstructionSought",
    "NoticeDepositDrawn",
    "NoticeEvent",
    "NoticePiece",
    "NoticeTranche",
    "PayEvent",
    "PrincipalDrawn",
    "SavingsPlanBreached",
    "TimeDepositEntryReversed",
    "TimeDepositEvent",
    "TimeDepositFrozen",
    "TimeDepositInterestAdjusted",
    "TimeDepositMatured",
    "TimeDepositOpened",
    "TimeDepositPaidOut",
    "TimeDepositPlaced",
    "TimeDepositPledged",
    "TimeDepositRenewed",
    "TimeDepositUnfrozen",
    "TimeDepositUnpledged",
    "TimeDepositWithdrawnEarly",
    "TimeTerms",
    "WithdrawalNoticeCancelled",
    "WithdrawalNoticeGiven",
    "WithdrawalNoticeLapsed",
]
