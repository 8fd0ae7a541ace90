"""Adapters of the rulebook: rule id -> function from a case's inputs to its expected shape.

Each family module keeps its own `ADAPTERS`; a family joins with one import and one line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.rulebook import (
    card_services,
    cards,
    channels,
    compliance,
    deposits,
    general,
    ledger,
    loans,
    monitoring,
    oversight,
    payments,
    relations,
    scores,
    service,
    suitability,
    wealth,
)

ADAPTERS: Final[Mapping[str, Adapter]] = {
    **general.ADAPTERS,
    **deposits.ADAPTERS,
    **ledger.ADAPTERS,
    **loans.ADAPTERS,
    **compliance.ADAPTERS,
    **oversight.ADAPTERS,
    **monitoring.ADAPTERS,
    **service.ADAPTERS,
    **relations.ADAPTERS,
    **scores.ADAPTERS,
    **cards.ADAPTERS,
    **card_services.ADAPTERS,
    **payments.ADAPTERS,
    **channels.ADAPTERS,
    **suitability.ADAPTERS,
    **wealth.ADAPTERS,
}
