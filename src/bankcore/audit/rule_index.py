"""Which code carries out which rule: read from the docstrings, so that it cannot go stale.

A module, class or function that cites a rule id in its docstring answers for that rule.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from bankcore.products.rulebook import rulebook

LAYERS: Final = ("values", "rules", "aggregates", "operations", "projections", "audit")
_ID: Final = re.compile(r"\b([A-Z]{2,3})-(\d\d)(?:\s?[…/]\s?(?:[A-Z]{2,3}-)?(\d\d))?")
_Cited = ast.Module | ast.ClassDef | ast.FunctionDef


@dataclass(frozen=True, slots=True)
class Citation:
    """A definition that cites a rule: `module:name` and the first line of its docstring."""

    where: str
    says: str


@cache
def rule_index() -> dict[str, tuple[Citation, ...]]:
    """Rule id -> the definitions that cite it, in the order of the layers."""
    found: dict[str, list[Citation]] = {key: [] for key in rulebook()}
    for layer in LAYERS:
        for module, text in _modules(files("bankcore").joinpath(layer), layer):
            for rule, citation in _citations(module, ast.parse(text)):
                found.get(rule, []).append(citation)
    return {rule: tuple(citations) for rule, citations in found.items()}


def _modules(folder: Traversable, dotted: str) -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _modules(item, f"{dotted}.{item.name}")
        elif item.name.endswith(".py"):
            name = item.name.removesuffix(".py")
            module = dotted if name == "__init__" else f"{dotted}.{name}"
            yield module, item.read_text("utf-8")


def _citations(module: str, tree: ast.Module) -> Iterator[tuple[str, Citation]]:
    for node in [tree, *tree.body]:
        if not isinstance(node, _Cited):
            continue
        doc = ast.get_docstring(node) or ""
        where = module if isinstance(node, ast.Module) else f"{module}:{node.name}"
        for rule in dict.fromkeys(cited(doc)):
            yield rule, Citation(where, doc.splitlines()[0])


def cited(text: str) -> Iterator[str]:
    """The rule ids in a text; `XX-10…XX-12` and `XX-10…12` are three, `XX-02/03` two."""
    for match in _ID.finditer(text):
        family, first, last = match.groups()
        if last is None:
            yield f"{family}-{first}"
        elif "…" in match.group():
            yield from (f"{family}-{nr:02d}" for nr in range(int(first), int(last) + 1))
        else:
            yield from (f"{family}-{first}", f"{family}-{last}")
