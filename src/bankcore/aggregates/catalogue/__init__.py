"""Catalogue streams (产品与规则目录): rows adopted in the log on top of the shipped catalogue."""

from bankcore.aggregates.catalogue.state import AdoptedRow, CatalogueState, evolve
from bankcore.values.streams import StreamKind

CATALOGUE = StreamKind(name="catalogue", prefix="catalogue-", zh="产品与规则目录", evolve=evolve)

__all__ = ["CATALOGUE", "AdoptedRow", "CatalogueState"]
