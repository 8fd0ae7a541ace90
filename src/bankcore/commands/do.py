"""`bankcore do`: any bank command by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import click

from bankcore.aggregates import kind_of
from bankcore.commands.options import DateParam, LogCommand, View, view
from bankcore.commands.output import bold, show_json
from bankcore.commands.telling import told
from bankcore.operations.decision import Frame
from bankcore.products.reason_texts import refusal_text
from bankcore.projections.sentences import sentence
from bankcore.scenarios.binding import bind
from bankcore.store.bank import Bank, Outcome
from bankcore.values.errors import BadInput
from bankcore.values.reading import read_date, unknown_id
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Actor, Role

ADVANCE: Final = "advance"


@click.command(cls=LogCommand)
@view(dates=False)
@click.argument("command")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--as", "actor", default="script:script", metavar="WHO:ROLE", help="Who gives it.")
@click.option("--id", "command_id", default="", help="Its id: a second time does nothing (GEN-07).")
@click.option("--value-date", type=DateParam(), help="When it counts, if not today (GEN-05).")
@click.option("--ground", help="Why it is valued in the past.")
@click.option("--approval", default="teller", help="Level that approved the past value date.")
@click.option("--approver", help="Who approved it.")
@click.option("--at", metavar="HH:MM", help="Simulated time of day.")
@click.option("--channel", default="counter", help="counter, mobile, web, atm, system ...")
@click.option("--create", is_flag=True, help="Make the bank file if there is none.")
@click.option("--dry-run", is_flag=True, help="Decide and show, but write nothing.")
@click.option(
    "--seal",
    "key_file",
    type=click.Path(path_type=Path),
    metavar="KEY",
    help="Seal each close with this key.",
)
def do(view: View, command: str, fields: tuple[str, ...], **options: Any) -> None:
    """Give the bank COMMAND with its fields (办理).

    `bankcore do LOG advance to=DATE` closes and opens day after day until DATE is open. The
    commands and their fields are in docs/reference/commands.md. With `--seal KEY` each close of day
    is followed by a signed checkpoint in LOG.checkpoints.

    Example: bankcore do bank.db deposit_account.deposit account=A1 amount=200
    """
    dry_run, create = options.pop("dry_run"), options.pop("create")
    key_file = options.pop("key_file")
    given = dict(_field(field) for field in fields)
    frame = _frame(**options)
    if command == ADVANCE:
        to = read_date(str(given.get("to", "")), "to")
        with Bank.open(view.log, create=create) as bank:
            seal_each_close(bank, view.log, key_file)
            _show(view, bank.advance(to))
        return
    bound = bind(command, given)
    with Bank.open(view.log, create=create and not dry_run) as bank:
        seal_each_close(bank, view.log, key_file)
        try:
            outcome = bank.execute(bound, frame, dry_run=dry_run)
        except Rejected as no:
            raise _mistyped(bank, no) or no from None
        _show(view, [outcome], dry_run=dry_run)


def _mistyped(bank: Bank, no: Rejected) -> BadInput | None:
    """A product or an id that nobody has is a slip of the pen, not a matter for the bank."""
    match no.reason, no.facts:
        case Reason.STREAM_NOT_FOUND, {"stream": str(stream)}:
            kind = kind_of(stream)
            given = stream.removeprefix(kind.prefix)
            there = [s.removeprefix(kind.prefix) for s in bank.log.streams(kind.prefix)]
            return unknown_id(kind.name.replace("_", " "), given, there)
        case Reason.PRODUCT_UNKNOWN, {"product": str(product), "known": [*known]}:
            return unknown_id("product", product, map(str, known))
        case _:
            return None


def seal_each_close(bank: Bank, target: str, key_file: Path | None) -> None:
    """Let the bank append a signed checkpoint after each close of day, where a key is given."""
    if key_file is not None:
        from bankcore.commands.seal import sealer  # noqa: PLC0415  # few commands seal

        bank.after_close = sealer(bank.log, target, key_file, None).seal


def _field(text: str) -> tuple[str, object]:
    """`name=value`; a value in `[...]` or `{...}` is read as JSON, numbers kept as they stand."""
    name, equals, value = text.partition("=")
    if not equals:
        raise BadInput(f"{text!r} is no field", remedy="write FIELD=VALUE, like amount=200.00")
    if not value.startswith(("[", "{")):
        return name, value
    try:
        return name, json.loads(value, parse_float=str)
    except json.JSONDecodeError as wrong:
        raise BadInput(f"is no JSON ({wrong})", place=name) from None


def _frame(*, actor: str, command_id: str, **options: Any) -> Frame:
    who, _, role = actor.partition(":")
    roles = [known.value for known in Role]
    if role not in roles:
        raise unknown_id("role", role, roles, "--as")
    # A command without an id of its own gets a fresh one: to repeat it is then to do it again.
    return Frame(
        actor=Actor(who, Role(role)), command_id=command_id or f"cli-{uuid4().hex}", **options
    )


def _show(view: View, outcomes: Iterable[Outcome], *, dry_run: bool = False) -> None:
    if view.json:
        show_json([_json(view, outcome, dry_run=dry_run) for outcome in outcomes])
        return
    for outcome in outcomes:
        if dry_run:
            click.echo(bold(view.words("试算,未写入:", "dry run, nothing was written:")))
        if outcome.duplicate:
            click.echo(view.words("此命令已办理过,结果如下:", "given before; its result was:"))
        for entry in outcome.entries:
            click.echo(f"  {entry.id} {sentence(entry, view.lang)}")
        for warning in outcome.warnings:
            click.echo(f"  ! {refusal_text(warning, view.lang)}")


def _json(view: View, outcome: Outcome, *, dry_run: bool) -> dict[str, object]:
    return {
        "ok": True,
        "dry_run": dry_run,
        "duplicate": outcome.duplicate,
        "events": [told(entry, view) for entry in outcome.entries],
        "warnings": [warning.reason for warning in outcome.warnings],
    }
