"""Commands of the bank's own books."""

from __future__ import annotations

from bankcore.values.declare import command
from bankcore.values.money import Money


@command("bank.pay_in_capital", "注资", "Pay in capital")
class PayInCapital:
    """Owners pay capital onto the bank's account at the central bank."""

    amount: Money


@command("bank.draw_cash", "提取现金", "Draw cash from the central bank")
class DrawCash:
    """Fetch cash for vault and tills."""

    amount: Money


@command("bank.clear", "清算", "Pay the net position of a rail")
class Clear:
    """Settle what stands on a clearing account; a negative amount is received."""

    rail: str
    amount: Money
