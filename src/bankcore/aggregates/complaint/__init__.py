"""The complaint (投诉): one clock, one owner, money decided inside."""

from bankcore.aggregates.complaint.state import Complaint, Stage, evolve, subledger
from bankcore.values.streams import StreamKind

COMPLAINT = StreamKind(
    name="complaint", prefix="complaint-", zh="投诉", evolve=evolve, subledger=subledger
)

__all__ = ["COMPLAINT", "Complaint", "Stage"]
