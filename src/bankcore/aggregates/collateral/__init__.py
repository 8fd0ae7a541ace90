"""Collateral (押品): one property may secure two loans, so it stands on its own stream."""

from bankcore.aggregates.collateral.state import Collateral, Registration, evolve, subledger
from bankcore.values.streams import StreamKind

COLLATERAL = StreamKind(
    name="collateral", prefix="collateral-", zh="押品", evolve=evolve, subledger=subledger
)

__all__ = ["COLLATERAL", "Collateral", "Registration"]
