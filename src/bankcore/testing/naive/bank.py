"""The naive bank itself: customers, the day, command ids, the journal and the trial balance.

`answer` predicts what the bank will say to a command: `done`, `duplicate`, or the code of its
refusal; a predicted `done` has also happened in the model. Products add their answers by wire
name (`demand.ANSWERS` and others), so a command that no product knows here is not predicted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from bankcore.testing.naive.account import NaiveAccount
from bankcore.testing.naive.basics import FOREVER, ONE_DAY, Line, Refused, seen
from bankcore.testing.naive.board import Board

DONE: Final = "done"
DUPLICATE: Final = "duplicate"
GRACE_DAYS: Final = 90
LEVELS: Final = ("teller", "supervisor", "branch", "head_office")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a command is given, as far as the model cares."""

    command_id: str
    maker: str = "script"
    value_date: date | None = None
    ground: str | None = None
    approval: str = "teller"
    approver: str | None = None


@dataclass(slots=True)
class NaiveCustomer:
    """A customer: the number on the document that was verified, and its last valid day."""

    document: str = ""
    valid_to: date | None = None

    def may(self, what: str, today: date) -> None:
        """Refuse what the KYC status of the day forbids: `new`, `debit` or `credit`, AML-05."""
        if not self.document:
            raise Refused("kyc_none")
        late = 0 if self.valid_to is None else (today - self.valid_to).days
        if late > GRACE_DAYS and what != "credit":
            raise Refused("kyc_expired")
        if late > 0 and what == "new":
            raise Refused("kyc_grace_no_new_product")


@dataclass(slots=True)
class NaiveBank:
    """All that the model knows; every read is counted anew from it."""

    today: date
    board: Board = field(default_factory=Board)
    fees: dict[str, int] = field(default_factory=dict)
    customers: dict[str, NaiveCustomer] = field(default_factory=dict)
    accounts: dict[str, NaiveAccount] = field(default_factory=dict)
    deposits: dict[str, Any] = field(default_factory=dict)
    loans: dict[str, Any] = field(default_factory=dict)
    cards: dict[str, Any] = field(default_factory=dict)
    points: dict[str, Any] = field(default_factory=dict)
    transfers: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    given: dict[str, tuple[object, ...]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    past: dict[date, dict[str, dict[str, Any]]] = field(default_factory=dict)
    at_opening: list[Callable[[NaiveBank], None]] = field(default_factory=list)
    at_close: list[Callable[[NaiveBank], None]] = field(default_factory=list)
    afterwards: list[Callable[[NaiveBank], None]] = field(default_factory=list)

    def answer(self, wire_name: str, command: Any, asked: Asked) -> str:
        """Predict the answer to a command, GEN-07 first."""
        body = (wire_name, command, asked.value_date)
        if asked.command_id in self.given:
            same = self.given[asked.command_id] == body
            return DUPLICATE if same else "idempotency_key_reused"
        try:
            self.answers[wire_name](self, command, asked)
        except Refused as no:
            return no.code
        for step in self.afterwards:
            step(self)
        self.given[asked.command_id] = body
        return DONE

    def advance(self, to: date) -> None:
        """Close and open day after day, GEN-08."""
        while self.today < to:
            for step in (*self.at_close, *self.afterwards):
                step(self)
            self.remember()
            self.today += ONE_DAY
            for step in self.at_opening:
                step(self)

    def remember(self) -> None:
        """Keep what the contracts look like at the end of the day."""
        self.past[self.today] = {
            "loan": {key: loan.copy() for key, loan in self.loans.items()},
            "card_line": {key: card.copy() for key, card in self.cards.items()},
            "time_deposit": {key: deposit.copy() for key, deposit in self.deposits.items()},
        }

    def then(self, kind: str, day: date) -> dict[str, Any]:
        """Contracts as they were at the end of a day, as they are from today on."""
        if day < self.today:
            return self.past.get(day, {}).get(kind, {})
        now = {"loan": self.loans, "card_line": self.cards, "time_deposit": self.deposits}
        return now[kind]

    def post(self, valued: date, legs: Mapping[str, int]) -> None:
        """Write the legs of one event to the journal; debit positive, zero left out."""
        assert sum(legs.values()) == 0, "the model itself must balance"
        self.lines += [Line(self.today, valued, a, fen) for a, fen in legs.items() if fen]

    def trial_balance(self, as_of: date = FOREVER, known_at: date = FOREVER) -> dict[str, int]:
        """Debit less credit by account, zero accounts left out."""
        sums: dict[str, int] = {}
        for line in self.lines:
            if seen(line, as_of, known_at):
                sums[line.account] = sums.get(line.account, 0) + line.fen
        return {account: fen for account, fen in sorted(sums.items()) if fen}

    def name_movement(self, account: str, event_id: str) -> None:
        """Give the newest cash movement or fee of an account the id of its event."""
        moves = self.accounts[account].movements
        newest = max(i for i, m in enumerate(moves) if m.what in {"deposit", "withdrawal", "fee"})
        moves[newest] = replace(moves[newest], event_id=event_id)

    def value_date(self, asked: Asked, opened_on: date) -> date:
        """The value date of a command, after the checks of GEN-05 in their order."""
        valued = asked.value_date or self.today
        if valued > self.today:
            raise Refused("value_date_in_future")
        if valued < opened_on:
            raise Refused("before_account_opened")
        back = (self.today - valued).days
        if back > 365 and asked.ground not in {"legal_order", "audit_finding"}:
            raise Refused("back_value_beyond_limit")
        needed = 0 if back == 0 else 1 if back <= 7 else 2 if back <= 90 else 3
        if LEVELS.index(asked.approval) < needed:
            raise Refused("back_value_needs_approval")
        if back and not asked.ground:
            raise Refused("reason_missing")
        if back and asked.approver in {None, asked.maker}:
            raise Refused("four_eyes_required")
        return valued


Answer = Callable[[NaiveBank, Any, Asked], None]
"""Plays one command on the model, or raises `Refused`."""
