"""Changed rules and rates (改动): how they are written, and how another future adopts them.

`PARAM=VALUE` holds on every day of that future, `PARAM=VALUE@DATE` is one more dated row, and
`PARAM=DATE` of a rule puts the version that counted on that date in the place of all others. A
folder of catalogue files adds the rows in which it differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bankcore.aggregates.catalogue import CATALOGUE
from bankcore.aggregates.catalogue.commands import AdoptRule
from bankcore.audit.whatif.reliving import Group
from bankcore.operations.decision import Frame
from bankcore.products.catalogue import Catalogue, plain_value, rows_of
from bankcore.products.files import read_params
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.rates import exact_text
from bankcore.values.reading import known_id, read_date
from bankcore.values.roles import Actor, Role

WHO = Actor("what-if", Role.SCRIPT)


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter with another value: on all days, or as a row from `since` on."""

    param: str
    value: str
    since: date | None = None

    @classmethod
    def of_rate(cls, text: str, catalogue: Catalogue, place: str = "--rate") -> Change:
        """Read `PARAM=VALUE[@DATE]`; the value must be of the sort that the parameter has."""
        param, value = _pair(text, catalogue, place)
        value, at, day = value.partition("@")
        since = read_date(day, place) if at else None
        known = [row.value for row in rows_of(catalogue, param) if row.value is not None]
        if known and type(plain_value(value)) is not type(plain_value(_text(known[-1]))):
            raise BadInput(
                f"{value!r} is no value of {param}",
                place=place,
                remedy=f"write it like {_text(known[-1])}",
            )
        return cls(param, value, since)

    @classmethod
    def of_rule(cls, text: str, catalogue: Catalogue, place: str = "--rule") -> Change:
        """Read `PARAM=DATE`: the version in force on that date."""
        param, day = _pair(text, catalogue, place)
        return cls(param, _text(catalogue.row(param, read_date(day, place)).value))

    @classmethod
    def of_catalogue(cls, folder: Path, catalogue: Catalogue) -> list[Change]:
        """The rows of another catalogue's files that this one does not have."""
        if not folder.is_dir():
            raise BadInput("there is no such folder", place=str(folder), remedy="name one of TOML")
        return [
            cls(param.id, _text(row.value), row.valid_from)
            for param in read_params(folder)
            for row in param.rows
            if (row.valid_from, row.value) not in _dated(catalogue, param.id)
        ]

    def days(self, catalogue: Catalogue, first: date | None) -> list[date]:
        """On which days rows must begin for the change to hold, from `first` on if given."""
        if self.since is not None:
            return [self.since]
        begun = {row.valid_from for row in rows_of(catalogue, self.param)}
        if first is not None:
            begun = {day for day in begun if day > first} | {first}
        return sorted(begun)


def _dated(catalogue: Catalogue, param: str) -> list[tuple[date, Any]]:
    return [(row.valid_from, row.value) for row in rows_of(catalogue, param)]


def _pair(text: str, catalogue: Catalogue, place: str) -> tuple[str, str]:
    param, equals, value = text.partition("=")
    if not equals or not value:
        raise BadInput(f"{text!r} changes nothing", place=place, remedy="write it PARAM=VALUE")
    return known_id("parameter", param.strip(), catalogue.by_id, place), value.strip()


def _text(value: object) -> str:
    """The exact text of a value, as a row is adopted by it."""
    match value:
        case bool():
            return str(value).lower()
        case Decimal() | Fraction():
            return exact_text(Fraction(value))
        case str():
            return value
        case None:
            return ""
        case _:
            raise BadInput("is a table or a date", remedy="numbers, words and truths can change")


def adopt(bank: Bank, changes: Sequence[Change], first: date | None) -> None:
    """Adopt the rows of the changes on the open day of a bank; each is an event like any other."""
    for change in changes:
        for day in change.days(bank.catalogue, first):
            row = AdoptRule(
                param=change.param,
                value=change.value,
                valid_from=day,
                checker=WHO.id,
                source="what if",
            )
            frame = Frame(actor=WHO, command_id=f"what-if/{change.param}/{day}", channel="system")
            bank.execute(row, frame)


def superseded(changes: Sequence[Change], group: Group) -> bool:
    """True for entries that would publish another value of a parameter that is held fast."""
    fixed = {change.param for change in changes if change.since is None}
    if any(entry.stream != CATALOGUE.stream("rules") for entry in group):
        return False
    states = [CATALOGUE.evolve(None, entry) for entry in group]
    return any(row.param in fixed for state in states for row in state.rows)
