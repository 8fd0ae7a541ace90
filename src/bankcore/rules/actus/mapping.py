"""The bank's own contracts in standard terms (映射): loans ANN, LAM, PAM, deposits UMP, CLM.

Amounts are fen, exact. A whole month is a twelfth of a year, which 30E/360 gives as long as the
day of the month is at most the 28th; where the bank counts otherwise, `docs/concepts/contracts.md`
names it. The standard rounds nothing: the bank rounds each figure once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Final

from bankcore.rules.actus.terms import CycleTerm, Terms
from bankcore.rules.actus.times import DAY, Conventions, Cycle, Period
from bankcore.rules.loans.schedule import LoanTerms
from bankcore.values.dates import add_months
from bankcore.values.money import Money, round_to_money
from bankcore.values.rates import AnnualRate

LENDER: Final = 1
BORROWER: Final = -1
_QUARTER: Final = 3


def _conventions(day_count: str) -> Conventions:
    return Conventions(end_of_month=False, shift="", weekdays_only=False, day_count=day_count)


def moment(day: date) -> datetime:
    """A date as the standard's point in time: its midnight."""
    return datetime.combine(day, time.min)


def _every(months: int) -> CycleTerm:
    """A cycle of months counted from the exchange, whose own day is no due date."""
    return CycleTerm(cycle=Cycle(Period(months, in_months=True), long_stub=False))


def _loan(kind: str, loan: LoanTerms, **terms: CycleTerm | Fraction) -> Terms:
    """What the three repayment methods share; odd periods have no place in them."""
    assert loan.due_day in {None, loan.value_date.day}, "an odd period has no standard terms"
    exchanged = moment(loan.value_date)
    return Terms(
        contract_type=kind,
        role=LENDER,
        status_date=exchanged - DAY,
        conventions=_conventions("30E360"),
        notional=Fraction(loan.principal.minor),
        rate=loan.rate.yearly,
        initial_exchange=exchanged,
        maturity=moment(add_months(loan.value_date, loan.months)),
        **terms,  # type: ignore[arg-type]  # each name is a field of its type
    )


def level_payment_contract(loan: LoanTerms, level: Money | None = None) -> Terms:
    """等额本息 (LN-10) as an annuity, ANN; without a level payment the contract sizes its own."""
    if level is None:
        return _loan("ANN", loan, redemption=_every(1))
    return _loan("ANN", loan, redemption=_every(1), next_redemption=Fraction(level.minor))


def level_principal_contract(loan: LoanTerms) -> Terms:
    """等额本金 (LN-11) as a linear amortiser, LAM, with the bank's rounded part of principal."""
    part = round_to_money(Fraction(loan.principal.minor, loan.months)).money
    every = _every(1)
    redeemed = Fraction(part.minor)
    return _loan("LAM", loan, redemption=every, interest=every, next_redemption=redeemed)


def bullet_contract(loan: LoanTerms, interest_months: int | None = None) -> Terms:
    """先息后本 and 一次还本付息 (LN-12) as principal at maturity, PAM.

    `interest_months` None pays all interest at the end.
    """
    return _loan("PAM", loan, interest=_every(interest_months or loan.months))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A balance of whole yuan at one rate from the day it began to bear interest."""

    balance: Money
    rate: AnnualRate
    since: date


def demand_contract(deposit: Deposit, pay_on: date, frequency: str) -> Terms:
    """活期 (DEP-02, DEP-03) as undefined maturity, UMP: interest joins the balance on `pay_on`."""
    period = Period(_QUARTER if frequency == "quarterly" else 12, in_months=True)
    every = CycleTerm(anchor=moment(pay_on), cycle=Cycle(period, long_stub=False))
    return _deposit("UMP", deposit, every, None)


def notice_contract(deposit: Deposit, notice_days: int) -> Terms:
    """通知存款 (DEP-14) as call money, CLM: settled so many days after it is called."""
    return _deposit("CLM", deposit, CycleTerm(), Period(notice_days, in_months=False))


def _deposit(kind: str, deposit: Deposit, interest: CycleTerm, notice: Period | None) -> Terms:
    exchanged = moment(deposit.since)
    return Terms(
        contract_type=kind,
        role=BORROWER,
        status_date=exchanged - DAY,
        conventions=_conventions("A360"),
        notional=Fraction(deposit.balance.minor),
        rate=deposit.rate.yearly,
        initial_exchange=exchanged,
        interest=interest,
        notice=notice,
    )
