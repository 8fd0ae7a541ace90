"""Opening and closing an account (开户、销户): who may, in which order, DEP-20, DEP-21."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.rules.deposits.demand import DemandInterest, Movement, demand_interest
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

HOUSEHOLD_BOOK: Final = "household_book"
DOCUMENTS: Final = frozenset(
    {
        "id_card",
        "temporary_id",
        HOUSEHOLD_BOOK,
        "military",
        "hk_macao_permit",
        "taiwan_permit",
        "passport",
    }
)
"""Identity documents of the real-name rules; the household book only under 16."""


@dataclass(frozen=True, slots=True)
class Agent:
    """Who opens for somebody else: both IDs are shown; a guardian acts for a minor."""

    id_shown: bool
    guardian: bool


@dataclass(frozen=True, slots=True)
class AccountLimits:
    """Numbers of accounts a person by class, the balance of class III, the age of majority here."""

    per_class: Mapping[str, int]
    class_three_balance: Money
    guardian_age: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpening:
    """An application for an account of class I, II or III with its opening amount.

    `document_valid_to` None means without end (长期). `open_class` counts the person's open
    accounts by class.
    """

    on: date
    birth_date: date
    document: str
    document_valid_to: date | None
    identity_verified: bool
    agent: Agent | None
    risk_sign: bool
    purpose_recorded: bool
    account_class: str
    open_class: Mapping[str, int]
    agreement_signed: bool
    amount: Money
    min_opening: Money


_CLASS_REASONS: Final = {
    "I": Reason.CLASS_ONE_EXISTS,
    "II": Reason.CLASS_TWO_LIMIT_REACHED,
    "III": Reason.CLASS_THREE_LIMIT_REACHED,
}


def check_account_opening(asked: AccountOpening, limits: AccountLimits) -> None:
    """Refuse an opening with the first reason of DEP-20.

    In order: `identity_document_unacceptable`, `identity_document_expired`,
    `identity_not_verified`, `agent_identity_missing`, `guardian_required`, `purpose_missing`,
    `class_one_exists`, `class_two_limit_reached`, `class_three_limit_reached`,
    `agreement_not_signed`, `amount_below_minimum`, `balance_above_class_limit`.
    """
    minor = asked.on < add_months(asked.birth_date, 12 * limits.guardian_age)
    _check_identity(asked, minor=minor)
    _check_people(asked, minor=minor)
    _check_class(asked, limits)


def _check_identity(asked: AccountOpening, *, minor: bool) -> None:
    document = asked.document
    if document not in DOCUMENTS or (document == HOUSEHOLD_BOOK and not minor):
        raise Rejected(Reason.IDENTITY_DOCUMENT_UNACCEPTABLE, document=document)
    if asked.document_valid_to is not None and asked.document_valid_to < asked.on:
        raise Rejected(Reason.IDENTITY_DOCUMENT_EXPIRED, expired_on=asked.document_valid_to)
    if not asked.identity_verified:
        raise Rejected(Reason.IDENTITY_NOT_VERIFIED)


def _check_people(asked: AccountOpening, *, minor: bool) -> None:
    if asked.agent is not None and not asked.agent.id_shown:
        raise Rejected(Reason.AGENT_IDENTITY_MISSING)
    if minor and not (asked.agent and asked.agent.guardian):
        raise Rejected(Reason.GUARDIAN_REQUIRED, birth_date=asked.birth_date)
    if asked.risk_sign and not asked.purpose_recorded:
        raise Rejected(Reason.PURPOSE_MISSING)


def _check_class(asked: AccountOpening, limits: AccountLimits) -> None:
    chosen = asked.account_class
    if asked.open_class.get(chosen, 0) >= limits.per_class[chosen]:
        raise Rejected(_CLASS_REASONS[chosen], allowed=limits.per_class[chosen])
    if not asked.agreement_signed:
        raise Rejected(Reason.AGREEMENT_NOT_SIGNED)
    if asked.amount < asked.min_opening:
        raise Rejected(Reason.AMOUNT_BELOW_MINIMUM, minimum=asked.min_opening)
    if chosen == "III" and asked.amount > limits.class_three_balance:
        raise Rejected(Reason.BALANCE_ABOVE_CLASS_LIMIT, limit=limits.class_three_balance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """An account to be closed: what may stand against it. `links` names the contracts on it."""

    status: str
    identity_verified: bool
    by_third_party: bool
    authority: bool
    frozen: bool
    holds: Money
    pending: int
    links: Sequence[str]
    alert_flag: bool


OPEN_STATES: Final = frozenset({"open", "dormant", "restricted", "restricted_new"})


def check_closing(asked: Closing) -> None:
    """Refuse to close with the first reason of DEP-21.

    In order: `account_not_open`, `identity_not_verified`, `authority_missing`, `account_frozen`,
    `holds_present`, `pending_transactions`, `linked_products`, `alert_review_required`.
    """
    checks = (
        (asked.status not in OPEN_STATES, Reason.ACCOUNT_NOT_OPEN, asked.status),
        (not asked.identity_verified, Reason.IDENTITY_NOT_VERIFIED, None),
        (asked.by_third_party and not asked.authority, Reason.AUTHORITY_MISSING, None),
        (asked.frozen, Reason.ACCOUNT_FROZEN, None),
        (asked.holds > ZERO, Reason.HOLDS_PRESENT, asked.holds),
        (asked.pending > 0, Reason.PENDING_TRANSACTIONS, asked.pending),
        (bool(asked.links), Reason.LINKED_PRODUCTS, list(asked.links)),
        (asked.alert_flag, Reason.ALERT_REVIEW_REQUIRED, None),
    )
    for stands_against, reason, fact in checks:
        if stands_against:
            raise Rejected(reason) if fact is None else Rejected(reason, found=fact)


@dataclass(frozen=True, slots=True)
class ClosingPayout:
    """Interest from the last settlement to the day before closing, and all that is paid out."""

    result: DemandInterest
    paid: Money


def closing_payout(
    opening_balance: Money,
    movements: Sequence[Movement],
    period_from: date,
    on: date,
    demand: AnnualRate,
) -> ClosingPayout:
    """Settle [last end, closing day) at the closing day's rate and pay everything out, DEP-21.

    Movements of the closing day are paid out too but bear no interest.
    """
    result = demand_interest(opening_balance, movements, period_from, on, demand)
    balance = opening_balance + total([m for _, m in movements])
    return ClosingPayout(result, balance + result.interest.amount)
