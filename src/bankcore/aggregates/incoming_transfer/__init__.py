"""Money that comes in from another bank (来账): booked once a reference."""

from bankcore.aggregates.incoming_transfer.state import Incoming, evolve, subledger
from bankcore.values.streams import StreamKind

INCOMING = StreamKind(
    name="incoming_transfer",
    prefix="incoming-",
    zh="来账",
    evolve=evolve,
    subledger=subledger,
)

__all__ = ["INCOMING", "Incoming"]
