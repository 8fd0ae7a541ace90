"""Given, when, then: a small bank in memory for tests.

`bank()` gives a bank with a day open, customer C1 known and account A1 active; `do` gives a
command; `check_books` proves that control accounts equal their sub-ledgers at every pair of dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import pytest

from bankcore.aggregates.customer import decide as customer
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as account
from bankcore.audit.verify import verify
from bankcore.operations.decision import Frame
from bankcore.projections.states import fold_states
from bankcore.projections.trial_balance import subledgers, trial_balance
from bankcore.projections.window import Window
from bankcore.store.bank import Bank, Outcome
from bankcore.values.entry import Entry
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Actor, Role
from bankcore.values.streams import StreamKind

RM = Actor("rm", Role.RM)
TELLER = Actor("teller", Role.TELLER_CASH)
NARRATOR = Actor("script", Role.SCRIPT)

S = TypeVar("S")
E = TypeVar("E")


@dataclass(slots=True)
class Desk:
    """A bank with numbered command ids; `do` executes, `refused` expects the bank's no."""

    bank: Bank
    count: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    def do(self, command: Any, actor: Actor = NARRATOR, **frame: Any) -> Outcome:
        """Give one command; its outcome is kept."""
        self.count += 1
        frame.setdefault("command_id", f"t-{self.count}")
        outcome = self.bank.execute(command, Frame(actor=actor, **frame))
        self.outcomes.append(outcome)
        return outcome

    def refused(
        self, command: Any, reason: Reason, actor: Actor = NARRATOR, **frame: Any
    ) -> Rejected:
        """Give a command that must be refused for this reason, and change nothing."""
        before = self.bank.log.head()
        with pytest.raises(Rejected) as no:
            self.do(command, actor, **frame)
        assert no.value.reason is reason
        assert self.bank.log.head() == before
        return no.value

    def events(self) -> list[Any]:
        """The events of the last outcome."""
        return [entry.event for entry in self.outcomes[-1].entries]

    def advance(self, to: str) -> list[Any]:
        """Open days until `to`; the events of all those days."""
        outcomes = self.bank.advance(date.fromisoformat(to))
        return [entry.event for outcome in outcomes for entry in outcome.entries]

    def entries(self) -> list[Entry[Any]]:
        """The whole log."""
        return list(self.bank.entries())

    def found(self, kind: type[E]) -> list[Entry[E]]:
        """The entries of the log with an event of a class."""
        return [entry for entry in self.bank.entries() if isinstance(entry.event, kind)]

    def state(self, kind: StreamKind[S], key: str) -> S:
        """The state of a stream that must be there."""
        found = self.bank.state(kind, key)
        assert found is not None
        return found

    def balance(self, account: str = "A1") -> Money:
        """What stands on a deposit account."""
        return self.state(ACCOUNT, account).balance


def empty_bank(day: str = "2026-01-05") -> Desk:
    """A new bank in memory with a day open."""
    desk = Desk(Bank.memory())
    desk.bank.advance(date.fromisoformat(day))
    return desk


def bank(day: str = "2026-01-05", product: str = "demand_q", opening: str = "1000.00") -> Desk:
    """A bank with customer C1 and her active account A1."""
    desk = empty_bank(day)
    known_customer(desk, "C1")
    open_account(desk, "A1", "C1", product, opening)
    return desk


def known_customer(desk: Desk, key: str, document_no: str = "") -> None:
    """Register a customer and verify her identity."""
    number = document_no or f"11010119900307{sum(map(ord, key)):04d}"
    desk.do(customer.Register(customer=key, name=f"Customer {key}", birth_date="1990-03-07"))
    desk.do(customer.VerifyIdentity(customer=key, document_no=number, valid_to=date(2036, 1, 1)))


def open_account(
    desk: Desk,
    key: str,
    owner: str,
    product: str = "demand_q",
    opening: str = "1000.00",
    account_class: str = "I",
) -> None:
    """Open and activate an account with a first deposit in cash."""
    desk.do(account.Apply(account=key, customer=owner))
    desk.do(account.ChooseType(account=key, product=product, account_class=account_class))
    desk.do(account.SignAgreement(account=key))
    desk.do(account.Open(account=key, opening_amount=yuan(opening)))
    desk.do(account.Activate(account=key))


def check_books(desk: Desk) -> None:
    """Control accounts equal their sub-ledgers at every pair of dates where anything changed."""
    entries = desk.entries()
    for window in windows(entries):
        seen = list(window.filter(entries))
        ledger = trial_balance(seen)
        subs = subledgers(fold_states(seen))
        controls = {a for a in ledger if a in subs}
        gaps = {a: ledger.get(a, 0) - m for a, m in subs.items() if ledger.get(a, 0) != m}
        assert not gaps, f"{window}: {gaps} ({sorted(controls)})"
        assert sum(m for a, m in ledger.items() if not a.startswith("8")) == 0
        assert sum(m for a, m in ledger.items() if a.startswith("8")) == 0


def sound(desk: Desk) -> None:
    """The books tie at every pair of dates, and the log proves every figure."""
    check_books(desk)
    verdict = verify(desk.bank.log)
    assert verdict.ok, verdict.faults


def windows(entries: Iterable[Entry[Any]]) -> list[Window]:
    """Every pair of a value date and a booking date that occur, thinned to at most 400 pairs."""
    pairs = {(e.value_date, e.booking_date) for e in entries}
    days = sorted({v for v, _ in pairs} | {b for _, b in pairs})
    step = max(1, len(days) // 20)
    chosen = [*days[::step], days[-1]]
    return [Window(v, b) for v in chosen for b in chosen]
