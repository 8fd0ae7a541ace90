"""Places of account classes (分类账户名额): how many accounts a person may have, DEP-20.

The places of a person stand in guard streams of their own, so that two openings of one person
collide and nobody else's. A person is the number of the identity document that she was first
verified by: a new document gives her no second set of places.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.guard.events import (
    ClassOneReleased,
    ClassOneReserved,
    ClassPlaceReleased,
    ClassPlaceReserved,
)
from bankcore.operations.decision import Decision
from bankcore.operations.service import serve
from bankcore.values.reasons import Reason, Rejected

ONE: Final = "I"
NUMBERS: Final = {ONE: 1, "II": 2, "III": 3}
LIMIT_REASONS: Final = {
    ONE: Reason.CLASS_ONE_EXISTS,
    "II": Reason.CLASS_TWO_LIMIT_REACHED,
    "III": Reason.CLASS_THREE_LIMIT_REACHED,
}


def guard_key(d: Decision, account: DepositAccount) -> str:
    """The places of the account's class: a hash of the number, so that no id tells the number."""
    person = serve(d, account.customer)
    hashed = sha256(person.first_document_no.encode()).hexdigest()[:16]
    return f"class{NUMBERS[account.account_class]}-{hashed}"


def places_taken(d: Decision, account: DepositAccount) -> int:
    """How many open accounts of this class the person has."""
    guard = d.load(GUARD, guard_key(d, account))
    if guard is None:
        return 0
    return len(guard.places) if account.account_class != ONE else int(guard.class_one is not None)


def most_places(d: Decision, chosen: str) -> int | None:
    """How many a person may have on the day, None for any number.

    Before there were classes every account was what a Class I account is now, one a person.
    """
    try:
        return d.catalogue.number(f"deposit.class_max.{chosen}", d.day)
    except Rejected:
        return 1 if chosen == ONE else None


def warn_when_full(d: Decision, account: DepositAccount) -> None:
    """Warn early that opening will be refused; the choice itself is free."""
    most = most_places(d, account.account_class)
    if most is not None and places_taken(d, account) >= most:
        d.warn(LIMIT_REASONS[account.account_class])


def reserve(d: Decision, account: DepositAccount, number: str) -> None:
    """Take a place of the person's class."""
    stream = ACCOUNT.stream(number)
    one = account.account_class == ONE
    event = ClassOneReserved(account=stream) if one else ClassPlaceReserved(account=stream)
    d.emit(GUARD, guard_key(d, account), event)


def release(d: Decision, account: DepositAccount, number: str) -> None:
    """Give the place back."""
    stream = ACCOUNT.stream(number)
    one = account.account_class == ONE
    event = ClassOneReleased(account=stream) if one else ClassPlaceReleased(account=stream)
    d.emit(GUARD, guard_key(d, account), event)
