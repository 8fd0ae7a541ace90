"""How the naive bank answers about customers and the opening of accounts: AML-05, DEP-20."""

from __future__ import annotations

from typing import Any, Final

from bankcore.testing.naive.account import SETTLE_ON, NaiveAccount
from bankcore.testing.naive.bank import Answer, Asked, NaiveBank, NaiveCustomer
from bankcore.testing.naive.basics import Refused, months_later
from bankcore.testing.naive.demand import account_of, cash_in, need, pays, positive, within_class

MINIMUM: Final = 100
THRESHOLD, LONGEST = 50_000_000, 12
PLACES: Final = {
    "I": (1, "class_one_exists"),
    "II": (5, "class_two_limit_reached"),
    "III": (5, "class_three_limit_reached"),
}


def register(bank: NaiveBank, c: Any, _: Asked) -> None:
    """A new customer file."""
    if c.customer in bank.customers:
        raise Refused("stream_exists")
    bank.customers[c.customer] = NaiveCustomer()
    bank.names[c.customer] = c.name


def verify_identity(bank: NaiveBank, c: Any, _: Asked) -> None:
    """A document is seen; a new one replaces the old."""
    if c.customer not in bank.customers:
        raise Refused("stream_not_found")
    if c.valid_to is not None and c.valid_to < bank.today:
        raise Refused("identity_document_expired")
    bank.customers[c.customer] = NaiveCustomer(c.document_no, c.valid_to)


def apply(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Ask for an account."""
    if c.account in bank.accounts:
        raise Refused("stream_exists")
    if c.customer not in bank.customers:
        raise Refused("stream_not_found")
    bank.customers[c.customer].may("new", bank.today)
    bank.accounts[c.account] = NaiveAccount(c.account, c.customer)


def choose_type(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Product and class."""
    account = account_of(bank, c.account)
    need(account, "applied")
    pays(bank, account, "new")
    if c.product not in SETTLE_ON:
        raise Refused("product_unknown")
    account.stage, account.product, account.account_class = "typed", c.product, c.account_class


def sign_agreement(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Sign; an agreement account names a threshold and may name an end, DEP-16."""
    account = account_of(bank, c.account)
    need(account, "typed")
    if account.product == "agreement":
        longest = months_later(bank.today, LONGEST)
        if c.threshold is None or c.threshold.minor < THRESHOLD:
            raise Refused("threshold_below_minimum")
        if c.until is not None and c.until > longest:
            raise Refused("contract_term_too_long")
        account.contract = (c.threshold.minor, c.until or longest)
    account.stage = "signed"


def places_taken(bank: NaiveBank, customer: str, account_class: str) -> int:
    """Open accounts of a class that a person has, DEP-20; a person is a document number."""
    person = bank.customers[customer].document
    return sum(
        other.is_open
        and other.account_class == account_class
        and bank.customers[other.customer].document == person
        for other in bank.accounts.values()
    )


def open_account(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """Open, with a first deposit of at least 1.00 or with none."""
    account = account_of(bank, c.account)
    if account.stage in {"applied", "typed"}:
        raise Refused("agreement_not_signed" if account.stage == "typed" else "illegal_transition")
    need(account, "signed")
    pays(bank, account, "new")
    most, full = PLACES[account.account_class]
    if places_taken(bank, account.customer, account.account_class) >= most:
        raise Refused(full)
    fen = c.opening_amount.minor if c.opening_amount else 0
    if fen:
        positive(fen)
        if fen < MINIMUM:
            raise Refused("amount_below_minimum")
        within_class(bank, account, fen, "deposit")
    bank.value_date(asked, bank.today)
    account.stage, account.opened_on = "opened", bank.today
    if fen:
        cash_in(bank, account, fen, bank.today)


def activate(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The customer can use it."""
    account = account_of(bank, c.account)
    if account.stage in {"applied", "typed"}:
        raise Refused("agreement_not_signed")
    need(account, "opened")
    account.stage = "active"


ANSWERS: Final[dict[str, Answer]] = {
    "customer.register": register,
    "customer.verify_identity": verify_identity,
    "deposit_account.apply": apply,
    "deposit_account.choose_type": choose_type,
    "deposit_account.sign_agreement": sign_agreement,
    "deposit_account.open": open_account,
    "deposit_account.activate": activate,
}
