"""Two banks on one log: a day is closed over everything that was booked on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.business_day.events import DayClosed
from bankcore.aggregates.customer.commands import RegisterProspect
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.store.log import open_log
from bankcore.values.errors import Conflict
from bankcore.values.roles import Actor, Role
from samples import deposit


def test_a_close_is_decided_again_when_anything_was_booked_meanwhile(
    shared_target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Bank.open(shared_target, create=True) as closing, Bank.open(shared_target) as other:
        closing.advance(date(2026, 3, 2))
        append = closing.log.append
        tries: list[int] = []

        def late(*args: Any, **terms: Any) -> list[int]:
            if not tries:
                frame = Frame(actor=Actor("M1", Role.RM), command_id="meanwhile")
                other.execute(RegisterProspect(customer="C9", name="N"), frame)
            tries.append(terms["last"])
            return append(*args, **terms)

        monkeypatch.setattr(closing.log, "append", late)
        closed = closing.close_day().entries
        event = closed[-1].event
        assert isinstance(event, DayClosed)
        assert event.position == closed[0].position - 1 == tries[0] + 1
        assert len(tries) == 2


def test_a_save_that_rests_on_the_whole_log_conflicts_when_it_has_grown(target: str) -> None:
    with open_log(target, create=True) as log:
        log.append([deposit("a-1", 1)])
        with pytest.raises(Conflict):
            log.append([deposit("b-1", 1)], last=0)
        assert log.append([deposit("b-1", 1)], last=1) == [2]
