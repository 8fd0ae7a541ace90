"""Which ledger account a posting uses (记账科目选择): the account rules below GL-02.

Pure tables: product, family and rail codes to accounts of the chart (GL-01).
"""

from __future__ import annotations

from typing import Final

CASH: Final = "1001"
SUSPENSE: Final = "2241.01"
OUTGOING: Final = "2241.02"
RECOURSE: Final = "1221.04"
DORMANT: Final = "2011.12"

_DEPOSIT: Final = {
    "demand": "2011.01",
    "demand_q": "2011.01",
    "lump_lump": "2011.02",
    "instal_lump": "2011.03",
    "lump_instal": "2011.04",
    "interest_draw": "2011.05",
    "notice_1d": "2011.06",
    "notice_7d": "2011.06",
    "optional": "2011.07",
    "large_cd": "2011.08",
    "agreement": "2011.09",
}
_EXPENSE: Final = {
    "demand": "6411.01",
    "demand_q": "6411.01",
    "agreement": "6411.01",
    "notice_1d": "6411.03",
    "notice_7d": "6411.03",
    "optional": "6411.03",
}
_LOAN: Final = {
    "consumer": "1303.01",
    "business": "1303.02",
    "housing": "1303.03",
    "auto": "1303.04",
}
_RAIL: Final = {
    "hvps": "3001.01",
    "beps": "3001.02",
    "ibps": "3001.03",
    "unionpay": "3001.04",
    "registrar": "3001.05",
}


RAILS: Final = tuple(_RAIL)
"""The rails that the bank clears over (清算通道)."""


def deposit_account(product: str) -> str:
    """The liability account of a deposit product: 2011.01 for demand, 2011.02 for lump_lump."""
    return _DEPOSIT[product]


def interest_expense(product: str) -> str:
    """The expense account of a deposit product's interest; time products use 6411.02."""
    return _EXPENSE.get(product, "6411.02")


def loan_account(family: str) -> str:
    """The asset account of performing principal by family: consumer, business, housing, auto."""
    return _LOAN[family]


def rail_account(rail: str) -> str:
    """The clearing account of a rail: hvps, beps, ibps, unionpay, registrar."""
    return _RAIL[rail]
