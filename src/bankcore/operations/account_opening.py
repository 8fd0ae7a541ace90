"""May this account be opened (开户审查)? DEP-20 with what the customer's file and the guard say."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.aggregates.deposit_account import DepositAccount, Stage
from bankcore.aggregates.deposit_account.commands import SignAgreement
from bankcore.aggregates.deposit_account.events import AgreementContract
from bankcore.operations.account_classes import most_places, places_taken
from bankcore.operations.decision import Decision
from bankcore.operations.pricing import board_rate
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.rules.deposits.accounts import (
    AccountLimits,
    AccountOpening,
    Agent,
    check_account_opening,
)
from bankcore.rules.deposits.agreement import check_signing
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

AGREEMENT: Final = "agreement"
GUARDIAN: Final = "guardian"
ADULT: Final = date(1900, 1, 1)
"""The birth date taken for a customer who has none on file, such as a firm."""


def agreed_contract(d: Decision, product: str, asked: SignAgreement) -> AgreementContract | None:
    """The contract of an agreement account (协定存款合同), DEP-16; other products have none.

    Refuses `threshold_below_minimum` and `contract_term_too_long`, then `rate_not_posted`.
    """
    if product != AGREEMENT:
        if asked.threshold is not None or asked.until is not None:
            raise Rejected(Reason.ILLEGAL_TRANSITION, product=product, threshold=asked.threshold)
        return None
    most = d.catalogue.number("deposit.agreement_max_months", d.day)
    minimum = d.catalogue.money("deposit.agreement_threshold", d.day)
    threshold, until = asked.threshold or ZERO, asked.until or add_months(d.day, most)
    check_signing(threshold, minimum, d.day, until, most)
    board_rate(d.catalogue, AGREEMENT, None, d.day)
    return AgreementContract(threshold=threshold, until=until)


def check_opening(d: Decision, account: DepositAccount, amount: Money | None) -> None:
    """Refuse with the first reason of DEP-20, by what stands on the customer's file.

    An agent counts when his authority was verified, a guardian when its scope says so. A customer
    of high risk is a risk sign, so the purpose must have been asked for.
    Opening without money passes the amount checks.
    """
    person = d.need(CUSTOMER, account.customer)
    chosen, taken = account.account_class, places_taken(d, account)
    minimum = d.catalogue.money(f"deposit.min_opening.{account.product}", d.day)
    asked = AccountOpening(
        on=d.day,
        birth_date=date.fromisoformat(person.birth_date) if person.birth_date else ADULT,
        document=_document(person),
        document_valid_to=person.document_valid_to,
        identity_verified=person.verified_on is not None,
        agent=_agent(person, account.agent) if account.agent else None,
        risk_sign=person.risk is RiskGrade.HIGH,
        purpose_recorded=person.purpose_recorded,
        account_class=chosen,
        open_class={chosen: taken},
        agreement_signed=account.stage is Stage.SIGNED,
        amount=amount or minimum,
        min_opening=minimum,
    )
    check_account_opening(asked, _limits(d, chosen, taken))


def _document(person: Customer) -> str:
    """The kind of document on file; the real-name rules of persons know none of a firm."""
    return person.document_kind if person.kind == "person" else "id_card"


def _agent(person: Customer, name: str) -> Agent:
    """Who opens for the customer, by the authorities on file."""
    scopes = {agent.scope for agent in person.agents if agent.name == name}
    return Agent(id_shown=bool(scopes), guardian=GUARDIAN in scopes)


def _limits(d: Decision, chosen: str, taken: int) -> AccountLimits:
    """The limits of a class on the day; a class that is not limited has room for one more."""
    most = most_places(d, chosen)
    number = taken + 1 if most is None else most
    balance = d.catalogue.money("deposit.class_three_balance", d.day) if chosen == "III" else ZERO
    age = d.catalogue.number("deposit.guardian_age", d.day)
    return AccountLimits({chosen: number}, balance, age)
