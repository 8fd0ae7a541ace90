"""What changes a loan of the naive model, LN-15 and LN-17, and what has grown on it, GL-06."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Refused, half_up, months_later
from bankcore.testing.naive.demand import CASH, DEMAND, account_of, move
from bankcore.testing.naive.loan import (
    INTEREST_INCOME,
    PERFORMING,
    NaiveLoan,
    begin,
    by_days,
    fill,
    level_of,
    split,
)
from bankcore.testing.naive.loan_paying import fall_due, loan_of, pay, running, settle_if_clear

SMALLEST: Final = 100_000
NOTICE: Final = timedelta(days=15)
FIXED_UP_TO: Final = 12


@dataclass(frozen=True, slots=True)
class Prepayment:
    """A wish: how much, on which day, by a notice of which day."""

    fen: int
    on: date
    noticed: date


def allowed(loan: NaiveLoan, wish: Prepayment, balance: int, *, in_arrears: bool) -> None:
    """The refusals of LN-15 in their order."""
    if loan.settled:
        raise Refused("loan_not_active")
    if in_arrears:
        raise Refused("in_arrears")
    if wish.fen <= 0:
        raise Refused("amount_not_positive")
    if wish.fen > balance:
        raise Refused("amount_exceeds_balance")
    if wish.fen < min(balance, SMALLEST):
        raise Refused("below_minimum")
    if wish.on < wish.noticed + NOTICE:
        raise Refused("notice_too_short")


def give_notice(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Announce a prepayment; whether it is early enough is seen when the money comes."""
    loan = loan_of(bank, c.loan)
    balance = sum(row.principal for row in loan.coming)
    wish = Prepayment(c.amount.minor, date.max, bank.today)
    allowed(loan, wish, balance, in_arrears=bool(loan.dues))
    loan.notices.append((bank.today, c.on))


def prepay(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Principal with its interest to the day; an instalment of today is paid first."""
    loan, fen, today = running(bank, c.loan), c.amount.minor, bank.today
    from_account = None if c.source == "cash" else account_of(bank, c.source)
    late = [row for row in loan.dues if row.due < today]
    owed = 0 if late else sum(row.open for row in loan.rows if row.due <= today)
    if from_account and owed:
        from_account.check_debit(owed, today)
    balance = sum(row.principal for row in loan.rows if row.due > today)
    if not balance and not late:
        raise Refused("loan_not_active")
    noticed = min((given for given, on in loan.notices if on <= today), default=today)
    allowed(loan, Prepayment(fen, today, noticed), balance, in_arrears=bool(late))
    since = max([row.due for row in loan.rows if row.due <= today], default=loan.start)
    interest = half_up(by_days(loan, fen, since, today))
    if from_account:
        from_account.check_debit(owed + fen + interest, today)
    fall_due(bank, loan)
    if owed:
        pay(bank, loan, owed, c.source)
    gl = CASH if c.source == "cash" else DEMAND
    bank.post(today, {gl: fen + interest, PERFORMING: -fen, INTEREST_INCOME: -interest})
    if from_account:
        move(bank, from_account, -fen - interest, "loan prepayment", today)
    spread_anew(loan, balance - fen, shorter=c.option == "shorten_term")
    loan.notices.clear()
    settle_if_clear(bank, loan)


def spread_anew(loan: NaiveLoan, balance: int, *, shorter: bool) -> None:
    """月供减少 spreads what is left over all open months, 期限缩短 keeps the level, LN-15."""
    coming = loan.coming
    if balance and not shorter:
        loan.level = level_of(loan, balance, len(coming))
    fill(loan, balance, coming)
    if shorter or not balance:
        freed = [row for row in coming if not row.principal]
        loan.rows = [row for row in loan.rows if row not in freed]


def repricing_days(loan: NaiveLoan) -> list[date]:
    """1 January, or the months of the cycle from the value date, strictly before maturity."""
    lent, maturity = loan.lent, months_later(loan.start, loan.lent.months)
    if lent.months <= FIXED_UP_TO:
        return []
    if lent.repricing == "jan1":
        found = [date(loan.start.year + n, 1, 1) for n in range(1, 6)]
    else:
        found = [months_later(loan.start, lent.cycle * n) for n in range(1, 60)]
    return [day for day in found if day < maturity]


def reprice(bank: NaiveBank) -> None:
    """Step 50: the LPR of today and the spread; on a due date that row keeps the old rate."""
    for loan in bank.loans.values():
        rate = bank.board.on("lpr", bank.today) + loan.lent.spread
        touched = [row for row in loan.coming if row.due > bank.today]
        if bank.today not in repricing_days(loan) or loan.settled or rate == loan.rates[-1][1]:
            continue
        loan.rates.append((bank.today, rate))
        if touched:
            balance = sum(row.principal for row in touched)
            if loan.lent.method == "level_payment":
                loan.level = level_of(loan, balance, len(touched))
            fill(loan, balance, touched)


def accrued(loan: NaiveLoan, on: date) -> Fraction:
    """Interest of the running period and penalty not charged, at the end of a day, GL-06.

    Nothing is recognised while the loan does not accrue.
    """
    if not loan.accrues:
        return Fraction(0)
    late = sum((x for row in loan.dues for x in loan.growing(row, on + ONE_DAY)), Fraction(0))
    return late + running_interest(loan, on)


def running_interest(loan: NaiveLoan, on: date) -> Fraction:
    """Interest of the running period at the end of a day.

    A whole period grows by months and odd days and never beyond what will fall due; one in which
    the rate changes grows by days.
    """
    if not loan.coming or loan.settled or loan.start > on:
        return Fraction(0)
    row, balance = loan.coming[0], sum(row.principal for row in loan.coming)
    start, end = begin(loan, row), min(on + ONE_DAY, row.due)
    if split(loan, row):
        return by_days(loan, balance, start, end)
    whole = months_later(start, 1) <= end
    odd = (end - (months_later(start, 1) if whole else start)).days
    months = min(whole + Fraction(odd, 30), Fraction(1))
    return balance * loan.rate_on(start) / 1200 * months


ANSWERS: Final[dict[str, Answer]] = {
    "loan.give_prepayment_notice": give_notice,
    "loan.prepay": prepay,
}
