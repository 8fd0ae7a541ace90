"""Events of the bank's own books: the storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import Gl, event
from bankcore.values.money import Money


@event(
    "bank",
    "实收资本",
    "Capital paid in",
    rows="X1",
    say_zh="收到资本金 {amount}",
    say_en="capital of {amount} paid in",
)
class CapitalPaidIn:
    """Owners pay in capital (实收资本)."""

    amount: Money
    gl: Gl


@event(
    "bank",
    "提取现金",
    "Cash drawn from the central bank",
    rows="X7",
    say_zh="向人行提取现金 {amount}",
    say_en="{amount} in cash drawn from the central bank",
)
class CashDrawnFromCentralBank:
    """Cash for vault and tills (提取现金)."""

    amount: Money
    gl: Gl


@event(
    "bank",
    "清算付出",
    "Clearing paid",
    rows="P4",
    say_zh="{rail} 清算付出 {amount}",
    say_en="net {amount} paid to clear {rail}",
)
class ClearingPaid:
    """The net position of a rail is paid (清算付出); a negative amount is received."""

    rail: str
    amount: Money
    gl: Gl


@event("bank", "总分核对相符", "Books reconciled")
class BooksReconciled:
    """Control accounts equal their sub-ledgers (总分核对相符), GL-04."""

    day: date
    accounts: int


@event("bank", "期末结账", "Period closed")
class PeriodClosed:
    """A month is closed (期末结账), GL-05: nothing is booked into it any more."""

    month: str
    position: int
    trial_balance_digest: str


BankEvent = CapitalPaidIn | CashDrawnFromCentralBank | ClearingPaid | BooksReconciled | PeriodClosed
