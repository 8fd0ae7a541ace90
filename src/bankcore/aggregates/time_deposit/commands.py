"""Commands of time deposits."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import command
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate


@command("time_deposit.open", "开立定期", "Open a time deposit")
class Open:
    """Open and place the first money; terms and rate come from the catalogue of that day.

    `account` is the customer's demand account: money comes from it unless `source` is `cash`, and
    interest draws and pay-outs go to it. `amount` is the lump, or the monthly payment of a plan.
    `rollover` is `none`, `principal_and_interest`, `principal_only` or `linked_account`.
    `rate` offers more than the board, within the authority of `level` (DEP-24).
    """

    deposit: str
    account: str
    product: str
    amount: Money
    term_months: int | None = None
    step_months: int | None = None
    source: str = "account"
    rollover: str = "none"
    rate: AnnualRate | None = None
    level: str = "rm"
    inducement: Money = ZERO


@command("time_deposit.pay_instalment", "续存", "Pay an instalment of a savings plan")
class PayInstalment:
    """Pay the agreed amount of a plan month, or of the one missed before it."""

    deposit: str
    amount: Money
    source: str = "account"


@command("time_deposit.give_notice", "支取通知", "Give notice of a draw")
class GiveNotice:
    """Announce how much will be drawn after 1 or 7 days; `notice` is the key it will have."""

    deposit: str
    notice: str
    amount: Money


@command("time_deposit.cancel_notice", "取消通知", "Cancel a notice")
class CancelNotice:
    """Cancel the open notice; its period bears no interest on the amount."""

    deposit: str
    notice: str


@command("time_deposit.draw", "通知存款支取", "Draw from a notice deposit")
class Draw:
    """Draw part or all, as announced or not (DEP-15)."""

    deposit: str
    amount: Money
    target: str = "account"
    identity_shown: bool = True


@command("time_deposit.withdraw_early", "提前支取", "Withdraw before maturity")
class WithdrawEarly:
    """Draw part or all before maturity at the demand rate; `amount` left out means all."""

    deposit: str
    amount: Money | None = None
    target: str = "account"
    identity_shown: bool = True


@command("time_deposit.pay_out", "支取", "Pay out a matured or optional deposit")
class PayOut:
    """Pay out at or after maturity, or an optional deposit; `amount` left out means all."""

    deposit: str
    amount: Money | None = None
    target: str = "account"
    identity_shown: bool = True


@command("time_deposit.renew", "转存", "Renew a matured deposit")
class Renew:
    """Start a new term today with a matured deposit that has no rollover (DEP-07, DEP-08)."""

    deposit: str
    term_months: int
    mode: str = "principal_and_interest"


@command("time_deposit.set_instruction", "到期约定", "Set the maturity instruction")
class SetInstruction:
    """Agree before maturity what happens then; `term_months` for the next cycle."""

    deposit: str
    rollover: str
    term_months: int | None = None


@command("time_deposit.seek_instruction", "征询到期指令", "Ask for the maturity instruction")
class SeekInstruction:
    """Ask the customer what is to happen at maturity."""

    deposit: str
    channel: str = "phone"


@command("time_deposit.pledge", "质押", "Pledge to a loan")
class Pledge:
    """Stop payment of part of the deposit in favour of a loan."""

    deposit: str
    loan: str
    amount: Money


@command("time_deposit.unpledge", "解除质押", "End a pledge")
class Unpledge:
    """End the pledge for a loan."""

    deposit: str
    loan: str


@command("time_deposit.freeze", "冻结", "Freeze a time deposit")
class Freeze:
    """Freeze part (`amount`) or all under an order, DEP-22."""

    deposit: str
    freeze: str
    order: str
    kind: str = "amount_freeze"
    amount: Money | None = None
    until: date | None = None


@command("time_deposit.unfreeze", "解冻", "Lift a freeze")
class Unfreeze:
    """Lift a freeze by its id."""

    deposit: str
    freeze: str
    reason: str


@command("time_deposit.adjust_interest", "补退利息", "Make wrong interest good")
class AdjustInterest:
    """Pay (or, negative, take back) interest that was fixed wrongly; another person approves.

    `cause` names the events that show it, such as the complaint or the wrong settlement.
    """

    deposit: str
    difference: Money
    cause: tuple[str, ...]
    reason: str


@command("time_deposit.reverse", "冲正", "Reverse an entry of a time deposit")
class Reverse:
    """Reverse the last money entry of the deposit by its event id; another person approves."""

    deposit: str
    reverses: str
    reason: str
