"""The catalogue (产品与参数目录): every rate, limit, share and deadline as dated rows with source.

The files `products/catalogue/**/*.toml` are read once. Rows adopted in the log lie on top of
them, so what the bank knew on a day can be asked for again. Rules never look anything up: an
operation takes the parameters here and passes them on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from bankcore.products.param import Param
from bankcore.values.dated import DatedRow, InForce, row_in_force
from bankcore.values.money import Money, parse_amount
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Rejected


class Adopted(Protocol):
    """A row adopted in the log: `value` is its exact text, an empty text repeals."""

    @property
    def param(self) -> str:
        """Id of the parameter."""

    @property
    def value(self) -> str:
        """Exact text of the value."""

    @property
    def valid_from(self) -> date:
        """First day on which it counts."""

    @property
    def adopted_on(self) -> date:
        """Booking date of its adoption."""

    @property
    def source(self) -> str:
        """Where it comes from."""

    @property
    def mark(self) -> str:
        """text, known or convention."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Parameters by id, each with its dated rows; immutable.

    `_starts` is an index of the days on which rows begin, filled when it is first asked for;
    `_last` keeps the row of a parameter that was found last: most questions are about today.
    """

    by_id: Mapping[str, Param]
    _starts: dict[date, dict[str, None]] = field(default_factory=dict, compare=False, repr=False)
    _last: dict[str, InForce[Any]] = field(default_factory=dict, compare=False, repr=False)

    def params(self) -> Iterator[Param]:
        """All parameters in the order of their ids."""
        return (self.by_id[key] for key in sorted(self.by_id))

    def row(self, param: str, on: date, known_at: date | None = None) -> InForce[Any]:
        """The row in force on a date, as known at a date (None: all that is known), GEN-06.

        Refuses `rule_not_in_force` for an unknown parameter or a date before its first row, and
        `rule_repealed` after a repeal; both name the parameter.
        """
        last = self._last.get(param)
        if last is not None and known_at is None and last.counts_on(on):
            return last
        found = self.by_id.get(param)
        try:
            row = row_in_force(found.rows if found else (), on, known_at)
        except Rejected as no:
            raise Rejected(no.reason, param=param, **no.facts) from None
        if known_at is None:
            self._last[param] = row
        return row

    def value(self, param: str, on: date, known_at: date | None = None) -> Any:
        """The value in force: a Decimal for numbers, else text, truth, date, tuple or mapping."""
        return self.row(param, on, known_at).value

    def money(self, param: str, on: date, known_at: date | None = None) -> Money:
        """A value in yuan as money; more than two decimals are a fault of the file."""
        return parse_amount(str(self.value(param, on, known_at)))

    def rate(self, param: str, on: date, known_at: date | None = None) -> AnnualRate:
        """A value in percent a year as a rate."""
        return AnnualRate.of(str(self.value(param, on, known_at)))

    def number(self, param: str, on: date, known_at: date | None = None) -> int:
        """A whole number: days, months, counts, basis points."""
        value = self.value(param, on, known_at)
        exact = value if isinstance(value, Decimal) else Fraction(str(value))
        whole = int(exact)
        assert whole == exact, f"{param} is no whole number: {exact}"
        return whole

    def fraction(self, param: str, on: date, known_at: date | None = None) -> Fraction:
        """An exact number: a share, a factor."""
        return Fraction(str(self.value(param, on, known_at)))

    def text(self, param: str, on: date, known_at: date | None = None) -> str:
        """A word: a mode, a frequency, a variant."""
        return str(self.value(param, on, known_at))

    def effective_on(self, day: date) -> list[str]:
        """Ids of the parameters with a row that begins on this day, in order."""
        if not self._starts:
            for param in self.params():
                for row in param.rows:
                    self._starts.setdefault(row.valid_from, {})[param.id] = None
        return list(self._starts.get(day, ()))

    def with_rows(self, rows: Iterable[Adopted]) -> Catalogue:
        """This catalogue with rows adopted in the log laid on top of it."""
        by_id = dict(self.by_id)
        for adopted in rows:
            row = DatedRow(
                adopted.valid_from,
                adopted.adopted_on,
                plain_value(adopted.value),
                adopted.source,
                adopted.mark,
                own=True,
            )
            known = by_id.get(adopted.param) or Param(id=adopted.param)
            by_id[adopted.param] = known.with_row(row)
        return Catalogue(by_id)


def plain_value(text: str) -> Any:
    """A value from its exact text: a number where it is one, None for an empty text (a repeal)."""
    if not text:
        return None
    if text in {"true", "false"}:
        return text == "true"
    try:
        exact = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return text
    return exact if "/" in text else Decimal(text)


@cache
def shipped() -> Catalogue:
    """The catalogue that comes with the package, read once."""
    # Checking the files needs pydantic; a program that never asks for a rate does not load it.
    from bankcore.products.files import read_params  # noqa: PLC0415

    return Catalogue({p.id: p for p in read_params()})


def rows_of(catalogue: Catalogue, param: str) -> Sequence[DatedRow[Any]]:
    """All rows of a parameter in order of adoption; none for an unknown one."""
    found = catalogue.by_id.get(param)
    return found.rows if found else ()
