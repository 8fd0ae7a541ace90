"""Commands of the deposit account."""

from __future__ import annotations

from datetime import date

from bankcore.rules.deposits.availability import FreezeKind
from bankcore.values.declare import command
from bankcore.values.money import Money


@command("deposit_account.apply", "申请开户", "Apply for an account")
class Apply:
    """A customer asks for an account; `account` is the number it will have."""

    account: str
    customer: str
    agent: str | None = None


@command("deposit_account.reject", "拒绝开户", "Reject an application")
class Reject:
    """Decline to open, with the reason."""

    account: str
    reason: str


@command("deposit_account.choose_type", "选择类别", "Choose product and class")
class ChooseType:
    """Choose the product and the class I, II or III."""

    account: str
    product: str = "demand"
    account_class: str = "I"


@command("deposit_account.sign_agreement", "签协议", "Sign the agreement")
class SignAgreement:
    """Sign the deposit agreement; terms come from the catalogue of that day.

    An agreement account (协定存款) also names its `threshold`, and may name the day `until` which
    the contract runs (exclusive); left out, it runs as long as the catalogue lets it, DEP-16.
    """

    account: str
    threshold: Money | None = None
    until: date | None = None


@command("deposit_account.open", "开户", "Open the account")
class Open:
    """Open with a first deposit in cash, or none."""

    account: str
    opening_amount: Money | None = None


@command("deposit_account.activate", "激活", "Activate the account")
class Activate:
    """The customer sets her PIN herself."""

    account: str
    pin_set_by: str = "customer"
    channel: str = "counter"


@command("deposit_account.deposit", "存入", "Deposit cash")
class Deposit:
    """Pay cash in."""

    account: str
    amount: Money


@command("deposit_account.withdraw", "支取", "Withdraw cash")
class Withdraw:
    """Pay cash out."""

    account: str
    amount: Money


@command("deposit_account.charge_fee", "收费", "Charge a tariff fee")
class ChargeFee:
    """Take a fee of the tariff by its code."""

    account: str
    code: str


@command("deposit_account.freeze", "冻结", "Freeze an account")
class Freeze:
    """Freeze an amount, or stop debits or all movements, under an order or a report, DEP-22.

    Only an amount freeze has an `amount`; every other kind stops the whole account.
    """

    account: str
    freeze: str
    kind: FreezeKind
    amount: Money | None = None
    basis: str = "legal_order"
    order: str = ""
    until: date | None = None


@command("deposit_account.unfreeze", "解冻", "Lift a freeze")
class Unfreeze:
    """Lift a freeze by its id."""

    account: str
    freeze: str
    reason: str


@command("deposit_account.deduct", "扣划", "Deduct by order")
class Deduct:
    """A competent authority takes money, DEP-22."""

    account: str
    amount: Money
    order: str


@command("deposit_account.hold", "暂扣", "Place a hold")
class PlaceHold:
    """Set money aside for a purpose."""

    account: str
    hold: str
    amount: Money
    purpose: str
    until: date | None = None


@command("deposit_account.release_hold", "解除暂扣", "Release a hold")
class ReleaseHold:
    """Release a hold by its id."""

    account: str
    hold: str
    reason: str = ""


@command("deposit_account.request_close", "申请销户", "Ask to close the account")
class RequestClose:
    """The customer asks to close."""

    account: str
    by: str = "customer"


@command("deposit_account.close", "销户", "Close the account")
class Close:
    """Settle interest, pay everything out in cash and close, DEP-21."""

    account: str


@command("deposit_account.reverse", "冲正", "Reverse a cash entry")
class Reverse:
    """Reverse a booked entry of the account by its event id; another person approves, GEN-05."""

    account: str
    reverses: str
    reason: str


@command("deposit_account.wake", "激活睡眠户", "Wake a sleeping account")
class Wake:
    """Identify the customer again and wake the account, DEP-23."""

    account: str
    identity_shown: bool = True


@command("deposit_account.set_standing_order", "约定转存", "Set a standing order")
class SetStandingOrder:
    """Each month pay `amount` into a savings plan of the customer: `payee` is its deposit id."""

    account: str
    order: str
    payee: str
    amount: Money
    day: int
    until: date | None = None


@command("deposit_account.end_standing_order", "终止约定", "End a standing order")
class EndStandingOrder:
    """End a standing order by its id."""

    account: str
    order: str
    reason: str = "customer"
