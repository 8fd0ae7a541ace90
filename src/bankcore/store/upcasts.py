"""Old stored forms: how a body written under an earlier event version is read today.

Stored bytes are never rewritten. Each old name maps to the name of the next version and a
function from the old body to the next one; a name two versions old takes two steps. What is
shown is always the current class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from bankcore.store.leaves import Misfit

Body = dict[str, Any]


class Upcast(NamedTuple):
    """One step: the old fields in their order, the next stored name, and the next body.

    `body` makes a new dict with the next version's fields in their order, as they are stored.
    """

    fields: tuple[str, ...]
    to: str
    body: Callable[[Body], Body]


def _funds_deposited_1(body: Body) -> Body:
    """Version 1 chose no accounts; every deposit then was demand money, paid in as cash."""
    return {**body, "gl": {"deposit": "2011.01", "source": "1001"}}


def _agreement_signed_1(body: Body) -> Body:
    """Version 1 knew no agreement accounts."""
    return {**body, "contract": None}


_SETTLED_1: Final = (
    "start",
    "until",
    "balance_days",
    "interest",
    "remainder",
    "rate",
    "rate_valid_from",
    "tax",
    "gl",
)


def _interest_settled_1(body: Body) -> Body:
    """Version 1 knew one rate a period; the second stands before the tax."""
    return {name: body.get(name) for name in (*_SETTLED_1[:7], "upper", *_SETTLED_1[7:])}


def _card_restated_1(body: Body) -> Body:
    """Version 1 did not keep what the test of the last statement had seen."""
    match body:
        case {"book": {"standing": dict(last), **book}}:
            kept = {**last, "decided_balance": None, "decided_minimum": None}
            # The fields of the book are stored in their order.
            return {**body, "book": {name: book.get(name, kept) for name in body["book"]}}
    return body


_APPLIED_1: Final = ("paid", "principal", "interest", "fees", "excess", "allocation", "gl")


def _credit_balance_applied_1(body: Body) -> Body:
    """Version 1 left the unused line as it was."""
    return {name: body.get(name, 0) for name in (*_APPLIED_1[:5], "amount", *_APPLIED_1[5:])}


_RESTATED_1: Final = (
    *("paid", "principal", "interest", "fees", "excess", "fee", "amount"),
    *("cause", "book", "gl"),
)


def _interest_adjusted_1(body: Body) -> Body:
    """Version 1 moved no tax; the tax of its periods stayed as it was settled."""
    found = body.get("periods")
    periods = found if not isinstance(found, list) else [_untaxed(period) for period in found]
    return {
        "difference": body.get("difference"),
        "tax": 0,
        "periods": periods,
        "cause": body.get("cause"),
        "gl": body.get("gl"),
    }


def _untaxed(period: Any) -> Any:
    return {**period, "tax": None} if isinstance(period, dict) else period


def _time_interest_adjusted_1(body: Body) -> Body:
    """Version 1 moved no tax."""
    rest = {name: body.get(name) for name in ("cause", "reason", "target", "gl")}
    return {"difference": body.get("difference"), "tax": 0, **rest}


UPCASTS: Final[dict[str, Upcast]] = {
    "deposit_account.FundsDeposited.1": Upcast(
        ("amount", "source"), "deposit_account.FundsDeposited.2", _funds_deposited_1
    ),
    "deposit_account.DepositAgreementSigned.1": Upcast(
        ("terms",), "deposit_account.DepositAgreementSigned.2", _agreement_signed_1
    ),
    "deposit_account.InterestSettled.1": Upcast(
        _SETTLED_1, "deposit_account.InterestSettled.2", _interest_settled_1
    ),
    "card_line.CreditBalanceApplied.1": Upcast(
        _APPLIED_1, "card_line.CreditBalanceApplied.2", _credit_balance_applied_1
    ),
    "card_line.CardRestated.1": Upcast(_RESTATED_1, "card_line.CardRestated.2", _card_restated_1),
    "deposit_account.InterestAdjusted.1": Upcast(
        ("difference", "periods", "cause", "gl"),
        "deposit_account.InterestAdjusted.2",
        _interest_adjusted_1,
    ),
    "time_deposit.TimeDepositInterestAdjusted.1": Upcast(
        ("difference", "cause", "reason", "target", "gl"),
        "time_deposit.TimeDepositInterestAdjusted.2",
        _time_interest_adjusted_1,
    ),
}


def upcast(name: str, body: Body) -> tuple[str, Body]:
    """The current name and body of a stored one; a name that was never replaced stays.

    A body that has not the fields of its version is a `Misfit`.
    """
    while name in UPCASTS:
        step = UPCASTS[name]
        if tuple(body) != step.fields:
            raise Misfit(f"{name} has the fields {list(step.fields)}, not {list(map(str, body))}")
        name, body = step.to, step.body(body)
    return name, body
