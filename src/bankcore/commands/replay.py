"""`bankcore replay`: the life of the bank, told event by event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import groupby
from time import sleep
from typing import Any, Final

import click

from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.audit import ask
from bankcore.commands.bank import opened
from bankcore.commands.options import DateParam, LogCommand, View, view
from bankcore.commands.output import bold, heading, show_json, show_pairs
from bankcore.commands.telling import told
from bankcore.projections.sentences import sentence
from bankcore.projections.window import Window
from bankcore.store.bank import Bank
from bankcore.values.entry import Entry

POLL: Final = 0.3
"""Seconds between two looks at a log that is followed."""


@click.command(cls=LogCommand)
@view()
@click.option("--from", "since", type=DateParam(), help="Begin with this booking date.")
@click.option("--until", type=DateParam(), help="End with this booking date.")
@click.option(
    "--only", "--of", "only", multiple=True, help="A stream, a customer, or a kind like loan."
)
@click.option("--speed", type=click.FloatRange(min=0.1), help="So many events a second.")
@click.option("--follow", is_flag=True, help="Wait for what is booked next; Ctrl-C ends it.")
def replay(view: View, *, follow: bool, **options: Any) -> None:
    """Tell the life of the bank in sentences (重演), up to any date, and what stood then.

    Example: bankcore replay bank.db --known-at 2026-02-28 --only A1
    """
    with opened(view) as bank:
        chosen = _chosen(bank, view, options)
        last = bank.log.head()[0]
        entries = paced(filter(chosen, bank.entries(0, last)), options["speed"])
        if view.json:
            show_json([told(entry, view) for entry in entries])
            return
        tell(entries, view)
        if follow:
            _follow(bank, view, chosen, last)
            return
        heading(view.words("此时的账户余额", "Balances at this point"))
        window = Window(view.as_of, _earlier(view.known_at, options["until"]))
        rows = ask.booked_balances(bank, window)
        show_pairs((row.account, row.booked) for row in rows)


def _chosen(bank: Bank, view: View, options: Mapping[str, Any]) -> Callable[[Entry[Any]], bool]:
    """Which entries are told: seen by the window, between the days, of one of the subjects."""
    of_subject = ask.only(bank, options["only"])
    since, until = options["since"] or date.min, options["until"] or date.max
    return lambda entry: (
        since <= entry.booking_date <= until and view.window.sees(entry) and of_subject(entry)
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def paced(entries: Iterable[Entry[Any]], speed: float | None) -> Iterator[Entry[Any]]:
    """The entries, so many a second; all at once without a speed."""
    for entry in entries:
        yield entry
        if speed is not None:
            sleep(1 / speed)


def _follow(bank: Bank, view: View, chosen: Callable[[Entry[Any]], bool], position: int) -> None:
    """Tell what other processes book after a position, day and all, until somebody stops it."""
    with suppress(KeyboardInterrupt):
        while True:
            sleep(POLL)
            for entry in bank.entries(position):
                position = entry.position
                if chosen(entry):
                    click.echo(f"{entry.booking_date} {entry.id} {sentence(entry, view.lang)}")


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
