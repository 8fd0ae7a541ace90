"""What an accrual is: the exact interest of one stream that is not yet settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.products.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Accrual:
    """Exact accrued interest of one stream in minor units, with rule, inputs and accounts.

    `debit` and `credit` are the ledger accounts of the virtual legs (GL-06 step 3).
    """

    stream: str
    product: str
    exact: Fraction
    rule: str
    inputs: Mapping[str, object]
    debit: str
    credit: str


Provider = Callable[[str, Any, date, Catalogue], Iterable[Accrual]]
