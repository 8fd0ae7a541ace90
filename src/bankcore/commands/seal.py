"""`bankcore keygen` and `seal`: a key, and signed checkpoints of what a log is now."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

import click

from bankcore.audit.proof.keys import PrivateKey
from bankcore.audit.proof.sealing import Sealer, beside
from bankcore.commands.bank import opened_log
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import show_json, show_pairs
from bankcore.store.log import Log
from bankcore.values.errors import BadInput

_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("name")
@click.option("-o", "--output", type=_FILE, required=True, help="The key file to make.")
def keygen(name: str, output: Path) -> None:
    """Make a key that seals logs under NAME (密钥), and print its public line.

    Hand the public line to whoever has to check. The key file is readable by its owner alone:
    whoever has it can seal any log under this name.

    Example: bankcore keygen bank.example/main -o bank.key
    """
    key = PrivateKey.of(name, secrets.token_bytes(32))
    try:
        output.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise BadInput("it exists already", place=str(output), remedy="name a new file") from None
    output.write_text(f"{key.line()}\n", "utf-8")
    click.echo(str(key.public))


@click.command(cls=LogCommand)
@view(dates=False)
@click.option("--key", "key_file", type=_FILE, required=True, help="The key file.")
@click.option("-o", "--output", type=_FILE, help="Checkpoints; else LOG.checkpoints.")
@click.option("--each-close", is_flag=True, help="One for each close of day since the last, too.")
def seal(view: View, key_file: Path, output: Path | None, *, each_close: bool) -> None:
    """Append a signed checkpoint of what the log is now (封存).

    The log must begin with everything that the file's earlier checkpoints sealed. A copy of the
    file that the bank cannot reach is what proves a log later.

    Example: bankcore seal bank.db --key bank.key -o bank.checkpoints
    """
    with opened_log(view) as log:
        made = sealer(log, view.log, key_file, output).seal(each_close=each_close)
    also = [(word, value) for word, value in made.also if word in {"head", "day"}]
    told = [("origin", made.origin), ("events", made.tree.size), ("root", made.tree.root.hex())]
    if view.json:
        show_json(dict([*told, *made.also]))
    else:
        show_pairs([*told, *also])


def sealer(log: Log, target: str, key_file: Path, output: Path | None) -> Sealer:
    """The sealer of a log by a key file, into a file or beside the log."""
    return Sealer(log, read_key(key_file), output or beside(target))


def read_key(path: Path) -> PrivateKey:
    """The private key of a file."""
    if not path.is_file():
        raise BadInput("there is no such file", place=str(path), remedy="see `bankcore keygen`")
    return PrivateKey.parse(path.read_text("utf-8"), str(path))
