"""Accrued interest of cards: CC-04 on the days up to and including `on` that no cut has counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bankcore.aggregates.card_line import CardLine
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals.accrual import Accrual
from bankcore.rules.cards.interest import CardInterest, after_test, interest_until, tested

RECEIVABLE, INCOME = "1132.02", "6011.02"


def accruals(
    stream: str,
    line: CardLine,
    on: date,
    catalogue: Catalogue,  # noqa: ARG001  # one shape for all
) -> Iterable[Accrual]:
    """One accrual a group that has any; terms are those agreed, so no catalogue is read."""
    for found in unposted(line, on):
        if found.interest.exact:
            yield Accrual(
                stream=stream,
                product=line.product,
                exact=found.interest.exact,
                rule=found.interest.rule,
                inputs={"group": found.group, "stretches": found.stretches},
                debit=RECEIVABLE,
                credit=INCOME,
            )


def unposted(line: CardLine, on: date) -> list[CardInterest]:
    """Interest not yet billed at the end of a day; the tolerance day decides at its close."""
    if line.agreement is None:
        return []
    result = tested(line.book, line.terms.tolerance)
    decided = result is not None and on >= result.last_day
    book = after_test(line.book, result, line.terms.mode) if decided else line.book
    return interest_until(book, on + timedelta(days=1), line.terms.rates)
