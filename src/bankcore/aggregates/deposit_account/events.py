"""Events of the deposit account (存款账户): the storage contract.

A deposit account posts itself only for cash, interest, fees and orders; money that another
stream posts arrives as the mirrors AccountCredited and AccountDebited, without legs.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.values.declare import Gl, event, record
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "deposit_account"


@record
class DemandTerms:
    """What was agreed for a demand account; copied into the opening event.

    `settlement` is `yearly` or `quarterly` (DEP-03), `base` `yuan` or `fen` (DEP-02).
    """

    settlement: str
    base: str


@event(
    S,
    "申请开户",
    "Account applied for",
    say_zh="{customer} 申请开户",
    say_en="{customer} applied for an account",
)
class AccountApplied:
    """A customer asks for an account (申请开户)."""

    customer: str
    agent: str | None


@event(S, "拒绝开户", "Account application rejected")
class AccountApplicationRejected:
    """The bank declines to open (拒绝开户)."""

    reason: str


@event(
    S,
    "选择账户类别",
    "Account type chosen",
    say_zh="选择产品 {product},{account_class} 类户",
    say_en="product {product}, class {account_class} chosen",
)
class AccountTypeChosen:
    """Product and class are chosen (选择账户类别). `account_class` is `I`, `II` or `III`."""

    product: str
    account_class: str


@event(
    S,
    "签署协议",
    "Deposit agreement signed",
    say_zh="签署存款协议",
    say_en="deposit agreement signed",
)
class DepositAgreementSigned:
    """The agreement is signed with its terms (签署协议)."""

    terms: DemandTerms


@event(
    S,
    "开户",
    "Deposit account opened",
    actus="IED",
    say_zh="为 {customer} 开立 {product} 账户",
    say_en="{product} account opened for {customer}",
)
class DepositAccountOpened:
    """The account exists (开户)."""

    customer: str
    product: str
    account_class: str
    terms: DemandTerms


@event(S, "激活", "Account activated", say_zh="账户激活", say_en="account activated")
class AccountActivated:
    """The customer sets her own PIN and the account can be used (激活)."""

    pin_set_by: str
    channel: str


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
    """A late fact changes settled interest (利息补退), GL-05; negative takes it back."""

    difference: Money
    periods: tuple[PeriodAdjustment, ...]
    cause: tuple[str, ...]
    gl: Gl


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
TieEvent = (
    AccountFrozen | AccountUnfrozen | HoldPlaced | HoldReleased | AccountLinked | AccountUnlinked
)
LifeEvent = (
    AccountApplied
    | AccountApplicationRejected
    | AccountTypeChosen
    | DepositAgreementSigned
    | DepositAccountOpened
    | AccountActivated
    | ClosureRequested
    | DepositAccountClosed
    | TieEvent
)
AccountEvent = MoneyEvent | LifeEvent
