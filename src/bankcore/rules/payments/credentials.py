"""PAY-07 Credentials (密码、支付密码): which passwords a customer may choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordTerms:
    """Length, kinds of characters, equal characters in a row and neighbours in a row refused."""

    shortest: int
    longest: int
    kinds: int
    equal_run: int
    neighbour_run: int


@dataclass(frozen=True, slots=True)
class Person:
    """Of whom the password is: user name, birth date, and those that may not come again."""

    user: str
    birth: date
    last: Sequence[str] = ()


def check_password(password: str, person: Person, terms: PasswordTerms) -> None:
    """Refuse a password with the first reason of PAY-07.

    `password_length`, `password_classes`, `password_repeat`, `password_run` (letters and digits
    rising or falling by one), `password_contains_user` (case does not count),
    `password_contains_birth` (YYYYMMDD or YYMMDD), `password_reused`.
    """
    refused = next((reason for reason, hit in _faults(password, person, terms) if hit), None)
    if refused is not None:
        raise Rejected(refused)


def _faults(password: str, person: Person, terms: PasswordTerms) -> Iterator[tuple[Reason, bool]]:
    yield Reason.PASSWORD_LENGTH, not terms.shortest <= len(password) <= terms.longest
    yield Reason.PASSWORD_CLASSES, kinds(password) < terms.kinds
    same = [a == b for a, b in pairwise(password)]
    yield Reason.PASSWORD_REPEAT, longest_run(same) >= terms.equal_run
    yield Reason.PASSWORD_RUN, max(map(longest_run, _neighbours(password))) >= terms.neighbour_run
    yield Reason.PASSWORD_CONTAINS_USER, person.user.lower() in password.lower()
    whole = person.birth.strftime("%Y%m%d")
    yield Reason.PASSWORD_CONTAINS_BIRTH, whole[2:] in password
    yield Reason.PASSWORD_REUSED, password in person.last


def kinds(password: str) -> int:
    """How many of upper case, lower case, digits and others occur."""
    tests = (str.isupper, str.islower, str.isdigit)
    found = [any(map(test, password)) for test in tests]
    return sum(found) + any(not any(test(c) for test in tests) for c in password)


def _neighbours(password: str) -> Iterator[list[bool]]:
    """For each direction, whether a letter or digit follows the one before it by one."""
    for step in (1, -1):
        yield [
            a.isalnum() and b.isalnum() and ord(b) - ord(a) == step for a, b in pairwise(password)
        ]


def longest_run(links: Sequence[bool]) -> int:
    """Characters of the longest unbroken chain; a single character is a chain of one."""
    longest = current = 1
    for link in links:
        current = current + 1 if link else 1
        longest = max(longest, current)
    return longest


def check_pin(pin: str, birth: date) -> None:
    """Refuse a payment password: `pin_format`, `pin_equal`, `pin_sequence`, `pin_birth`.

    A sequence rises or falls by one all through, without wrapping from 9 to 0.
    """
    if not (len(pin) == 6 and pin.isascii() and pin.isdigit()):
        raise Rejected(Reason.PIN_FORMAT)
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if steps == {0}:
        raise Rejected(Reason.PIN_EQUAL)
    if steps in ({1}, {-1}):
        raise Rejected(Reason.PIN_SEQUENCE)
    if pin == birth.strftime("%y%m%d"):
        raise Rejected(Reason.PIN_BIRTH)
