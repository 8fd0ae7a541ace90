"""Explaining and recomputing the figures of complaints and customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bankcore.aggregates.complaint import COMPLAINT
from bankcore.aggregates.complaint import closing_commands as x
from bankcore.aggregates.complaint import commands as c
from bankcore.aggregates.complaint import decision_events as m
from bankcore.aggregates.complaint import events as e
from bankcore.aggregates.complaint.kinds import (
    Finding,
    Outcome,
    RedressFlow,
    RedressItem,
    RedressKind,
    Remedy,
)
from bankcore.aggregates.customer import standing_commands as standing
from bankcore.aggregates.customer import standing_events
from bankcore.aggregates.employee import commands as staff
from bankcore.audit.ask import explain
from bankcore.audit.explain.explanation import Explanation
from bankcore.audit.recompute.registry import RECOMPUTERS
from bankcore.projections.window import Window
from bankcore.rules.complaints.clock import Stage
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.rules.employees.appointment import Education
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from bankcore.values.roles import Actor, Role
from spec import Desk, bank

OFFICER = Actor("qin", Role.COMPLAINT_HANDLER)
HR = Actor("hr1", Role.HR)


def decided(command: c.Decide) -> Desk:
    desk = bank("2026-06-30")
    desk.do(c.Register(complaint="1", customer="C1", channel="branch", facts=("fee",)), OFFICER)
    desk.do(c.Assign(complaint="1", handler="qin"), OFFICER)
    desk.do(c.Investigate(complaint="1", result=Finding.SUBSTANTIATED), OFFICER)
    desk.do(command, OFFICER)
    return desk


def wrong(*items: tuple[str, str, str]) -> c.Decide:
    return c.Decide(
        complaint="1",
        outcome=Outcome.UPHELD,
        remedy=Remedy.COMPENSATION,
        kind=RedressKind.WRONG_INTEREST,
        items=tuple(
            RedressItem(on=date.fromisoformat(on), charged=yuan(charged), right=yuan(right))
            for on, charged, right in items
        ),
    )


def missold(value_now: str, share: int) -> c.Decide:
    return c.Decide(
        complaint="1",
        outcome=Outcome.UPHELD,
        remedy=Remedy.COMPENSATION,
        kind=RedressKind.MISSOLD,
        paid_in=(RedressFlow(on=date(2025, 5, 19), amount=yuan("100000")),),
        received=(RedressFlow(on=date(2025, 12, 31), amount=yuan("1234.56")),),
        value_now=yuan(value_now),
        customer_share_pct=share,
    )


def parts(found: Explanation) -> dict[str, Fraction]:
    return {part.label_en: part.amount for part in found.parts}


@pytest.mark.parametrize(
    "command",
    [
        wrong(("2026-01-20", "1020", "1000"), ("2026-02-20", "980", "990")),
        wrong(("2026-01-20", "1000", "1020")),
        missold("88000", 0),
        missold("88000", 33),
        missold("120000", 0),
    ],
)
def test_a_redress_is_explained_to_the_last_fraction(command: c.Decide) -> None:
    desk = decided(command)
    found = explain(desk.bank, "redress", "complaint-1")
    assert found.adds_up
    amount = desk.found(m.ComplaintDecided)[0].event.amount
    assert found.value == amount.minor


def test_the_parts_of_a_wrong_interest_are_its_items_and_their_time_value() -> None:
    # 20.00 for 161 days less 10.00 for 130 days at 3 %: 0.2646 − 0.1068 = 0.1578 (cmp-07-04).
    found = explain(
        decided(wrong(("2026-01-20", "1020", "1000"), ("2026-02-20", "980", "990"))).bank,
        "redress",
        "complaint-1",
    )
    assert [part.amount for part in found.parts] == [2000, -1000, 16]
    assert found.parts[-1].exact == Fraction(3, 100) * (
        2000 * Fraction(161, 365) - 1000 * Fraction(130, 365)
    )


def test_days_late_are_days_gone_less_days_allowed_and_excluded() -> None:
    desk = bank("2026-06-08")
    desk.do(c.Register(complaint="1", customer="C1", channel="branch", facts=("fee",)), OFFICER)
    early = explain(desk.bank, "late-days", "complaint-1")
    assert (early.value, early.adds_up) == (Fraction(0), True)
    desk.advance("2026-06-30")
    span = c.ExcludeSpan(
        complaint="1", since=date(2026, 6, 10), until=date(2026, 6, 13), notice="letter"
    )
    desk.do(span, OFFICER)
    late = explain(desk.bank, "late-days", "complaint-1")
    # 22 days since the 8th, 15 allowed, 3 excluded.
    assert parts(late) == {
        "Days since receipt": 22, "Days allowed": -15, "Days excluded": -3,
    }  # fmt: skip
    assert (late.value, late.adds_up) == (Fraction(4), True)


def test_a_risk_score_is_explained_by_its_elements() -> None:
    desk = bank()
    rate = standing.RateRisk(customer="C1", person=2, geography=3, product=2, occupation=2)
    desk.do(rate, Actor("co", Role.COMPLIANCE))
    found = explain(desk.bank, "risk-score", "customer-C1")
    assert (found.value, found.adds_up, found.shown) == (Fraction(44), True, "44 (low)")


@pytest.mark.parametrize(
    ("figure", "subject"), [("redress", "complaint-1"), ("risk-score", "customer-C1")]
)
def test_a_figure_that_is_not_there_is_bad_input(figure: str, subject: str) -> None:
    desk = bank()
    desk.do(c.Register(complaint="1", customer="C1", channel="branch", facts=("fee",)), OFFICER)
    with pytest.raises(BadInput):
        explain(desk.bank, figure, subject)
    with pytest.raises(BadInput):
        explain(desk.bank, "late-days", "complaint-1", Window(known_at=date(2020, 1, 1)))


def entry_of(desk: Desk, kind: type) -> Entry[Any]:
    return desk.found(kind)[0]


def problem(entry: Entry[Any], before: Any, **change: Any) -> str | None:
    altered = replace(entry, event=replace(entry.event, **change))
    return RECOMPUTERS[type(entry.event)](before, altered)


def test_a_decided_redress_is_recomputed_from_its_basis() -> None:
    entry = entry_of(decided(wrong(("2026-01-20", "1020", "1000"))), m.ComplaintDecided)
    assert problem(entry, None) is None
    assert "CMP-07" in str(problem(entry, None, difference=yuan("19.99")))
    assert "add up" in str(problem(entry, None, amount=yuan("1")))
    assert "remainder" in str(problem(entry, None, remainder=Fraction(0)))
    nothing = problem(
        entry, None, basis=None, amount=yuan("0"), difference=yuan("0"), time_value=yuan("0"),
        remainder=Fraction(0),
    )  # fmt: skip
    assert nothing is None


def test_an_extended_due_day_is_recomputed_from_the_clock() -> None:
    desk = bank("2026-06-08")
    desk.do(staff.RecordEducation(employee="xu", level=Education.BACHELOR), HR)
    desk.do(staff.VerifyEducation(employee="xu"), HR)
    desk.do(staff.Declare(employee="xu"), HR)
    appoint = staff.Appoint(employee="xu", name="xu", role=Role.BRANCH_HEAD, grade=5)
    desk.do(appoint, HR)
    desk.do(c.Register(complaint="1", customer="C1", channel="branch", facts=("fee",)), OFFICER)
    before = desk.bank.state(COMPLAINT, "1")
    extend = c.Extend(
        complaint="1", stage=Stage.COMPLEX, reason="many accounts", approver="xu",
        told_on=date(2026, 6, 8),
    )  # fmt: skip
    desk.do(extend, OFFICER)
    entry = entry_of(desk, e.ComplaintExtended)
    assert problem(entry, before) is None
    assert "CMP-04" in str(problem(entry, before, due=date(2026, 7, 9)))
    assert "before it was registered" in str(problem(entry, None))


def test_a_risk_score_is_recomputed_from_its_elements() -> None:
    desk = bank()
    rate = standing.RateRisk(
        customer="C1", person=2, geography=3, product=2, occupation=2,
        overrides=("foreign_pep",), reason="minister",
    )  # fmt: skip
    desk.do(rate, Actor("co", Role.COMPLIANCE))
    entry = entry_of(desk, standing_events.CustomerRiskRated)
    assert problem(entry, None) is None
    assert "score" in str(problem(entry, None, score=Fraction(45)))
    assert "foreign_pep" in str(problem(entry, None, grade=RiskGrade.LOW))


def test_withdrawn_complaints_stay_explained() -> None:
    desk = bank("2026-06-08")
    desk.do(c.Register(complaint="1", customer="C1", channel="branch", facts=("fee",)), OFFICER)
    desk.advance("2026-06-25")
    desk.do(x.Withdraw(complaint="1"), Actor("C1", Role.CUSTOMER))
    desk.advance("2026-06-30")
    assert explain(desk.bank, "late-days", "complaint-1").value == 2
