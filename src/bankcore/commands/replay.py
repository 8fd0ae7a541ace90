"""`bankcore replay`: the life of the bank, told event by event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from bankcore.audit import ask
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import bold, heading, progress, show_json, show_pairs
from bankcore.projections.sentences import sentence
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry


@click.command(cls=LogCommand)
@view()
@click.option("--of", "subject", help="Only this stream: an account, a loan, a customer.")
def replay(view: View, subject: str | None) -> None:
    """Tell the life of the bank in sentences (重演), up to any date, and what stood then.

    Example: bankcore replay bank.db --known-at 2026-02-28 --of A1
    """
    with opened(view) as bank:
        entries = progress(ask.life(bank, view.window, subject), "events")
        if view.json:
            show_json([told(entry, view) for entry in entries])
            return
        _tell(entries, view)
        heading(view.words("此时的账户余额", "Balances at this point"))
        rows = ask.booked_balances(bank, view.window)
        show_pairs((row.account, row.booked) for row in rows)


def _tell(entries: Iterable[Entry[Any]], view: View) -> None:
    day = None
    for entry in entries:
        if entry.booking_date != day:
            day = entry.booking_date
            click.echo(bold(day.isoformat()))
        late = f" [{entry.value_date}]" if entry.value_date != entry.booking_date else ""
        click.echo(f"  {entry.id}{late} {sentence(entry, view.lang)}")


def told(entry: Entry[Any], view: View) -> dict[str, object]:
    """An entry as a JSON object: envelope, event by name and fields, and its sentence."""
    info = EVENTS[type(entry.event)]
    return {
        "position": entry.position,
        "id": entry.id,
        "event": info.name,
        "booking_date": entry.booking_date,
        "value_date": entry.value_date,
        "actor": entry.actor.id,
        "role": entry.actor.role,
        "command_id": entry.command_id,
        "sentence": sentence(entry, view.lang),
        "fields": entry.event,
    }
