"""Events by which a deposit account comes to be (开户): part of the storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import event, record
from bankcore.values.money import Money

S = "deposit_account"


@record
class DemandTerms:
    """What was agreed for a demand account; copied into the opening event.

    `settlement` is `yearly` or `quarterly` (DEP-03), `base` `yuan` or `fen` (DEP-02).
    """

    settlement: str
    base: str


@record
class AgreementContract:
    """The agreement of an agreement account (协定存款合同), DEP-16.

    What a day's balance has above `threshold` earns the agreement rate, to the day before `until`.
    """

    threshold: Money
    until: date

    def __str__(self) -> str:
        """As it follows the agreement in a sentence."""
        return f" ({self.threshold.grouped()}, {self.until})"


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
    version=2,
    say_zh="签署存款协议{contract}",
    say_en="deposit agreement signed{contract}",
)
class DepositAgreementSigned:
    """The agreement is signed with its terms (签署协议); agreement accounts have a contract too."""

    terms: DemandTerms
    contract: AgreementContract | None


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


OpeningEvent = (
    AccountApplied
    | AccountApplicationRejected
    | AccountTypeChosen
    | DepositAgreementSigned
    | DepositAccountOpened
    | AccountActivated
)
