"""The customer (客户): identity, KYC file, risk rating, consents, restrictions."""

from bankcore.aggregates.customer.agenda import agenda
from bankcore.aggregates.customer.state import Customer, evolve
from bankcore.values.streams import StreamKind

CUSTOMER = StreamKind(name="customer", prefix="customer-", zh="客户", evolve=evolve, agenda=agenda)

__all__ = ["CUSTOMER", "Customer"]
