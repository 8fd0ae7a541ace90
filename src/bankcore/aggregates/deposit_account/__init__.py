"""The deposit account (存款账户): one running balance with holds, freezes and links."""

from bankcore.aggregates.deposit_account.agenda import agenda, held_on, subledger
from bankcore.aggregates.deposit_account.state import DepositAccount, Stage, evolve
from bankcore.values.streams import StreamKind

ACCOUNT = StreamKind(
    name="deposit_account",
    prefix="account-",
    zh="存款账户",
    evolve=evolve,
    agenda=agenda,
    subledger=subledger,
)

__all__ = ["ACCOUNT", "DepositAccount", "Stage", "held_on"]
