"""`bankcore verify`: proof that a log is whole and its figures are right."""

from __future__ import annotations

from pathlib import Path

import click

from bankcore.audit.checks import CHECKS, Fault
from bankcore.audit.proof.keys import PublicKey
from bankcore.audit.proof.witness import Seal, read_seals
from bankcore.audit.verify import Verdict
from bankcore.audit.verify import verify as prove
from bankcore.commands.bank import opened_log
from bankcore.commands.failures import DAMAGED, REFUSED
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, show_json, show_pairs, show_table
from bankcore.values.errors import BadInput

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=LogCommand)
@view(dates=False, optional=True)
@click.option("--head", help="The head written down elsewhere that the log must end with.")
@click.option(
    "--checkpoints", "files", type=_FILE, multiple=True, help="Signed checkpoints kept elsewhere."
)
@click.option("--key", help="The public key of the checkpoints, or a file that holds it.")
@click.option(
    "--semantic/--no-semantic", default=True, help="Recompute every settled figure (default)."
)
@click.option("--list", "listed", is_flag=True, help="List the checks, without a log.")
def verify(  # noqa: PLR0913  # one parameter an option
    view: View,
    head: str | None,
    files: tuple[Path, ...],
    key: str | None,
    *,
    semantic: bool,
    listed: bool,
) -> int:
    """Verify a log (校验): chain, bytes, legs, sub-ledgers, and every settled figure anew.

    Each fault comes with its check, its place and the change that explains it; `trusted` says how
    many events come before anything wrong. Only what was kept outside the bank shows a cut tail
    or a log rewritten with new hashes: give it with --head or --checkpoints.

    Exit code 0: all is right; 1: a figure or a tie is wrong; 5: the log was altered.

    Example: bankcore verify bank.db
    """
    if listed:
        _list(view)
        return 0
    if not view.log:
        raise BadInput("no log named", remedy="name a bank file, or --list")
    seals = _seals(files, key)
    with opened_log(view) as log:
        verdict = prove(log, expected_head=head, semantic=semantic, seals=seals)
    if view.json:
        show_json({"ok": verdict.ok, "altered": verdict.altered} | _fields(verdict))
    else:
        show_verdict(view, verdict)
    if verdict.ok:
        return 0
    return DAMAGED if verdict.altered else REFUSED


def _seals(files: tuple[Path, ...], key: str | None) -> list[Seal]:
    public = PublicKey.parse(_line(key), "--key") if key else None
    return [seal for file in files for seal in read_seals(file, public)]


def _line(key: str) -> str:
    """The line of a key: itself, or in a file; a line is too long or odd to be a file of that."""
    path = Path(key)
    return path.read_text("utf-8") if "+" not in key and path.is_file() else key


def _fields(verdict: Verdict) -> dict[str, object]:
    names = [name for name in Verdict.__dataclass_fields__ if name != "faults"]
    return {name: getattr(verdict, name) for name in names} | {
        "faults": [_fault(fault) for fault in verdict.faults]
    }


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "code": fault.code,
        "check": fault.check,
        "position": fault.position,
        "event_id": fault.event_id,
        "problem": fault.problem,
        "kind": fault.kind,
    }


def _list(view: View) -> None:
    if view.json:
        show_json([{"name": name, **check._asdict()} for name, check in CHECKS.items()])
        return
    columns = [
        Column("", key=True),
        Column(view.words("校验项", "check"), key=True),
        Column(view.words("内容", "what it holds")),
        Column(view.words("不符即被改动", "altered if not")),
    ]
    yes = view.words("是", "yes")
    rows = [
        (check.code, name, view.words(check.zh, check.en), yes if check.altered else "")
        for name, check in CHECKS.items()
    ]
    show_table(columns, rows)


def show_verdict(view: View, verdict: Verdict) -> None:
    """Print what was checked, every fault, what can be trusted, and the verdict."""
    told: list[tuple[str, object]] = [
        (view.words("事件", "events"), f"{verdict.events:,}"),
        (view.words("重新计算的数字", "figures recomputed"), f"{verdict.recomputed:,}"),
        (view.words("核对的营业日", "days tied"), f"{verdict.days_tied:,}"),
        (view.words("链头", "head"), verdict.head),
    ]
    if verdict.sealed:
        told.append((view.words("检查点证实的事件", "events sealed"), f"{verdict.sealed:,}"))
    show_pairs(told)
    for fault in verdict.faults:
        _show_fault(view, fault)
    if verdict.ok:
        click.echo(view.words("全部相符", "all is right"))
        return
    trusted = f"{verdict.trusted:,}"
    click.echo(view.words(f"仍可信:事件 1 至 {trusted}", f"still trusted: events 1 to {trusted}"))


def _show_fault(view: View, fault: Fault) -> None:
    place = f"{fault.position} {fault.event_id}".strip()
    said = f"{fault.check} {fault.code} {place}: {fault.problem}"
    click.echo(f"{view.words('错误', 'WRONG')}: {said}")
    if fault.kind:
        click.echo(f"  {fault.kind}")
