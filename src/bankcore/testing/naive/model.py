"""Putting the naive bank together: every product that it can predict, one line each."""

from __future__ import annotations

from datetime import date

from bankcore.testing.naive import (
    card,
    card_cash,
    card_loss,
    card_plans,
    demand,
    deposit,
    deposit_holds,
    interbank,
    loan_changes,
    loan_default,
    loan_loss,
    loan_paying,
    opening,
    placing,
    points,
    renewing,
)
from bankcore.testing.naive.bank import NaiveBank


def naive_bank(today: date) -> NaiveBank:
    """A naive bank with a day open that knows every product modelled."""
    bank = NaiveBank(today)
    for product in (
        opening,
        demand,
        placing,
        renewing,
        deposit_holds,
        loan_paying,
        loan_changes,
        loan_default,
        card,
        card_cash,
        card_plans,
        points,
        interbank,
    ):
        bank.answers |= product.ANSWERS
    bank.at_opening += [deposit_holds.lapse, demand.MORNING, deposit.morning, loan_changes.reprice]
    bank.at_close += [
        loan_paying.collect,
        interbank.evening,
        demand.EVENING,
        card.evening,
        loan_paying.roll,
        loan_paying.stop_accruing,
        loan_loss.review,
        card_loss.review,
        points.expire,
    ]
    bank.afterwards.append(card_loss.note_lines)
    return bank
