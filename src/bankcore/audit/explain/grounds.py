"""What a part rests on (依据): clauses of the rulebook and dated rows, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from bankcore.audit.explain.explanation import Ground
from bankcore.products.catalogue import Catalogue
from bankcore.products.rulebook import rulebook
from bankcore.rules.ledger.posting_table import ROWS
from bankcore.values.dated import InForce

_WORD: Final = re.compile(r"[A-Z]+-?\d+")


def clauses(rule: str) -> tuple[Ground, ...]:
    """The clauses that the words of a part's rule name: `DEP-02`, or `GL-02 D1` with its row."""
    return tuple(_clauses(rule))


def _clauses(rule: str) -> Iterator[Ground]:
    book = rulebook()
    for word in dict.fromkeys(_WORD.findall(rule)):
        if word in book:
            found = book[word]
            yield Ground(found.id, found.zh, found.en, found.source)
        elif word in ROWS:
            yield Ground(f"GL-02 {word}", ROWS[word], ROWS[word], book["GL-02"].source)


def row(catalogue: Catalogue, param: str, on: date) -> Ground:
    """The row of a parameter that was in force on a day, with its source."""
    found: InForce[Any] = catalogue.row(param, on)
    known = catalogue.by_id[param]
    return Ground(param, known.zh, param, found.source, str(found.value), found.valid_from)
