"""Commands of the card line: application, issue, use, payment."""

from __future__ import annotations

from bankcore.rules.cards.autopay import AutopayMode
from bankcore.values.declare import Personal, command
from bankcore.values.money import ZERO, Money


@command("card_line.submit", "申请信用卡", "Apply for a card")
class Submit:
    """A customer asks for a card; `card` is the number that the line will have."""

    card: str
    customer: str
    product: str = "standard"
    limit_asked: Money = ZERO
    device: str = "branch_terminal"
    employer: Personal = ""


@command("card_line.attach", "附资料", "Attach a document")
class Attach:
    """Add a paper: id_card, application_form, income_proof, residence_proof and others."""

    card: str
    document: str
    kind: str
    verified: bool = True


@command("card_line.sign", "签名", "Sign the application")
class Sign:
    """The form is signed: `signer` `customer` is the applicant's own signature."""

    card: str
    signer: str = "customer"
    how: str = "in_person"


@command("card_line.precheck", "初核", "Precheck the application")
class Precheck:
    """Look the papers through; `flags` are what looks odd."""

    card: str
    result: str = "complete"
    flags: tuple[str, ...] = ()


@command("card_line.refer_fraud", "移交反欺诈", "Refer to the anti-fraud desk")
class ReferFraud:
    """Signs of fraud go to the anti-fraud desk."""

    card: str
    flags: tuple[str, ...]


@command("card_line.return", "退回补正", "Return the application")
class ReturnApplication:
    """Send the application back for completion, with the reason."""

    card: str
    reason: str


@command("card_line.forward", "上报审批", "Send for approval")
class Forward:
    """Send the application to the approval unit; what is missing is a warning."""

    card: str


@command("card_line.approve", "核准", "Approve a card")
class Approve:
    """Grant a limit at most as high as CC-15 allows; left out, it is exactly that.

    The facts are those of the credit report and the income proof on that day.
    """

    card: str
    score: int
    income: Money
    limit: Money | None = None
    monthly_dues: Money = ZERO
    other_bank_limits: Money = ZERO
    enquiries_3m: int = 0
    student: bool = False
    second_source: bool = False
    fraud_hit: bool = False
    plan_unsettled: bool = False
    overdue: bool = False


@command("card_line.decline", "不予核准", "Decline a card")
class Decline:
    """Say no, with the reason for the file."""

    card: str
    reason: str


@command("card_line.revoke_approval", "撤销核准", "Revoke an approval")
class RevokeApproval:
    """Take an approval back before the card is issued."""

    card: str
    reason: str


@command("card_line.notify", "告知结果", "Tell the customer the decision")
class Notify:
    """Tell the customer: a general reason, never the score."""

    card: str
    channel: str = "sms"
    text: Personal = ""


@command("card_line.issue", "发卡", "Issue the card")
class Issue:
    """Make the card; terms come from the catalogue of that day."""

    card: str
    number: str
    statement_day: int = 5


@command("card_line.deliver", "交付", "Deliver card or PIN")
class Deliver:
    """Hand over `card` or `pin` to a person."""

    card: str
    to: str = "customer"
    what: str = "card"


@command("card_line.brief", "用卡说明", "Explain the card")
class Brief:
    """Tell the customer how the card works: interest, minimum, fees, dates."""

    card: str
    items: tuple[str, ...]


@command("card_line.activate", "激活", "Activate the card")
class Activate:
    """The cardholder activates it herself; `identity_check` says how she was known."""

    card: str
    channel: str = "mobile"
    identity_check: str = "face_and_sms"


@command("card_line.authorise", "授权", "Authorise a purchase")
class Authorise:
    """A merchant asks for an amount; it is held until it is posted or lapses."""

    card: str
    authorisation: str
    amount: Money
    merchant: str
    kind: str = "purchase"


@command("card_line.post", "交易入账", "Post a purchase")
class Post:
    """A purchase arrives from clearing; `item` is its id, `authorisation` the hold it uses."""

    card: str
    item: str
    amount: Money
    merchant: str
    category: str = "retail"
    authorisation: str = ""


@command("card_line.cash_advance", "预借现金", "Draw cash")
class CashAdvance:
    """Draw cash; `target` is `cash` or an own account."""

    card: str
    item: str
    amount: Money
    target: str = "cash"


@command("card_line.refund", "退货", "Post a refund")
class Refund:
    """A merchant gives money back for an item."""

    card: str
    item: str
    amount: Money


@command("card_line.repay", "还款", "Repay")
class Repay:
    """Pay the card; `source` is `cash` or an account."""

    card: str
    amount: Money
    source: str = "cash"


@command("card_line.withdraw_credit_balance", "领回溢缴款", "Draw out credit balance")
class WithdrawCreditBalance:
    """Pay credit balance out; `target` is `cash` or an own account."""

    card: str
    amount: Money
    target: str = "cash"


@command("card_line.set_autopay", "约定还款", "Agree on autopay")
class SetAutopay:
    """Pay the line from an own account: `full` or `minimum`."""

    card: str
    account: str
    mode: AutopayMode = AutopayMode.FULL
