"""The business day: opened and closed in order, and never over a ledger that does not tie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bankcore.aggregates.business_day.decide import Close, Open
from bankcore.aggregates.deposit_account import commands as account
from bankcore.store.bank import Bank
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason, Rejected
from samples import deposit
from spec import Desk, bank, empty_bank

DEPOSIT = account.Deposit(account="A1", amount=yuan("1.00"))


def test_a_day_is_opened_once_and_only_after_the_one_before_it_was_closed() -> None:
    desk = empty_bank("2026-01-05")
    desk.refused(Open(day=date(2026, 1, 5)), Reason.DAY_ALREADY_OPEN)
    no = desk.refused(Open(day=date(2026, 1, 6)), Reason.PREVIOUS_DAY_OPEN)
    assert no.facts == {"open_day": date(2026, 1, 5)}
    desk.do(Close(day=date(2026, 1, 5)))
    desk.refused(Open(day=date(2026, 1, 5)), Reason.DAY_ALREADY_OPEN)
    desk.refused(Open(day=date(2026, 1, 4)), Reason.DAY_ALREADY_OPEN)
    no = desk.refused(Open(day=date(2026, 1, 7)), Reason.DAY_GAP)
    assert no.facts == {"expected": date(2026, 1, 6), "given": date(2026, 1, 7)}
    desk.do(Open(day=date(2026, 1, 6)))
    assert desk.bank.day == date(2026, 1, 6)


def test_only_the_open_day_is_closed_and_only_once() -> None:
    desk = empty_bank("2026-01-05")
    desk.refused(Close(day=date(2026, 1, 6)), Reason.BOOKING_DATE_NOT_OPEN)
    desk.do(Close(day=date(2026, 1, 5)))
    desk.refused(Close(day=date(2026, 1, 5)), Reason.DAY_ALREADY_CLOSED)
    desk.refused(Close(day=date(2026, 1, 6)), Reason.BOOKING_DATE_NOT_OPEN)


def test_nothing_is_booked_while_no_day_is_open() -> None:
    new = Desk(Bank.memory())
    new.refused(Close(day=date(2026, 1, 5)), Reason.BOOKING_DATE_NOT_OPEN)
    new.refused(DEPOSIT, Reason.BOOKING_DATE_NOT_OPEN)
    desk = bank("2026-01-05")
    desk.bank.close_day()
    desk.refused(DEPOSIT, Reason.BOOKING_DATE_NOT_OPEN)
    desk.advance("2026-01-06")
    desk.do(DEPOSIT)


def test_a_ledger_break_keeps_the_day_open_and_names_the_account() -> None:
    # 5.00 reached A1, a current account, but the ledger has it on 2011.02 (lump-lump).
    desk = bank("2026-01-05")
    last = [x for x in desk.entries() if x.stream == "account-A1"][-1]
    wrong = deposit("account-A1", last.version + 1, 500)
    event = replace(wrong.event, gl={"deposit": "2011.02", "source": "1001"})
    desk.bank.log.append([replace(wrong, event=event)])
    head = desk.bank.log.head()
    with pytest.raises(Rejected) as no:
        desk.bank.close_day()
    assert no.value.reason is Reason.LEDGER_BREAK
    assert no.value.facts == {"2011.01": 500}
    assert desk.bank.log.head() == head
    assert desk.bank.day == date(2026, 1, 5)
