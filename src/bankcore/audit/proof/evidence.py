"""The evidence pack (证据包): all that a stranger needs to check a bank, in one zip of fixed bytes.

The format is docs/spec/evidence-pack.md. The same log under the same program and key gives the
same bytes: nothing is compressed, and no clock is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from bankcore import __version__
from bankcore.aggregates import kind_of
from bankcore.audit.findings.finding import Finding
from bankcore.audit.findings.report import findings_of
from bankcore.audit.proof.digests import catalogue_files, digest_of, rule_files
from bankcore.audit.proof.keys import PrivateKey
from bankcore.audit.proof.merkle import Frontier
from bankcore.audit.proof.notes import Note, sign
from bankcore.audit.proof.sealing import leaf_of
from bankcore.audit.proof.tables import chosen, posting_table
from bankcore.projections.postings import post, rows_of
from bankcore.projections.states import States
from bankcore.projections.trial_balance import RunningBooks
from bankcore.store.bank import Bank
from bankcore.store.chain import EMPTY, LinkedRow
from bankcore.store.codec import decode
from bankcore.store.lines import to_lines
from bankcore.values.errors import BadInput

FORMAT: Final = "bankcore-evidence/1"
_DAWN: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
_README: Final = """Evidence pack of a bankcore log, format bankcore-evidence/1.

Check it with   python -I verify_pack.py PACK.zip --key KEY --checkpoint FILE
where KEY is the public key that the bank handed to you and FILE holds checkpoints that you kept.
Take verify_pack.py from a place that you trust: the copy in this pack came with the pack.
"""


@dataclass(slots=True)
class _Books:
    """Folded while the rows are written: tree, legs, ledger, sub-ledgers, chosen rows."""

    tree: Frontier = field(default_factory=Frontier)
    head: bytes = EMPTY
    states: States = field(default_factory=States)
    books: RunningBooks = field(default_factory=RunningBooks)
    chosen: list[str] = field(default_factory=list)
    legs: int = 0
    debit: int = 0

    def take(self, row: LinkedRow) -> None:
        """Add one row."""
        self.tree.add(leaf_of(row))
        self.head = row[5]
        entry = decode(*row[:5])
        self.states.apply(entry)
        self.books.emitted(kind_of(entry.stream), entry, self.states.by_stream[entry.stream])
        legs = post(entry)
        self.legs += len(legs)
        self.debit += sum(leg.minor for leg in legs if leg.minor > 0)
        if chosen(type(entry.event)):
            line = {"position": entry.position, "rows": list(rows_of(entry.event))}
            self.chosen.append(json.dumps(line))

    def controls(self) -> dict[str, Any]:
        """Control totals in minor units; total debit is total credit by what a leg is."""
        return {
            "events": self.tree.size,
            "legs": self.legs,
            "debit": self.debit,
            "credit": self.debit,
            "trial_balance": self.books.trial_balance(),
        }

    def subledgers(self) -> dict[str, dict[str, int]]:
        """Control account -> stream -> its share, debit positive; zero shares left out."""
        made: dict[str, dict[str, int]] = {account: {} for account in sorted(self.books.subs)}
        for stream in sorted(self.books.shares):
            for account, minor in self.books.shares[stream].items():
                if minor:
                    made[account][stream] = minor
        return made


class _Pack:
    """An open pack that notes the size and digest of every file as it is written."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.files: dict[str, dict[str, Any]] = {}

    def write(self, name: str, parts: Iterable[bytes]) -> None:
        size, digest = 0, sha256()
        with self._opened(name) as out:
            for part in parts:
                size += len(part)
                digest.update(part)
                out.write(part)
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def json(self, name: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        self.write(name, [text.encode()])

    def _opened(self, name: str) -> IO[bytes]:
        info = ZipInfo(name, _DAWN)
        info.compress_type, info.create_system = ZIP_STORED, 3
        info.external_attr = 0o644 << 16
        return self.archive.open(info, "w", force_zip64=True)


def write_evidence(
    bank: Bank, target: Path, seals: Sequence[Note], key: PrivateKey | None
) -> dict[str, Any]:
    """Write the pack of a bank and answer its manifest; a target that exists is refused.

    `seals` are the checkpoints that go with it; with a key the manifest is signed too. The file
    appears whole or not at all.
    """
    if target.exists():
        raise BadInput("it exists already", place=str(target), remedy="name a new file")
    part = target.with_name(target.name + ".part")
    try:
        with ZipFile(part, "w") as archive:
            made = _written(_Pack(archive), bank, seals, key)
        os.replace(part, target)  # noqa: PTH105  # Path.replace would do the same; this says atomic
    finally:
        part.unlink(missing_ok=True)
    return made


def _written(
    pack: _Pack, bank: Bank, seals: Sequence[Note], key: PrivateKey | None
) -> dict[str, Any]:
    books = _Books()
    pack.write("log.jsonl", _lines(bank, books))
    pack.write("checkpoints.txt", [f"{note}\n".encode() for note in seals])
    pack.json("posting-table.json", posting_table())
    pack.write("postings.jsonl", [f"{line}\n".encode() for line in books.chosen])
    pack.json("controls.json", books.controls())
    pack.json("sub-ledgers.json", books.subledgers())
    pack.json("findings.json", [_told(f) for f in findings_of(bank.entries(), bank.catalogue)])
    pack.json("rules.json", _rules())
    for name, content in sorted(catalogue_files().items()):
        pack.write(f"catalogue/{name}", [content])
    pack.write("verify_pack.py", [_verifier()])
    pack.write("README.txt", [_README.encode()])
    if key is not None:
        pack.write("key.txt", [f"{key.public}\n".encode()])
    return _closed(pack, books, key)


def _closed(pack: _Pack, books: _Books, key: PrivateKey | None) -> dict[str, Any]:
    """Write the manifest over everything else, and its seal."""
    made = {
        "format": FORMAT,
        "bankcore": __version__,
        "log": {
            "events": books.tree.size,
            "head": books.head.hex(),
            "root": books.tree.root().hex(),
        },
        "digests": {
            "catalogue": digest_of(catalogue_files()),
            "rules": digest_of(rule_files()),
        },
        "files": dict(sorted(pack.files.items())),
    }
    pack.json("manifest.json", made)
    if key is not None:
        digest = pack.files["manifest.json"]["sha256"]
        note = sign(f"{FORMAT}\n{key.public.name}\n{digest}\n", key)
        pack.write("manifest.sig", [str(note).encode()])
    return made


def _lines(bank: Bank, books: _Books) -> Iterator[bytes]:
    def taken() -> Iterator[LinkedRow]:
        for row in bank.log.rows():
            books.take(row)
            yield row

    return (line.encode() + b"\n" for line in to_lines(taken()))


def _told(found: Finding) -> dict[str, Any]:
    return {
        "id": found.id,
        "severity": found.severity.value,
        "section": found.section,
        "rule": found.rule,
        "zh": found.zh,
        "en": found.en,
        "on": found.on.isoformat(),
        "responsible": found.responsible,
        "undone": found.undone,
        "missing": list(found.missing),
        "events": list(dict.fromkeys([found.trigger, *found.cited])),
    }


def _rules() -> dict[str, Any]:
    return {"files": {n: sha256(c).hexdigest() for n, c in sorted(rule_files().items())}}


def _verifier() -> bytes:
    return files("bankcore.audit.proof").joinpath("verify_pack.py").read_bytes()
