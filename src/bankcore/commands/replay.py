"""`bankcore replay`: the life of the bank, told event by event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

import click

from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.audit import ask
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import bold, heading, show_json, show_pairs
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
        entries = ask.life(bank, view.window, subject)
        if view.json:
            show_json([told(entry, view) for entry in entries])
            return
        tell(entries, view)
        heading(view.words("此时的账户余额", "Balances at this point"))
        rows = ask.booked_balances(bank, view.window)
        show_pairs((row.account, row.booked) for row in rows)


def tell(entries: Iterable[Entry[Any]], view: View) -> None:
    """Print day by day; a stretch of days with nothing but opening and closing is one line."""
    quiet: list[date] = []
    for day, booked in groupby(entries, key=lambda entry: entry.booking_date):
        of_day = list(booked)
        if all(entry.stream == BUSINESS_DAY.prefix for entry in of_day):
            quiet.append(day)
            continue
        _tell_quiet(quiet, view)
        quiet = []
        click.echo(bold(day.isoformat()))
        for entry in of_day:
            late = f" [{entry.value_date}]" if entry.value_date != day else ""
            click.echo(f"  {entry.id}{late} {sentence(entry, view.lang)}")
    _tell_quiet(quiet, view)


def _tell_quiet(days: list[date], view: View) -> None:
    if days:
        span = f"{days[0]} … {days[-1]}" if len(days) > 1 else f"{days[0]}"
        click.echo(f"{span}  {view.words('无业务', 'nothing but open and close')}")


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
