"""Places in a TOML text (行号): which line a key path was written on.

`tomllib` gives values without lines. Here the text is scanned for table headers and keys, enough to
say `file:12` for a path like `("step", 3, "with", "amount")`: the line of the longest known part.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

Path = tuple[str | int, ...]

_ARRAY: Final = re.compile(r"\s*\[\[\s*([^\]]+?)\s*\]\]")
_TABLE: Final = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\")(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=\s*(.*)")
_QUOTES: Final = ('"""', "'''")


@dataclass(slots=True)
class _Scan:
    lines: dict[Path, int] = field(default_factory=dict)
    table: Path = ()
    counts: Counter[Path] = field(default_factory=Counter)
    quote: str = ""
    array: Path | None = None
    items: int = 0


def lines_of(text: str) -> dict[Path, int]:
    """Key path -> line number, from 1, of every header, key and item of a many-line array."""
    scan = _Scan()
    for number, line in enumerate(text.splitlines(), 1):
        _take(scan, line, number)
    return scan.lines


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, or of its longest part that has one; 1 when nothing is known."""
    for size in range(len(path), 0, -1):
        if path[:size] in lines:
            return lines[path[:size]]
    return 1


def _take(scan: _Scan, line: str, number: int) -> None:
    if scan.quote:
        scan.quote = "" if scan.quote in line else scan.quote
    elif scan.array is not None:
        _item(scan, line, number)
    elif match := _ARRAY.match(line):
        path = _inside(scan, _keys(match.group(1)))
        scan.table = (*path, scan.counts[path])
        scan.counts[path] += 1
        scan.lines[scan.table] = number
    elif match := _TABLE.match(line):
        scan.table = _inside(scan, _keys(match.group(1)))
        scan.lines[scan.table] = number
    elif match := _KEY.match(line):
        _key(scan, match, number)


def _key(scan: _Scan, match: re.Match[str], number: int) -> None:
    path = (*scan.table, *_keys(match.group(1)))
    for size in range(len(scan.table) + 1, len(path) + 1):
        scan.lines.setdefault(path[:size], number)
    value = match.group(2)
    scan.quote = next((q for q in _QUOTES if value.count(q) == 1), "")
    if value.startswith("[") and value.count("[") > value.count("]"):
        scan.array, scan.items = path, 0


def _item(scan: _Scan, line: str, number: int) -> None:
    assert scan.array is not None, "only called inside an array"
    if line.lstrip().startswith("]"):
        scan.array = None
    elif line.lstrip().startswith(("{", '"')):
        scan.lines[(*scan.array, scan.items)] = number
        scan.items += 1


def _keys(dotted: str) -> Path:
    return tuple(part.strip().strip('"') for part in dotted.split("."))


def _inside(scan: _Scan, keys: Path) -> Path:
    """The full path of a header: a parent that is an array means its last item."""
    path: Path = ()
    for key in keys[:-1]:
        path = (*path, key)
        if scan.counts[path]:
            path = (*path, scan.counts[path] - 1)
    return (*path, keys[-1])
