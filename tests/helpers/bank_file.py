"""A small bank in a file: one customer, two accounts, three months, a late fact, a settlement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bankcore.aggregates.deposit_account import commands as account
from bankcore.store.bank import Bank
from bankcore.values.money import yuan
from spec import TELLER, Desk, known_customer, open_account


def write_bank(path: Path) -> None:
    """Write the sample bank to a new file; it stands open on 2026-04-01."""
    with Bank.open(str(path), create=True) as bank:
        bank.advance(date(2026, 1, 5))
        desk = Desk(bank)
        known_customer(desk, "C1")
        open_account(desk, "A1", "C1", "demand_q", "12345.67")
        known_customer(desk, "C2")
        open_account(desk, "A2", "C2", "demand", "500.00")
        desk.advance("2026-02-10")
        desk.do(account.Deposit(account="A1", amount=yuan("2000.00")), TELLER)
        desk.do(account.Withdraw(account="A2", amount=yuan("120.50")), TELLER)
        desk.advance("2026-04-01")
