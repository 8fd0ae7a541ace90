"""Money of one currency, and splits that lose nothing (GEN-01)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from bankcore.values.money import Money, allocate, yuan
from bankcore.values.reasons import Reason, Rejected

TWO_SIDED = (operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge)


@pytest.mark.parametrize("operation", TWO_SIDED, ids=lambda x: x.__name__)
def test_amounts_of_two_currencies_are_never_put_together(
    operation: Callable[[Money, Money], Any],
) -> None:
    with pytest.raises(Rejected) as no:
        operation(yuan("1.00"), Money(100, "USD"))
    assert no.value.reason is Reason.CURRENCY_MISMATCH
    assert no.value.facts == {"expected": "CNY", "given": "USD"}


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1], [Fraction(-1, 2), 1], [-1, -1]], ids=str)
def test_weights_that_give_no_split_are_refused(weights: list[Fraction | int]) -> None:
    with pytest.raises(Rejected) as no:
        allocate(yuan("1.00"), weights)
    assert no.value.reason is Reason.WEIGHTS_INVALID


def test_the_fen_left_over_go_to_the_largest_remainders_and_then_to_the_earlier_part() -> None:
    # 100 fen by 1 : 1 : 1 leave one fen, ties to the earlier; a weight of zero gets nothing.
    assert allocate(yuan("1.00"), [1, 1, 1]) == [Money(34), Money(33), Money(33)]
    assert allocate(yuan("-1.00"), [1, 0, 2]) == [Money(-33), Money(0), Money(-67)]
