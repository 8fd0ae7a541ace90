"""State of a catalogue stream: the rows adopted so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bankcore.aggregates.catalogue.events import (
    CatalogueEvent,
    DepositRatePublished,
    LprPublished,
    RuleVersionAdopted,
)
from bankcore.values.entry import Entry
from bankcore.values.rates import exact_text


@dataclass(frozen=True, slots=True)
class AdoptedRow:
    """One dated row: `value` as exact text, as the catalogue files have it."""

    param: str
    value: str
    valid_from: date
    adopted_on: date
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """Rows in the order of their adoption."""

    rows: tuple[AdoptedRow, ...] = ()


def _row(entry: Entry[CatalogueEvent]) -> AdoptedRow:
    event, on = entry.event, entry.booking_date
    match event:
        case RuleVersionAdopted():
            return AdoptedRow(
                event.param, event.value, event.valid_from, on, event.source, event.mark
            )
        case LprPublished(tenor=tenor, rate=rate):
            return AdoptedRow(
                f"loan.lpr.{tenor}",
                exact_text(rate.percent),
                event.effective_from,
                on,
                event.source,
                "text",
            )
        case DepositRatePublished(product=product, tenor=tenor, rate=rate):
            param = f"deposit.rate.{product}.{tenor}" if tenor else f"deposit.rate.{product}"
            return AdoptedRow(
                param,
                exact_text(rate.percent),
                event.effective_from,
                on,
                "rate board",
                "convention",
            )
        case _:
            assert_never(event)


def evolve(state: CatalogueState | None, entry: Entry[CatalogueEvent]) -> CatalogueState:
    """Fold one event; total."""
    rows = state.rows if state else ()
    return CatalogueState((*rows, _row(entry)))
