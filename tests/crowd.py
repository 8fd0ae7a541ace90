"""A crowd of processes on one bank: `python crowd.py pay|read TARGET ME COUNT`."""

from __future__ import annotations

import sys
from random import Random

from bankcore.aggregates.transfer import commands as c
from bankcore.audit import ask
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.values.errors import Busy
from bankcore.values.money import Money, total
from bankcore.values.reasons import Rejected
from spec import NARRATOR, Desk, known_customer, open_account

ACCOUNTS = 6
EACH = "1000.00"


def set_up(target: str) -> None:
    """A bank with six accounts of six customers, 1,000.00 on each."""
    from datetime import date  # noqa: PLC0415

    with Bank.open(target, create=True) as bank:
        bank.advance(date(2026, 1, 5))
        desk = Desk(bank)
        for n in range(ACCOUNTS):
            known_customer(desk, f"C{n}", f"11010119900307{n:04d}")
            open_account(desk, f"A{n}", f"C{n}", "demand_q", EACH)


def pay(bank: Bank, me: str, count: int) -> None:
    """Give transfers between random accounts; say each answer: done, refused, busy."""
    chance = Random(int(me))  # a reproducible mix, no secret
    for n in range(count):
        payer, payee = chance.sample(range(ACCOUNTS), 2)
        key = f"{me}-{n}"
        order = c.Request(
            transfer=key,
            payer=f"A{payer}",
            payee_name=f"Customer C{payee}",
            payee_account=f"A{payee}",
            amount=Money(chance.randint(1, 400_00)),
        )
        say(_given(bank, key, order))


def _given(bank: Bank, key: str, order: c.Request) -> str:
    try:
        bank.execute(order, Frame(actor=NARRATOR, command_id=f"order-{key}"))
        confirm = c.Confirm(transfer=key)
        bank.execute(confirm, Frame(actor=NARRATOR, command_id=f"confirm-{key}"))
    except Rejected as no:
        return f"refused {no.reason.value}"
    except Busy:
        return "busy"
    return f"done {order.amount.minor} {key}"


def read(bank: Bank, _: str, count: int) -> None:
    """Add all balances up, again and again; say each sum."""
    for _look in range(count):
        say(str(total([row.booked for row in ask.booked_balances(bank)]).minor))


def say(line: str) -> None:
    """One line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    role, target, me, count = sys.argv[1:]
    with Bank.open(target) as opened:
        {"pay": pay, "read": read}[role](opened, me, int(count))
