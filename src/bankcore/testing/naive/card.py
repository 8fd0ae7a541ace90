"""A credit card of the naive model: purchases, payments, statements; CC-02 to CC-06, CC-10.

Product `standard`, full-amount interest, compounding. Each item remembers what was outstanding of
it at the end of every day on which that changed; interest is counted from those, day by day.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Refused, days, half_up, months_later
from bankcore.testing.naive.card_state import Entry, Item, NaiveCard, Statement
from bankcore.testing.naive.demand import CASH, DEMAND, account_of, move, positive

REVOLVING, BILLED, FEES, CREDIT = "1303.11", "1132.02", "1221.02", "2011.10"
UNION, INCOME, CARD_FEES = "3001.04", "6011.02", "6021.02"
PLANNED, PLAN_INCOME = "1303.12", "6011.04"
GL: Final = {
    "purchase": REVOLVING,
    "cash": REVOLVING,
    "interest": BILLED,
    "annual_fee": FEES,
    "late_fee": FEES,
    "cash_fee": FEES,
    "plan_charge": BILLED,
    "instalment": REVOLVING,
}
CLASSES: Final = (
    *("annual_fee", "cash_fee", "late_fee", "plan_charge", "interest"),
    *("cash", "instalment", "purchase"),
)
LATE_CLASSES: Final = (
    *("cash", "instalment", "purchase", "interest"),
    *("annual_fee", "cash_fee", "late_fee", "plan_charge"),
)
PRINCIPAL: Final = ("purchase", "cash", "instalment")
OFFSET, TOLERANCE = timedelta(days=20), timedelta(days=3)
SMALL: Final = 1_000
BLOCKED_FROM, CANCELLED_FROM = 31, 91
DAILY: Final = Fraction(5, 10_000)
FLOOR: Final = 5_000
ANNUAL_FEE, WAIVED_BY = 8_000, 6


def card_of(bank: NaiveBank, key: str) -> NaiveCard:
    """The card, or stream_not_found."""
    if key not in bank.cards:
        raise Refused("stream_not_found")
    found: NaiveCard = bank.cards[key]
    return found


def purchase(bank: NaiveBank, c: Any, _: Asked) -> None:
    """A purchase from clearing: always booked; credit balance is eaten first, C1."""
    positive(c.amount.minor)
    card, fen = card_of(bank, c.card), c.amount.minor
    eaten = min(fen, card.credit_balance)
    card.credit_balance -= eaten
    bought = Item("purchase", bank.today, fen - eaten, start=bank.today)
    bought.key, bought.posted_fen = c.item, fen
    card.items.append(bought)
    bank.post(bank.today, {REVOLVING: fen - eaten, CREDIT: eaten, UNION: -fen})


def repay(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Billed before unbilled; fees, interest, purchases; oldest first; surplus is credit, C6."""
    positive(c.amount.minor)
    card, fen = card_of(bank, c.card), c.amount.minor
    if c.source != "cash":
        account_of(bank, c.source).check_debit(fen, bank.today)
    legs = take_credit(card, fen, bank.today)
    bank.post(bank.today, {CASH if c.source == "cash" else DEMAND: fen} | legs)
    if c.source != "cash":
        move(bank, bank.accounts[c.source], -fen, "card repayment", bank.today)


def take_credit(card: NaiveCard, fen: int, today: date) -> dict[str, int]:
    """A payment or refund fills what is owed in its order, CC-10; the legs it credits."""
    left, legs = fen, {REVOLVING: 0, BILLED: 0, FEES: 0, CREDIT: 0}
    for item in in_order(card, today):
        paid = min(left, item.outstanding())
        item.paid.append((today, paid))
        left -= paid
        legs[GL[item.kind]] -= paid
    card.credit_balance += left
    card.credits.append((today, fen))
    fill_queue(card, fen, today)
    legs[CREDIT] -= left
    return legs


def in_order(card: NaiveCard, today: date) -> list[Item]:
    """Billed first, then by class, then the oldest, CC-10; later ones of a day come later.

    From 91 days past due principal comes before interest and fees.
    """
    classes = LATE_CLASSES if late_since(card, today) >= CANCELLED_FROM else CLASSES
    return sorted(card.items, key=lambda i: (not i.statement, classes.index(i.kind), i.posted))


def late_since(card: NaiveCard, today: date) -> int:
    """Days since the due date of the oldest minimum whose tolerance is over, CC-12."""
    late = [e.last_day for e in card.queue if e.open > SMALL and e.last_day < today]
    return max(((today - day + TOLERANCE).days for day in late), default=0)


def fill_queue(card: NaiveCard, fen: int, today: date) -> None:
    """A credit fills the minima of earlier cuts; an episode ends when nothing is past due."""
    for entry in card.queue:
        if entry.cut < today:
            filled = min(fen, entry.open)
            entry.open -= filled
            fen -= filled
    late = [e.open for e in card.queue if e.open > SMALL and e.last_day < today]
    if not sum(late):
        card.cap = None


def capped(card: NaiveCard, fen: int) -> int:
    """Charges of an overdue episode never exceed the principal at its start, CC-05."""
    if card.cap is None:
        return fen
    posted = min(fen, card.cap)
    card.cap -= posted
    return posted


def evening(bank: NaiveBank) -> None:
    """Close of day: cut on the statement day, test on the last day of tolerance."""
    for card in bank.cards.values():
        if card.cancelled is None and anniversary(card, bank.today):
            charge_a_year(bank, card)
        if bank.today.day == card.statement_day:
            cut(bank, card)
        if card.statements and bank.today == card.statements[-1].on + OFFSET + TOLERANCE:
            test(card, bank.today)
        late = late_since(card, bank.today)
        card.blocked = card.blocked or late >= BLOCKED_FROM
        if late >= CANCELLED_FROM and card.cancelled is None:
            card.cancelled = bank.today


def anniversary(card: NaiveCard, today: date) -> bool:
    """A year of the card begins that is not its first, CC-01."""
    years = today.year - card.active_from.year
    return years > 0 and months_later(card.active_from, 12 * years) == today


def charge_a_year(bank: NaiveBank, card: NaiveCard) -> None:
    """The annual fee, unless there were enough purchases not refunded in full in the year gone."""
    gone = months_later(bank.today, -12)
    bought = [i for i in card.items if i.kind == "purchase" and gone <= i.posted < bank.today]
    if sum(item.returned < item.posted_fen for item in bought) < WAIVED_BY:
        bank.post(bank.today, {FEES: ANNUAL_FEE, CARD_FEES: -ANNUAL_FEE})
        card.items.append(Item("annual_fee", bank.today, ANNUAL_FEE, state="free"))
        use_own(bank, card)


def test(card: NaiveCard, today: date) -> None:
    """Paid in full, at least the minimum, or neither, CC-04 step 3, CC-05, CC-06."""
    statement = card.statements[-1]
    paid = card.credited(statement.on, today)
    full = statement.balance - paid <= SMALL
    for item in card.items:
        if item.state != "grace" or not 0 < item.statement <= len(card.statements):
            continue
        if not full:
            item.state, item.cap = "bearing", item.outstanding(statement.on)
        elif item.outstanding():
            item.statement, item.start = len(card.statements) + 1, today + ONE_DAY
        else:
            item.state = "free"
    short = max(0, statement.minimum - paid)
    if short > SMALL:
        principal = sum(map(card.open, PRINCIPAL))
        card.cap = principal if card.cap is None else card.cap
        card.late_fee = min(short, max(SMALL, half_up(Fraction(short * 5, 100))))


def cut(bank: NaiveBank, card: NaiveCard) -> None:
    """Interest of the bearing items, the late fee, then balance and minimum, CC-02 to CC-05."""
    today = bank.today
    if not late_since(card, today):
        card.cap = None  # short of the minimum by sums too small to be past due, CC-12
    cash = [grown(item, today) for item in card.items if item.kind == "cash"]
    retail = [grown(item, today) for item in card.items if item.kind != "cash"]
    for group in (cash, retail):
        interest = capped(card, half_up(sum(group, Fraction(0))))
        if interest:
            bank.post(today, {BILLED: interest, INCOME: -interest})
            card.items.append(Item("interest", today, interest, start=today))
    card.late_fee = capped(card, card.late_fee)
    if card.late_fee:
        bank.post(today, {FEES: card.late_fee, CARD_FEES: -card.late_fee})
        card.items.append(Item("late_fee", today, card.late_fee, state="free"))
        card.late_fee = 0
    for plan in card.plans:
        for principal, fee in plan.coming[:1]:
            plan.billed += 1
            plan.fees += fee
            fall_due(bank, card, principal, fee)
    use_own(bank, card)
    charges, purchases = sum(map(card.open, CLASSES[:-1])), card.open("purchase")
    balance = charges + purchases
    number = len(card.statements) + 1
    for item in card.items:
        item.statement = item.statement or number
    last = card.statements[-1] if card.statements else Statement(date.min, 0, 0, 0)
    over = min(purchases, max(0, balance - card.limit))
    earlier = max(0, last.minimum - card.credited(last.on, today))
    unpaid = min(earlier, last.share)
    rest = max(0, purchases - over - unpaid)
    share = min(purchases, over + unpaid + half_up(Fraction(rest, 10)))
    minimum = min(balance, max(charges + share, FLOOR))
    share = max(0, minimum - charges)
    card.statements.append(Statement(today, balance, minimum, share, (balance, minimum)))
    card.queue.append(Entry(today, today + OFFSET + TOLERANCE, max(0, minimum - earlier)))


def fall_due(bank: NaiveBank, card: NaiveCard, principal: int, fee: int) -> None:
    """A part of a plan becomes debt like any other: principal, and its charge, C10 and C11."""
    today = bank.today
    bank.post(today, {REVOLVING: principal, PLANNED: -principal, BILLED: fee, PLAN_INCOME: -fee})
    card.items.append(Item("instalment", today, principal, start=today))
    card.items.append(Item("plan_charge", today, fee, state="free"))


def use_own(bank: NaiveBank, card: NaiveCard) -> None:
    """Own money pays what was just charged, in the order of payments, CC-04 step 1, CC-11."""
    legs = {CREDIT: 0, REVOLVING: 0, BILLED: 0, FEES: 0}
    for item in in_order(card, bank.today):
        eaten = min(item.outstanding(), card.credit_balance)
        if eaten:
            card.credit_balance -= eaten
            item.paid.append((bank.today, eaten))
            legs[CREDIT] += eaten
            legs[GL[item.kind]] -= eaten
    bank.post(bank.today, legs)


def grown(item: Item, cut_on: date) -> Fraction:
    """Interest of a bearing item for the days not yet counted, up to the day before the cut."""
    if item.state != "bearing":
        return Fraction(0)
    first = max(item.start, item.counted_to)
    item.counted_to = cut_on
    total = sum(min(item.cap, item.outstanding(day)) for day in days(first, cut_on))
    return total * DAILY


def accrued(card: NaiveCard, on: date) -> Fraction:
    """Interest that no cut has counted, at the end of a day; the day of tolerance decides, GL-06.

    A day that is still to come is asked for as if nothing else happened.
    """
    seen = card.copy()
    if seen.statements and on >= seen.statements[-1].on + OFFSET + TOLERANCE:
        test(seen, seen.statements[-1].on + OFFSET + TOLERANCE)
    return sum((grown(item, on + ONE_DAY) for item in seen.items), Fraction(0))


ANSWERS: Final[dict[str, Answer]] = {
    "card_line.post": purchase,
    "card_line.repay": repay,
}
