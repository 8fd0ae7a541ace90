"""Checks of a time deposit on its own state: refusals in the rulebook's order."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.time_deposit.interest import LUMPS
from bankcore.aggregates.time_deposit.plans import fixed_rate
from bankcore.aggregates.time_deposit.state import Stage, TimeDeposit
from bankcore.rules.deposits.early import EarlyDraw, check_before_maturity, draw_early
from bankcore.rules.deposits.rollover import MODES, NONE
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

LINKED: Final = "linked_account"
INSTRUCTIONS: Final = (*MODES, LINKED)
NOTICE: Final = frozenset({"notice_1d", "notice_7d"})


def need_active(deposit: TimeDeposit) -> None:
    """Refuse `deposit_not_active` unless there is money in it."""
    if not deposit.is_active:
        raise Rejected(Reason.DEPOSIT_NOT_ACTIVE, state=deposit.stage.value)


def need_unfrozen(deposit: TimeDeposit, amount: Money) -> None:
    """Refuse `account_frozen` when freezes and pledges do not leave the amount."""
    if deposit.held and (deposit.is_blocked or amount > deposit.available):
        raise Rejected(Reason.ACCOUNT_FROZEN, held=deposit.held, available=deposit.available)


def check_paying(deposit: TimeDeposit, amount: Money, *, identity_shown: bool) -> None:
    """Before any paying out: `identity_not_verified`, `deposit_not_active`, `account_frozen`."""
    if not identity_shown:
        raise Rejected(Reason.IDENTITY_NOT_VERIFIED)
    need_active(deposit)
    need_unfrozen(deposit, min(amount, deposit.principal))


def check_instruction(product: str, instruction: str) -> None:
    """Refuse `rollover_mode_unknown`; only lump sums roll over, every deposit may be paid out."""
    if instruction not in INSTRUCTIONS:
        raise Rejected(Reason.ROLLOVER_MODE_UNKNOWN, mode=instruction, known=INSTRUCTIONS)
    if product not in LUMPS and instruction not in {NONE, LINKED}:
        raise Rejected(Reason.ROLLOVER_MODE_UNKNOWN, mode=instruction, product=product)


def check_early(deposit: TimeDeposit, amount: Money, on: date, demand: AnnualRate) -> None:
    """May this amount leave before maturity? DEP-06 for lump sums, whole only for the others."""
    if deposit.product in LUMPS:
        terms = deposit.agreed
        draw_early(
            EarlyDraw(
                principal=deposit.principal,
                rate=fixed_rate(deposit),
                demand_rate=demand,
                start=deposit.start,
                term_months=deposit.term,
                on=on,
                amount=amount,
                partials_before=deposit.partials,
                max_partials=terms.max_partials,
                min_remainder=terms.min_remainder,
            )
        )
        return
    check_before_maturity(deposit.start, deposit.term, on)
    check_whole(deposit, amount)


def check_whole(deposit: TimeDeposit, amount: Money) -> None:
    """Refuse `amount_not_positive`, `amount_above_principal`, `partial_not_allowed`."""
    check_within(deposit, amount)
    if amount != deposit.principal:
        raise Rejected(Reason.PARTIAL_NOT_ALLOWED, principal=deposit.principal)


def check_within(deposit: TimeDeposit, amount: Money) -> None:
    """Refuse `amount_not_positive` and `amount_above_principal`."""
    if amount <= ZERO:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=amount)
    if amount > deposit.principal:
        raise Rejected(Reason.AMOUNT_ABOVE_PRINCIPAL, principal=deposit.principal)


def need_matured(deposit: TimeDeposit) -> None:
    """Refuse `not_matured`: before maturity it is `withdraw_early`."""
    if deposit.stage is not Stage.MATURED:
        raise Rejected(Reason.NOT_MATURED, maturity=deposit.maturity)
