"""Commands of the transfer."""

from __future__ import annotations

from bankcore.rules.payments.routing import Arrival
from bankcore.values.declare import Personal, command
from bankcore.values.money import Money


@command("transfer.request", "申请转账", "Ask for a transfer")
class Request:
    """Order a transfer; `transfer` is its number, `payee_bank` `own` or the code of a bank."""

    transfer: str
    payer: str
    payee_name: Personal
    payee_account: str
    amount: Money
    payee_bank: str = "own"
    option: Arrival = Arrival.REALTIME


@command("transfer.confirm", "确认转账", "Confirm a transfer")
class Confirm:
    """Confirm after seeing fee and time; a real-time transfer is executed at once."""

    transfer: str
    factor: str = "counter"


@command("transfer.abandon", "放弃", "Abandon a transfer")
class Abandon:
    """Give up before confirming."""

    transfer: str
    reason: str = "customer"


@command("transfer.hold", "延迟、止付", "Hold a transfer")
class Hold:
    """Let a confirmed transfer wait until a local time (`2026-03-02T10:30`)."""

    transfer: str
    until: str
    reason: str


@command("transfer.release", "放行", "Release a held transfer")
class Release:
    """Let a held transfer go on; another employee has called the payer back."""

    transfer: str
    callback_by: str
    note: str


@command("transfer.cancel", "撤销", "Cancel a transfer")
class Cancel:
    """The payer takes it back before execution."""

    transfer: str
    reason: str = "customer"


@command("transfer.refuse", "拒绝", "Refuse a transfer")
class Refuse:
    """The bank does not carry it out; the held money is free again."""

    transfer: str
    reason: str


@command("transfer.route", "受理", "Execute a transfer")
class Route:
    """Execute: debit the payer and choose the rail."""

    transfer: str


@command("transfer.send", "汇出", "Send a transfer")
class Send:
    """The payment leaves over its rail."""

    transfer: str


@command("transfer.settle", "到账", "Settle a transfer")
class Settle:
    """The other bank confirms the credit."""

    transfer: str


@command("transfer.return", "退汇", "Return a transfer")
class Return:
    """The other bank sends the money back: name_mismatch, account_closed and so on."""

    transfer: str
    reason: str


@command("transfer.give_receipt", "交付回单", "Give a receipt")
class GiveReceipt:
    """Give the payer a receipt, paper or electronic."""

    transfer: str
    form: str = "paper"
