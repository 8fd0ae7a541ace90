"""A log that lives again with nothing changed is the same to the last byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.whatif.recalling import Memory
from bankcore.audit.whatif.reliving import Group, Reliving, groups
from bankcore.operations.decision import Frame
from bankcore.scenarios.runner import run_scripts
from bankcore.scenarios.source import library
from bankcore.store.bank import Bank
from bankcore.values.money import yuan
from spec import NARRATOR, TELLER, Desk, bank

LIVES = ("life-renovation-year", "late-fact-restates-interest", "card-full-amount-interest",
         "loan-late-and-cured", "time-deposit-part-early")  # fmt: skip


def relived(entries: list[object], **options: object) -> tuple[Reliving, str]:
    with Bank.memory() as other:
        reliving = Reliving(other, **options)  # type: ignore[arg-type]
        reliving.live(entries)  # type: ignore[arg-type]
        return reliving, other.log.digest()


def test_with_nothing_changed_the_log_is_the_same_to_the_last_byte(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("lives") / "bank.db"
    run_scripts([library()[name] for name in LIVES], str(path))
    with Bank.open(str(path)) as there:
        entries, digest = list(there.entries()), there.log.digest()
    reliving, same = relived(entries)  # type: ignore[arg-type]
    assert same == digest
    assert reliving.departures == []
    # Most commands are found by their digest; only what no event kept is taken over.
    assert reliving.decided > 10 * reliving.taken > 0


def test_a_command_is_recalled_only_when_its_digest_proves_it() -> None:
    desk = bank("2026-01-05", opening="100.00")
    given = c.Deposit(account="A1", amount=yuan("5.00"))
    desk.do(given, TELLER)
    (group,) = [g for g in groups(desk.entries()) if g[0].event == _cash("5.00", g)]
    found = Memory().recall(group)
    assert found is not None
    assert (found.command, found.value_date) == (given, None)
    forged = [replace(group[0], command_digest="0" * 16)]
    assert Memory().recall(forged) is None


def _cash(amount: str, group: Group) -> object:
    event = group[0].event
    return replace(event, amount=yuan(amount)) if isinstance(event, e.FundsDeposited) else None


def test_a_past_value_date_is_asked_for_again() -> None:
    desk = bank("2026-01-05", opening="100.00")
    desk.advance("2026-01-09")
    valued = date(2026, 1, 7)
    frame = Frame(
        actor=NARRATOR,
        command_id="late-1",
        value_date=valued,
        ground="correction",
        approval="supervisor",
        approver="boss",
    )
    desk.bank.execute(c.Deposit(account="A1", amount=yuan("5.00")), frame)
    entries = desk.entries()
    reliving, digest = relived(entries)  # type: ignore[arg-type]
    assert digest == desk.bank.log.digest()
    assert reliving.taken < 5


def test_what_is_refused_otherwise_is_told_and_the_rest_goes_on() -> None:
    desk = bank("2026-01-05", opening="100.00")
    desk.do(c.Deposit(account="A1", amount=yuan("50.00")), TELLER)
    desk.do(c.Withdraw(account="A1", amount=yuan("120.00")), TELLER)
    desk.do(c.Deposit(account="A1", amount=yuan("7.00")), TELLER)
    entries = desk.entries()

    def fifty(group: Group) -> bool:
        return bool(group[0].event == _cash("50.00", group))

    with Bank.memory() as other:
        reliving = Reliving(other, fifty)
        reliving.live(entries)
        assert [d.reason.partition(" ")[0] for d in reliving.departures] == [
            "left",
            "insufficient_available_balance",
        ]
        rest = other.entries(other.log.head()[0] - 1)
        assert next(iter(rest)).event == entries[-1].event
        # What was counted before goes on being counted, without the two that are gone.
        assert next(iter(other.entries(other.log.head()[0] - 1))).version == entries[-1].version - 2


def test_the_events_of_a_stream_that_never_came_to_be_are_left_out() -> None:
    desk = bank("2026-01-05", opening="100.00")
    entries = desk.entries()
    reliving, _ = relived(entries, left_out=_applies)  # type: ignore[arg-type]
    reasons = {departure.reason.partition(" (")[0] for departure in reliving.departures}
    assert "left out" in reasons
    assert reasons & {"stream_not_found", "there is no account-A1"}


def _applies(group: Group) -> bool:
    return group[0].stream == "account-A1" and group[0].version == 1


def test_references_to_events_follow_their_new_names() -> None:
    desk = bank("2026-01-05", opening="100.00")
    desk.do(c.Deposit(account="A1", amount=yuan("50.00")), TELLER)
    desk.do(c.Deposit(account="A1", amount=yuan("9.00")), TELLER)
    wrong = desk.entries()[-1]
    desk.do(c.Reverse(account="A1", reverses=wrong.id, reason="keying"), approver="boss")
    entries = desk.entries()

    def fifty(group: Group) -> bool:
        return bool(group[0].event == _cash("50.00", group))

    with Bank.memory() as other:
        Reliving(other, fifty).live(entries)
        last = list(other.entries())[-1]
    assert last.event.reverses == f"account-A1@{wrong.version - 1}"
    assert last.event != entries[-1].event


def test_days_without_business_are_lived_too() -> None:
    desk = Desk(bank("2026-01-05", opening="100.00").bank)
    desk.advance(str(date(2026, 1, 5) + timedelta(days=90)))
    _, digest = relived(desk.entries())  # type: ignore[arg-type]
    assert digest == desk.bank.log.digest()
