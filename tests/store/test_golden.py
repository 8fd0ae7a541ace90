"""Stored bytes are for ever: one golden file per event name and version, only ever added."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bankcore.aggregates.card_line.events_billing import CardRestated
from bankcore.aggregates.card_line.events_use import CreditBalanceApplied
from bankcore.aggregates.deposit_account.events import (
    DepositAgreementSigned,
    FundsDeposited,
    InterestAdjusted,
    InterestSettled,
)
from bankcore.aggregates.time_deposit.events import TimeDepositInterestAdjusted
from bankcore.store.codec import decode, encode, names
from bankcore.store.upcasts import UPCASTS
from bankcore.values.declare import EVENTS
from bankcore.values.errors import DamagedLog
from bankcore.values.money import Money
from samples import fixed, sample

GOLDEN = Path(__file__).parents[1] / "golden"
CURRENT = sorted(names())
ADJUSTED = "deposit_account.InterestAdjusted"
DEPOSITED = "deposit_account.FundsDeposited"


def golden(name: str) -> bytes:
    return bytes.fromhex((GOLDEN / f"{name}.hex").read_text("ascii"))


@pytest.mark.parametrize("name", CURRENT)
def test_an_event_is_stored_as_its_golden_file_says(
    name: str, request: pytest.FixtureRequest
) -> None:
    entry = sample(names()[name])
    state = encode(entry)[3]
    file = GOLDEN / f"{name}.hex"
    if not file.exists() and request.config.getoption("--add-golden"):
        file.write_text(state.hex() + "\n", "ascii")
    assert file.exists(), f"no golden file of {name}; run pytest --add-golden"
    assert state == golden(name), f"{name} is stored otherwise than before: make a new version"
    assert decode(0, entry.stream, entry.version, name, golden(name)) == entry


def test_every_golden_file_is_of_a_name_that_is_current_or_has_an_upcast() -> None:
    files = {file.name.removesuffix(".hex") for file in GOLDEN.glob("*.hex")}
    assert files == {*CURRENT, *UPCASTS}


@pytest.mark.parametrize("name", sorted(UPCASTS))
def test_an_old_version_is_read_as_the_current_class(name: str) -> None:
    stream, event, _ = name.split(".")
    entry = decode(5, f"{stream}-1", 2, name, golden(name))
    assert EVENTS[type(entry.event)].name == event
    assert encode(entry)[2] in CURRENT


def test_a_deposit_of_version_1_gets_the_accounts_it_was_booked_to() -> None:
    state = golden(f"{DEPOSITED}.1")
    entry = decode(5, "deposit_account-1", 2, f"{DEPOSITED}.1", state)
    assert entry.event == FundsDeposited(
        amount=Money(123_456), source="text", gl={"deposit": "2011.01", "source": "1001"}
    )


def test_a_settlement_of_version_1_has_one_rate_and_an_agreement_no_contract() -> None:
    stored = "deposit_account.InterestSettled.1"
    settled = decode(5, "deposit_account-1", 2, stored, golden(stored)).event
    assert settled == replace(fixed(InterestSettled), upper=None)
    stored = "deposit_account.DepositAgreementSigned.1"
    signed = decode(5, "deposit_account-1", 2, stored, golden(stored)).event
    assert signed == replace(fixed(DepositAgreementSigned), contract=None)


def test_a_restated_card_of_version_1_keeps_no_other_test_of_its_statement() -> None:
    stored = "card_line.CardRestated.1"
    restated = decode(5, "card_line-1", 2, stored, golden(stored)).event
    now = fixed(CardRestated)
    last = replace(now.book.standing, decided_balance=None, decided_minimum=None)
    assert restated == replace(now, book=replace(now.book, standing=last))


def test_own_money_applied_in_version_1_left_the_unused_line_alone() -> None:
    stored = "card_line.CreditBalanceApplied.1"
    applied = decode(5, "card_line-1", 2, stored, golden(stored)).event
    assert applied == replace(fixed(CreditBalanceApplied), amount=Money(0))


def test_an_old_name_over_a_body_of_another_version_is_damage() -> None:
    with pytest.raises(DamagedLog, match="has the fields"):
        decode(5, "deposit_account-1", 2, f"{DEPOSITED}.1", golden(f"{DEPOSITED}.2"))


def test_interest_adjusted_in_version_1_moved_no_tax() -> None:
    demand = decode(5, "deposit_account-1", 2, f"{ADJUSTED}.1", golden(f"{ADJUSTED}.1"))
    assert isinstance(demand.event, InterestAdjusted)
    assert (demand.event.tax, demand.event.periods[0].tax) == (Money(0), None)
    assert demand.event.posting_rows == ("D9",)
    name = "time_deposit.TimeDepositInterestAdjusted.1"
    time = decode(5, "time_deposit-1", 2, name, golden(name))
    assert isinstance(time.event, TimeDepositInterestAdjusted)
    assert (time.event.tax, time.event.posting_rows) == (Money(0), ("D9",))
