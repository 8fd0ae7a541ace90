"""`bankcore balances`: what the accounts hold."""

from __future__ import annotations

import click

from bankcore.commands.indexed import from_index
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, show_json, show_table
from bankcore.projections.rows import BalanceRow


@click.command(cls=LogCommand)
@view()
def balances(view: View) -> None:
    """Show booked, held and available balance (余额) of every account.

    Example: bankcore balances bank.db --as-of 2026-03-31 --known-at 2026-04-15
    """
    rows = from_index(view, lambda index: index.balances(view.window)) or _folded(view)
    if view.json:
        show_json(rows)
        return
    columns = [
        Column(view.words("账户", "account")),
        Column(view.words("客户", "customer")),
        Column(view.words("产品", "product")),
        Column(view.words("状态", "stage")),
        Column(view.words("账面余额", "booked"), number=True),
        Column(view.words("冻结暂扣", "held"), number=True),
        Column(view.words("可用余额", "available"), number=True),
    ]
    show_table(
        columns,
        [(r.account, r.customer, r.product, r.stage, r.booked, r.held, r.available) for r in rows],
    )


def _folded(view: View) -> list[BalanceRow]:
    # Only a log without an index pays for loading the bank.
    from bankcore.audit.ask import booked_balances  # noqa: PLC0415
    from bankcore.commands.bank import opened  # noqa: PLC0415

    with opened(view) as bank:
        return booked_balances(bank, view.window)
