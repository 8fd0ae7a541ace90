"""WM-06 Double recording and traces (双录与可回溯): what a sale leaves, and how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.values.dates import add_months

NEEDS: Final = {"counter": "av", "online": "trace", "online_assisted": "av+trace"}


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """Months kept after the end of the product, and at least from the sale."""

    after_end: int
    from_sale: int


def needed(channel: str, *, natural_person: bool) -> str:
    """`av` (audio and video), `trace`, both, or `none` for institutions at the counter."""
    if channel == "counter" and not natural_person:
        return "none"
    return NEEDS[channel]


def keep_until(
    sold: date, product_end: date, terms: RetentionTerms, *, complaint_open: bool
) -> date | None:
    """The later of both terms; None while a complaint is open: then it is kept."""
    if complaint_open:
        return None
    return max(add_months(product_end, terms.after_end), add_months(sold, terms.from_sale))
