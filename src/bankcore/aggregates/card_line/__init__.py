"""The card line (信用卡账户): application, limit, items, statements, plans and arrears in one."""

from bankcore.aggregates.card_line.agenda import agenda, subledger
from bankcore.aggregates.card_line.folding import evolve
from bankcore.aggregates.card_line.state import CardLine, Stage
from bankcore.values.streams import StreamKind

CARD = StreamKind(
    name="card_line",
    prefix="card-",
    zh="信用卡账户",
    evolve=evolve,
    agenda=agenda,
    subledger=subledger,
)

__all__ = ["CARD", "CardLine", "Stage"]
