"""`bankcore index`: an index beside a log, for answers at once."""

from __future__ import annotations

import click

from bankcore.audit.index.building import update
from bankcore.audit.index.place import index_of
from bankcore.commands.bank import opened_log
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import show_json


@click.command(cls=LogCommand)
@view(dates=False)
def index(view: View) -> None:
    """Write or bring up the index of a log (索引), LOG.index beside it.

    A log in PostgreSQL has its index in your cache directory ($XDG_CACHE_HOME or ~/.cache).

    `balances`, `statement` and `ledger` then answer from it, at any two dates, and bring it up with
    what was booked since. It holds nothing that is not in the log: delete it whenever you like.

    Example: bankcore index bank.db
    """
    with opened_log(view) as log:
        start, end = update(log, view.log)
    path = index_of(view.log)
    if view.json:
        show_json({"index": str(path), "from": start, "to": end})
        return
    click.echo(f"{path}: {view.words('事件', 'events')} {start + 1:,} … {end:,}")
