"""Authority rows, toxic pairs and certificates as the catalogue gives them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bankcore.products.catalogue import shipped
from bankcore.products.employee_terms import (
    authority_limits,
    needed_certificates,
    required_education,
    toxic_pairs,
)
from bankcore.values.reasons import Reason, Rejected

DAY = date(2026, 3, 2)


def test_money_limits_are_in_fen_and_rate_limits_in_basis_points() -> None:
    assert authority_limits(shipped(), "fee_waiver", DAY)[2] == Fraction(5000)
    assert authority_limits(shipped(), "deposit_rate_uplift_bp", DAY) == {5: 5, 6: 10, 7: 75}


def test_a_kind_that_nobody_has_authority_for_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        authority_limits(shipped(), "gold_bars", DAY)
    assert refused.value.reason is Reason.RULE_NOT_IN_FORCE


def test_toxic_pairs_keep_sales_and_approval_apart() -> None:
    pairs = toxic_pairs(shipped(), DAY)
    assert ("rm", "loan_approver") in pairs
    assert ("auditor", "teller_cash") in pairs
    assert len(set(pairs)) == len(pairs)


def test_roles_without_a_row_need_the_default_education() -> None:
    assert required_education(shipped(), "rm", DAY) == "junior_college"
    assert required_education(shipped(), "teller_cash", DAY) == "secondary"


def test_wealth_is_sold_with_two_certificates() -> None:
    assert needed_certificates(shipped(), "sell_wealth", DAY) == ("aml", "wealth_sales")
