"""Complaint clocks: what is due and how late, at any pair of dates."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.complaint import closing_commands as x
from bankcore.aggregates.complaint import commands as c
from bankcore.projections.complaint_clocks import ComplaintClock, complaint_clocks, overdue
from bankcore.projections.states import fold_states
from bankcore.projections.window import Window
from bankcore.rules.complaints.severity import Business, BusinessChannel, Cause
from bankcore.values.roles import Actor, Role
from spec import NARRATOR, Desk, bank

OFFICER = Actor("qin", Role.COMPLAINT_HANDLER)


def office() -> Desk:
    desk = bank("2026-06-08")
    for key, received in (("1", date(2026, 6, 8)), ("2", date(2026, 6, 4))):
        register = c.Register(
            complaint=key, customer="C1", channel="phone", facts=("fee",), received=received
        )
        desk.do(register, OFFICER)
    return desk


def rows(desk: Desk, on: date, window: Window | None = None) -> dict[str, ComplaintClock]:
    states = fold_states(desk.entries(), window or Window())
    return {row.complaint: row for row in complaint_clocks(states, on)}


def test_a_complaint_taken_up_late_shows_it_and_its_clock_runs_from_receipt() -> None:
    found = rows(office(), date(2026, 6, 8))
    assert found["complaint-1"].registered_late == 0
    assert found["complaint-2"].registered_late == 4
    assert found["complaint-2"].due == date(2026, 6, 19)
    assert found["complaint-2"].acknowledged_late == 3


def test_an_overdue_complaint_comes_first_until_it_ends() -> None:
    desk = office()
    desk.advance("2026-06-24")
    late = overdue(fold_states(desk.entries()), date(2026, 6, 24))
    assert [(row.complaint, row.late_days) for row in late] == [
        ("complaint-2", 5),
        ("complaint-1", 1),
    ]
    desk.do(x.Withdraw(complaint="2"), NARRATOR)
    late = overdue(fold_states(desk.entries()), date(2026, 6, 30))
    assert [row.complaint for row in late] == ["complaint-1"]
    assert rows(desk, date(2026, 12, 31))["complaint-2"].late_days == 5


def test_the_row_tells_owner_severity_and_acknowledgement() -> None:
    desk = office()
    classify = c.Classify(
        complaint="1",
        business=Business.CARD,
        cause=Cause.PRICING,
        business_channel=BusinessChannel.COUNTER,
    )
    desk.do(classify, OFFICER)
    desk.do(c.Assign(complaint="1", handler="qin"), OFFICER)
    desk.do(c.Acknowledge(complaint="1"), OFFICER)
    row = rows(desk, date(2026, 6, 30))["complaint-1"]
    assert (row.handler, row.severity, row.stage) == ("qin", "ordinary", "assigned")
    assert (row.acknowledged_late, row.outcome, row.running) == (0, "", True)


def test_what_was_not_yet_known_is_not_on_the_list() -> None:
    desk = office()
    desk.advance("2026-06-10")
    desk.do(c.Register(complaint="3", customer="C1", channel="web", facts=("x",)), OFFICER)
    before = rows(desk, date(2026, 6, 10), Window(known_at=date(2026, 6, 9)))
    assert set(before) == {"complaint-1", "complaint-2"}
