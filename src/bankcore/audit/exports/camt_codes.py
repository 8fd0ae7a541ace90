"""Bank transaction codes (交易代码) of ISO 20022 for what moves a deposit account.

Domain, family and sub-family are from the external code list; what the list has no word for is
`OTHR`. The event's own name stands beside them as the proprietary code, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bankcore.aggregates.deposit_account import events as e


class Code(NamedTuple):
    """Domain, family and sub-family, four letters each."""

    domain: str
    family: str
    sub: str


_PAYMENT: Final = "PMNT"
_ACCOUNT: Final = "ACMT"
_CREDIT: Final = "MCOP"
_DEBIT: Final = "MDOP"

_CODES: Final[Mapping[type[Any], Code]] = {
    e.FundsDeposited: Code(_PAYMENT, "CNTR", "CDPT"),
    e.FundsWithdrawn: Code(_PAYMENT, "CNTR", "CWDL"),
    e.AccountCredited: Code(_PAYMENT, "RCDT", "OTHR"),
    e.AccountDebited: Code(_PAYMENT, "ICDT", "OTHR"),
    e.FundsDeductedByOrder: Code(_ACCOUNT, _DEBIT, "OTHR"),
    e.DepositFeeCharged: Code(_ACCOUNT, _DEBIT, "FEES"),
}
_BOTH_SIDES: Final[Mapping[type[Any], str]] = {
    e.InterestPaid: "INTR",
    e.InterestAdjusted: "ADJT",
    e.DepositEntryReversed: "ADJT",
}


def code_of(event: Any, *, credit: bool) -> Code:
    """The code of an event that moves an account; a new such event must be given one here."""
    sub = _BOTH_SIDES.get(type(event))
    if sub is None:
        return _CODES[type(event)]
    return Code(_ACCOUNT, _CREDIT if credit else _DEBIT, sub)
