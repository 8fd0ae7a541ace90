"""PAY-01 Account classes and their limits (Ⅰ/Ⅱ/Ⅲ类账户)."""

from __future__ import annotations

from dataclasses import dataclass

from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLimits:
    """Caps of one direction of one class: a day, a year, and the balance (None: no cap).

    `needs_enabling`: money in from accounts that are not bound must have been enabled.
    """

    day: Money
    year: Money
    balance: Money | None
    needs_enabling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money in or out of an account of a class 1, 2 or 3.

    `direction` is `in` or `out`; `kind` one of `transfer`, `cash`, `spend`, `bill`, `exempt`;
    `bound` tells that the other side is the bound account. Totals are those of the same
    direction before this movement.
    """

    account_class: int
    direction: str
    kind: str
    bound: bool
    amount: Money
    day_total: Money
    year_total: Money
    balance: Money
    face_to_face: bool
    non_bound_enabled: bool

    @property
    def is_in(self) -> bool:
        """True for money that comes in."""
        return self.direction == "in"


def check_class(movement: Movement, limits: ClassLimits) -> None:
    """Refuse what the class does not allow, in the order of PAY-01.

    Class I may do everything. A bound counterpart and exempt business (own wealth, loans, card)
    meet only the balance cap of Class III.
    """
    if movement.account_class == 1:
        return
    if not movement.bound and movement.kind != "exempt":
        _check_kind(movement, limits)
        _check_totals(movement, limits)
    cap = limits.balance
    if movement.is_in and cap is not None and movement.balance + movement.amount > cap:
        raise Rejected(Reason.CLASS_III_BALANCE_LIMIT, cap=cap, balance=movement.balance)


def _check_kind(movement: Movement, limits: ClassLimits) -> None:
    cash = movement.kind == "cash"
    if movement.account_class == 3 and cash:
        raise Rejected(Reason.CLASS_III_NO_CASH)
    if movement.account_class == 2 and not movement.face_to_face and (cash or movement.is_in):
        raise Rejected(Reason.FACE_TO_FACE_MISSING)
    if limits.needs_enabling and movement.is_in and not movement.non_bound_enabled:
        raise Rejected(Reason.NON_BOUND_IN_NOT_ENABLED)


def _check_totals(movement: Movement, limits: ClassLimits) -> None:
    if movement.day_total + movement.amount > limits.day:
        raise Rejected(Reason.CLASS_DAY_LIMIT, used=movement.day_total, cap=limits.day)
    if movement.year_total + movement.amount > limits.year:
        raise Rejected(Reason.CLASS_YEAR_LIMIT, used=movement.year_total, cap=limits.year)
