"""Cash on a card, own money off it, and refunds, in the naive model: CC-01, CC-07, CC-10, CC-11."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import Refused, half_up
from bankcore.testing.naive.card import (
    BLOCKED_FROM,
    CARD_FEES,
    CREDIT,
    FEES,
    REVOLVING,
    UNION,
    card_of,
    late_since,
    take_credit,
    use_own,
)
from bankcore.testing.naive.card_plans import cancel, give_back_fees
from bankcore.testing.naive.card_state import Item, NaiveCard
from bankcore.testing.naive.demand import CASH, DEMAND, account_of, move, positive

CASH_SHARE: Final = 50
STEP, DAY_MOST = 10_000, 1_000_000
FEE_LEAST, FEE_MOST = 1_000, 10_000


def may_take(bank: NaiveBank, target: str) -> None:
    """The account that gets the money must exist, be open and take credits."""
    if target == "cash":
        return
    account = account_of(bank, target)
    if not account.is_open:
        raise Refused("account_not_open")
    if any(r.kind == "full_freeze" and r.active(bank.today) for r in account.restrictions):
        raise Refused("credit_not_allowed")


def hand_out(bank: NaiveBank, fen: int, target: str) -> str:
    """Money over the counter or onto an account; the ledger account."""
    if target == "cash":
        return CASH
    move(bank, bank.accounts[target], fen, "from card", bank.today)
    return DEMAND


def available_cash(card: NaiveCard) -> int:
    """Half the limit less the cash that is owed, within the whole line; own money on top."""
    available = max(0, card.limit + card.credit_balance - card.used())
    line = card.limit * CASH_SHARE // 100 // STEP * STEP
    left = min(available, max(0, line - card.open("cash")))
    return min(available, left + card.credit_balance)


def draw_cash(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Cash: never late before, in steps, within the day and the line; a fee on what is lent."""
    fen, card = c.amount.minor, card_of(bank, c.card)
    positive(fen)
    late = late_since(card, bank.today)
    if card.cancelled is not None:
        raise Refused("card_not_active")
    if card.blocked or late >= BLOCKED_FROM:
        raise Refused("account_overdue_block")
    if late:
        raise Refused("cash_not_allowed")
    may_take(bank, c.target)
    if fen % STEP:
        raise Refused("amount_not_multiple")
    drawn = sum(i.posted_fen for i in card.items if i.kind == "cash" and i.posted == bank.today)
    if drawn + fen > DAY_MOST:
        raise Refused("cash_daily_limit_exceeded")
    if fen > available_cash(card):
        raise Refused("cash_limit_exceeded")
    eaten = min(fen, card.credit_balance)
    card.credit_balance -= eaten
    lent = fen - eaten
    drawing = Item("cash", bank.today, lent, state="bearing", start=bank.today, cap=lent)
    drawing.posted_fen = fen
    card.items.append(drawing)
    gl = hand_out(bank, fen, c.target)
    bank.post(bank.today, {REVOLVING: lent, CREDIT: eaten, gl: -fen})
    fee = min(FEE_MOST, max(FEE_LEAST, half_up(Fraction(lent, 100)))) if lent else 0
    if fee:
        bank.post(bank.today, {FEES: fee, CARD_FEES: -fee})
        card.items.append(Item("cash_fee", bank.today, fee, state="free"))
        use_own(bank, card)


def refund(bank: NaiveBank, c: Any, _: Asked) -> None:
    """A merchant gives money back: a payment, never more than the purchase was, C7."""
    fen, card = c.amount.minor, card_of(bank, c.card)
    positive(fen)
    found = [item for item in card.items if item.kind == "purchase" and item.key == c.item]
    if not found:
        raise Refused("stream_not_found")
    if found[0].returned + fen > found[0].posted_fen:
        raise Refused("amount_above_item")
    found[0].returned += fen
    rest = cancel(bank, card, found[0], fen)
    if rest:
        bank.post(bank.today, {UNION: rest} | take_credit(card, rest, bank.today))
    give_back_fees(bank, card, found[0], rest)


def withdraw(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Own money leaves the card free of charge, C8."""
    fen, card = c.amount.minor, card_of(bank, c.card)
    positive(fen)
    if fen > card.credit_balance:
        raise Refused("no_credit_balance")
    may_take(bank, c.target)
    card.credit_balance -= fen
    bank.post(bank.today, {CREDIT: fen, hand_out(bank, fen, c.target): -fen})


def unblock(bank: NaiveBank, c: Any, _: Asked) -> None:
    """The block for arrears stays until somebody lifts it, and nobody may while any is left."""
    card = card_of(bank, c.card)
    if not card.blocked:
        raise Refused("illegal_transition")
    if late_since(card, bank.today):
        raise Refused("unblock_while_overdue")
    card.blocked = False


ANSWERS: Final[dict[str, Answer]] = {
    "card_line.cash_advance": draw_cash,
    "card_line.refund": refund,
    "card_line.unblock": unblock,
    "card_line.withdraw_credit_balance": withdraw,
}
