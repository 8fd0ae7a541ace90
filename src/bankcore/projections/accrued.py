"""Accrued interest at any day (应计利息): derived over all products, with virtual legs, GL-06."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.aggregates import kind_of
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals import card_line, deposit_account, time_deposit
from bankcore.projections.accruals.accrual import Accrual, Provider
from bankcore.projections.states import States
from bankcore.values.money import round_to_money

PROVIDERS: Final[dict[str, Provider]] = {
    "deposit_account": deposit_account.accruals,
    "time_deposit": time_deposit.accruals,
    "card_line": card_line.accruals,
}


def accrued(states: States, on: date, catalogue: Catalogue) -> Iterator[Accrual]:
    """Accruals of all streams at the end of day `on`, in the order in which they began."""
    for stream, state in states.by_stream.items():
        provider = PROVIDERS.get(kind_of(stream).name)
        if provider is not None:
            yield from provider(stream, state, on, catalogue)


def virtual_legs(accruals: Iterable[Accrual]) -> dict[str, int]:
    """Account -> minor units, debit positive: exact fractions summed, rounded once an account."""
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for accrual in accruals:
        sums[(accrual.debit, accrual.credit)] += accrual.exact
    legs: dict[str, int] = defaultdict(int)
    for (debit, credit), exact in sorted(sums.items()):
        minor = round_to_money(exact).money.minor
        legs[debit] += minor
        legs[credit] -= minor
    return {account: minor for account, minor in sorted(legs.items()) if minor}
