"""Adapters of the loan rules: rule id -> function from a case's inputs to its expected shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.rulebook.loans import (
    arrears,
    classes,
    origination,
    post_loan,
    risk,
    schedules,
)

ADAPTERS: Final[Mapping[str, Adapter]] = {
    **origination.ADAPTERS,
    **schedules.ADAPTERS,
    **arrears.ADAPTERS,
    **classes.ADAPTERS,
    **risk.ADAPTERS,
    **post_loan.ADAPTERS,
}
