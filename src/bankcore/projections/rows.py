"""The rows that reads answer (查询结果行): plain values, cheap to import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.rules.ledger.chart import CHART
from bankcore.values.money import Money


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One account: `booked` is the running balance, `available` what can be used (DEP-22)."""

    account: str
    customer: str
    product: str
    stage: str
    booked: Money
    held: Money
    available: Money


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a statement: what moved when, and the balance after it in booking order."""

    nr: int
    event_id: str
    booking_date: date
    value_date: date
    zh: str
    en: str
    purpose: str
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One account of the trial balance (试算平衡): the side that is not used is None."""

    account: str
    zh: str
    en: str
    debit: Money | None
    credit: Money | None


def ledger_row(account: str, minor: int) -> LedgerRow:
    """The row of a ledger account with a balance in minor units, debit positive."""
    known = CHART[account]
    debit = Money(minor) if minor > 0 else None
    credit = Money(-minor) if minor < 0 else None
    return LedgerRow(account, known.zh, known.en, debit, credit)
