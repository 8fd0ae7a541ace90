"""The business day (营业日): open and closed days, GEN-08. In the read set of every command."""

from bankcore.aggregates.business_day.state import BusinessDay, evolve
from bankcore.values.streams import StreamKind

BUSINESS_DAY = StreamKind(name="business_day", prefix="business-day", zh="营业日", evolve=evolve)

__all__ = ["BUSINESS_DAY", "BusinessDay"]
