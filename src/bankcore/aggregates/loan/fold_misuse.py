"""Folding what misused money is charged (挪用罚息), LN-21: a due of its own, or penalty on one."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.loan import events_repayment as e
from bankcore.aggregates.loan.state import DueItem, Loan, risk_changed
from bankcore.values.changing import changed
from bankcore.values.money import ZERO, Money


def fold_misuse_charge(
    loan: Loan,
    event: e.PenaltyInterestCharged | e.NonAccrualInterestFellDue,
    penalty: Money,
    until: date,
) -> Loan:
    """Number 0 is the surcharge on what is not yet due; −n the misused share of instalment n."""
    if event.number:
        dues = tuple(
            changed(item, penalty=item.penalty + penalty, heavy_until=until)
            if (item.draw, item.number) == (event.draw, -event.number)
            else item
            for item in loan.dues
        )
        return changed(loan, dues=dues)
    return _surcharged(loan, event.draw, penalty, until)


def _surcharged(loan: Loan, draw: int, penalty: Money, until: date) -> Loan:
    """The surcharge is due when it is charged; what is still open of earlier ones grows."""
    new = DueItem(draw, 0, until, ZERO, ZERO, until)
    found = next((x for x in loan.dues if (x.draw, x.number) == (draw, 0)), new)
    grown = changed(found, penalty=found.penalty + penalty, charged_until=until)
    rest = (x for x in loan.dues if (x.draw, x.number) != (draw, 0))
    dues = tuple(sorted((*rest, grown), key=lambda x: (x.due, x.draw, x.number)))
    after = changed(loan, dues=dues)
    misuse = after.risk.misuse
    if misuse is None:
        return after
    return risk_changed(after, misuse=changed(misuse, charged_until=until))
