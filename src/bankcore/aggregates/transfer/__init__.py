"""The transfer (转账), from the payer's order to its one end."""

from bankcore.aggregates.transfer.state import Transfer, agenda, evolve, subledger
from bankcore.values.streams import StreamKind

TRANSFER = StreamKind(
    name="transfer",
    prefix="transfer-",
    zh="转账",
    evolve=evolve,
    agenda=agenda,
    subledger=subledger,
)

__all__ = ["TRANSFER", "Transfer"]
