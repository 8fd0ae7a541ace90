"""Writing an export (导出文件): all or nothing, with a manifest of digests and control totals."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from bankcore.audit.exports.journals import beancount, hledger
from bankcore.audit.exports.tables import tables
from bankcore.projections.postings import journal
from bankcore.projections.trial_balance import summed
from bankcore.projections.window import Window
from bankcore.store.bank import Bank
from bankcore.store.lines import to_lines
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money

FORMATS: Final = ("hledger", "beancount", "csv", "jsonl")


def export(bank: Bank, to: str, target: Path, window: Window, lang: str = "en") -> list[Path]:
    """Write an export of what the window sees and answer the files written.

    `csv` makes a folder with a manifest; the others one file. A target that exists is refused, so
    that nothing is overwritten.
    """
    if target.exists():
        raise BadInput("it exists already", place=str(target), remedy="name a new file or folder")
    if to == "jsonl":
        return [_write(target, (line + "\n" for line in to_lines(bank.log.rows())))]
    entries = list(window.filter(bank.entries()))
    if to == "csv":
        return _folder(target, entries, bank)
    lines = hledger(entries, lang) if to == "hledger" else beancount(entries, lang)
    return [_write(target, lines)]


def _write(target: Path, parts: Iterable[str]) -> Path:
    """Write beside the target and move it there, so that a half file never has its name."""
    part = target.with_name(target.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as out:
        out.writelines(parts)
    os.replace(part, target)  # noqa: PTH105  # Path.replace would do the same; this says atomic
    return target


def _folder(target: Path, entries: Sequence[Entry[Any]], bank: Bank) -> list[Path]:
    part = target.with_name(target.name + ".part")
    part.mkdir()
    texts = tables(entries)
    texts["manifest.json"] = json.dumps(manifest(entries, texts, bank), indent=2) + "\n"
    for name, text in texts.items():
        (part / name).write_text(text, encoding="utf-8", newline="")
    part.rename(target)
    return [target / name for name in texts]


def manifest(
    entries: Sequence[Entry[Any]], texts: Mapping[str, str], bank: Bank
) -> dict[str, object]:
    """Head of the log, digests of the files, rows and control totals."""
    legs = list(journal(entries))
    return {
        "log_head": bank.log.digest(),
        "events": len(entries),
        "legs": len(legs),
        "total_debit": str(Money(sum(leg.minor for leg in legs if leg.minor > 0))),
        "total_credit": str(Money(-sum(leg.minor for leg in legs if leg.minor < 0))),
        "accounts": len(summed(legs)),
        "sha256": {name: sha256(text.encode()).hexdigest() for name, text in texts.items()},
    }
