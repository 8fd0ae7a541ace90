"""What commands print: tables aligned for East Asian width, JSON, headings and progress.

A terminal gets bold headings unless NO_COLOR is set; a pipe gets plain text. Chinese characters
count two columns. Tables keep to 80 columns: the widest text column gives way.
"""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import click

from bankcore.commands.indented import indented
from bankcore.commands.plain import plain
from bankcore.values.money import Money

WIDTH: Final = 80
GAP: Final = "  "
PATIENCE: Final = 1  # second without an answer before progress is shown
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, and whether its values are numbers (right-aligned) or keys.

    Numbers and keys are never cut; of the others the widest gives way.
    """

    heading: str
    number: bool = False
    key: bool = False


def width(text: str) -> int:
    """Columns that a text takes on a terminal: wide and full-width characters count two."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(unicodedata.combining(char) != 0 for char in text)
    return len(text) + wide - marks


def fit(text: str, columns: int, *, right: bool = False) -> str:
    """Pad a text to a width, or cut it with `…` where it is wider."""
    if width(text) > columns:
        text = _cut(text, columns - 1) + "…"
    padding = " " * (columns - width(text))
    return padding + text if right else text + padding


def _cut(text: str, columns: int) -> str:
    while width(text) > columns:
        text = text[:-1]
    return text


def show_table(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings; money with thousands separators, numbers to the right."""
    cells = _cells(columns, rows)
    widths = _widths(columns, [_widest(column) for column in cells])
    shaped = zip(cells, widths, columns, strict=True)
    padded = [_padded(column, size, right=c.number) for column, size, c in shaped]
    head, *lines = [GAP.join(line).rstrip() for line in zip(*padded, strict=True)]
    click.echo("\n".join([bold(head), *lines]))


def _cells(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """The texts of each column under its heading: what is done to a whole column is done fast."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return [
        [column.heading, *map(cell, below)] for column, below in zip(columns, values, strict=True)
    ]


def _widest(texts: Sequence[str]) -> int:
    """Columns that the widest of some texts takes."""
    return max(map(len if "".join(texts).isascii() else width, texts))


def _padded(texts: Sequence[str], size: int, *, right: bool) -> list[str]:
    """Texts padded or cut to a width."""
    if "".join(texts).isascii() and max(map(len, texts)) <= size:
        return [text.rjust(size) if right else text.ljust(size) for text in texts]
    return [fit(text, size, right=right) for text in texts]


def _widths(columns: Sequence[Column], needed: Sequence[int]) -> list[int]:
    """The width that each column gets of those that they need."""
    widths = [max(size, 1) for size in needed]
    texts = [i for i, c in enumerate(columns) if not (c.number or c.key)]
    over = sum(widths) + len(GAP) * (len(columns) - 1) - WIDTH
    while over > 0 and texts:
        widest = max(texts, key=lambda i: widths[i])
        if widths[widest] <= width(columns[widest].heading) or widths[widest] <= 8:
            break
        widths[widest] -= 1
        over -= 1
    return widths


def cell(value: object) -> str:
    """One value as people read it: money grouped, None empty, the rest as JSON would spell it."""
    if type(value) is str:
        return value
    if isinstance(value, Money):
        return value.grouped()
    if value is None:
        return ""
    shown = plain(value)
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)


def show_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Print `label  value` lines with the values under each other."""
    shown = [(label, cell(value)) for label, value in pairs]
    size = max((width(label) for label, _ in shown), default=0)
    for label, value in shown:
        click.echo(f"{fit(label, size)}{GAP}{value}".rstrip())


def show_json(value: object) -> None:
    """Print one JSON value in UTF-8: money `"1234.50"`, dates ISO, fractions as exact text."""
    click.echo(indented(plain(value)))


def show_json_line(value: object) -> None:
    """Print one JSON value on one line, for streams of objects."""
    click.echo(json.dumps(plain(value), ensure_ascii=False))


def heading(text: str) -> None:
    """Print a heading after an empty line."""
    click.echo(f"\n{bold(text)}")


def bold(text: str) -> str:
    """Bold on a terminal, plain in a pipe and where NO_COLOR is set."""
    return click.style(text, bold=True) if in_colour() else text


def in_colour() -> bool:
    """True on a terminal without NO_COLOR (any value but the empty one counts)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def progress(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Pass items on; after a second say on stderr how far it is, only on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    began = shown = time.monotonic()
    count = 0
    for count, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - began > PATIENCE and now - shown > PATIENCE / 4:
            shown = now
            click.echo(f"\r{label} {count:,}{f'/{total:,}' if total else ''}", err=True, nl=False)
    if shown != began:
        click.echo(f"\r{label} {count:,} ({time.monotonic() - began:.1f} s)", err=True)
