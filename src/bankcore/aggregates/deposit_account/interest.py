"""Interest of an account's running period (在途结息): at one rate, or in the two tiers of DEP-16.

One door for settling, accruing and deriving again; pure, on the account's own state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.aggregates.deposit_account.state import DepositAccount
from bankcore.rules.deposits.agreement import AgreementTerms, agreement_interest
from bankcore.rules.deposits.demand import demand_interest
from bankcore.values.figures import Figure
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True)
class Rates:
    """The demand rate, and above the threshold of a running agreement the agreement rate."""

    demand: AnnualRate
    agreement: AnnualRate | None = None


@dataclass(frozen=True, slots=True)
class PeriodInterest:
    """Yuan·days at the demand rate and at the agreement rate, and the interest of both."""

    low_days: Fraction
    high_days: Fraction
    interest: Figure


def has_agreement(account: DepositAccount) -> bool:
    """True while the running period has a day of an agreement (协定存款); later it is demand."""
    contract, start = account.contract, account.period_start
    return contract is not None and start is not None and start < contract.until


def agreement_terms(account: DepositAccount, rates: Rates) -> AgreementTerms | None:
    """The terms of DEP-16 for a period that was priced at these rates; None at one rate."""
    if rates.agreement is None:
        return None
    assert account.contract is not None, "two rates are those of a contract"
    contract = account.contract
    return AgreementTerms(contract.threshold, rates.demand, rates.agreement, contract.until)


def period_interest(account: DepositAccount, until: date, rates: Rates) -> PeriodInterest:
    """Interest from the last settlement to `until`, exclusive (DEP-02, DEP-16)."""
    start, terms = account.period_start, account.terms
    assert start is not None, "an open account has a period"
    assert terms is not None, "an open account has terms"
    balance, moves = account.opening_balance, account.movements
    agreed = agreement_terms(account, rates)
    if agreed is None:
        one = demand_interest(balance, moves, start, until, rates.demand, terms.base)
        return PeriodInterest(one.balance_days, Fraction(0), one.interest)
    two = agreement_interest(balance, moves, start, until, agreed)
    return PeriodInterest(two.low_days, two.high_days, two.interest)
