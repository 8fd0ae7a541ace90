"""What an entry does to an account as its holder sees it (持有人视角): what is hers, less her debt.

A loan owes all of its control accounts together (GL-04): principal, interest, penalty, off book as
well, so that a write-off changes nothing for her; a card owes its debt less its credit balance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.loan.state import Sums
from bankcore.aggregates.loan.sums import summed
from bankcore.operations.interest import signed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money

Moves = Callable[[Entry[Any]], Money]
_OWED: Final = ("performing", "past_due", "interest_due", "penalty_due", "memo", "off_book")


def loan_debt(sums: Sums) -> Money:
    """All that is owed on a loan: everything on its control accounts but the allowance."""
    return sum((getattr(sums, name) for name in _OWED), ZERO)


def card_debt(line: CardLine) -> Money:
    """All that is owed on a card, written off as well, less what the bank owes on it."""
    held = line.totals
    return held.debt + held.written_off - held.credit


def _deposit() -> Moves:
    return lambda entry: signed(entry.event)


def _loan() -> Moves:
    return lambda entry: -loan_debt(summed(Sums(), entry.event))


def _card() -> Moves:
    line: CardLine | None = None

    def moved(entry: Entry[Any]) -> Money:
        nonlocal line
        before = card_debt(line) if line is not None else ZERO
        line = CARD.evolve(line, entry)
        return before - card_debt(line)

    return moved


MOVES: Final[Mapping[str, Callable[[], Moves]]] = {
    ACCOUNT.prefix: _deposit,
    LOAN.prefix: _loan,
    CARD.prefix: _card,
}
"""Prefix of the stream -> what moves accounts of its kind; one of each for every account."""
