"""What may be lost of a card and what is not yet drawn, of the naive model: LN-28, GL-02/C23, L20.

Card debt is consumer debt without security; having no end it is looked at over twelve months.
The unused line stands beside the book: the limit and own money less principal, while there is a
card.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import half_up
from bankcore.testing.naive.card import DAILY, PRINCIPAL, late_since
from bankcore.testing.naive.card_state import NaiveCard
from bankcore.testing.naive.loan_loss import LGD, MINIMUM, PD, SCENARIOS, floor_of, rows

ALLOWANCE, IMPAIRMENT = "1304.02", "6702"
UNUSED, CONTRA = "8201", "8999"
TURNS: Final = (4, 31, 61, 91, 121, 151, 181, 271, 361)
"""First days past due of the buckets, the first one after the tolerance, and of the classes."""

YEAR: Final = 365


def review(bank: NaiveBank) -> None:
    """Step 270: at each cut, and when a bucket or a class begins."""
    for card in bank.cards.values():
        cut_today = bool(card.statements) and card.statements[-1].on == bank.today
        if cut_today or late_since(card, bank.today) in TURNS:
            provide(bank, card, allowance(card, bank.today))


def allowance(card: NaiveCard, today: date) -> int:
    """The expected loss, at least the minimum of the class."""
    late, owed = late_since(card, today), card.used()
    minimum = half_up(Fraction(owed * MINIMUM[floor_of(late)], 100))
    return max(half_up(owed * share(late)), minimum)


def share(late: int) -> Fraction:
    """Which part is lost: of a year in stage 1, discounted in stage 2, for certain in stage 3."""
    lgd = LGD / 100
    if late > 90:
        return lgd
    pd = next(percent for upto, percent in rows(PD) if late <= upto) / 100
    weighed = [w / 100 * min(pd * factor, Fraction(1)) for w, factor in rows(SCENARIOS)]
    expected = sum(weighed, Fraction(0)) * lgd
    return expected / (1 + YEAR * DAILY) if late > 30 else expected


def provide(bank: NaiveBank, card: NaiveCard, wanted: int) -> None:
    """Bring the allowance to what is wanted, up or down."""
    increase = wanted - card.allowance
    card.allowance = wanted
    bank.post(bank.today, {IMPAIRMENT: increase, ALLOWANCE: -increase})


def note_lines(bank: NaiveBank) -> None:
    """What is left of each line, noted anew after everything that happens."""
    for card in bank.cards.values():
        unused = card.limit + card.credit_balance - principal(card)
        change = (0 if card.cancelled else unused) - card.noted
        card.noted += change
        bank.post(bank.today, {UNUSED: change, CONTRA: -change})


def principal(card: NaiveCard) -> int:
    """What was bought or drawn and is not paid, billed or not."""
    return sum(map(card.open, PRINCIPAL)) + sum(fen for p in card.plans for fen, _ in p.coming)
