"""The house's checks over source text: sizes, floats, rounding, clock and dice, docstrings, paths.

Each check takes a `Source` and answers with one line a fault, so that it can be shown to fail.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

FILE_LINES: Final = 300
FUNCTION_LINES: Final = 40
PURE: Final = ("values", "rules", "aggregates", "operations", "projections")
EXACT: Final = ("products", *PURE)
CLOCK_AND_DICE: Final = frozenset({"random", "secrets", "time", "uuid"})
NOW: Final = frozenset({"today", "now", "utcnow", "uuid1", "uuid4", "monotonic", "urandom"})
# One flat list of codes in the order of the rulebook reads best in one file, and a verifier that
# a stranger copies is one file or it is not stand-alone.
LONG_ON_PURPOSE: Final = frozenset(
    {"src/bankcore/values/reasons.py", "src/bankcore/audit/proof/verify_pack.py"}
)
MACHINE_PATH: Final = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm|root|home/\w+)/", re.MULTILINE)
LEFTOVER: Final = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


@dataclass(frozen=True)
class Source:
    """A file by its path inside the repository, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree, parsed once."""
        return ast.parse(self.text)

    @property
    def layer(self) -> str:
        """`rules` of `src/bankcore/rules/x.py`; empty outside the package's layers."""
        parts = self.path.split("/")
        return parts[2] if parts[:2] == ["src", "bankcore"] and len(parts) > 3 else ""


def long_file(source: Source) -> Iterator[str]:
    """Files over 300 lines."""
    lines = source.text.count("\n")
    if lines > FILE_LINES and source.path not in LONG_ON_PURPOSE:
        yield f"{source.path}: {lines} lines, {FILE_LINES} are allowed"


def long_functions(source: Source) -> Iterator[str]:
    """Functions over 40 lines, decorators and docstring included."""
    for node in _functions(source.tree):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{source.path}:{node.lineno}: {node.name} has {lines} lines"


def floats(source: Source) -> Iterator[str]:
    """Float literals and the name `float` where money is: values to projections."""
    if source.layer not in EXACT:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{source.path}:{node.lineno}: float literal {node.value}"
        elif isinstance(node, ast.Name) and node.id == "float":
            yield f"{source.path}:{node.lineno}: the name float"


def rounding(source: Source) -> Iterator[str]:
    """`round`, `quantize` and the rounding of `Decimal`: only `round_to_money` rounds money."""
    if source.layer not in EXACT:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "round":
            yield f"{source.path}:{node.lineno}: round()"
        elif isinstance(node, ast.Attribute) and node.attr in {"quantize", "to_integral_value"}:
            yield f"{source.path}:{node.lineno}: {node.attr}()"


def clock_and_dice(source: Source) -> Iterator[str]:
    """Wall clock, random numbers and random ids in the pure layers."""
    if source.layer not in EXACT:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and CLOCK_AND_DICE & set(_imported(node)):
            yield f"{source.path}:{node.lineno}: imports {', '.join(_imported(node))}"
        elif isinstance(node, ast.Attribute) and node.attr in NOW:
            yield f"{source.path}:{node.lineno}: .{node.attr}"


def undocumented(source: Source) -> Iterator[str]:
    """Modules, public classes and public functions of the package without docstring."""
    if not source.path.startswith("src/"):
        return
    if not ast.get_docstring(source.tree):
        yield f"{source.path}: the module has no docstring"
    for node in _public(source.tree):
        if not ast.get_docstring(node):
            yield f"{source.path}:{node.lineno}: {node.name} has no docstring"


def refusing_fold(source: Source) -> Iterator[str]:
    """A `raise` in `aggregates/*/state.py`: history is folded, never refused."""
    if source.layer != "aggregates" or not source.path.endswith("/state.py"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Raise):
            yield f"{source.path}:{node.lineno}: raise in a fold"


def blanket_except(source: Source) -> Iterator[str]:
    """A bare `except` or one that catches every exception and does not raise it again.

    One that has a reason beside it (`noqa: BLE001  # why`) stands: a harness must catch bugs.
    """
    lines = source.text.splitlines()
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ExceptHandler) or _raises_again(node):
            continue
        if source.layer == "testing" and "noqa: BLE001  # " in lines[node.lineno - 1]:
            continue
        if node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}:
            yield f"{source.path}:{node.lineno}: catches everything"


def machine_paths(source: Source) -> Iterator[str]:
    """Paths of one machine in a tracked file of any kind."""
    for match in MACHINE_PATH.finditer(source.text):
        line = source.text.count("\n", 0, match.end()) + 1
        yield f"{source.path}:{line}: a path of one machine"


def leftovers(source: Source) -> Iterator[str]:
    """Marks of unfinished work."""
    for nr, line in enumerate(source.text.splitlines(), 1):
        if LEFTOVER.search(line):
            yield f"{source.path}:{nr}: {LEFTOVER.search(line)}"


def rounding_doors(sources: list[Source]) -> list[str]:
    """Every definition of `round_to_money`; there is exactly one."""
    return [
        f"{source.path}:{node.lineno}"
        for source in sources
        for node in _functions(source.tree)
        if node.name == "round_to_money"
    ]


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _public(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public definitions of a module and of its public classes, not those inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("_"):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    return [(node.module or "").split(".")[0]]
