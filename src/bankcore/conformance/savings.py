"""Savings interest of another core banking system: daily balance, compounding, overdraft.

Format of `oracles/README.md` section 3; amounts with four decimals, half to even.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.result import CaseResult, Status, compared
from bankcore.rules.instalment_plans import rounded

KIND: Final = "Fineract savings"
UNIT: Final = 10_000
SIGNS: Final = {"deposit": 1, "withdrawal": -1, "withdrawal_fee": -1}
Data = Mapping[str, Any]


def savings_results(data: Data) -> Iterator[CaseResult]:
    """One case an account or a maturity formula, at the precision that is given."""
    for case in data["cases"]:
        try:
            yield _case(case)
        except (KeyError, ValueError) as fault:
            problem = f"terms not understood: {fault}"
            yield CaseResult(KIND, case["id"], Status.FAILED, problem, case["inputs"])


def _case(case: Data) -> CaseResult:
    inputs, expected = case["inputs"], case["expected"]
    if "compounding_every_months" in inputs:
        exact = maturity(inputs)
        wanted = expected["maturity_amount"]
        pairs = [(wanted, _shown(exact, wanted), Fraction(wanted) == exact)]
        return compared(KIND, case["id"], inputs, pairs)
    key = next(k for k in ("interest", "overdraft_interest", "balance") if k in expected)
    got = Fraction(_amount(inputs, expected, key), UNIT)
    wanted = expected[key]
    return compared(KIND, case["id"], inputs, [(wanted, _shown(got, wanted), _at(wanted, got))])


def maturity(inputs: Data) -> Fraction:
    """Principal with interest compounded every so many months, exact."""
    every = int(inputs["compounding_every_months"])
    rate = Fraction(inputs["annual_rate_pct"]) / 100 * every / 12
    return Fraction(inputs["principal"]) * (1 + rate) ** (int(inputs["months"]) // every)


def _at(wanted: str, got: Fraction) -> bool:
    """Equal at as many decimals as are given."""
    places = len(wanted.partition(".")[2])
    unit = Fraction(10**places)
    return bool(rounded(got * unit).minor == Fraction(wanted) * unit)


def _shown(number: Fraction, like: str) -> str:
    places = len(like.partition(".")[2])
    scaled = rounded(number * 10**places).minor
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _amount(inputs: Data, expected: Data, key: str) -> int:
    """The figure asked for, in ten-thousandths."""
    postings = list(_postings(inputs, expected))
    if key == "balance":
        return postings[-1][1]
    return abs(postings[-1][0])


def _postings(inputs: Data, expected: Data) -> Iterator[tuple[int, int]]:
    """Interest and balance after each posting, up to the one that is asked for."""
    moves = _moves(inputs)
    first = min(moves)
    last = _last_day(inputs, expected, first)
    rates = [
        Fraction(inputs[k]) / 100 / int(inputs["days_in_year"])
        for k in ("annual_rate_pct", "overdraft_rate_pct")
        if k in inputs
    ]
    balance, grown, day = 0, Fraction(0), first
    annual = inputs["posting"] == "ANNUAL"
    while day < last:
        balance += moves.get(day, 0)
        rate = rates[-1] if balance < 0 else rates[0]
        grown += (balance + grown) * rate
        day += timedelta(days=1)
        if not annual or day == last:
            interest = rounded(grown).minor
            balance, grown = balance + interest, Fraction(0)
            yield interest, balance


def _moves(inputs: Data) -> dict[date, int]:
    moves: dict[date, int] = {}
    for entry in inputs["transactions"]:
        if entry.get("reversed"):
            continue
        given = entry.get("date")
        start = date(2000, 1, 1)
        day = date.fromisoformat(given) if given else start + timedelta(days=int(entry["day"]))
        amount = int(Fraction(entry["amount"]) * UNIT) * SIGNS[entry["type"]]
        moves[day] = moves.get(day, 0) + amount
    return moves


def _last_day(inputs: Data, expected: Data, first: date) -> date:
    """The day on which the last posting is made; at a period's end the day itself counts."""
    if "interest_posted_on" in expected:
        on = date.fromisoformat(expected["interest_posted_on"])
        return on + timedelta(days=1) if inputs.get("post_at_period_end") else on
    if "balance_date" in expected:
        return date.fromisoformat(expected["balance_date"])
    if "balance_after_posting_no" in expected:
        return first + timedelta(days=int(expected["balance_after_posting_no"]))
    return first + timedelta(days=int(inputs["post_through_day"]))
