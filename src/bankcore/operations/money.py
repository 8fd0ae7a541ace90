"""Moving money between streams: the posting stream acts, the account mirrors.

Vocabulary section 1.7: each movement has one posting event with legs and, in every other customer
stream that it touches, one mirror without legs, in the same decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount, held_on
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.decide import check_credit, check_debit
from bankcore.operations.decision import Decision
from bankcore.rules import account_choice as choose
from bankcore.values.entry import Entry
from bankcore.values.money import Money

CASH_WORD: Final = "cash"


@dataclass(frozen=True, slots=True)
class Purse:
    """Where money comes from or goes to: cash over the counter, or a deposit account.

    `gl` is the ledger account that the posting event debits or credits for it.
    """

    gl: str
    account: str | None


def purse(decision: Decision, where: str) -> Purse:
    """Read `cash` or an account number; the account must exist (`stream_not_found`)."""
    if where == CASH_WORD:
        return Purse(choose.CASH, None)
    state = decision.need(ACCOUNT, where)
    return Purse(account_gl(state), ACCOUNT.stream(where))


def account_gl(account: DepositAccount) -> str:
    """The ledger account of an account's balance: its product's, 2011.12 while it is dormant."""
    return held_on(account) if account.product else choose.deposit_account("demand")


def check_source(decision: Decision, where: Purse, amount: Money) -> None:
    """Refuse when the account cannot give this amount; cash always can."""
    if where.account is not None:
        check_debit(decision.need(ACCOUNT, where.account), amount)


def take(decision: Decision, where: Purse, amount: Money, posted: Entry[object], why: str) -> None:
    """Mirror a debit on the account the money came from; nothing for cash or zero."""
    if where.account is None or not amount:
        return
    mirror = e.AccountDebited(amount=amount, posted_by=posted.id, purpose=why)
    decision.emit(ACCOUNT, where.account, mirror, value_date=posted.value_date, caused_by=posted.id)


def give(decision: Decision, where: Purse, amount: Money, posted: Entry[object], why: str) -> None:
    """Mirror a credit on the account the money goes to; nothing for cash or zero."""
    if where.account is None or not amount:
        return
    mirror = e.AccountCredited(amount=amount, posted_by=posted.id, purpose=why)
    decision.emit(ACCOUNT, where.account, mirror, value_date=posted.value_date, caused_by=posted.id)


def check_target(decision: Decision, where: Purse) -> None:
    """Refuse `account_not_open` or `credit_not_allowed` when the account cannot take money."""
    if where.account is not None:
        check_credit(decision.need(ACCOUNT, where.account))


def link(decision: Decision, account: str, contract: str, kind: str) -> None:
    """A contract starts to use an account; the account cannot close before it ends."""
    decision.emit(ACCOUNT, account, e.AccountLinked(contract=contract, kind=kind))


def unlink(decision: Decision, account: str, contract: str, kind: str) -> None:
    """A contract no longer uses an account; no event when it was not linked."""
    state = decision.need(ACCOUNT, account)
    if any(x.contract == contract and x.kind == kind for x in state.links):
        decision.emit(ACCOUNT, account, e.AccountUnlinked(contract=contract, kind=kind))


def placeholders(**chosen: str) -> Mapping[str, str]:
    """The `gl` field of a posting event, keys in order of the alphabet."""
    return dict(sorted(chosen.items()))
