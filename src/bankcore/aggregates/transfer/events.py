"""Events of the transfer (转账): the storage contract.

Inside the bank money moves in one step (P1); to another bank it leaves the payer when routed (P2),
stands on 2241.02 until it is sent over a rail (P3), and comes back whole when returned (P5).
"""

from __future__ import annotations

from bankcore.rules.payments.fees import Channel
from bankcore.rules.payments.routing import Arrival, Rail
from bankcore.values.declare import Gl, Personal, event
from bankcore.values.money import Money

S = "transfer"


@event(
    S,
    "转账申请",
    "Transfer requested",
    say_zh="{payer} 申请转账 {amount} 至 {payee_account}({payee_bank})",
    say_en="{payer} asked to send {amount} to {payee_account} ({payee_bank})",
)
class TransferRequested:
    """A payer orders a transfer (转账申请). `payee_bank` is `own` inside the bank."""

    customer: str
    payer: str
    payee_name: Personal
    payee_account: str
    payee_bank: str
    amount: Money
    option: Arrival
    channel: Channel
    own_account: bool


@event(
    S,
    "确认",
    "Transfer confirmed",
    say_zh="确认转账,手续费 {fee},{executes_at} 执行",
    say_en="confirmed, fee {fee}, to be executed at {executes_at}",
)
class TransferConfirmed:
    """The payer confirms after seeing the fee (确认); amount and fee are held on the account.

    `option` is the one used, `executes_at` local time to the minute.
    """

    factor: str
    fee: Money
    option: Arrival
    accepted_at: str
    executes_at: str


@event(
    S,
    "延迟、止付",
    "Transfer held",
    say_zh="暂缓至 {until}({reason})",
    say_en="held until {until} ({reason})",
)
class TransferHeld:
    """The transfer waits (延迟): a risk check or a delay; `until` is local time."""

    until: str
    reason: str


@event(S, "解除延迟", "Transfer hold released")
class TransferHoldReleased:
    """A held transfer goes on (解除延迟)."""

    callback_by: str
    note: str


@event(
    S,
    "受理扣款",
    "Transfer routed",
    rows="P2",
    actus="PR",
    say_zh="受理 {amount},经 {rail},{sent_at} 汇出",
    say_en="{amount} taken, by {rail}, to be sent at {sent_at}",
)
class TransferRouted:
    """Execution (受理): the rail and time of sending; to another bank the payer is debited."""

    payer: str
    rail: Rail
    amount: Money
    fee: Money
    sent_at: str
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """P2 to another bank; inside the bank TransferSettled posts."""
        return () if self.rail is Rail.INTRA else ("P2",)


@event(
    S,
    "汇出",
    "Transfer sent",
    rows="P3",
    say_zh="经 {rail} 汇出 {amount}",
    say_en="{amount} sent by {rail}",
)
class TransferSent:
    """The payment leaves over its rail (汇出)."""

    rail: Rail
    amount: Money
    gl: Gl


@event(
    S,
    "到账",
    "Transfer settled",
    rows="P1",
    actus="PR",
    say_zh="转账 {amount} 到账",
    say_en="{amount} has arrived",
)
class TransferSettled:
    """The payee has the money (到账); inside the bank this posts, elsewhere it is news."""

    payer: str
    payee: str
    rail: Rail
    amount: Money
    fee: Money
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """P1 inside the bank; the other bank's credit is not ours to book."""
        return ("P1",) if self.rail is Rail.INTRA else ()


@event(
    S,
    "退汇",
    "Transfer returned",
    rows="P5",
    actus="PR",
    say_zh="退汇 {amount}({reason}),手续费 {fee} 退还",
    say_en="{amount} returned ({reason}), fee {fee} refunded",
)
class TransferReturned:
    """The other bank sends it back (退汇): amount and fee, valued on the day of the debit."""

    payer: str
    rail: Rail
    amount: Money
    fee: Money
    reason: str
    gl: Gl


@event(S, "撤销", "Transfer cancelled", say_zh="撤销({reason})", say_en="cancelled ({reason})")
class TransferCancelled:
    """The payer takes it back in time (撤销); nothing had left the account."""

    reason: str


@event(S, "拒绝(涉诈)", "Transfer refused", say_zh="拒绝({reason})", say_en="refused ({reason})")
class TransferRefused:
    """The bank does not carry it out (拒绝)."""

    reason: str


@event(S, "交付回单", "Receipt given")
class ReceiptGiven:
    """The payer gets a receipt (交付回单)."""

    form: str


TransferEvent = (
    TransferRequested
    | TransferConfirmed
    | TransferHeld
    | TransferHoldReleased
    | TransferRouted
    | TransferSent
    | TransferSettled
    | TransferReturned
    | TransferCancelled
    | TransferRefused
    | ReceiptGiven
)
