"""Points of a card line (积分): lots by month, and what refunds took back beyond them.

Refunds and orders of other streams take points too, so they do not live in the card line.
"""

from bankcore.aggregates.points_account.state import PointsAccount, agenda, evolve, subledger
from bankcore.values.streams import StreamKind

POINTS = StreamKind(
    name="points_account",
    prefix="points-",
    zh="积分",
    evolve=evolve,
    agenda=agenda,
    subledger=subledger,
    beside=True,
)

__all__ = ["POINTS", "PointsAccount"]
