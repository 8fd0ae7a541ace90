"""Adapter of the monitoring patterns, AML-06: parameters and movements from the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, money
from bankcore.rules.compliance.patterns import CustomerFacts, Observation, Seen, hits
from bankcore.values.money import ZERO, Money


def pattern(inputs: Inputs) -> Mapping[str, Any]:
    """AML-06."""
    movements = [_movement(t) for t in inputs["transactions"]]
    seen = Seen(day(inputs["as_of"]), movements, _facts(inputs["facts"]))
    params = {name: _number(value) for name, value in inputs["params"].items()}
    found = hits(inputs["pattern"], seen, params)
    return {"fired": bool(found), "ids": found}


def _number(value: str | int) -> int:
    """An amount in fen where it is written as one, else the number itself."""
    return value if isinstance(value, int) else money(value).minor


def _movement(given: Inputs) -> Observation:
    plain = ("id", "direction", "kind", "counterparty", "own_name", "channel", "by_customer")
    return Observation(
        **{name: given[name] for name in (*plain, "salary")},
        date=day(given["date"]),
        amount=money(given["amount"]),
    )


def _facts(given: Inputs) -> CustomerFacts:
    def amount(name: str) -> Money:
        return money(given[name]) if name in given else ZERO

    def on(name: str) -> date | None:
        return day(given[name]) if given.get(name) is not None else None

    return CustomerFacts(
        closing_balance=amount("closing_balance"),
        last_activity_before=on("last_activity_before"),
        opened=on("opened"),
        disbursed=amount("disbursed"),
        disbursed_on=on("disbursed_on"),
        previous_month_inflows=[money(text) for text in given.get("previous_month_inflows", ())],
    )


ADAPTERS: Final[dict[str, Adapter]] = {"AML-06": pattern}
