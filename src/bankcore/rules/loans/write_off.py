"""LN-30 Write-off (核销): off the books, never forgiven."""

from __future__ import annotations

from dataclasses import dataclass

from bankcore.rules.loans.codes import LoanClass
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason

SMALL = "small_unsecured"
COURT = "court_terminated"
BASES = frozenset({COURT, "bankruptcy_closed", "deceased_no_estate", SMALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffPolicy:
    """Limits of a small unsecured write-off, and amounts up to which levels 2 and 3 decide."""

    small_principal_max: Money
    collection_days_min: int
    contacts_min: int
    authority_level_2: Money
    authority_level_3: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffCase:
    """The loan before the approver of a write-off; `basis` empty = none shown."""

    loan_class: LoanClass
    basis: str
    secured: bool
    collateral_realised: bool
    principal: Money
    interest_on_book: Money
    allowance: Money
    collection_days: int
    contacts: int
    approver_level: int


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Refusal, or the amount with its two sources and the allowance left over to release."""

    reason: Reason | None
    amount: Money = ZERO
    from_allowance: Money = ZERO
    to_profit_loss: Money = ZERO
    released: Money = ZERO


def write_off(case: WriteOffCase, policy: WriteOffPolicy) -> WriteOff:
    """Principal + interest on book, from the allowance first. What is owed stays owed (账销案存).

    Refuses in order `not_loss_class`, `basis_missing`, `collateral_not_realised`,
    `small_amount_exceeded`, `collection_too_short`, `contacts_too_few`, `beyond_authority`.
    """
    reason = _refusal(case, policy)
    if reason is not None:
        return WriteOff(reason)
    amount = case.principal + case.interest_on_book
    covered = min(case.allowance, amount)
    return WriteOff(None, amount, covered, amount - covered, case.allowance - covered)


def _refusal(case: WriteOffCase, policy: WriteOffPolicy) -> Reason | None:
    small = case.basis == SMALL
    # A court that has ended enforcement has found nothing to realise.
    unrealised = case.secured and not case.collateral_realised and case.basis != COURT
    checks = (
        (Reason.NOT_LOSS_CLASS, case.loan_class is not LoanClass.LOSS),
        (Reason.BASIS_MISSING, case.basis not in BASES),
        (Reason.COLLATERAL_NOT_REALISED, unrealised or (small and case.secured)),
        (Reason.SMALL_AMOUNT_EXCEEDED, small and case.principal > policy.small_principal_max),
        (
            Reason.COLLECTION_TOO_SHORT,
            small and case.collection_days < policy.collection_days_min,
        ),
        (Reason.CONTACTS_TOO_FEW, small and case.contacts < policy.contacts_min),
        (Reason.BEYOND_AUTHORITY, case.approver_level < _level(case, policy)),
    )
    return next((reason for reason, hit in checks if hit), None)


def _level(case: WriteOffCase, policy: WriteOffPolicy) -> int:
    amount = case.principal + case.interest_on_book
    if amount <= policy.authority_level_2:
        return 2
    return 3 if amount <= policy.authority_level_3 else 4
