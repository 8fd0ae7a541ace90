"""Shared by the loan operations: the loan in its stage, today's parameters, people, accounts."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Final

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.loan import LOAN, Loan, Stage
from bankcore.aggregates.loan.agenda import family
from bankcore.aggregates.loan.terms import ContractTerms
from bankcore.operations.decision import Decision
from bankcore.operations.loans.risk_policies import RiskPolicies
from bankcore.operations.staff import grade_of
from bankcore.rules import account_choice as choose
from bankcore.rules.loans.interest_only import MethodLimits
from bankcore.rules.loans.restructuring import observation_end
from bankcore.rules.loans.warnings import level_of
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

# LN-07 levels by grade of the staff file: G2, G5, G6, G7, G8.
_LEVEL_OF_GRADE: Final = ((8, 4), (7, 3), (6, 2), (5, 1))
# Without a staff file the role speaks: the branch head decides level 1, and so on.
_LEVEL_OF_ROLE: Final = {
    Role.BRANCH_HEAD: 1,
    Role.LOAN_APPROVER: 2,
    Role.HEAD_OFFICE: 4,
    Role.SCRIPT: 4,
}


def need_stage(d: Decision, key: str, *stages: Stage) -> Loan:
    """The loan, if it stands in one of the stages; else `illegal_transition`."""
    loan = d.need(LOAN, key)
    if loan.stage not in stages:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=loan.stage.value)
    return loan


def need_running(d: Decision, key: str) -> Loan:
    """The loan, if money is lent and neither settled nor written off; else `loan_not_active`."""
    loan = d.need(LOAN, key)
    if not loan.running:
        raise Rejected(Reason.LOAN_NOT_ACTIVE, state=loan.stage.value)
    return loan


def signed_terms(loan: Loan) -> ContractTerms:
    """The terms of a signed contract; `contract_not_signed` without one."""
    if loan.contract.terms is None:
        raise Rejected(Reason.CONTRACT_NOT_SIGNED)
    return loan.contract.terms


def policies(d: Decision, on: date | None = None) -> RiskPolicies:
    """Parameters of a day, or of today, as known today."""
    return RiskPolicies(d.catalogue, on or d.day, d.day)


def method_limits(d: Decision) -> MethodLimits:
    """Longest terms of the methods today."""
    return policies(d).methods()


def warning_level(loan: Loan) -> str:
    """The level of all open signals together (LN-29); `none` where nothing is open."""
    return level_of(tuple(dict.fromkeys(signal for _, signal, _, _ in loan.risk.warnings)))


def warned(loan: Loan) -> bool:
    """While the level is orange or red there is no new draw and no release (LN-29)."""
    return warning_level(loan) in {"orange", "red"}


def approval_level(d: Decision) -> int:
    """The LN-07 level of the person who gives the command: by grade, else by role."""
    grade = grade_of(d, d.frame.actor.id)
    if grade:
        return next((level for least, level in _LEVEL_OF_GRADE if grade >= least), 0)
    return _LEVEL_OF_ROLE.get(d.frame.actor.role, 0)


def credit_blocked(d: Decision, customer: str) -> bool:
    """Whether an open high risk event blocks new credit for a customer (RSK-01)."""
    state = d.load(CUSTOMER, customer)
    return state is not None and bool(state.credit_blocks)


def in_observation(loan: Loan, day: date) -> bool:
    """Whether a restructured loan is still observed; a missed due date starts it again (LN-26)."""
    start = loan.risk.observed_from
    if start is None:
        return False
    missed = loan.missed_dues(start, day, signed_terms(loan).grace_days)
    return day < observation_end(start, 1, missed)


def is_own_account(d: Decision, loan: Loan, account: str) -> bool:
    """Whether an account of the bank belongs to the borrower."""
    state = d.load(ACCOUNT, account)
    owner, borrower = state.customer if state else "", loan.application.customer
    return CUSTOMER.stream(owner) == CUSTOMER.stream(borrower)


def loan_gl(loan: Loan) -> str:
    """The asset account of performing principal of the loan's product."""
    return choose.loan_account(family(loan))


def hash_of(terms: ContractTerms) -> str:
    """A short name for one version of the terms; disclosures hold for the version they name."""
    return sha256(repr(terms).encode()).hexdigest()[:16]


def check_reason(reason: str) -> None:
    """Refuse `reason_missing`."""
    if not reason:
        raise Rejected(Reason.REASON_MISSING)
