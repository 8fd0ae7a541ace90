"""Lump-lump time deposits of the naive model: DEP-04 to DEP-08, GL-06, counted from their history.

A deposit is a list of what moved its principal and a list of its cycles; whatever is asked of it
is counted from those that were known.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import FOREVER, ONE_DAY, Movement, Refused, half_up
from bankcore.testing.naive.demand import CASH, DEMAND, PAYABLE, account_of, move, pays, positive

LUMP, EXPENSE = "2011.02", "6411.02"
MINIMUM: Final = 5_000
TERMS: Final = (3, 6, 12, 24, 36, 60)
MODES: Final = ("none", "principal_and_interest", "principal_only", "linked_account")


def months_later(day: date, months: int) -> date:
    """对年对月对日: the same day so many months on, or the last one of that month, GEN-03."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_yuan(fen: int) -> int:
    """The base that bears interest, in fen."""
    return fen - fen % 100


@dataclass(slots=True)
class Cycle:
    """One term: from its start at a fixed rate; `matured` once the maturity day has been opened."""

    start: date
    rate: Fraction
    months: int
    matured: bool = False

    @property
    def maturity(self) -> date:
        """The day on which it ends."""
        return months_later(self.start, self.months)

    def at_maturity(self, fen: int) -> Fraction:
        """Interest of the whole term, in exact fen, DEP-04."""
        return whole_yuan(fen) * self.rate / 100 * self.months / 12

    def grown(self, fen: int, end: date) -> Fraction:
        """Interest up to a day by months and odd days, never above that at maturity, DEP-05."""
        months = 0
        while months_later(self.start, months + 1) <= end:
            months += 1
        odd = (end - months_later(self.start, months)).days
        part = Fraction(months, 12) + Fraction(odd, 360)
        return min(whole_yuan(fen) * self.rate / 100 * part, self.at_maturity(fen))


@dataclass(slots=True)
class NaiveTimeDeposit:
    """One deposit: what moved its principal, its cycles, and the interest that is payable."""

    key: str
    account: str
    rollover: str
    cycles: list[Cycle]
    moves: list[Movement] = field(default_factory=list)
    payable: int = 0
    partials: int = 0
    ended_on: date = FOREVER

    @property
    def cycle(self) -> Cycle:
        """The running one."""
        return self.cycles[-1]

    def principal(self, known_at: date = FOREVER) -> int:
        """What stands, as known on a day."""
        return sum(m.fen for m in self.moves if m.booked <= known_at)

    def accrued(self, demand: Callable[[date], Fraction], as_of: date, known_at: date) -> Fraction:
        """Interest that grew and is not settled, at the end of a day, GL-06; exact fen."""
        lived = min(as_of, known_at)
        if lived < self.cycles[0].start or lived >= self.ended_on:
            return Fraction(0)
        cycle = [c for c in self.cycles if c.start <= lived][-1]
        fen = self.principal(lived)
        if cycle.matured and cycle.maturity <= lived:
            return overdue(fen, demand(as_of), cycle.maturity, as_of + ONE_DAY)
        return cycle.grown(fen, as_of + ONE_DAY)


def overdue(fen: int, demand: Fraction, start: date, end: date) -> Fraction:
    """Actual days at the demand rate: early and overdue money, DEP-06, DEP-07."""
    return whole_yuan(fen) * demand / 100 * (end - start).days / 360


def deposit_of(bank: NaiveBank, key: str) -> NaiveTimeDeposit:
    """The deposit, or stream_not_found."""
    if key not in bank.deposits:
        raise Refused("stream_not_found")
    found: NaiveTimeDeposit = bank.deposits[key]
    return found


def open_deposit(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Place money for a term at the rate of the day, from the account or in cash, D7."""
    if c.deposit in bank.deposits:
        raise Refused("stream_exists")
    account, fen = account_of(bank, c.account), c.amount.minor
    pays(bank, account, "new")
    positive(fen)
    if fen < MINIMUM:
        raise Refused("amount_below_minimum")
    if c.term_months not in TERMS:
        raise Refused("term_not_offered")
    if c.rollover not in MODES:
        raise Refused("rollover_mode_unknown")
    if not account.is_open:
        raise Refused("account_not_open")
    if c.source != "cash":
        account.check_debit(fen, bank.today)
    rate = bank.board.on(str(c.term_months), bank.today)
    cycle = Cycle(bank.today, rate, c.term_months)
    deposit = NaiveTimeDeposit(c.deposit, c.account, c.rollover, [cycle])
    bank.deposits[c.deposit] = deposit
    shift(bank, deposit, fen)
    bank.post(bank.today, {CASH if c.source == "cash" else DEMAND: fen, LUMP: -fen})
    if c.source != "cash":
        move(bank, account, -fen, "time deposit", bank.today)
    account.links.append(c.deposit)


def shift(bank: NaiveBank, deposit: NaiveTimeDeposit, fen: int) -> None:
    """Principal goes up or down today."""
    deposit.moves.append(Movement(bank.today, bank.today, fen, "principal"))


def pay(bank: NaiveBank, deposit: NaiveTimeDeposit, fen: int, target: str) -> str:
    """Money out of the deposit, over the counter or onto the account; the ledger account."""
    if target == "cash":
        return CASH
    move(bank, bank.accounts[deposit.account], fen, "from time deposit", bank.today)
    return DEMAND


def may_pay(bank: NaiveBank, deposit: NaiveTimeDeposit, target: str) -> None:
    """The account that gets the money must be able to take it."""
    account = bank.accounts[deposit.account]
    stopped = any(r.kind == "full_freeze" and r.active(bank.today) for r in account.restrictions)
    if target != "cash" and stopped:
        raise Refused("credit_not_allowed")


def asked_amount(bank: NaiveBank, c: Any) -> tuple[NaiveTimeDeposit, int]:
    """The deposit and what is asked of it, all of it where nothing is said."""
    deposit = deposit_of(bank, c.deposit)
    pays(bank, bank.accounts[deposit.account], "debit")
    if deposit.ended_on < FOREVER:
        raise Refused("deposit_not_active")
    return deposit, c.amount.minor if c.amount else deposit.principal()


def within(deposit: NaiveTimeDeposit, fen: int) -> None:
    """Refuse amount_not_positive, amount_above_principal."""
    positive(fen)
    if fen > deposit.principal():
        raise Refused("amount_above_principal")


def withdraw_early(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Before maturity, whole or once in part, at the demand rate of the day, DEP-06."""
    deposit, fen = asked_amount(bank, c)
    if bank.today >= deposit.cycle.maturity:
        raise Refused("already_matured")
    within(deposit, fen)
    rest = deposit.principal() - fen
    if rest and deposit.partials:
        raise Refused("partial_count_exceeded")
    if rest and rest < MINIMUM:
        raise Refused("remainder_below_minimum")
    may_pay(bank, deposit, c.target)
    since = deposit.cycle.start
    leave(bank, deposit, fen, Leaving(since, c.target, part=bool(rest)))


def pay_out(bank: NaiveBank, c: Any, _: Asked) -> None:
    """At or after maturity, in parts if wanted: the matured interest with the first, DEP-07."""
    deposit, fen = asked_amount(bank, c)
    if not deposit.cycle.matured:
        raise Refused("not_matured")
    within(deposit, fen)
    may_pay(bank, deposit, c.target)
    leave(bank, deposit, fen, Leaving(deposit.cycle.maturity, c.target))


@dataclass(frozen=True, slots=True)
class Leaving:
    """Since when the money earned the demand rate, where it goes; `part` of a running term."""

    since: date
    target: str
    part: bool = False


def leave(bank: NaiveBank, deposit: NaiveTimeDeposit, fen: int, how: Leaving) -> None:
    """Principal with its interest leaves, D5 or D8; an empty deposit ends."""
    demand = bank.board.on("demand", bank.today)
    other = half_up(overdue(fen, demand, how.since, bank.today))
    matured = 0 if how.part else deposit.payable
    gl = pay(bank, deposit, fen + matured + other, how.target)
    legs = {LUMP: fen, PAYABLE: matured, EXPENSE: other, gl: -fen - matured - other}
    bank.post(bank.today, legs)
    deposit.payable -= matured
    deposit.partials += how.part
    shift(bank, deposit, -fen)
    if not deposit.principal():
        deposit.ended_on = bank.today
        bank.accounts[deposit.account].links.remove(deposit.key)


def morning(bank: NaiveBank) -> None:
    """Step 40: what matures today."""
    for deposit in list(bank.deposits.values()):
        if deposit.ended_on == FOREVER and deposit.cycle.maturity == bank.today:
            mature(bank, deposit)


def mature(bank: NaiveBank, deposit: NaiveTimeDeposit) -> None:
    """The interest of the term becomes payable, then the instruction is followed, DEP-08."""
    cycle, fen = deposit.cycle, deposit.principal()
    cycle.matured = True
    interest = half_up(cycle.at_maturity(fen))
    deposit.payable += interest
    bank.post(bank.today, {EXPENSE: interest, PAYABLE: -interest})
    if deposit.rollover == "linked_account":
        leave(bank, deposit, fen, Leaving(bank.today, "account"))
    if deposit.rollover in {"principal_and_interest", "principal_only"}:
        renew(bank, deposit)


def renew(bank: NaiveBank, deposit: NaiveTimeDeposit) -> None:
    """A new term from today at today's rate, D6."""
    interest = deposit.payable
    joins = interest if deposit.rollover == "principal_and_interest" else 0
    legs = {PAYABLE: interest, LUMP: -joins}
    if joins:
        shift(bank, deposit, joins)
    else:
        legs[pay(bank, deposit, interest, "account")] = -interest
    bank.post(bank.today, legs)
    months = deposit.cycle.months
    rate = bank.board.on(str(months), bank.today)
    deposit.cycles.append(Cycle(bank.today, rate, months))
    deposit.payable, deposit.partials = 0, 0


ANSWERS: Final[dict[str, Answer]] = {
    "time_deposit.open": open_deposit,
    "time_deposit.withdraw_early": withdraw_early,
    "time_deposit.pay_out": pay_out,
}
