"""What all deposits of the naive model beside the demand account have in common: DEP-06, DEP-07.

A deposit knows its own interest; how money reaches and leaves it is the same for all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import (
    FOREVER,
    ONE_DAY,
    Movement,
    Refused,
    half_up,
    months_later,
    whole_yuan,
)
from bankcore.testing.naive.board import Board
from bankcore.testing.naive.demand import CASH, DEMAND, PAYABLE, account_of, move, pays, positive

GL: Final = {
    "lump_lump": "2011.02",
    "instal_lump": "2011.03",
    "lump_instal": "2011.04",
    "interest_draw": "2011.05",
    "notice_1d": "2011.06",
    "notice_7d": "2011.06",
    "optional": "2011.07",
    "large_cd": "2011.08",
}
WITHOUT_TERM: Final = ("notice_1d", "notice_7d", "optional")
MODES: Final = ("none", "principal_and_interest", "principal_only", "linked_account")


def overdue(fen: int, demand: Fraction, start: date, end: date) -> Fraction:
    """Actual days at the demand rate: early and overdue money, DEP-06, DEP-07."""
    return whole_yuan(fen) * demand / 100 * (end - start).days / 360


@dataclass(slots=True)
class NaiveDeposit(ABC):
    """One deposit: what moved its principal, and the interest that is payable."""

    key: str
    account: str
    product: str
    start: date
    rate: Fraction
    months: int
    rollover: str
    moves: list[Movement] = field(default_factory=list)
    payable: int = 0
    matured: bool = False
    ended_on: date = FOREVER
    holds: dict[str, tuple[int | None, date | None]] = field(default_factory=dict)

    @property
    def maturity(self) -> date | None:
        """The day on which the term ends, if there is a term."""
        return months_later(self.start, self.months) if self.months else None

    @property
    def expense(self) -> str:
        """The ledger account that its interest costs."""
        return "6411.03" if self.product in WITHOUT_TERM else "6411.02"

    def copy(self) -> NaiveDeposit:
        """What it looks like now, to be looked back at; nothing in it is changed in place."""
        return copy(self)

    def principal(self) -> int:
        """What stands."""
        return sum(m.fen for m in self.moves)

    def accrued(self, board: Board, on: date) -> Fraction:
        """Interest that grew and is not settled, at the end of a day, GL-06; exact fen."""
        if self.ended_on < FOREVER:
            return Fraction(0)
        if self.matured:
            assert self.maturity is not None
            return overdue(self.principal(), board.on("demand", on), self.maturity, on + ONE_DAY)
        return self.grown(board, on)

    @abstractmethod
    def grown(self, board: Board, on: date) -> Fraction:
        """Interest of the running term at the end of a day."""

    def may_leave_early(self, fen: int) -> None:
        """Refuse a part: only lump sums are drawn in parts."""
        if fen != self.principal():
            raise Refused("partial_not_allowed")

    def early(self, demand: Fraction, fen: int, today: date) -> int:
        """Interest paid with money that leaves before maturity."""
        return half_up(overdue(fen, demand, self.start, today))

    def may_leave(self, fen: int) -> None:
        """Refuse what is not paid out at or after maturity."""
        if not self.matured:
            raise Refused("not_matured")
        within(self, fen)
        self.may_leave_early(fen)

    def late(self, board: Board, fen: int, today: date) -> int:
        """Interest beside the term of money that leaves at or after maturity."""
        assert self.maturity is not None
        return half_up(overdue(fen, board.on("demand", today), self.maturity, today))

    def morning(self, bank: NaiveBank) -> None:
        """What happens to it when a day begins."""
        if self.maturity == bank.today:
            self.mature(bank)

    def mature(self, bank: NaiveBank) -> None:
        """The interest of the term becomes payable, D11; the money leaves if agreed."""
        self.matured = True
        interest = half_up(self.at_maturity(bank.board.on("demand", bank.today)))
        self.payable += interest
        bank.post(bank.today, {self.expense: interest, PAYABLE: -interest})
        if self.rollover == "linked_account" and not self.holds:
            leave(bank, self, self.principal(), 0, "account")

    def at_maturity(self, demand: Fraction) -> Fraction:
        """Interest of the whole term, in exact fen; `demand` is the rate of that day.

        A deposit without a term has none: it never matures.
        """
        assert self.maturity is None, f"{self.product} has a term and no interest for it"
        return demand * 0


def deposit_of(bank: NaiveBank, key: str) -> NaiveDeposit:
    """The deposit, or stream_not_found."""
    if key not in bank.deposits:
        raise Refused("stream_not_found")
    found: NaiveDeposit = bank.deposits[key]
    return found


def running(bank: NaiveBank, key: str) -> NaiveDeposit:
    """The deposit, whose customer must be served and which must have money in it."""
    deposit = deposit_of(bank, key)
    pays(bank, bank.accounts[deposit.account], "debit")
    if deposit.ended_on < FOREVER:
        raise Refused("deposit_not_active")
    return deposit


def unheld(deposit: NaiveDeposit, fen: int) -> None:
    """Refuse what freezes and pledges do not leave, DEP-22."""
    held = [deposit.principal() if part is None else part for part, _ in deposit.holds.values()]
    stopped = any(part is None for part, _ in deposit.holds.values())
    if held and (stopped or fen > deposit.principal() - sum(held)):
        raise Refused("account_frozen")


def within(deposit: NaiveDeposit, fen: int) -> None:
    """Refuse amount_not_positive, amount_above_principal."""
    positive(fen)
    if fen > deposit.principal():
        raise Refused("amount_above_principal")


def shift(bank: NaiveBank, deposit: NaiveDeposit, fen: int) -> None:
    """Principal goes up or down today; a new list, as copies hold the old one."""
    deposit.moves = [*deposit.moves, Movement(bank.today, bank.today, fen, "principal")]


def may_give(bank: NaiveBank, deposit: NaiveDeposit, fen: int, source: str) -> None:
    """The account that the money comes from must have it."""
    account = account_of(bank, deposit.account)
    if source != "cash":
        account.check_debit(fen, bank.today)


def put_in(bank: NaiveBank, deposit: NaiveDeposit, fen: int, source: str) -> None:
    """Money into the deposit, from the account or over the counter, D7."""
    shift(bank, deposit, fen)
    gl = CASH if source == "cash" else DEMAND
    bank.post(bank.today, {gl: fen, GL[deposit.product]: -fen})
    if source != "cash":
        move(bank, bank.accounts[deposit.account], -fen, "time deposit", bank.today)


def pay(bank: NaiveBank, deposit: NaiveDeposit, fen: int, target: str) -> str:
    """Money out of the deposit, over the counter or onto the account; the ledger account."""
    if target == "cash":
        return CASH
    move(bank, bank.accounts[deposit.account], fen, "from time deposit", bank.today)
    return DEMAND


def may_pay(bank: NaiveBank, deposit: NaiveDeposit, target: str) -> None:
    """The account that gets the money must be able to take it."""
    account = bank.accounts[deposit.account]
    stopped = any(r.kind == "full_freeze" and r.active(bank.today) for r in account.restrictions)
    if target != "cash" and stopped:
        raise Refused("credit_not_allowed")


def leave(bank: NaiveBank, deposit: NaiveDeposit, fen: int, other: int, target: str) -> None:
    """Principal leaves with all payable interest and other interest, D5; an empty deposit ends.

    Negative other interest is what was drawn too much and comes off the principal, D10.
    """
    matured = deposit.payable
    gl = pay(bank, deposit, fen + matured + other, target)
    legs = {GL[deposit.product]: fen, PAYABLE: matured, deposit.expense: other}
    bank.post(bank.today, legs | {gl: -fen - matured - other})
    deposit.payable = 0
    shift(bank, deposit, -fen)
    if not deposit.principal():
        deposit.ended_on = bank.today
        bank.accounts[deposit.account].links.remove(deposit.key)


def withdraw_early(bank: NaiveBank, c: Any, _: Any) -> None:
    """Before maturity at the demand rate of the day, DEP-06, DEP-10 to DEP-13."""
    deposit = running(bank, c.deposit)
    fen = c.amount.minor if c.amount else deposit.principal()
    unheld(deposit, min(fen, deposit.principal()))
    if deposit.product in WITHOUT_TERM:
        raise Refused("partial_not_allowed")
    if deposit.matured:
        raise Refused("already_matured")
    within(deposit, fen)
    deposit.may_leave_early(fen)
    may_pay(bank, deposit, c.target)
    demand = bank.board.on("demand", bank.today)
    leave(bank, deposit, fen, deposit.early(demand, fen, bank.today), c.target)


def pay_out(bank: NaiveBank, c: Any, _: Any) -> None:
    """At or after maturity, DEP-07, or any day where there is no term, DEP-17."""
    deposit = running(bank, c.deposit)
    fen = c.amount.minor if c.amount else deposit.principal()
    unheld(deposit, min(fen, deposit.principal()))
    deposit.may_leave(fen)
    may_pay(bank, deposit, c.target)
    leave(bank, deposit, fen, deposit.late(bank.board, fen, bank.today), c.target)


def morning(bank: NaiveBank) -> None:
    """Step 40: planned draws, missed months, what matures today."""
    for deposit in list(bank.deposits.values()):
        if deposit.ended_on == FOREVER:
            deposit.morning(bank)
