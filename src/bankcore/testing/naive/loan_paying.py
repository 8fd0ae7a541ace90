"""Payments on loans of the naive model: dues, allocation, auto debit; LN-18 to LN-22, GL-06.

A loan that does not accrue (more than 90 days past due) keeps interest and penalty off the book:
what falls due goes to a memo account, and is income only when it is paid.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import Refused
from bankcore.testing.naive.demand import CASH, DEMAND, account_of, move
from bankcore.testing.naive.loan import (
    ALLOWANCE,
    IMPAIRMENT,
    INTEREST,
    INTEREST_INCOME,
    PAST_DUE,
    PENALTY,
    PENALTY_INCOME,
    PERFORMING,
    Instalment,
    NaiveLoan,
)

MEMO, CONTRA = "8301", "8999"
TURN: Final = 90
UP_TO_90: Final = ("compound", "penalty", "interest", "principal")
AFTER_90: Final = ("principal", "interest", "compound", "penalty")


def fall_due(bank: NaiveBank, loan: NaiveLoan) -> None:
    """Rows whose day has come: their interest is earned, L2, or only noted, L9."""
    for row in loan.rows:
        if not row.fallen and row.due <= bank.today:
            row.fallen = True
            earn(bank, loan, row.due, {INTEREST: row.interest, INTEREST_INCOME: -row.interest})


def charge(bank: NaiveBank, loan: NaiveLoan) -> None:
    """Penalty and compound interest up to today are fixed, L5 or L9; what rounds to 0 grows on."""
    for row in loan.dues:
        penalty, compound = loan.grown(row, bank.today)
        both = penalty + compound
        if both:
            row.charged_to = bank.today
            row.penalty += penalty
            row.compound += compound
            earn(bank, loan, bank.today, {PENALTY: both, PENALTY_INCOME: -both})


def earn(bank: NaiveBank, loan: NaiveLoan, valued: date, legs: dict[str, int]) -> None:
    """Income of a day, on the book or, while the loan does not accrue, beside it."""
    fen = max(legs.values())
    bank.post(valued, legs if loan.accrues else {MEMO: fen, CONTRA: -fen})


def order(loan: NaiveLoan, today: date) -> list[tuple[Instalment, str]]:
    """What a payment fills first: row by row, beyond 90 days all principal first, LN-22."""
    if loan.days_past_due(today) > TURN:
        return [(row, part) for part in AFTER_90 for row in loan.dues]
    return [(row, part) for row in loan.dues for part in UP_TO_90]


def pay(bank: NaiveBank, loan: NaiveLoan, fen: int, source: str) -> None:
    """Fill what is owed in its order; the rest stays with the payer, L3, L10."""
    charge(bank, loan)
    late = in_arrears(loan)
    left, legs = fen, dict.fromkeys((PERFORMING, PAST_DUE, INTEREST, PENALTY), 0)
    legs |= dict.fromkeys((INTEREST_INCOME, MEMO, CONTRA), 0)
    for row, part in order(loan, bank.today):
        paid = min(left, getattr(row, part))
        setattr(row, part, getattr(row, part) - paid)
        left -= paid
        for account, sign in _accounts(loan, row, part):
            legs[account] += sign * paid
        if not row.principal + row.interest:
            row.paid_on = row.paid_on or bank.today
    bank.post(bank.today, {CASH if source == "cash" else DEMAND: fen - left} | legs)
    if source != "cash" and fen > left:
        move(bank, bank.accounts[source], left - fen, "loan repayment", bank.today)
    if late and not loan.days_past_due(bank.today):
        loan.caught_up_on = bank.today
    if not loan.dues:
        loan.cleared_on = loan.cleared_on or bank.today
    settle_if_clear(bank, loan)


def in_arrears(loan: NaiveLoan) -> bool:
    """Principal or interest that fell due is open."""
    return any(row.principal + row.interest for row in loan.dues)


def _accounts(loan: NaiveLoan, row: Instalment, part: str) -> list[tuple[str, int]]:
    """Which accounts a part that was paid moves, and to which side."""
    if part == "principal":
        return [(PAST_DUE if row.past_due else PERFORMING, -1)]
    if not loan.accrues:
        return [(INTEREST_INCOME, -1), (CONTRA, 1), (MEMO, -1)]
    return [(INTEREST if part == "interest" else PENALTY, -1)]


def stop_accruing(bank: NaiveBank) -> None:
    """Step 260: beyond 90 days what was not collected is no income any more, L8."""
    for loan in bank.loans.values():
        if loan.accrues and loan.days_past_due(bank.today) > TURN:
            charge(bank, loan)
            interest = sum(row.interest for row in loan.dues)
            penalty = sum(row.penalty + row.compound for row in loan.dues)
            bank.post(bank.today, {INTEREST_INCOME: interest, INTEREST: -interest})
            bank.post(bank.today, {PENALTY_INCOME: penalty, PENALTY: -penalty})
            bank.post(bank.today, {MEMO: interest + penalty, CONTRA: -interest - penalty})
            loan.accrues = False


def settle_if_clear(bank: NaiveBank, loan: NaiveLoan) -> None:
    """A loan that owes nothing lets its account go, and its allowance is released."""
    links = bank.accounts[loan.lent.account].links
    if loan.settled and loan.allowance:
        bank.post(bank.today, {ALLOWANCE: loan.allowance, IMPAIRMENT: -loan.allowance})
        loan.allowance = 0
    if loan.settled and loan.lent.key in links:
        links.remove(loan.lent.key)


def loan_of(bank: NaiveBank, key: str) -> NaiveLoan:
    """The loan, or stream_not_found."""
    if key not in bank.loans:
        raise Refused("stream_not_found")
    found: NaiveLoan = bank.loans[key]
    return found


def running(bank: NaiveBank, key: str) -> NaiveLoan:
    """The loan, or loan_not_active."""
    loan = loan_of(bank, key)
    if loan.settled:
        raise Refused("loan_not_active")
    return loan


def repay(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The borrower pays what is due, in cash or from an account; the rest stays with him."""
    if c.amount.minor < 0:
        raise Refused("payment_negative")
    loan = running(bank, c.loan)
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
        available = bank.accounts[loan.lent.account].available(bank.today)
        if available and (owed := loan.owed(bank.today)):
            pay(bank, loan, min(available, owed), loan.lent.account)


def roll(bank: NaiveBank) -> None:
    """Step 260: principal that is unpaid at the end of its due day is past due, L6."""
    for loan in bank.loans.values():
        for row in loan.dues:
            if not row.past_due and row.due <= bank.today:
                row.past_due = True
                bank.post(bank.today, {PAST_DUE: row.principal, PERFORMING: -row.principal})


ANSWERS: Final[dict[str, Answer]] = {"loan.repay": repay}
