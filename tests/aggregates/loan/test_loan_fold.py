"""The fold of the loan is total: every event folds, on a running loan and on nothing at all."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from bankcore.aggregates.collateral import COLLATERAL
from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan.events import LoanEvent
from bankcore.aggregates.loan.folding import FOLDS, evolve
from bankcore.aggregates.loan.sums import CHANGES
from bankcore.rules.ledger.posting_rows import legs
from bankcore.values.declare import EVENTS
from bankcore.values.money import Money
from loan_desk import lent, loan_of
from samples import sample

DECLARED = sorted(
    (cls for cls, info in EVENTS.items() if info.stream == "loan"), key=lambda cls: cls.__name__
)


def test_every_declared_event_of_the_stream_has_a_fold() -> None:
    assert set(DECLARED) == set(FOLDS) == set(get_args(LoanEvent))


@pytest.mark.parametrize("event", DECLARED, ids=lambda cls: cls.__name__)
def test_an_event_folds_on_nothing_and_on_a_running_loan(event: type) -> None:
    entry = replace(sample(event), stream="loan-L1")
    assert isinstance(evolve(None, entry), Loan)
    assert isinstance(evolve(loan_of(lent()), entry), Loan)


@pytest.mark.parametrize(
    "event", [cls for cls in DECLARED if EVENTS[cls].rows], ids=lambda cls: cls.__name__
)
def test_the_sums_of_the_state_move_as_the_posting_rows_do(event: type) -> None:
    # The one amount 1.00 in every money field: what the rows post on the loan's control
    # accounts is what the sums say (GL-02, GL-04).
    accounts = {"loan": "1303.01", "allowance": "1304.01", "source": "1001", "target": "1001"}
    names = {name for _, _, name in CHANGES.get(event.__name__, ())}
    if event.__name__ in {"LoanWrittenOff", "CollateralRepossessed"}:
        accounts["loan"] = "1303.05"
    posted: dict[str, int] = {}
    for row in EVENTS[event].rows:
        for account, minor in legs(row, dict.fromkeys(names or {"fee"}, 100), accounts):
            posted[account] = posted.get(account, 0) + minor
    controls = {"1303.01", "1303.05", "1132.01", "1132.03", "8301", "8401", "1304.01"}
    expected = {a: m for a, m in posted.items() if a in controls and m}
    field_account = {
        "performing": ("1303.01", 1),
        "past_due": ("1303.05", 1),
        "interest_due": ("1132.01", 1),
        "penalty_due": ("1132.03", 1),
        "memo": ("8301", 1),
        "allowance": ("1304.01", -1),
        "off_book": ("8401", 1),
    }
    said: dict[str, int] = {}
    for field, sign, _ in CHANGES.get(event.__name__, ()):
        account, side = field_account[field]
        said[account] = said.get(account, 0) + sign * side * 100
    assert {a: m for a, m in said.items() if m} == expected


def test_a_loan_before_its_first_draw_has_no_sub_ledger() -> None:
    assert LOAN.subledger(Loan()) == {}
    assert COLLATERAL.stream("K1") == "collateral-K1"
    assert Loan().undrawn == Money(0)
