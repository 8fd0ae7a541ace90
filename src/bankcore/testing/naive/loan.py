"""Instalment loans of the naive model, up to 90 days past due: LN-10, LN-11, LN-18 to LN-22.

The schedule is counted period by period in exact fractions; each unpaid instalment is a row of its
own with what is open of it; penalty and compound interest are counted when money comes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import Refused, half_up
from bankcore.testing.naive.demand import CASH, DEMAND, account_of, move
from bankcore.testing.naive.time_deposit import months_later

PERFORMING, PAST_DUE, INTEREST, PENALTY = "1303.01", "1303.05", "1132.01", "1132.03"
INTEREST_INCOME, PENALTY_INCOME = "6011.01", "6011.03"
GRACE: Final = timedelta(days=3)
SURCHARGE: Final = Fraction(3, 2)
CAP: Final = Fraction(24)
PARTS: Final = ("compound", "penalty", "interest", "principal")


@dataclass(slots=True)
class Instalment:
    """A row of the schedule and, once it fell due, what is open of it; all in fen."""

    number: int
    due: date
    principal: int
    interest: int
    charged_to: date
    penalty: int = 0
    compound: int = 0
    fallen: bool = False
    past_due: bool = False

    @property
    def open(self) -> int:
        """All that is still to be paid of it."""
        return self.principal + self.interest + self.penalty + self.compound


@dataclass(slots=True)
class NaiveLoan:
    """A loan with its instalments; those that are paid keep zeros."""

    key: str
    account: str
    rate: Fraction
    rows: list[Instalment] = field(default_factory=list)

    @property
    def dues(self) -> list[Instalment]:
        """What has fallen due and is not paid, oldest first."""
        return [row for row in self.rows if row.fallen and row.open]

    @property
    def principal(self) -> int:
        """All principal that is owed, due or not."""
        return sum(row.principal for row in self.rows)

    @property
    def settled(self) -> bool:
        """Nothing is owed any more."""
        return all(row.fallen and not row.open for row in self.rows)

    def days_past_due(self, on: date) -> int:
        """Since the oldest instalment whose principal or interest is open, LN-18."""
        late = [row.due for row in self.dues if row.principal + row.interest and row.due < on]
        return max(((on - due).days for due in late), default=0)

    def grown(self, row: Instalment, on: date) -> tuple[int, int]:
        """Penalty on principal and compound on interest since they were charged, LN-19, LN-20."""
        if on - row.due <= GRACE or on <= row.charged_to:
            return 0, 0
        rate = min(self.rate * SURCHARGE, CAP)
        per_fen = (on - row.charged_to).days * rate / 36000
        return half_up(row.principal * per_fen), half_up(row.interest * per_fen)

    def owed(self, on: date) -> int:
        """What a payment on a day would have to cover."""
        return sum(row.open + sum(self.grown(row, on)) for row in self.dues)


def schedule(fen: int, rate: Fraction, start: date, months: int, method: str) -> list[Instalment]:
    """Whole monthly periods from the day of disbursement; the last row takes the rest."""
    monthly, rest, rows = rate / 1200, fen, []
    growth = (1 + monthly) ** months
    level = half_up(fen * monthly * growth / (growth - 1))
    for number in range(1, months + 1):
        interest = half_up(rest * monthly)
        wanted = level - interest if method == "level_payment" else half_up(Fraction(fen, months))
        principal = rest if number == months else min(wanted, rest)
        due = months_later(start, number)
        rows.append(Instalment(number, due, principal, interest, due))
        rest -= principal
    return rows


def fall_due(bank: NaiveBank, loan: NaiveLoan) -> None:
    """Rows whose day has come: their interest is earned, L2."""
    for row in loan.rows:
        if not row.fallen and row.due <= bank.today:
            row.fallen = True
            bank.post(row.due, {INTEREST: row.interest, INTEREST_INCOME: -row.interest})


def charge(bank: NaiveBank, loan: NaiveLoan) -> None:
    """Penalty and compound interest up to today are fixed, L5."""
    for row in loan.dues:
        penalty, compound = loan.grown(row, bank.today)
        if bank.today - row.due > GRACE:
            row.charged_to = max(row.charged_to, bank.today)
        row.penalty += penalty
        row.compound += compound
        both = penalty + compound
        bank.post(bank.today, {PENALTY: both, PENALTY_INCOME: -both})


def pay(bank: NaiveBank, loan: NaiveLoan, fen: int, source: str) -> None:
    """Oldest instalment first; in each compound, penalty, interest, principal, LN-22."""
    charge(bank, loan)
    left, legs = fen, {PERFORMING: 0, PAST_DUE: 0, INTEREST: 0, PENALTY: 0}
    for row in loan.dues:
        for part in PARTS:
            paid = min(left, getattr(row, part))
            setattr(row, part, getattr(row, part) - paid)
            left -= paid
            legs[_account(row, part)] -= paid
    bank.post(bank.today, {CASH if source == "cash" else DEMAND: fen - left} | legs)
    if source != "cash" and fen > left:
        move(bank, bank.accounts[source], left - fen, "loan repayment", bank.today)
    if loan.settled and loan.key in bank.accounts[loan.account].links:
        bank.accounts[loan.account].links.remove(loan.key)


def _account(row: Instalment, part: str) -> str:
    if part == "principal":
        return PAST_DUE if row.past_due else PERFORMING
    return INTEREST if part == "interest" else PENALTY


def repay(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The borrower pays what is due, in cash or from an account; the rest stays with him."""
    if c.amount.minor < 0:
        raise Refused("payment_negative")
    if c.loan not in bank.loans:
        raise Refused("stream_not_found")
    loan: NaiveLoan = bank.loans[c.loan]
    if loan.settled:
        raise Refused("loan_not_active")
    wanted = min(c.amount.minor, _owed_today(loan, bank.today))
    if wanted and c.source != "cash":
        account_of(bank, c.source).check_debit(wanted, bank.today)
    fall_due(bank, loan)
    pay(bank, loan, c.amount.minor, c.source)


def _owed_today(loan: NaiveLoan, today: date) -> int:
    """What is owed, the instalment of today included though it falls due at the close."""
    coming = [row.open for row in loan.rows if not row.fallen and row.due <= today]
    return loan.owed(today) + sum(coming)


def collect(bank: NaiveBank) -> None:
    """Step 200: dues of today, and whatever the account can give, every day until paid."""
    for loan in bank.loans.values():
        fall_due(bank, loan)
        available = bank.accounts[loan.account].available(bank.today)
        fen = min(available, loan.owed(bank.today))
        if fen:
            pay(bank, loan, fen, loan.account)


def roll(bank: NaiveBank) -> None:
    """Step 260: principal that is unpaid at the end of its due day is past due, L6."""
    for loan in bank.loans.values():
        for row in loan.dues:
            if not row.past_due and row.due <= bank.today:
                row.past_due = True
                bank.post(bank.today, {PAST_DUE: row.principal, PERFORMING: -row.principal})


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan that was disbursed today onto an account, with auto debit from it."""

    key: str
    account: str
    fen: int
    rate: Fraction
    months: int
    method: str


def disburse(bank: NaiveBank, lent: Lent) -> None:
    """Tell the model of a loan: money on the account, L1, and the schedule."""
    rows = schedule(lent.fen, lent.rate, bank.today, lent.months, lent.method)
    bank.loans[lent.key] = NaiveLoan(lent.key, lent.account, lent.rate, rows)
    bank.post(bank.today, {PERFORMING: lent.fen, DEMAND: -lent.fen})
    account = bank.accounts[lent.account]
    move(bank, account, lent.fen, "loan", bank.today)
    account.links.append(lent.key)


ANSWERS: Final[dict[str, Answer]] = {"loan.repay": repay}
