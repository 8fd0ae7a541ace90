"""Commands of the card line: limits, blocks, waivers, instalments, disputes, losses."""

from __future__ import annotations

from datetime import date

from bankcore.rules.cards.cash_out import Measure
from bankcore.values.declare import command
from bankcore.values.money import ZERO, Money


@command("card_line.change_statement_day", "改账单日", "Change the statement day")
class ChangeStatementDay:
    """Cut statements on another day of the month, 1 to 28."""

    card: str
    day: int


@command("card_line.issue_statement", "出账单", "Issue the statement", system=True)
class IssueStatement:
    """Cut the statement on its day, before the close does it."""

    card: str


@command("card_line.remind", "还款提醒", "Remind of a payment")
class Remind:
    """Send a reminder of the last statement: before, due, after."""

    card: str
    kind: str = "before"
    channel: str = "sms"


@command("card_line.block", "止付、挂失", "Block the card")
class Block:
    """No new debit: `kind` loss, risk, customer."""

    card: str
    kind: str = "loss"
    reason: str = ""


@command("card_line.unblock", "解除止付", "Lift a block")
class Unblock:
    """Lift a block of a kind."""

    card: str
    kind: str
    reason: str


@command("card_line.cancel", "销卡", "Cancel the card")
class Cancel:
    """End the card; debts stay. `reason` dormant needs 30 days' notice on `notified`."""

    card: str
    reason: str
    notified: date | None = None


@command("card_line.close", "销户", "Close the card line")
class CloseLine:
    """End the line when nothing is left of it."""

    card: str


@command("card_line.adjust_limit", "调整额度", "Change the limit")
class AdjustLimit:
    """Set a new permanent limit."""

    card: str
    limit: Money
    reason: str


@command("card_line.grant_temporary_limit", "临时额度", "Grant a temporary limit")
class GrantTemporaryLimit:
    """Raise the limit through a last day."""

    card: str
    increase: Money
    until: date


@command("card_line.freeze_new_use", "停止新增用信", "Stop new use")
class FreezeNewUse:
    """Nothing new may be drawn; the line stays."""

    card: str
    reason: str


@command("card_line.waive_fee", "减免费用", "Waive a fee")
class WaiveFee:
    """Give up an open fee item, within the authority of the person deciding."""

    card: str
    item: str
    reason: str


@command("card_line.waive_interest", "减免利息", "Waive interest")
class WaiveInterest:
    """Give up a part of an open interest item."""

    card: str
    item: str
    amount: Money
    reason: str


@command("card_line.quote_instalment", "分期试算", "Quote instalments")
class QuoteInstalment:
    """Work out a plan and show its yearly cost: `kind` bill, purchase or cash."""

    card: str
    principal: Money
    terms: int
    kind: str = "bill"


@command("card_line.confirm_instalment", "分期确认", "Confirm instalments")
class ConfirmInstalment:
    """The customer says yes: the plan begins. `items` are the purchases it takes, oldest first."""

    card: str
    plan: str
    by: str = "customer"
    channel: str = "mobile"


@command("card_line.settle_instalment_early", "提前结清分期", "Settle a plan early")
class SettleInstalmentEarly:
    """All that is left of a plan falls due now."""

    card: str
    plan: str


@command("card_line.agree_plan", "个性化分期", "Agree on a personalised plan")
class AgreePlan:
    """Spread debt beyond ability to pay over parts, CC-13."""

    card: str
    parts: int
    due_day: int
    first_payment: Money = ZERO
    beyond_ability: bool = True
    willing: bool = True
    approved: bool = True
    signed_or_recorded: str = "signed"


@command("card_line.open_dispute", "交易争议", "Open a dispute")
class OpenDispute:
    """The cardholder disputes an item; the amount is taken out while it lasts."""

    card: str
    dispute: str
    item: str
    amount: Money


@command("card_line.postpone_dispute", "争议延期答复", "Postpone the answer to a dispute")
class PostponeDispute:
    """Tell the cardholder, within the limit, that the answer takes longer."""

    card: str
    dispute: str


@command("card_line.decide_dispute", "争议裁定", "Decide a dispute")
class DecideDispute:
    """`won`, `lost` by the customer, or `fraud_loss` borne by the bank."""

    card: str
    dispute: str
    outcome: str


@command("card_line.review_cash_out", "核查套现预警", "Review signs of cashing out")
class ReviewCashOut:
    """Look at the alert of a card and say what follows; the measure is taken by its own command."""

    card: str
    measure: Measure
    reason: str


@command("card_line.write_off", "核销", "Write off")
class WriteOff:
    """Take a lost debt off the books; the claim stays."""

    card: str
    reason: str


@command("card_line.recover", "核销后收回", "Receive a recovery")
class Recover:
    """Money comes in on a written-off claim."""

    card: str
    amount: Money
    source: str = "cash"
