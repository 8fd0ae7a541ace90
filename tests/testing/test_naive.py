"""The naive model against the worked examples of the rulebook: it must be right itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bankcore.conformance.cases import Case
from bankcore.testing.naive.account import NaiveAccount, Restriction, Settlement, Tier, count
from bankcore.testing.naive.basics import Movement, half_up
from bankcore.testing.naive.deposit import overdue
from bankcore.testing.naive.time_deposit import Cycle
from bankcore.values.money import yuan
from helpers.references import examples


def cases(rule: str, *without: str) -> list[Any]:
    """The cases of a rule that end in a figure, leaving out those with a key of another variant."""
    kept = [c for c in examples("deposits.json") if c.rule == rule and "reason" not in c.expected]
    kept = [c for c in kept if c.inputs.get("base", "yuan") == "yuan"]
    return [pytest.param(c, id=c.name) for c in kept if not set(without) & set(c.inputs)]


def fen(text: str) -> int:
    return yuan(text).minor


def moved(day: str, amount: str) -> Movement:
    return Movement(date.fromisoformat(day), date.fromisoformat(day), fen(amount), "deposit")


@pytest.mark.parametrize("case", cases("DEP-02"))
def test_interest_day_by_day(case: Case) -> None:
    given = case.inputs
    moves = [Movement(date.min, date.min, fen(given["opening_balance"]), "deposit")]
    moves += [moved(m["date"], m["amount"]) for m in given["movements"]]
    start, end = date.fromisoformat(given["start"]), date.fromisoformat(given["end"])
    exact = count(moves, start, end, Fraction(given["rate_pct"]))
    assert half_up(exact) == fen(case.expected["interest"])


@pytest.mark.parametrize("case", cases("DEP-16"))
def test_two_tiers_day_by_day(case: Case) -> None:
    given = case.inputs
    moves = [Movement(date.min, date.min, fen(given["opening_balance"]), "deposit")]
    moves += [moved(m["date"], m["amount"]) for m in given["movements"]]
    start, end = date.fromisoformat(given["start"]), date.fromisoformat(given["end"])
    until = date.fromisoformat(given["contract_end"]) if given["contract_end"] else date.max
    tier = Tier(fen(given["threshold"]), until, Fraction(given["agreement_rate_pct"]))
    exact = count(moves, start, end, Fraction(given["demand_rate_pct"]), tier)
    assert half_up(exact) == fen(case.expected["interest"])


@pytest.mark.parametrize("case", cases("GL-05"))
def test_settled_interest_recomputed(case: Case) -> None:
    given = case.inputs
    account = NaiveAccount("A1", "C1", "demand_q")
    account.movements.append(Movement(date.min, date.min, fen(given["opening"]), "deposit"))
    account.movements += [moved(m["date"], m["amount"]) for m in given["movements"]]
    for period in given["periods"]:
        end, rate = date.fromisoformat(period["to"]), Fraction(period["rate_pct"])
        start = date.fromisoformat(period["from"])
        interest = half_up(count(account.movements, start, end, rate))
        account.settlements.append(Settlement(start, end, end, rate, interest, interest))
        paid = date.fromisoformat(period["pay_on"])
        account.movements.append(Movement(paid, paid, interest, "interest"))
    assert [s.interest for s in account.settlements] == list(map(fen, case.expected["settled"]))
    account.movements += [moved(m["date"], m["amount"]) for m in given["late"]]
    found = account.restate()
    assert [s.now for s in account.settlements] == list(map(fen, case.expected["recomputed"]))
    assert (found[0] if found else 0) == fen(case.expected["difference"])


@pytest.mark.parametrize("case", cases("DEP-22"))
def test_what_is_available(case: Case) -> None:
    given = case.inputs
    account = NaiveAccount("A1", "C1", "demand_q", stage="active")
    account.movements.append(Movement(date.min, date.min, fen(given["balance"]), "deposit"))
    account.restrictions = [restriction(r) for r in given["restrictions"]]
    available = account.available(date.fromisoformat(given["on"]))
    assert available == fen(case.expected["available"])


def restriction(given: Mapping[str, Any]) -> Restriction:
    since = date.fromisoformat(given["from"])
    until = date.fromisoformat(given["until"]) if given["until"] else None
    return Restriction("R", given["kind"], fen(given["amount"] or "0.00"), since, until)


@pytest.mark.parametrize("case", cases("DEP-04"))
def test_a_term_to_its_maturity(case: Case) -> None:
    given = case.inputs
    start = date.fromisoformat(given["start"])
    cycle = Cycle(start, Fraction(given["rate_pct"]), given["term_months"])
    assert cycle.maturity == date.fromisoformat(case.expected["maturity"])
    interest = cycle.at_maturity(fen(given["principal"]))
    assert half_up(interest) == fen(case.expected["interest"])


@pytest.mark.parametrize("case", cases("DEP-06"))
def test_an_early_draw(case: Case) -> None:
    given = case.inputs
    start, on = date.fromisoformat(given["start"]), date.fromisoformat(given["on"])
    demand = Fraction(given["demand_rate_pct"])
    drawn = fen(case.expected["paid_principal"])
    assert half_up(overdue(drawn, demand, start, on)) == fen(case.expected["interest"])


@pytest.mark.parametrize("case", cases("DEP-07"))
def test_the_days_after_maturity(case: Case) -> None:
    given = case.inputs
    start, on = date.fromisoformat(given["start"]), date.fromisoformat(given["on"])
    cycle = Cycle(start, Fraction(given["rate_pct"]), given["term_months"])
    principal, demand = fen(given["principal"]), Fraction(given["demand_rate_pct"])
    late = half_up(overdue(principal, demand, cycle.maturity, on))
    assert late == fen(case.expected["overdue_interest"])
    assert half_up(cycle.at_maturity(principal)) == fen(case.expected["interest"])
