"""Putting the naive bank together: every product that it can predict, one line each."""

from __future__ import annotations

from datetime import date

from bankcore.testing.naive import (
    card,
    card_cash,
    card_plans,
    demand,
    deposit,
    interbank,
    loan,
    loan_changes,
    loan_loss,
    opening,
    placing,
    points,
)
from bankcore.testing.naive.bank import NaiveBank


def naive_bank(today: date) -> NaiveBank:
    """A naive bank with a day open that knows every product modelled."""
    bank = NaiveBank(today)
    for product in (
        opening,
        demand,
        placing,
        loan,
        loan_changes,
        card,
        card_cash,
        card_plans,
        points,
        interbank,
    ):
        bank.answers |= product.ANSWERS
    bank.at_opening += [demand.MORNING, deposit.morning, loan_changes.reprice]
    bank.at_close += [
        loan.collect,
        interbank.evening,
        demand.EVENING,
        card.evening,
        loan.roll,
        loan_loss.review,
        points.expire,
    ]
    return bank
