"""What a bank ran under (依据摘要): the shipped catalogue files and the rules, as digests.

A digest over files is SHA-256 of the lines `HEX  NAME`, sorted by name: what `sha256sum` prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable


def digest_of(contents: Mapping[str, bytes]) -> str:
    """One digest over named contents, hexadecimal."""
    lines = (f"{sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents))
    return sha256("".join(lines).encode()).hexdigest()


@cache
def catalogue_files() -> Mapping[str, bytes]:
    """The catalogue files as they are installed, by path below the catalogue's folder."""
    folder = files("bankcore.products").joinpath("catalogue")
    return dict(_below(folder, "", ".toml"))


@cache
def rule_files() -> Mapping[str, bytes]:
    """The code of the pure rules and the rulebook's titles, by path below the package."""
    package = files("bankcore")
    book = package.joinpath("products", "rulebook.toml").read_bytes()
    own = dict(_below(package.joinpath("rules"), "rules/", ".py"))
    return own | {"products/rulebook.toml": book}


def _below(folder: Traversable, path: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _below(item, f"{path}{item.name}/", suffix)
        elif item.name.endswith(suffix):
            yield path + item.name, item.read_bytes()
