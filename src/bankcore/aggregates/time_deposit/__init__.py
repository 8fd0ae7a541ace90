"""Time deposits (定期类存款): lump sums, savings plans, planned draws, notice, optional."""

from bankcore.aggregates.time_deposit.agenda import agenda, subledger
from bankcore.aggregates.time_deposit.state import Stage, TimeDeposit, evolve
from bankcore.values.streams import StreamKind

TIME_DEPOSIT = StreamKind(
    name="time_deposit",
    prefix="time-",
    zh="定期存款",
    evolve=evolve,
    agenda=agenda,
    subledger=subledger,
)

__all__ = ["TIME_DEPOSIT", "Stage", "TimeDeposit"]
