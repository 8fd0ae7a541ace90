"""LN-08 Contract elements and the envelope of the approval (合同要素与审批范围)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPolicy:
    """Elements of a contract, validity of an approval in days, start of the cost statement."""

    elements: frozenset[str]
    approval_validity_days: int
    cost_statement_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What was approved: the contract must lie inside it."""

    amount: Money
    term_months: int
    rate_floor: AnnualRate
    purpose: str
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The contract at the moment of signing, with what was said and shown before it."""

    amount: Money
    term_months: int
    rate: AnnualRate
    purpose: str
    signed_on: date
    active_contract: bool
    elements: frozenset[str]
    explained: bool
    acknowledged: bool
    apr_disclosed: bool
    cost_statement_confirmed: bool


def signing_refusal(
    approved: Approved | None, signing: Signing, policy: ContractPolicy
) -> Reason | None:
    """The first refusal of LN-08, or None: terms inside the approval, elements, disclosure.

    The last valid day of the approval is still good; a signing before the approval date is
    `not_approved`. The cost statement (综合融资成本明示表) is asked for from its start date.
    """
    if approved is None or signing.signed_on < approved.approved_on:
        return Reason.NOT_APPROVED
    last_day = approved.approved_on + timedelta(days=policy.approval_validity_days)
    checks = (
        (Reason.APPROVAL_EXPIRED, signing.signed_on > last_day),
        (Reason.CONTRACT_ALREADY_ACTIVE, signing.active_contract),
        *envelope_checks(approved, signing, policy),
        *_disclosure_checks(signing, policy),
    )
    return next((reason for reason, hit in checks if hit), None)


def envelope_checks(
    approved: Approved, signing: Signing, policy: ContractPolicy
) -> tuple[tuple[Reason, bool], ...]:
    """The checks on the terms themselves, in order; drafting and amending ask them too."""
    return (
        (Reason.AMOUNT_ABOVE_APPROVAL, signing.amount > approved.amount),
        (Reason.TERM_ABOVE_APPROVAL, signing.term_months > approved.term_months),
        (Reason.RATE_BELOW_FLOOR, signing.rate < approved.rate_floor),
        (Reason.PURPOSE_DIFFERS, signing.purpose != approved.purpose),
        (Reason.ELEMENT_MISSING, not policy.elements <= signing.elements),
    )


def _disclosure_checks(signing: Signing, policy: ContractPolicy) -> tuple[tuple[Reason, bool], ...]:
    needs_statement = signing.signed_on >= policy.cost_statement_from
    return (
        (Reason.TERMS_NOT_EXPLAINED, not signing.explained),
        (Reason.TERMS_NOT_ACKNOWLEDGED, not signing.acknowledged),
        (Reason.APR_NOT_SHOWN, not signing.apr_disclosed),
        (
            Reason.COST_STATEMENT_NOT_CONFIRMED,
            needs_statement and not signing.cost_statement_confirmed,
        ),
    )
