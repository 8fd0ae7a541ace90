"""Scripts are played deterministically and what they expect is checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_source import SMALL

from bankcore.scenarios.check import check
from bankcore.scenarios.runner import run_script, run_scripts
from bankcore.scenarios.source import Source, library, load, parse
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput

QUICK = "demand-account-quarter"
PLAY = (
    f"from bankcore.cli import main; main(['run', '{QUICK}', 'complaint-with-a-clock', '--json'])"
)


def small(more: str = "") -> Source:
    return check(parse(SMALL + more, "small.toml"))


@pytest.mark.parametrize("script", sorted(library()))
def test_every_script_of_the_library_is_checked_and_comes_out(script: str) -> None:
    result = run_script(check(load(script)))
    assert [str(failure) for failure in result.failures] == []
    assert result.ok
    assert result.checked == len(load(script).script.expect) > 0


def digests(seed: str, locale: str) -> list[dict[str, object]]:
    environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Shanghai"}
    done = subprocess.run(
        [sys.executable, "-c", PLAY],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_digest_is_the_same_in_every_process_locale_and_hash_seed() -> None:
    first = digests("0", "C")
    assert digests("1", "zh_CN.UTF-8") == first
    assert digests("4711", "tr_TR.UTF-8") == first
    assert [line["id"] for line in first] == [QUICK, "complaint-with-a-clock"]
    assert {"id", "ok", "digest", "events"} <= set(first[0])


def test_a_log_in_a_file_has_the_digest_of_the_one_in_memory(tmp_path: Path) -> None:
    target = str(tmp_path / "bank.db")
    result = run_script(load(QUICK), target)
    assert result == run_script(load(QUICK))
    with Bank.open(target) as bank:
        assert (bank.log.digest(), bank.log.head()[0]) == (result.digest, result.events)


def test_an_expectation_that_is_not_met_is_told_with_its_place() -> None:
    expect = '[[expect]]\nwhat = "balance"\nof = "a"\nis = 1\n'
    result = run_script(small(expect))
    assert not result.ok
    assert str(result.failures[0]) == (
        "small.toml:26: expect.0: expected balance a = 1, found 112.34"
    )


def test_a_step_that_is_refused_stops_its_script() -> None:
    fields = '{ account = "a", amount = 999 }'
    step = f'[[step]]\ndo = "deposit_account.withdraw"\nas = "c"\nwith = {fields}\n'
    result = run_script(small(f'{step}[[expect]]\nwhat = "balance"\nof = "a"\nis = 1\n'))
    assert "refused: insufficient_available_balance" in str(result.failures[0])
    assert (len(result.failures), result.checked) == (1, 0)


@pytest.mark.parametrize(
    ("refused", "found"),
    [("account_frozen", "refused: insufficient_available_balance"), ("", "")],
)
def test_a_refusal_has_to_be_the_one_expected(refused: str, found: str) -> None:
    amount, reason = ("999", refused) if refused else ("1", "insufficient_available_balance")
    step = (
        f'[[step]]\ndo = "deposit_account.withdraw"\nas = "c"\nrefused = "{reason}"\n'
        f'with = {{ account = "a", amount = {amount} }}\n'
    )
    result = run_script(small(step))
    assert (found or "found done") in str(result.failures[0])


def test_a_step_with_a_condition_happens_only_when_it_holds() -> None:
    def deposit(condition: str) -> str:
        fields = '{ account = "a", amount = 1 }'
        what = f'do = "deposit_account.deposit"\nwith = {fields}'
        return f"[[step]]\n{what}\nwhen = [{{ {condition} }}]\n"

    steps = "".join(
        (
            deposit('event = "FundsDeposited", of = "account-a", has = { amount = ">=12" }'),
            deposit('event = "FundsDeposited", has = { amount = ">=5000" }'),
            deposit('absent = "FundsWithdrawn"'),
            deposit('event = "FundsDeposited", least = 9'),
            deposit('event = "FundsDeposited|FundsWithdrawn", who = "c", by = 2026-02-02'),
            deposit('event = "FundsDeposited", by = 2026-01-04'),
        )
    )
    result = run_script(small(f'{steps}[[expect]]\nwhat = "balance"\nof = "a"\nis = 115.34\n'))
    assert [str(failure) for failure in result.failures] == []


def test_an_act_refers_to_an_event_of_an_earlier_one() -> None:
    reverse = (
        '[[step]]\nid = "slip"\ndo = "deposit_account.deposit"\nas = "t:teller_cash"\n'
        'with = { account = "a", amount = 7 }\n'
        '[[step]]\ndo = "deposit_account.reverse"\nas = "t:teller_cash"\napprover = "chief"\n'
        'with = { account = "a", reverses = "$slip.FundsDeposited", reason = "typo" }\n'
        '[[expect]]\nwhat = "balance"\nof = "a"\nis = 112.34\n'
    )
    result = run_script(small(reverse))
    assert [str(failure) for failure in result.failures] == []


def test_a_second_play_into_one_log_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    target = str(tmp_path / "bank.db")
    before = run_script(load(QUICK), target)
    with pytest.raises(BadInput, match="the log is already at 2026-03-22"):
        run_script(load(QUICK), target)
    with Bank.open(target) as bank:
        assert bank.log.digest() == before.digest


def test_two_scripts_share_a_bank_in_date_order_and_both_come_out() -> None:
    names = ["held-frozen-and-closed", QUICK, "complaint-with-a-clock"]
    results = run_scripts([check(load(name)) for name in names])
    assert [(result.id, result.ok) for result in results] == [(name, True) for name in names]
    assert len({result.digest for result in results}) == 1


def test_the_whole_library_shares_one_bank() -> None:
    results = run_scripts([*library().values()])
    assert [str(failure) for result in results for failure in result.failures] == []
    assert len(results) >= 14


def test_no_two_scripts_of_the_library_use_one_id() -> None:
    owners: dict[str, str] = {}
    for source in library().values():
        for person in source.script.cast:
            assert owners.setdefault(person.id, source.script.id) == source.script.id, person.id
