"""Accrued interest of demand accounts: DEP-02 for [last settled, on + 1) at the rate of `on`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bankcore.aggregates.deposit_account import DepositAccount
from bankcore.operations.interest import rate_param
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals.accrual import Accrual
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.demand import demand_interest


def accruals(
    stream: str, account: DepositAccount, on: date, catalogue: Catalogue
) -> Iterable[Accrual]:
    """One accrual while the account is open; nothing before its first money."""
    start, until = account.period_start, on + timedelta(days=1)
    if not account.is_open or start is None or account.terms is None or start > until:
        return
    rate = catalogue.rate(rate_param(account.product), on)
    moves = [m for m in account.movements if m[0] < until]
    result = demand_interest(account.opening_balance, moves, start, until, rate, account.terms.base)
    yield Accrual(
        stream=stream,
        product=account.product,
        exact=result.interest.exact,
        rule=result.interest.rule,
        inputs=result.interest.inputs,
        debit=choose.interest_expense(account.product),
        credit="2231",
    )
