"""Interest of demand accounts (活期结息、付息、补退): settle, pay, restate.

DEP-02, DEP-03, DEP-16, DEP-19 and GL-05. The figures come from the rules; this module finds
their inputs in the account's state and history and emits the events.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.interest import (
    Rates,
    agreement_terms,
    has_agreement,
    period_interest,
)
from bankcore.operations.decision import Decision
from bankcore.operations.money import account_gl, placeholders
from bankcore.operations.pricing import tax_of, tax_on
from bankcore.products.catalogue import Catalogue
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.restatement import Period, Withholding, recompute_chain
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

DERIVED: Final = (e.InterestSettled, e.InterestPaid, e.InterestAdjusted)


Taxed = tuple[Money, Money]
"""Interest of a period and its tax."""
AGREEMENT_RATE: Final = "deposit.rate.agreement"
_AT_DEMAND_RATE: Final = frozenset({"demand", "demand_q", "agreement"})


def rate_param(product: str) -> str:
    """The board row of a demand product; `demand_q` has the demand rate (DEP-09).

    So has an agreement account, up to its threshold and after its contract (DEP-16).
    """
    return "deposit.rate.demand" if product in _AT_DEMAND_RATE else f"deposit.rate.{product}"


def board_rates(account: DepositAccount, catalogue: Catalogue, on: date) -> Rates:
    """The posted rates of a day at which the running period of an account is priced."""
    demand = catalogue.rate(rate_param(account.product), on)
    return Rates(demand, catalogue.rate(AGREEMENT_RATE, on) if has_agreement(account) else None)


def day_after(day: date) -> date:
    """The pay day of a settlement: the calendar day after, never moved."""
    return day + timedelta(days=1)


def settle(d: Decision, number: str, until: date) -> None:
    """Fix the interest of the running period up to `until` (exclusive) at today's rate."""
    account = d.need(ACCOUNT, number)
    start = account.period_start
    assert start is not None, "nothing to settle before the first money"
    rates = board_rates(account, d.catalogue, d.day)
    result = period_interest(account, until, rates)
    gl = placeholders(expense=choose.interest_expense(account.product))
    settled = e.InterestSettled(
        start=start,
        until=until,
        balance_days=result.low_days,
        interest=result.interest.amount,
        remainder=result.interest.remainder,
        rate=rates.demand,
        rate_valid_from=d.catalogue.row(rate_param(account.product), d.day).valid_from,
        upper=_upper(d, rates.agreement, result.high_days),
        tax=tax_on(d, result.interest.amount, start, until),
        gl=gl,
    )
    d.emit(ACCOUNT, number, settled)


def _upper(d: Decision, rate: AnnualRate | None, days: Fraction) -> e.UpperTier | None:
    """What stands above the threshold of an agreement; None at one rate."""
    if rate is None:
        return None
    valid_from = d.catalogue.row(AGREEMENT_RATE, d.day).valid_from
    return e.UpperTier(balance_days=days, rate=rate, rate_valid_from=valid_from)


def pay(d: Decision, number: str) -> None:
    """Credit what was settled, less tax; a settlement of zero has nothing to pay."""
    account = d.need(ACCOUNT, number)
    if not account.payable:
        return
    gl = placeholders(target=account_gl(account))
    paid = e.InterestPaid(interest=account.payable, tax=account.payable_tax, gl=gl)
    d.emit(ACCOUNT, number, paid)


def check_covered(d: Decision, number: str, amount: Money, on: date) -> None:
    """No end-of-day balance from a past value date on may become negative, GEN-05.

    Refuses `insufficient_funds_at_value_date`. Today's balance is the business of the available
    balance, so a command on time costs nothing here.
    """
    if on >= d.day:
        return
    lowest = _lowest(d.history(ACCOUNT, number), on)
    if lowest < amount:
        raise Rejected(Reason.INSUFFICIENT_FUNDS_AT_VALUE_DATE, short=amount - lowest)


def _lowest(history: Sequence[Entry[Any]], on: date) -> Money:
    """The lowest end-of-day balance from a day on."""
    moves = [(x.value_date, signed(x.event).minor) for x in history]
    ends = sorted({on, *(day for day, minor in moves if minor and day > on)})
    return Money(min(sum(minor for day, minor in moves if day <= end) for end in ends))


def restate(d: Decision, number: str, cause: Entry[Any]) -> None:
    """After a fact valued before the last settlement: one InterestAdjusted, GL-05 step 3."""
    account = d.need(ACCOUNT, number)
    if account.settled_to is None or cause.value_date >= account.settled_to:
        return
    found = adjustment(account, d.history(ACCOUNT, number), cause.id, d.catalogue)
    if found is not None:
        event, on = found
        d.emit(ACCOUNT, number, event, value_date=on, caused_by=cause.id)


def adjustment(
    account: DepositAccount, history: Sequence[Entry[Any]], cause: str, catalogue: Catalogue
) -> tuple[e.InterestAdjusted, date] | None:
    """The adjustment that all facts of a history ask for, and its value date; None if none.

    It is valued on the pay day of the last settlement whose interest the facts changed. Interest
    that changes is taxed anew by the days of its period (DEP-19). What the account does not cover
    from that day on is claimed on 1221.04 instead (GL-02).
    """
    settlements = [x.event for x in history if isinstance(x.event, e.InterestSettled)]
    known = _known(history, settlements)
    periods = [
        Period(
            s.start,
            s.until,
            s.rate,
            agreement=agreement_terms(account, rates_of(s)),
            tax=_withholding(s, k, catalogue),
        )
        for s, k in zip(settlements, known, strict=True)
    ]
    interests = recompute_chain(_movements(history), periods, _base(account))
    found = [(r, p.tax(r)) for r, p in zip(interests, periods, strict=True)]
    changed = [s.until for s, f, k in zip(settlements, found, known, strict=True) if f != k]
    difference, tax = _more(found, known)
    if not difference and not tax:
        return None
    net = difference - tax
    covered = net.minor > 0 or _lowest(history, changed[-1]) + net >= ZERO
    target = account_gl(account) if covered else choose.RECOURSE
    event = e.InterestAdjusted(
        difference=difference,
        tax=tax,
        periods=_adjusted(settlements, found),
        cause=(cause,),
        gl=placeholders(expense=choose.interest_expense(account.product), target=target),
    )
    return event, changed[-1]


def _more(found: Sequence[Taxed], known: Sequence[Taxed]) -> Taxed:
    """Interest and tax in all beyond what is known."""
    interest = total([x for x, _ in found]) - total([x for x, _ in known])
    return interest, total([tax for _, tax in found]) - total([tax for _, tax in known])


def _adjusted(
    settlements: Sequence[e.InterestSettled], found: Sequence[Taxed]
) -> tuple[e.PeriodAdjustment, ...]:
    """The periods that are no longer as they were settled."""
    return tuple(
        e.PeriodAdjustment(
            start=s.start, until=s.until, settled=s.interest, recomputed=interest, tax=tax
        )
        for s, (interest, tax) in zip(settlements, found, strict=True)
        if (interest, tax) != (s.interest, s.tax)
    )


def rates_of(settled: e.InterestSettled) -> Rates:
    """The rates at which a period was settled."""
    return Rates(settled.rate, settled.upper.rate if settled.upper else None)


def _withholding(settled: e.InterestSettled, known: Taxed, catalogue: Catalogue) -> Withholding:
    """The tax of a period's interest: as it stands while the interest does, else by its days."""

    def withheld(interest: Money) -> Money:
        if interest == known[0]:
            return known[1]
        return tax_of(catalogue, interest, settled.start, settled.until)

    return withheld


def _known(history: Sequence[Entry[Any]], settled: Sequence[e.InterestSettled]) -> list[Taxed]:
    """Interest and tax of each settled period as they stand: as settled, or as last adjusted."""
    adjusted = [x.event for x in history if isinstance(x.event, e.InterestAdjusted)]
    last = {p.start: p for p in adjusted[-1].periods} if adjusted else {}
    return [_stands(s, last.get(s.start)) for s in settled]


def _stands(settled: e.InterestSettled, adjusted: e.PeriodAdjustment | None) -> Taxed:
    if adjusted is None:
        return settled.interest, settled.tax
    return adjusted.recomputed, settled.tax if adjusted.tax is None else adjusted.tax


def _base(account: DepositAccount) -> str:
    assert account.terms is not None, "a settled account has terms"
    return account.terms.base


def _movements(history: Sequence[Entry[Any]]) -> list[tuple[date, Money]]:
    """Movements by value date without the interest that the chain itself recomputes."""
    moves = [(x.value_date, signed(x.event)) for x in history if not isinstance(x.event, DERIVED)]
    return sorted(((on, m) for on, m in moves if m), key=lambda pair: pair[0])


def signed(event: Any) -> Money:
    """What an event of the account does to its balance; zero for events that move nothing."""
    match event:
        case e.FundsDeposited(amount=amount) | e.AccountCredited(amount=amount):
            return amount
        case (
            e.FundsWithdrawn(amount=amount)
            | e.AccountDebited(amount=amount)
            | e.FundsDeductedByOrder(amount=amount)
        ):
            return -amount
        case e.DepositFeeCharged(fee=fee):
            return -fee
        case e.InterestPaid(interest=interest, tax=tax):
            return interest - tax
        case e.InterestAdjusted(credited=credited):
            return credited
        case e.DepositEntryReversed(change=change):
            return change
        case _:
            return ZERO
