"""`bankcore ledger`: the trial balance, or the journal behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bankcore.audit.index.reading import Index
from bankcore.commands.indexed import from_index
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, show_json, show_table
from bankcore.projections.rows import LedgerRow, ledger_row
from bankcore.values.money import Money, total

if TYPE_CHECKING:
    from bankcore.projections.postings import Leg


@click.command(cls=LogCommand)
@view()
@click.option("--journal", is_flag=True, help="The legs one by one instead of the totals.")
@click.option("--account", help="Only this ledger account, with --journal.")
@click.option("--accrued", is_flag=True, help="With accrued interest as virtual legs (GL-06).")
def ledger(view: View, *, journal: bool, account: str | None, accrued: bool) -> None:
    """Show the trial balance (试算平衡表), or with --journal the legs (分录).

    Example: bankcore ledger bank.db --as-of 2026-03-31
    """
    if journal:
        _show_legs(view, _legs(view, account))
        return
    rows = None if accrued else from_index(view, lambda index: _indexed(index, view))
    rows = rows or _folded(view, accrued=accrued)
    show_json(rows) if view.json else show_balance(view, rows)


def _indexed(index: Index, view: View) -> list[LedgerRow]:
    totals = index.trial_balance(view.window)
    return [ledger_row(account, minor) for account, minor in totals.items()]


def _folded(view: View, *, accrued: bool) -> list[LedgerRow]:
    # Only a log without an index pays for loading the bank.
    from bankcore.audit.ask import trial_balance  # noqa: PLC0415
    from bankcore.commands.bank import opened  # noqa: PLC0415

    with opened(view) as bank:
        return trial_balance(bank, view.window, with_accrued=accrued)


def _legs(view: View, account: str | None) -> list[Leg]:
    from bankcore.audit.ask import legs  # noqa: PLC0415
    from bankcore.commands.bank import opened  # noqa: PLC0415

    with opened(view) as bank:
        return list(legs(bank, view.window, account))


def show_balance(view: View, rows: list[LedgerRow]) -> None:
    """Print the accounts with their debit or credit balance, and the two equal totals."""
    columns = [
        Column(view.words("科目", "account")),
        Column(view.words("名称", "name")),
        Column(view.words("借方余额", "debit"), number=True),
        Column(view.words("贷方余额", "credit"), number=True),
    ]
    shown = [(r.account, view.words(r.zh, r.en), r.debit, r.credit) for r in rows]
    debit, credit = (
        total([r.debit for r in rows if r.debit]),
        total([r.credit for r in rows if r.credit]),
    )
    show_table(columns, [*shown, ("", view.words("合计", "total"), debit, credit)])


def _show_legs(view: View, legs: list[Leg]) -> None:
    if view.json:
        show_json([_leg(leg) for leg in legs])
        return
    columns = [
        Column("#", number=True),
        Column(view.words("记账日", "booked")),
        Column(view.words("起息日", "value date")),
        Column(view.words("事件", "event")),
        Column(view.words("科目", "account")),
        Column(view.words("借", "debit"), number=True),
        Column(view.words("贷", "credit"), number=True),
    ]
    show_table(
        columns,
        [
            (x.position, x.booking_date, x.value_date, x.event_id, x.account, *_sides(x.minor))
            for x in legs
        ],
    )


def _sides(minor: int) -> tuple[Money | None, Money | None]:
    return (Money(minor), None) if minor > 0 else (None, Money(-minor))


def _leg(leg: Leg) -> dict[str, object]:
    debit, credit = _sides(leg.minor)
    return {
        "position": leg.position,
        "event_id": leg.event_id,
        "event": leg.event,
        "row": leg.row,
        "booking_date": leg.booking_date,
        "value_date": leg.value_date,
        "account": leg.account,
        "debit": debit,
        "credit": credit,
        "currency": leg.currency,
        "remainder": leg.remainder,
    }
