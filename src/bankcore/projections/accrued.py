"""Accrued interest at any day (应计利息): derived over all products, with virtual legs, GL-06."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.aggregates import kind_of
from bankcore.operations.interest import rate_param
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals import card_line, deposit_account, loan, time_deposit
from bankcore.projections.accruals.accrual import Accrual, Provider
from bankcore.projections.accruals.demand_bulk import balance_days
from bankcore.projections.states import States
from bankcore.rules.account_choice import interest_expense
from bankcore.values.money import round_to_money

PROVIDERS: Final[dict[str, Provider]] = {
    "deposit_account": deposit_account.accruals,
    "time_deposit": time_deposit.accruals,
    "loan": loan.accruals,
    "card_line": card_line.accruals,
}
PAYABLE: Final = "2231"


def accrued(states: States, on: date, catalogue: Catalogue) -> Iterator[Accrual]:
    """Accruals of all streams at the end of day `on`, in the order in which they began."""
    for stream, state in states.by_stream.items():
        provider = PROVIDERS.get(kind_of(stream).name)
        if provider is not None:
            yield from provider(stream, state, on, catalogue)


def virtual_legs(states: States, on: date, catalogue: Catalogue) -> dict[str, int]:
    """Account -> minor units, debit positive: exact fractions summed, rounded once an account."""
    legs: dict[str, int] = defaultdict(int)
    for (debit, credit), exact in sorted(accrual_sums(states, on, catalogue).items()):
        minor = round_to_money(exact).money.minor
        legs[debit] += minor
        legs[credit] -= minor
    return {account: minor for account, minor in sorted(legs.items()) if minor}


def accrual_sums(states: States, on: date, catalogue: Catalogue) -> dict[tuple[str, str], Fraction]:
    """(Debit account, credit account) -> exact interest in minor units over all streams.

    Demand accounts, the many, are summed as balance-days by product and priced once.
    """
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    weights: Counter[str] = Counter()
    for account, weight in balance_days(states.by_stream.values(), on):
        weights[account.product] += weight
    for product, weight in weights.items():
        daily = catalogue.rate(rate_param(product), on).daily
        sums[(interest_expense(product), PAYABLE)] += weight * daily
    for stream, state in states.by_stream.items():
        kind = kind_of(stream).name
        alone = kind != "deposit_account" or state.contract is not None
        if alone and kind in PROVIDERS:
            for accrual in PROVIDERS[kind](stream, state, on, catalogue):
                sums[(accrual.debit, accrual.credit)] += accrual.exact
    return sums
