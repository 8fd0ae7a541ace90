"""`bankcore statement`: the movements of an account."""

from __future__ import annotations

import click

from bankcore.audit.index.reading import Index
from bankcore.commands.indexed import from_index
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, show_json, show_table
from bankcore.projections.rows import StatementLine


@click.command(cls=LogCommand)
@view()
@click.argument("account")
def statement(view: View, account: str) -> None:
    """Show the statement (对账单) of ACCOUNT with running balance.

    Example: bankcore statement bank.db A1 --as-of 2026-03-31
    """
    lines = from_index(view, lambda index: _indexed(index, account, view)) or _folded(view, account)
    if view.json:
        show_json(lines)
    else:
        show_statement(view, lines)


def _indexed(index: Index, account: str, view: View) -> list[StatementLine]:
    """The lines by the index; none for an account that it does not know."""
    stream = index.account(account)
    return [] if stream is None else list(index.statement(stream, view.window))


def _folded(view: View, account: str) -> list[StatementLine]:
    # Only a log without an index, or a question that it can't answer, pays for loading the bank.
    from bankcore.audit.ask import statement as lines_of  # noqa: PLC0415
    from bankcore.commands.bank import opened  # noqa: PLC0415

    with opened(view) as bank:
        return lines_of(bank, account, view.window)


def show_statement(view: View, lines: list[StatementLine]) -> None:
    """Print the lines with running balance."""
    columns = [
        Column("#", number=True),
        Column(view.words("记账日", "booked")),
        Column(view.words("起息日", "value date")),
        Column(view.words("摘要", "what")),
        Column(view.words("用途", "purpose")),
        Column(view.words("发生额", "amount"), number=True),
        Column(view.words("余额", "balance"), number=True),
    ]
    show_table(
        columns,
        [
            (
                x.nr,
                x.booking_date,
                x.value_date,
                view.words(x.zh, x.en),
                x.purpose,
                x.amount,
                x.balance,
            )
            for x in lines
        ],
    )
