"""What deposit insurance would pay a customer (DEP-18), explained account by account."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.time_deposit import commands as time
from bankcore.audit.ask import explain
from bankcore.projections.window import Window
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason, Rejected
from spec import Desk, bank, empty_bank, known_customer


def year(desk: Desk, amount: str) -> None:
    """A certificate of twelve months at 0.95."""
    opened = time.Open(
        deposit="T1",
        account="A1",
        product="lump_lump",
        amount=yuan(amount),
        term_months=12,
        source="cash",
    )
    desk.do(opened)


def test_all_deposits_of_a_customer_count_together_and_end_at_the_limit() -> None:
    desk = bank("2026-01-05", opening="100000.00")
    year(desk, "400000.00")
    found = explain(desk.bank, "deposit-insurance", "C1")
    # One day: 100,000 × 0.05 % / 360 = 0.14, 400,000 × 0.95 % / 360 = 10.56; above by 10.70.
    amounts = [part.amount for part in found.parts]
    assert amounts == [10000014, 40001056, -1070]
    assert found.value == 50000000
    assert found.shown == "500,000.00"
    assert found.adds_up


def test_what_is_settled_and_waits_to_be_paid_counts_too() -> None:
    desk = bank("2026-01-05", opening="72000.00")
    year(desk, "10000.00")
    desk.advance("2026-03-21")
    settled = explain(desk.bank, "deposit-insurance", "C1", Window(date(2026, 3, 20)))
    # 75 days: 72,000 × 75 × 0.05 % / 360 = 7.50 wait for the next morning;
    # 10,000 × 0.95 % × (2/12 + 16/360) = 20.06.
    assert [part.amount for part in settled.parts] == [7200750, 1002006]
    assert settled.adds_up


def test_only_the_customer_himself_is_counted() -> None:
    desk = empty_bank("2026-01-05")
    known_customer(desk, "C1")
    assert explain(desk.bank, "deposit-insurance", "C1").value == 0
    with pytest.raises(BadInput):
        explain(desk.bank, "deposit-insurance", "C2")


def test_before_the_scheme_there_is_nothing_to_ask() -> None:
    desk = empty_bank("2015-04-01")
    known_customer(desk, "C1")
    with pytest.raises(Rejected) as no:
        explain(desk.bank, "deposit-insurance", "C1")
    assert no.value.reason is Reason.REFERENCE_DATE_BEFORE_SCHEME
