"""How the naive bank answers commands to demand accounts, and what the day does to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from bankcore.testing.naive.account import NaiveAccount, Restriction
from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Movement, Refused

CASH, DEMAND, EXPENSE, PAYABLE = "1001", "2011.01", "6411.01", "2231"
FEES, RECOURSE, CENTRAL_BANK = "6021.01", "1221.04", "1003.02"
CLASS_TWO_DAY, CLASS_TWO_YEAR = 1_000_000, 20_000_000


def account_of(bank: NaiveBank, number: str) -> NaiveAccount:
    """The account, or stream_not_found."""
    if number not in bank.accounts:
        raise Refused("stream_not_found")
    return bank.accounts[number]


def need(account: NaiveAccount, *stages: str) -> None:
    """Refuse illegal_transition outside the stages."""
    if account.stage not in stages:
        raise Refused("illegal_transition")


def positive(fen: int) -> None:
    """Refuse amount_not_positive."""
    if fen <= 0:
        raise Refused("amount_not_positive")


def move(bank: NaiveBank, account: NaiveAccount, fen: int, what: str, valued: date) -> None:
    """Money on or off the account without legs; late facts restate, GL-05 step 3."""
    account.movements.append(Movement(bank.today, valued, fen, what))
    adjustment = account.restate()
    if adjustment is None:
        return
    difference, on = adjustment
    if difference < 0 and account.lowest_from(on, bank.today) + difference < 0:
        bank.post(on, {EXPENSE: difference, RECOURSE: -difference})
        return
    account.movements.append(Movement(bank.today, on, difference, "adjustment"))
    bank.post(on, {EXPENSE: difference, account.gl: -difference})


def pays(bank: NaiveBank, account: NaiveAccount, what: str) -> None:
    """Refuse what the customer's KYC status forbids."""
    bank.customers[account.customer].may(what, bank.today)


def within_class(bank: NaiveBank, account: NaiveAccount, fen: int, what: str) -> None:
    """Refuse cash that the class of the account does not allow, PAY-01.

    Cash counts on the day it was booked, unless it was reversed. Everybody is known in person.
    """
    if account.account_class == "I":
        return
    if account.account_class == "III":
        raise Refused("class_iii_no_cash")
    undone = {m.what for m in account.movements}
    cash = [
        (m.booked, abs(m.fen))
        for m in account.movements
        if m.what == what and f"reversal of {m.event_id}" not in undone
    ]
    if sum(f for on, f in cash if on == bank.today) + fen > CLASS_TWO_DAY:
        raise Refused("class_day_limit")
    if sum(f for on, f in cash if on.year == bank.today.year) + fen > CLASS_TWO_YEAR:
        raise Refused("class_year_limit")


def cash_in(bank: NaiveBank, account: NaiveAccount, fen: int, valued: date) -> None:
    """D1."""
    bank.post(valued, {CASH: fen, account.gl: -fen})
    move(bank, account, fen, "deposit", valued)


def deposit(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """Cash in, also late."""
    account = account_of(bank, c.account)
    positive(c.amount.minor)
    if not account.is_open:
        raise Refused("account_not_open")
    if any(r.kind == "full_freeze" and r.active(bank.today) for r in account.restrictions):
        raise Refused("credit_not_allowed")
    within_class(bank, account, c.amount.minor, "deposit")
    pays(bank, account, "credit")
    cash_in(bank, account, c.amount.minor, bank.value_date(asked, account.opened_on))


def withdraw(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """Cash out, also late: available today, and never below zero from the value date on."""
    account, fen = account_of(bank, c.account), c.amount.minor
    positive(fen)
    if not account.is_open:
        raise Refused("account_not_open")
    pays(bank, account, "debit")
    within_class(bank, account, fen, "withdrawal")
    valued = bank.value_date(asked, account.opened_on)
    account.check_debit(fen, bank.today)
    if account.lowest_from(valued, bank.today) < fen:
        raise Refused("insufficient_funds_at_value_date")
    bank.post(valued, {account.gl: fen, CASH: -fen})
    move(bank, account, -fen, "withdrawal", valued)


def charge_fee(bank: NaiveBank, c: Any, _: Asked) -> None:
    """A fee of the tariff, D17."""
    account, fen = account_of(bank, c.account), bank.fees[c.code]
    account.check_debit(fen, bank.today)
    bank.post(bank.today, {account.gl: fen, FEES: -fen})
    move(bank, account, -fen, "fee", bank.today)


def not_yet_over(bank: NaiveBank, until: date | None) -> None:
    """What would end today or earlier never begins, DEP-22: from ≤ day < until."""
    if until is not None and until <= bank.today:
        raise Refused("period_reversed")


def freeze(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Stop, freeze or loss report, DEP-22."""
    account = account_of(bank, c.account)
    if not account.is_open:
        raise Refused("account_not_open")
    if c.basis == "legal_order" and not c.order:
        raise Refused("papers_missing")
    fen = c.amount.minor if c.amount and c.kind == "amount_freeze" else 0
    if c.kind == "amount_freeze":
        positive(fen)
    not_yet_over(bank, c.until)
    account.restrictions.append(Restriction(c.freeze, c.kind, fen, bank.today, c.until))


def lift(bank: NaiveBank, number: str, name: str) -> None:
    """Lift what is active under this name."""
    account = account_of(bank, number)
    found = [r for r in account.restrictions if r.name == name and r.active(bank.today)]
    if not found:
        raise Refused("illegal_transition")
    for restriction in found:
        restriction.lifted_on = bank.today


def hold(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Set available money aside."""
    account = account_of(bank, c.account)
    positive(c.amount.minor)
    account.check_debit(c.amount.minor, bank.today)
    not_yet_over(bank, c.until)
    held = Restriction(c.hold, "hold", c.amount.minor, bank.today, c.until)
    account.restrictions.append(held)


def deduct(bank: NaiveBank, c: Any, _: Asked) -> None:
    """An authority takes money, frozen or not, D14."""
    account, fen = account_of(bank, c.account), c.amount.minor
    positive(fen)
    if not account.is_open:
        raise Refused("account_not_open")
    if not c.order:
        raise Refused("papers_missing")
    if fen > account.balance():
        raise Refused("insufficient_available_balance")
    bank.post(bank.today, {account.gl: fen, CENTRAL_BANK: -fen})
    move(bank, account, -fen, "deduction", bank.today)


def request_close(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Ask to close."""
    account = account_of(bank, c.account)
    need(account, "opened", "active")
    account.stage = "closing"


def close(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Settle to the day before, pay the interest in, pay all out, close, DEP-21."""
    account, today = account_of(bank, c.account), bank.today
    if not account.is_open:
        raise Refused("account_not_open")
    pays(bank, account, "debit")
    active = [r for r in account.restrictions if r.active(today)]
    if any(r.kind != "hold" for r in active):
        raise Refused("account_frozen")
    if active:
        raise Refused("holds_present")
    if account.links:
        raise Refused("linked_products")
    settle(bank, account, today)
    pay(bank, account)
    rest = account.balance()
    bank.post(today, {account.gl: rest, CASH: -rest})
    account.movements.append(Movement(today, today, -rest, "closing"))
    account.stage, account.closed_on = "closed", today


def settle(bank: NaiveBank, account: NaiveAccount, end: date) -> None:
    """Fix the interest up to `end`, D3."""
    rate, tier = bank.board.on("demand", bank.today), account.tier(bank.board, bank.today)
    interest = account.settle(end, bank.today, rate, tier)
    bank.post(bank.today, {EXPENSE: interest, PAYABLE: -interest})


def pay(bank: NaiveBank, account: NaiveAccount) -> None:
    """Credit what was settled, D4."""
    paid = account.pay(bank.today)
    bank.post(bank.today, {PAYABLE: paid, account.gl: -paid})


def reverse(bank: NaiveBank, c: Any, asked: Asked) -> None:
    """Red entry of a deposit, withdrawal or fee on its own value date, GEN-05."""
    account = account_of(bank, c.account)
    if not account.is_open:
        raise Refused("account_not_open")
    if not c.reason:
        raise Refused("reason_missing")
    if asked.approver in {None, asked.maker}:
        raise Refused("four_eyes_required")
    original = reversible(bank, account, c.reverses)
    if original.fen > 0:
        if original.fen > account.available(bank.today):
            raise Refused("insufficient_available_balance")
        if account.lowest_from(original.valued, bank.today) < original.fen:
            raise Refused("insufficient_funds_at_value_date")
    bank.post(original.valued, {OPPOSITE[original.what]: -original.fen, account.gl: original.fen})
    what = f"reversal of {original.event_id}"
    move(bank, account, -original.fen, what, original.valued)


def reversible(bank: NaiveBank, account: NaiveAccount, event_id: str) -> Movement:
    """The movement of an event that has not been reversed and is not too old."""
    found = [m for m in account.movements if m.event_id == event_id and m.what in OPPOSITE]
    if not found or any(m.what == f"reversal of {event_id}" for m in account.movements):
        raise Refused("illegal_transition")
    if (bank.today - found[0].booked).days > 365:
        raise Refused("back_value_beyond_limit")
    return found[0]


OPPOSITE: Final = {"deposit": CASH, "withdrawal": CASH, "fee": FEES}
ANSWERS: Final[dict[str, Answer]] = {
    "deposit_account.deposit": deposit,
    "deposit_account.withdraw": withdraw,
    "deposit_account.charge_fee": charge_fee,
    "deposit_account.freeze": freeze,
    "deposit_account.unfreeze": lambda bank, c, _: lift(bank, c.account, c.freeze),
    "deposit_account.hold": hold,
    "deposit_account.release_hold": lambda bank, c, _: lift(bank, c.account, c.hold),
    "deposit_account.deduct": deduct,
    "deposit_account.request_close": request_close,
    "deposit_account.close": close,
    "deposit_account.reverse": reverse,
}


def every_account(step: Callable[[NaiveBank, NaiveAccount], None]) -> Callable[[NaiveBank], None]:
    """A step of the day over all open accounts."""

    def run(bank: NaiveBank) -> None:
        for account in bank.accounts.values():
            if account.is_open:
                step(bank, account)

    return run


def evening(bank: NaiveBank, account: NaiveAccount) -> None:
    """Step 240: interest up to and including the settlement day is fixed."""
    if account.is_settlement_day(bank.today):
        settle(bank, account, bank.today + ONE_DAY)


MORNING: Final = every_account(pay)
EVENING: Final = every_account(evening)
