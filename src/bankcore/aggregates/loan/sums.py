"""What each posting event does to the loan's control accounts (总分核对), GL-04.

Written as data beside the posting rows of GL-02 and independent of the list of dues, so that the
tie-out compares two separate sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bankcore.aggregates.loan import events_changes as c
from bankcore.aggregates.loan import events_contract as k
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan import events_risk as x
from bankcore.aggregates.loan.state import Sums
from bankcore.values.changing import changed
from bankcore.values.money import Money

Change = tuple[str, int, str]
"""(field of `Sums`, sign, money field of the event)."""

CHANGES: Final[Mapping[str, tuple[Change, ...]]] = {
    k.LoanDisbursed.__name__: (("performing", 1, "amount"),),
    r.InstalmentFellDue.__name__: (("interest_due", 1, "interest"),),
    r.LoanRepaymentReceived.__name__: (
        ("performing", -1, "principal"),
        ("past_due", -1, "principal_past_due"),
        ("interest_due", -1, "interest_due"),
        ("penalty_due", -1, "penalty_due"),
    ),
    c.LoanPrepaid.__name__: (("performing", -1, "principal"),),
    r.PenaltyInterestCharged.__name__: (("penalty_due", 1, "penalty"),),
    r.PrincipalBecamePastDue.__name__: (
        ("performing", -1, "principal"),
        ("past_due", 1, "principal"),
    ),
    r.PastDueCured.__name__: (("performing", 1, "principal"), ("past_due", -1, "principal")),
    r.LoanPlacedOnNonAccrual.__name__: (
        ("interest_due", -1, "interest"),
        ("penalty_due", -1, "penalty"),
        ("memo", 1, "interest"),
        ("memo", 1, "penalty"),
    ),
    r.NonAccrualInterestFellDue.__name__: (("memo", 1, "interest"),),
    r.NonAccrualInterestReceived.__name__: (("memo", -1, "interest"),),
    r.NonAccrualInterestWaived.__name__: (("memo", -1, "interest"),),
    r.LoanInterestWaived.__name__: (
        ("interest_due", -1, "interest"),
        ("penalty_due", -1, "penalty"),
    ),
    c.InterestCapitalised.__name__: (
        ("performing", 1, "interest"),
        ("interest_due", -1, "interest"),
    ),
    x.ProvisionPosted.__name__: (("allowance", 1, "increase"),),
    x.LoanWrittenOff.__name__: (
        ("past_due", -1, "principal"),
        ("interest_due", -1, "interest"),
        ("allowance", -1, "principal"),
        ("allowance", -1, "interest"),
        ("memo", -1, "memo_interest"),
        ("off_book", 1, "principal"),
        ("off_book", 1, "interest"),
        ("off_book", 1, "memo_interest"),
    ),
    x.WrittenOffAmountRecovered.__name__: (
        ("allowance", 1, "principal"),
        ("off_book", -1, "amount"),
    ),
    x.CollateralRepossessed.__name__: (("past_due", -1, "value"),),
}


def summed(sums: Sums, event: Any) -> Sums:
    """The sums after an event; unchanged by events that post nothing here."""
    if isinstance(event, r.LoanEntryReversed):
        amounts = {name: -amount for name, amount in event.amounts}
        return _applied(sums, CHANGES.get(event.reversed_event, ()), amounts)
    changes = CHANGES.get(type(event).__name__, ())
    return _applied(sums, changes, {name: getattr(event, name) for _, _, name in changes})


def _applied(sums: Sums, changes: tuple[Change, ...], amounts: Mapping[str, Money]) -> Sums:
    for field, sign, name in changes:
        moved = getattr(sums, field) + amounts[name] * sign
        sums = changed(sums, **{field: moved})
    return sums
