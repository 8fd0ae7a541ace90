"""`changed` is `dataclasses.replace`, only faster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.aggregates.deposit_account import DepositAccount
from bankcore.values.changing import changed
from bankcore.values.money import Money


@given(st.integers(), st.booleans(), st.dates())
def test_a_changed_value_is_what_replace_makes(minor: int, dormant: bool, day: date) -> None:  # noqa: FBT001
    account = DepositAccount(customer="C1", balance=Money(7))
    changes = {"balance": Money(minor), "dormant": dormant, "last_booking": day}
    assert changed(account, **changes) == replace(account, **changes)  # type: ignore[arg-type]
    assert account == DepositAccount(customer="C1", balance=Money(7))


def test_a_field_that_the_class_does_not_have_is_a_bug() -> None:
    with pytest.raises(AttributeError):
        changed(DepositAccount(), colour="red")
