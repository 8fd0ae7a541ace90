"""Accrued interest of demand accounts: [last settled, on + 1) at the rates of `on`.

DEP-02, and DEP-16 while an agreement runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bankcore.aggregates.deposit_account import DepositAccount
from bankcore.aggregates.deposit_account.interest import period_interest
from bankcore.operations.interest import board_rates
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals.accrual import Accrual
from bankcore.rules import account_choice as choose


def accruals(
    stream: str, account: DepositAccount, on: date, catalogue: Catalogue
) -> Iterable[Accrual]:
    """One accrual while the account is open; nothing before its first money."""
    start, until = account.period_start, on + timedelta(days=1)
    if not account.is_open or start is None or account.terms is None or start > until:
        return
    result = period_interest(account, until, board_rates(account, catalogue, on))
    yield Accrual(
        stream=stream,
        product=account.product,
        exact=result.interest.exact,
        rule=result.interest.rule,
        inputs=result.interest.inputs,
        debit=choose.interest_expense(account.product),
        credit="2231",
    )
