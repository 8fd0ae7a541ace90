"""The bank's own books (本行账务): capital, reserve, till, clearing, reconciliation."""

from bankcore.aggregates.bank.state import BankBooks, evolve
from bankcore.values.streams import StreamKind

BANK = StreamKind(name="bank", prefix="bank", zh="本行账务", evolve=evolve)

__all__ = ["BANK", "BankBooks"]
