"""Commands of the catalogue: adopt a rule row, record an LPR fixing, publish a board rate."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import command
from bankcore.values.rates import AnnualRate


@command("catalogue.adopt_rule", "采用规则", "Adopt a rule version")
class AdoptRule:
    """Add a dated row to a parameter; `value` is its exact text, an empty one repeals it."""

    param: str
    value: str
    valid_from: date
    checker: str
    source: str = "adopted in the log"
    mark: str = "convention"


@command("catalogue.record_lpr", "录入LPR", "Record a loan prime rate")
class RecordLpr:
    """Enter the published loan prime rate of a tenor, `1Y` or `5Y`."""

    tenor: str
    rate: AnnualRate
    effective_from: date
    source: str = "National Interbank Funding Center"


@command("catalogue.publish_rate", "发布利率", "Publish a board rate")
class PublishRate:
    """Publish a deposit rate that one person drafted and another approved."""

    product: str
    rate: AnnualRate
    effective_from: date
    checker: str
    tenor: int | None = None
