"""The verifier must be able to fail: one thing altered at a time, each named with its place.

A forger may know the format: then he hashes everything again, writes the digests and heads of the
closed days anew, and only the figures give him away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bankcore.aggregates import kind_of
from bankcore.aggregates.business_day.events import DayClosed
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.verify import Verdict, verify
from bankcore.cli import main
from bankcore.operations.day import trial_balance_digest
from bankcore.projections.trial_balance import RunningBooks
from bankcore.store.bank import Bank
from bankcore.store.chain import EMPTY, link
from bankcore.store.codec import Row, decode, encode
from bankcore.store.log import open_log
from bankcore.values.entry import Entry
from bankcore.values.money import Money, yuan
from helpers.bank_file import write_bank
from spec import TELLER, Desk

Sql = Callable[[sqlite3.Connection], object]
Forger = Callable[[Entry[Any]], Entry[Any]]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of two accounts, a settlement, a late fact, a red entry; ends in an open day."""
    path = tmp_path_factory.mktemp("verify") / "bank.db"
    write_bank(path)
    with Bank.open(str(path)) as bank:
        desk = Desk(bank, 1000)
        late = account.Deposit(account="A1", amount=yuan("70000.00"))
        desk.do(
            late,
            value_date=bank.day and bank.day.replace(month=1, day=10),
            ground="late_information",
            approval="branch",
            approver="boss",
        )
        desk.do(account.Withdraw(account="A2", amount=yuan("10.00")), TELLER)
        fault = desk.outcomes[-1].entries[0].id
        reverse = account.Reverse(account="A2", reverses=fault, reason="typing error")
        desk.do(reverse, approver="boss")
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    """A copy that a test may alter."""
    copy = tmp_path / "bank.db"
    with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def proved(path: Path, **known: Any) -> Verdict:
    with open_log(str(path)) as log:
        return verify(log, **known)


def exit_code(path: Path) -> int:
    """What the command line answers to this log."""
    with pytest.raises(SystemExit) as left:
        main(["verify", str(path), "--json"])
    return int(left.value.code or 0)


def alter(path: Path, change: Sql) -> None:
    with closing(sqlite3.connect(path)) as db:
        change(db)
        db.commit()


def entries(path: Path) -> list[Entry[Any]]:
    with open_log(str(path)) as log:
        return list(log.entries())


def first(path: Path, event: type[Any], number: int = 0) -> Entry[Any]:
    """An entry of an event class."""
    return [x for x in entries(path) if isinstance(x.event, event)][number]


def rewrite(path: Path, forged: list[Row]) -> None:
    """Put these rows in place of all rows, chained anew."""

    def write(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM stored_events")
        head = EMPTY
        for position, row in enumerate(forged, 1):
            head = link(head, row)
            db.execute("INSERT INTO stored_events VALUES (?,?,?,?,?,?)", (position, *row, head))

    alter(path, write)


def forge(path: Path, forger: Forger) -> None:
    """Alter entries and make everything else fit: bytes, chain, digests and heads of the days."""
    books, states, head = RunningBooks(), dict[str, Any](), EMPTY
    heads, rows = {0: EMPTY}, list[Row]()
    for entry in entries(path):
        made = forger(entry)
        if isinstance(made.event, DayClosed):
            digest = trial_balance_digest(books.trial_balance())
            seen = heads[made.event.position].hex()
            made = replace(made, event=replace(made.event, head=seen, trial_balance_digest=digest))
        kind = kind_of(made.stream)
        state = states[made.stream] = kind.evolve(states.get(made.stream), made)
        books.emitted(kind, made, state)
        row = encode(made)
        head = heads[made.position] = link(head, row)
        rows.append(row)
    rewrite(path, rows)


def one(event: type[Any], number: int = 0, **fields: Any) -> Forger:
    """A forger who alters fields of one event."""
    left = iter(range(10_000))

    def forger(entry: Entry[Any]) -> Entry[Any]:
        if isinstance(entry.event, event) and next(left) == number:
            return replace(entry, event=replace(entry.event, **fields))
        return entry

    return forger


def test_an_honest_log_is_right(path: Path) -> None:
    verdict = proved(path)
    assert verdict.faults == ()
    assert verdict.events == len(entries(path))
    assert verdict.days_tied == 86, "5 January to 31 March are 86 days"
    assert verdict.recomputed == 3, "one settlement, one payment, one adjustment"
    assert exit_code(path) == 0


def test_forging_nothing_writes_the_same_log(path: Path) -> None:
    before = proved(path).head
    forge(path, lambda entry: entry)
    assert proved(path).head == before


@pytest.mark.parametrize("position", [1, 2, 7, 40, 150])
def test_one_altered_byte_breaks_the_chain_there(path: Path, position: int) -> None:
    sql = "UPDATE stored_events SET state = CAST(state || x'00' AS BLOB) WHERE rowid = ?"
    alter(path, lambda db: db.execute(sql, (position,)))
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("chain", position)
    assert fault.event_id == entries_id(path, position)
    assert "hash" in fault.problem
    assert exit_code(path) == 5


def entries_id(path: Path, position: int) -> str:
    with closing(sqlite3.connect(path)) as db:
        sql = "SELECT originator_id || '@' || originator_version FROM stored_events WHERE rowid = ?"
        return str(db.execute(sql, (position,)).fetchone()[0])


@pytest.mark.parametrize("column", ["originator_id", "topic"])
def test_a_stream_or_a_name_altered_breaks_the_chain(path: Path, column: str) -> None:
    sql = f"UPDATE stored_events SET {column} = {column} || 'x' WHERE rowid = 9"
    alter(path, lambda db: db.execute(sql))
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("chain", 9)
    assert exit_code(path) == 5


def test_a_head_altered_breaks_the_chain(path: Path) -> None:
    alter(path, lambda db: db.execute("UPDATE stored_events SET head = zeroblob(32) WHERE rowid=5"))
    assert proved(path).faults[0].position == 5
    assert exit_code(path) == 5


def test_a_row_taken_out_of_the_middle_is_missed(path: Path) -> None:
    alter(path, lambda db: db.execute("DELETE FROM stored_events WHERE rowid = 20"))
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("order", 21)
    assert fault.problem == "position 20 is missing"
    assert exit_code(path) == 5


def test_the_first_row_taken_out_is_missed(path: Path) -> None:
    alter(path, lambda db: db.execute("DELETE FROM stored_events WHERE rowid = 1"))
    assert proved(path).faults[0].problem == "position 1 is missing"


def test_the_last_row_taken_out_is_missed_by_the_index_of_commands(path: Path) -> None:
    last = proved(path).events
    alter(path, lambda db: db.execute("DELETE FROM stored_events WHERE rowid = ?", (last,)))
    assert proved(path).faults[0].check == "commands"
    assert exit_code(path) == 5


def test_a_cut_tail_with_its_commands_is_missed_by_a_head_kept_elsewhere(path: Path) -> None:
    whole = proved(path)

    def cut(db: sqlite3.Connection) -> None:
        (start,) = db.execute("SELECT MAX(first) FROM commands").fetchone()
        db.execute("DELETE FROM stored_events WHERE rowid >= ?", (start,))
        db.execute("DELETE FROM commands WHERE first >= ?", (start,))

    alter(path, cut)
    assert proved(path).ok, "nothing inside a log shows that its tail is gone"
    verdict = proved(path, expected_head=whole.head)
    assert verdict.altered
    assert whole.head in verdict.faults[0].problem


def test_two_rows_swapped_are_noticed(path: Path) -> None:
    def swap(db: sqlite3.Connection) -> None:
        db.execute("UPDATE stored_events SET rowid = 100000 WHERE rowid = 30")
        db.execute("UPDATE stored_events SET rowid = 30 WHERE rowid = 31")
        db.execute("UPDATE stored_events SET rowid = 31 WHERE rowid = 100000")

    alter(path, swap)
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("chain", 30)
    assert exit_code(path) == 5


def test_two_entries_of_a_stream_swapped_and_hashed_again_are_out_of_order(path: Path) -> None:
    rows = [encode(entry) for entry in entries(path)]
    day = [i for i, row in enumerate(rows) if row[0] == "business-day"]
    rows[day[2]], rows[day[3]] = rows[day[3]], rows[day[2]]
    rewrite(path, rows)
    fault = proved(path).faults[0]
    assert fault.check == "order"
    assert "version 4 where 3 follows" in fault.problem
    assert exit_code(path) == 5


def test_an_amount_altered_and_hashed_again_gives_itself_away_at_the_close(path: Path) -> None:
    altered = one(e.FundsDeposited, 2, amount=yuan("2000.01"))
    rewrite(path, [encode(altered(entry)) for entry in entries(path)])
    checks = {fault.check for fault in proved(path).faults}
    assert {"digest", "witness"} <= checks, (
        "the day had written down its trial balance and its head"
    )
    assert exit_code(path) == 5


def test_an_amount_altered_with_all_hashes_and_digests_is_found_by_the_settlement(
    path: Path,
) -> None:
    """2,000,000.00 for 2,000.00 from 10 February: 39 days of 1,998,000 yuan more."""
    forge(path, one(e.FundsDeposited, 2, amount=yuan("2000000.00")))
    settled = first(path, e.InterestSettled)
    fault = proved(path).faults[0]
    assert (fault.check, fault.event_id) == ("figure", settled.id)
    assert fault.problem == "interest 1.39, recomputed 109.62 by DEP-02"
    assert exit_code(path) == 1


def test_a_settled_interest_altered_with_everything_hashed_again_is_recomputed(path: Path) -> None:
    """The interest and its payment are raised alike, so that books and digests fit."""

    def forger(entry: Entry[Any]) -> Entry[Any]:
        if isinstance(entry.event, (e.InterestSettled, e.InterestPaid)):
            return replace(entry, event=replace(entry.event, interest=yuan("2.39")))
        return entry

    settled = first(path, e.InterestSettled)
    forge(path, forger)
    verdict = proved(path)
    assert verdict.faults[0].event_id == settled.id
    assert verdict.faults[0].problem == "interest 2.39, recomputed 1.39 by DEP-02"
    assert not verdict.altered
    assert exit_code(path) == 1


def test_a_remainder_altered_is_recomputed(path: Path) -> None:
    forge(path, one(e.InterestSettled, remainder=Fraction(1, 3)))
    assert proved(path).faults[0].problem == "remainder 1/3, recomputed 41/96 by GEN-01"


def test_an_interest_paid_that_was_not_settled_is_noticed(path: Path) -> None:
    forge(path, one(e.InterestPaid, interest=yuan("1.40")))
    fault = proved(path).faults[0]
    assert fault.problem == "interest 1.40 paid where 1.39 was settled"


def test_an_adjustment_altered_is_recomputed_from_all_facts(path: Path) -> None:
    """12,345 · 36 + 14,345 · 39 + 70,000 · 70 days at 0.05 % = 819.98… fen; 8.20 − 1.39 = 6.81."""
    adjusted = first(path, e.InterestAdjusted)
    right = adjusted.event.difference
    assert right == yuan("6.81")
    forge(path, one(e.InterestAdjusted, difference=right + Money(1)))
    fault = proved(path).faults[0]
    assert fault.event_id == adjusted.id
    assert fault.problem == f"interest adjusted by {right + Money(1)}, recomputed {right}"


def test_a_mirror_altered_in_the_open_day_breaks_the_tie(path: Path) -> None:
    reversed_ = first(path, e.DepositEntryReversed)
    forge(path, one(e.DepositEntryReversed, change=reversed_.event.change + Money(5)))
    fault = proved(path).faults[0]
    assert fault.check == "tie-out"
    assert fault.problem == "control account 2011.01 is 0.05 above its sub-ledger"
    assert exit_code(path) == 1


def test_an_amount_that_overdraws_the_account_cannot_be_derived_again(path: Path) -> None:
    forge(path, one(e.FundsDeposited, 0, amount=yuan("-100000.00")))
    fault = proved(path).faults[0]
    assert fault.check == "figure"
    assert fault.problem == "cannot be derived again: negative_balance"


def test_an_account_that_is_not_in_the_chart_is_noticed(path: Path) -> None:
    gl = {"deposit": "2011.01", "source": "9999"}
    altered = one(e.FundsDeposited, 0, gl=gl)
    rewrite(path, [encode(altered(entry)) for entry in entries(path)])
    fault = proved(path).faults[0]
    assert fault.check == "legs"
    assert "9999" in fault.problem or "account_unknown" in fault.problem


def test_bytes_that_are_not_canonical_are_noticed(path: Path) -> None:
    rows = [encode(entry) for entry in entries(path)]
    stream, version, name, state = rows[0]
    rows[0] = (stream, version, name, state + b"\xc0")
    rewrite(path, rows)
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("bytes", 1)
    assert exit_code(path) == 5


def test_an_event_name_that_nobody_declared_is_noticed(path: Path) -> None:
    rows = [encode(entry) for entry in entries(path)]
    stream, version, _, state = rows[3]
    rows[3] = (stream, version, "deposit_account.MoneyConjured.1", state)
    rewrite(path, rows)
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("bytes", 4)
    assert exit_code(path) == 5


def test_a_booking_date_that_goes_back_is_noticed(path: Path) -> None:
    start = entries(path)[0].booking_date
    forge(path, lambda x: replace(x, booking_date=start) if x.position == 100 else x)
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("order", 100)


def test_a_value_date_after_the_booking_date_is_noticed(path: Path) -> None:
    end = entries(path)[-1].booking_date
    forge(path, lambda x: replace(x, value_date=end) if x.position == 100 else x)
    fault = proved(path).faults[0]
    assert (fault.check, fault.position) == ("dates", 100)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM commands WHERE id = 't-3'",
        "UPDATE commands SET digest = 'x' WHERE id = 't-3'",
        "UPDATE commands SET last = last + 1 WHERE id = 't-3'",
        "UPDATE commands SET id = 't-999' WHERE id = 't-3'",
        "INSERT INTO commands VALUES ('t-999', 'x', 1, 1)",
    ],
)
def test_an_altered_command_row_is_noticed(path: Path, sql: str) -> None:
    alter(path, lambda db: db.execute(sql))
    verdict = proved(path)
    assert verdict.altered
    fault = verdict.faults[0]
    assert fault.check == "commands"
    assert "t-3" in fault.problem or "t-999" in fault.problem
    assert exit_code(path) == 5


def test_an_event_slipped_in_and_hashed_again_is_noticed(path: Path) -> None:
    found = entries(path)
    copy = replace(found[-1], version=found[-1].version + 1)
    rewrite(path, [encode(entry) for entry in [*found, copy]])
    assert proved(path).altered
    assert exit_code(path) == 5


def test_decoding_and_encoding_a_row_gives_it_back(path: Path) -> None:
    with open_log(str(path)) as log:
        for row in log.rows():
            assert encode(decode(*row[:5])) == row[1:5]
