"""What a customer's stream owes the day: measures that end by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from bankcore.aggregates.customer.state import Customer
from bankcore.values.streams import Due

HOLD_EXPIRY = 20
RESTRICTION_EXPIRY = "restriction_expiry"


def agenda(stream: str, customer: Customer) -> Iterable[Due]:
    """One item for each measure with an end (GEN-08 step 20); `until` is exclusive."""
    for restriction in customer.restrictions:
        if restriction.until is not None:
            yield Due(
                on=restriction.until,
                step=HOLD_EXPIRY,
                kind=RESTRICTION_EXPIRY,
                stream=stream,
                contract=f"{restriction.measure.value}/{restriction.basis.value}",
            )
