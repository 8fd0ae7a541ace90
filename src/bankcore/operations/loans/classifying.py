"""Classification by a person (人工分类): below the floor freely, upward only by LN-24 to LN-27."""

from __future__ import annotations

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_running as c
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import in_observation, need_running, policies
from bankcore.operations.loans.reviewing import debtor_class, floor_of, reclassified, review_loan
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.upgrade import DueRecord, UpgradeCase, upgrade
from bankcore.values.money import ZERO
from bankcore.values.reasons import Reason, Rejected


def classify(d: Decision, x: c.Classify) -> None:
    """Give a class; stage and provision follow at once."""
    loan = need_running(d, x.loan)
    floor = floor_of(d, loan)
    old, new = loan.risk.loan_class, x.new_class
    # The other loans of a large debtor set a floor as well (LN-25).
    least = LoanClass.worst(floor.loan_class, debtor_class(d, x.loan, loan, new))
    if new.severity < least.severity:
        raise Rejected(Reason.CLASS_BETTER_THAN_FLOOR, floor=least.value)
    if old.non_performing and new.severity < old.severity:
        if new.non_performing:
            raise Rejected(Reason.UPGRADE_NOT_ALLOWED, old=old.value, new=new.value)
        _check_upgrade(d, loan, x)
    event = reclassified(d, loan, new, x.reasons or floor.triggers, "person")
    d.emit(LOAN, x.loan, event)
    review_loan(d, x.loan)


def _check_upgrade(d: Decision, loan: Loan, x: c.Classify) -> None:
    """LN-27 over the instalments that fell due and those still to come."""
    fallen = [DueRecord(due, paid) for _, _, due, paid in loan.history]
    coming = [DueRecord(row.due, None) for draw in loan.draws for row in draw.rows]
    case = UpgradeCase(
        class_before=loan.risk.loan_class,
        cleared=None if loan.dues else loan.cleared_on,
        dues=[*fallen, *coming],
        as_of=d.day,
        costs_outstanding=ZERO,
        assessment_ok=x.assessment_ok,
        other_impaired=x.other_impaired,
        restructured=in_observation(loan, d.day),
        target=x.new_class,
    )
    found = upgrade(case, policies(d).upgrade())
    if found.reason is not None:
        raise Rejected(found.reason, earliest=found.earliest, cleared=found.cleared)
