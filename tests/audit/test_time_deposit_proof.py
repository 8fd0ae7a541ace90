"""Verify derives every figure of a time deposit again: each altered figure is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.state import TimeDeposit, evolve
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.audit.recompute.registry import RECOMPUTERS
from bankcore.projections.window import Window
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, yuan
from spec import Desk, bank

FEN = Money(1)


def life() -> Desk:
    """Deposits of each kind, through every event that fixes a figure."""
    desk = bank("2025-06-10", opening="900000.00")
    opened: list[tuple[str, str, str, dict[str, Any]]] = [
        ("T1", "lump_lump", "50000.00", {"term_months": 3, "rollover": "principal_and_interest"}),
        ("T2", "lump_instal", "12000.00", {"term_months": 12, "step_months": 3}),
        ("T3", "interest_draw", "100000.00", {"term_months": 12, "step_months": 1}),
        ("T4", "notice_7d", "300000.00", {}),
    ]
    for key, product, amount, terms in opened:
        desk.do(c.Open(deposit=key, account="A1", product=product, amount=yuan(amount), **terms))
    desk.advance("2025-10-10")
    desk.do(c.WithdrawEarly(deposit="T1", amount=yuan("20000.00")))
    desk.do(c.WithdrawEarly(deposit="T1"))
    desk.do(c.WithdrawEarly(deposit="T3"))
    desk.do(c.Draw(deposit="T4", amount=yuan("100000.00")))
    return desk


def cases() -> list[tuple[TimeDeposit, Entry[Any]]]:
    """Each event with a recomputer, with the state of its deposit before it."""
    states: dict[str, TimeDeposit] = {}
    found = []
    for entry in life().entries():
        if not entry.stream.startswith("time-"):
            continue
        before = states.get(entry.stream)
        if before is not None and type(entry.event) in RECOMPUTERS:
            found.append((before, entry))
        states[entry.stream] = evolve(before, entry)
    return found


CASES = cases()
KINDS: list[type[Any]] = [
    e.TimeDepositMatured,
    e.TimeDepositPaidOut,
    e.TimeDepositWithdrawnEarly,
    e.TimeDepositRenewed,
    e.NoticeDepositDrawn,
    e.InterestDrawn,
    e.PrincipalDrawn,
    e.DrawnInterestClawedBack,
]
Forge = Callable[[Any], dict[str, object]]
FORGERIES: list[tuple[type[Any], str, Forge]] = [
    (e.TimeDepositMatured, "interest", lambda x: {"interest": x.interest + FEN}),
    (e.TimeDepositMatured, "remainder", lambda x: {"remainder": x.remainder + Fraction(1, 3)}),
    (e.TimeDepositPaidOut, "other", lambda x: {"other_interest": x.other_interest + FEN}),
    (e.TimeDepositPaidOut, "matured", lambda x: {"matured_interest": x.matured_interest + FEN}),
    (e.TimeDepositWithdrawnEarly, "interest", lambda x: {"interest": x.interest - FEN}),
    (e.TimeDepositRenewed, "principal", lambda x: {"principal": x.principal + FEN}),
    (e.TimeDepositRenewed, "maturity", lambda x: {"maturity": x.maturity + timedelta(days=1)}),
    (e.NoticeDepositDrawn, "interest", lambda x: {"interest": x.interest + FEN}),
    (e.NoticeDepositDrawn, "grade", lambda _: {"grade": "proper"}),
    (e.NoticeDepositDrawn, "amount", lambda x: {"amount": x.amount * 9}),
    (e.InterestDrawn, "interest", lambda x: {"interest": x.interest + FEN}),
    (e.PrincipalDrawn, "principal", lambda x: {"principal": x.principal + FEN}),
    (e.DrawnInterestClawedBack, "clawback", lambda x: {"clawback": x.clawback + FEN}),
]


def first(kind: type[Any]) -> tuple[TimeDeposit, Entry[Any]]:
    return next((before, entry) for before, entry in CASES if isinstance(entry.event, kind))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_true_figure_is_derived_again(kind: type[Any]) -> None:
    before, entry = first(kind)
    assert RECOMPUTERS[kind](before, entry) is None


@pytest.mark.parametrize(
    ("kind", "forge"),
    [(kind, forge) for kind, _, forge in FORGERIES],
    ids=[f"{kind.__name__}-{what}" for kind, what, _ in FORGERIES],
)
def test_a_forged_figure_is_noticed(kind: type[Any], forge: Forge) -> None:
    before, entry = first(kind)
    forged = replace(entry, event=replace(entry.event, **forge(entry.event)))
    assert RECOMPUTERS[kind](before, forged)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_figure_before_the_opening_is_noticed(kind: type[Any]) -> None:
    assert RECOMPUTERS[kind](None, first(kind)[1]) == "interest before the deposit was opened"


def test_a_maturity_before_its_day_is_noticed() -> None:
    before, entry = first(e.TimeDepositMatured)
    early = replace(entry, value_date=date(2025, 6, 11))
    assert "before" in (RECOMPUTERS[e.TimeDepositMatured](before, early) or "")


@pytest.mark.parametrize("figure", ["balance", "settled-interest", "accrued-interest"])
def test_a_deposit_that_does_not_exist_is_not_explained(figure: str) -> None:
    desk = bank("2025-06-10")
    seen = evidence(desk.entries(), Window(), desk.bank.catalogue, date(2025, 6, 10))
    with pytest.raises(BadInput, match="no time deposit"):
        explain(figure, "time-T9", seen)
