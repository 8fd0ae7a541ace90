"""Collection of a loan (催收案件): contacts and promises while its arrears last, LN-31."""

from bankcore.aggregates.collection_case.state import CollectionCase, evolve
from bankcore.values.streams import StreamKind

COLLECTION = StreamKind(name="collection_case", prefix="collection-", zh="催收案件", evolve=evolve)

__all__ = ["COLLECTION", "CollectionCase"]
