"""What contracts tie an account down: no event where nothing was tied."""

from __future__ import annotations

from bankcore.operations.decision import Decision, Frame
from bankcore.operations.money import link, unlink
from bankcore.projections.live import Live
from bankcore.store.reader import LiveReader
from bankcore.values.roles import Actor, Role
from spec import bank


def test_an_account_is_freed_once_and_only_of_what_uses_it() -> None:
    desk = bank()
    frame = Frame(actor=Actor("system", Role.SYSTEM), command_id="x")
    decision = Decision(LiveReader(desk.bank.log, Live()), frame)
    unlink(decision, "A1", "loan-L1", "autodebit")
    assert list(decision.entries) == []
    link(decision, "A1", "loan-L1", "autodebit")
    unlink(decision, "A1", "loan-L1", "card_autopay")
    assert len(decision.entries) == 1
    unlink(decision, "A1", "loan-L1", "autodebit")
    unlink(decision, "A1", "loan-L1", "autodebit")
    assert len(decision.entries) == 2
