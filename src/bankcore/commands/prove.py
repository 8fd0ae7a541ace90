"""`bankcore prove`: the few hashes that show an event in a sealed log, or a log to continue one."""

from __future__ import annotations

import click

from bankcore.audit.branching import position_of
from bankcore.audit.proof.merkle import consistency_proof, inclusion_proof, root_of
from bankcore.audit.proof.sealing import leaves_of
from bankcore.commands.bank import opened_log
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import show_json, show_pairs
from bankcore.store.log import Log
from bankcore.values.errors import BadInput


@click.command(cls=LogCommand)
@view(dates=False)
@click.argument("event", default="")
@click.option("--size", type=int, help="How many events the checkpoint has; else the whole log.")
@click.option("--from", "start", type=int, help="Prove that the log continues one of this size.")
def prove(view: View, event: str, size: int | None, start: int | None) -> None:
    """Show the proof that EVENT is in the log, or that the log continues an earlier one (证明).

    EVENT is an id like account-A1@3, or a position. The proof, after RFC 9162, holds against a
    checkpoint of `--size` events and takes some twenty hashes, however long the log is.

    Example: bankcore prove bank.db account-A1@3
    """
    if bool(event) == (start is not None):
        raise BadInput("one of two is proven", remedy="name an event, or --from SIZE")
    with opened_log(view) as log:
        last = log.head()[0]
        whole = _inside(size, last, "--size")
        told = _event(log, event, whole) if event else _continued(log, start or 0, whole)
    if view.json:
        show_json(told)
        return
    proof = told.pop("proof")
    assert isinstance(proof, list)
    show_pairs([*told.items(), *((f"proof {nr}", part) for nr, part in enumerate(proof, 1))])


def _inside(size: int | None, last: int, place: str) -> int:
    if size is not None and not 0 < size <= last:
        raise BadInput(f"{size} is no size of this log", place=place, remedy=f"1 to {last}")
    return last if size is None else size


def _event(log: Log, event: str, size: int) -> dict[str, object]:
    position = position_of(log, event)
    if position > size:
        raise BadInput(f"it is at position {position}, after the first {size} events", place=event)
    leaves = leaves_of(log, size)
    return {
        "size": size,
        "root": root_of(leaves).hex(),
        "index": position - 1,
        "leaf": leaves[position - 1].hex(),
        "proof": [part.hex() for part in inclusion_proof(leaves, position - 1)],
    }


def _continued(log: Log, start: int, size: int) -> dict[str, object]:
    leaves = leaves_of(log, size)
    old = _inside(start, size, "--from")
    return {
        "from": old,
        "from_root": root_of(leaves[:old]).hex(),
        "size": size,
        "root": root_of(leaves).hex(),
        "proof": [part.hex() for part in consistency_proof(leaves, old)],
    }
