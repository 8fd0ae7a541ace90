"""The two dates of every read: what was printed stays printed, what is known is in value order."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bankcore.audit import ask
from bankcore.operations.interest import signed
from bankcore.projections.window import Window
from helpers.late_lives import ACTS, START, live, two_accounts

Acts = list[tuple[int, int, int, int]]
QUICK = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(ACTS)
def test_with_both_dates_on_one_day_a_read_equals_what_was_printed_that_day(
    tmp_path: Path, acts: Acts
) -> None:
    printed: dict[date, object] = {}
    with two_accounts(tmp_path) as (desk, _):
        for account, fen, late, days in acts:
            live(desk, [(account, fen, late, 0)])
            day = desk.bank.day
            assert day is not None
            desk.bank.close_day()
            printed[day] = (ask.booked_balances(desk.bank), ask.trial_balance(desk.bank))
            desk.bank.advance(day + timedelta(days=1 + days))
        for day, said in printed.items():
            window = Window(day, day)
            again = (ask.booked_balances(desk.bank, window), ask.trial_balance(desk.bank, window))
            assert again == said


@QUICK
@given(ACTS, st.dates(START, START + timedelta(days=30)))
def test_with_all_that_is_known_a_read_is_history_in_the_order_of_value_dates(
    tmp_path: Path, acts: Acts, on: date
) -> None:
    with two_accounts(tmp_path) as (desk, _):
        live(desk, acts)
        rows = {r.account: r.booked for r in ask.booked_balances(desk.bank, Window(on, None))}
        history = sorted(desk.entries(), key=lambda entry: (entry.value_date, entry.position))
        for account, booked in rows.items():
            counted = [
                signed(entry.event).minor
                for entry in history
                if entry.stream == account and entry.value_date <= on
            ]
            assert booked.minor == sum(counted)
