"""`bankcore evidence`: everything that a stranger needs to check a bank, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from bankcore.audit.proof.evidence import write_evidence
from bankcore.audit.proof.keys import PrivateKey
from bankcore.audit.proof.notes import Note
from bankcore.audit.proof.sealing import Sealer, beside, kept
from bankcore.audit.verify import Verdict
from bankcore.audit.verify import verify as prove
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import show_json, show_pairs
from bankcore.commands.seal import read_key
from bankcore.store.bank import Bank
from bankcore.values.errors import DamagedLog

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=LogCommand)
@view(dates=False)
@click.option("-o", "--output", type=_FILE, required=True, help="The pack to write, a zip file.")
@click.option("--key", "key_file", type=_FILE, help="Seal the log and the pack with this key.")
@click.option("--seals", type=_FILE, help="Checkpoints; else LOG.checkpoints.")
def evidence(view: View, output: Path, key_file: Path | None, seals: Path | None) -> None:
    """Write the log with all that proves it into one pack (证据包).

    The pack holds the log, its checkpoints, catalogue, rule digests, control totals, findings and
    a verifier that needs nothing but Python. The log is verified first; an altered one is refused.

    Example: bankcore evidence bank.db -o pack.zip --key bank.key
    """
    with opened(view) as bank:
        _refuse_altered(prove(bank.log))
        key = read_key(key_file) if key_file else None
        notes = _sealed(bank, view.log, key, seals)
        made = write_evidence(bank, output, notes, key)
    told = {"pack": str(output), "checkpoints": len(notes), **made["log"], **made["digests"]}
    if view.json:
        show_json(told)
    else:
        show_pairs(told.items())


def _sealed(bank: Bank, target: str, key: PrivateKey | None, path: Path | None) -> list[Note]:
    """The checkpoints so far, with one of the log as it is now when there is a key."""
    if key is None and path is None and "://" in target:
        return []
    file = path or beside(target)
    if key is not None:
        Sealer(bank.log, key, file).seal()
    return kept(file)


def _refuse_altered(verdict: Verdict) -> None:
    if verdict.altered:
        first = verdict.faults[0]
        raise DamagedLog(first.problem, position=first.position, event_id=first.event_id)
