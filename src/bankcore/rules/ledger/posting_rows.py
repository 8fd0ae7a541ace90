"""From a posting row to legs (记账), GL-02: amounts and chosen accounts in, balanced legs out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bankcore.rules.ledger.chart import CHART
from bankcore.rules.ledger.posting_table import ROWS
from bankcore.values.reasons import Reason, Rejected

_LEG: Final = re.compile(r"(Dr|Cr) (\S+) (\S+)")
_TERM: Final = re.compile(r"([+-]?)([a-z_]+)")

LegLine = tuple[str, int]
"""`(account, minor)`: debit positive, credit negative."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One leg of a row: sign of the side, account or placeholder, signed amount names."""

    side: int
    account: str
    terms: tuple[tuple[int, str], ...]


@cache
def patterns(row: str) -> tuple[_Pattern, ...]:
    """The parsed legs of a row of the table."""
    return tuple(
        _Pattern(
            1 if side == "Dr" else -1,
            account.strip("{}"),
            tuple((-1 if sign == "-" else 1, name) for sign, name in _TERM.findall(amount)),
        )
        for side, account, amount in _LEG.findall(ROWS[row])
    )


@cache
def _names(row: str) -> frozenset[str]:
    """The amounts that a row asks for."""
    return frozenset(name for pattern in patterns(row) for _, name in pattern.terms)


def legs(row: str, amounts: Mapping[str, int], accounts: Mapping[str, str]) -> tuple[LegLine, ...]:
    """The legs of a row in table order, GL-02.

    `amounts` are minor units by name, a name not given counts as zero; `accounts` fill the
    placeholders. Legs of zero are dropped, a negative amount flips the side. Refuses
    `amount_missing` when none of the row's amounts is given, `account_unknown` when an account
    is not in the chart.
    """
    parsed, names = patterns(row), _names(row)
    if parsed and names.isdisjoint(amounts):
        raise Rejected(Reason.AMOUNT_MISSING, row=row, needs=sorted(names))
    result, left = [], 0
    for pattern in parsed:
        minor = 0
        for sign, name in pattern.terms:
            minor += sign * amounts.get(name, 0)
        if minor:
            minor *= pattern.side
            left += minor
            result.append((_account(row, pattern.account, accounts), minor))
    if left:
        raise Rejected(Reason.UNBALANCED_ENTRY, row=row)
    return tuple(result)


def _account(row: str, name: str, accounts: Mapping[str, str]) -> str:
    account = name if name[0].isdigit() else accounts.get(name, "")
    if account not in CHART:
        raise Rejected(Reason.ACCOUNT_UNKNOWN, row=row, placeholder=name, account=account)
    return account
