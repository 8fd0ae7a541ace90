"""LN-02 Required documents (申请资料): the checklist and what is missing from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.rules.loans.codes import PROPERTY, Product
from bankcore.values.money import Money
from bankcore.values.reasons import Reason

ALWAYS: Final = frozenset(
    {
        "id_card",
        "application_form",
        "credit_query_authorisation",
        "income_proof",
        "bank_flows_6m",
        "residence_proof",
    }
)
_PURCHASE: Final = frozenset({"purchase_contract", "down_payment_receipt"})
_CAR: Final = frozenset({"car_contract", "down_payment_receipt"})
_BY_PRODUCT: Final = {
    Product.MORTGAGE: _PURCHASE | {"housing_record_check"},
    Product.PROVIDENT: _PURCHASE | {"housing_record_check", "fund_account_statement"},
    Product.COMMERCIAL_PROPERTY: _PURCHASE,
    Product.AUTO_NEW: _CAR,
    Product.AUTO_NEW_EV: _CAR,
    Product.AUTO_USED: _CAR | {"appraisal_report", "vehicle_registration"},
    Product.BUSINESS: frozenset(
        {"business_licence", "tax_returns_12m", "business_flows_12m", "purchase_sales_contract"}
    ),
    Product.CONSUMER: frozenset[str](),
}
_BY_COLLATERAL: Final = {
    "none": frozenset[str](),
    "real_estate": frozenset({"title_certificate", "appraisal_report"}),
    "vehicle": frozenset({"vehicle_registration"}),
    "deposit_pledge": frozenset({"deposit_certificate"}),
    "guarantor": frozenset({"guarantor_id", "guarantor_income_proof", "guarantor_consent"}),
}
_BY_MARITAL: Final = {
    "married": frozenset({"spouse_id", "marriage_certificate"}),
    "single": frozenset[str](),
    "divorced": frozenset({"divorce_document"}),
    "widowed": frozenset({"spouse_death_certificate"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPolicy:
    """Amounts strictly above which more papers are asked for (LN-02)."""

    joint_consent_above: Money
    purpose_contract_above: Money
    asset_proof_above: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What decides the checklist; `collateral` names an existing property only, see LN-02."""

    product: Product
    amount: Money
    marital: str
    employment: str
    collateral: str
    co_owned: bool
    second_hand: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A paper handed in: verified or not, valid to the day itself, None = no expiry."""

    kind: str
    verified: bool
    valid_to: date | None


def required_documents(facts: FileFacts, policy: DocumentPolicy) -> tuple[str, ...]:
    """Union of all rows of LN-02 that apply, sorted by name; grows with the amount."""
    kinds = (
        ALWAYS
        | _BY_PRODUCT[facts.product]
        | _BY_COLLATERAL[facts.collateral]
        | _BY_MARITAL[facts.marital]
        | _by_circumstance(facts)
        | _by_amount(facts, policy)
    )
    return tuple(sorted(kinds))


def _by_circumstance(facts: FileFacts) -> set[str]:
    kinds: set[str] = set()
    if facts.marital == "single" and (
        facts.product in PROPERTY or facts.collateral == "real_estate"
    ):
        kinds.add("single_declaration")
    if facts.employment == "self_employed":
        kinds |= {"tax_returns_12m", "business_licence"}
    if facts.second_hand and facts.product in PROPERTY:
        kinds |= {"seller_title_certificate", "appraisal_report"}
    if facts.co_owned and facts.collateral == "real_estate":
        kinds.add("co_owner_consent")
    return kinds


def _by_amount(facts: FileFacts, policy: DocumentPolicy) -> set[str]:
    kinds: set[str] = set()
    if facts.marital == "married" and (
        facts.amount > policy.joint_consent_above or facts.collateral != "none"
    ):
        kinds.add("joint_debt_consent")
    if facts.product is Product.CONSUMER:
        above = facts.amount > policy.purpose_contract_above
        kinds.add("purpose_contract" if above else "purpose_declaration")
    if facts.amount > policy.asset_proof_above:
        kinds.add("asset_proof")
    return kinds


def missing_documents(
    required: Iterable[str], documents: Iterable[Document], on: date
) -> dict[str, Reason]:
    """Kinds without a verified, unexpired paper on a day, each with why.

    `document_missing`: none handed in; `document_not_verified`: none verified;
    `document_expired`: all verified ones have run out.
    """
    held = tuple(documents)
    found = {kind: _why_missing([d for d in held if d.kind == kind], on) for kind in required}
    return {kind: reason for kind, reason in found.items() if reason is not None}


def _why_missing(papers: list[Document], on: date) -> Reason | None:
    verified = [paper for paper in papers if paper.verified]
    if not papers:
        return Reason.DOCUMENT_MISSING
    if not verified:
        return Reason.DOCUMENT_NOT_VERIFIED
    if all(paper.valid_to is not None and paper.valid_to < on for paper in verified):
        return Reason.DOCUMENT_EXPIRED
    return None
