"""Entrusted loans (委托贷款): the fund centre's money and risk, not the bank's, GL-03."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class AgencyBooks:
    """Loans granted from entrusted funds (1321), the funds (2314.01) and the bank's fees."""

    entrusted_loans: Money = ZERO
    entrusted_funds: Money = ZERO
    fee_income: Money = ZERO

    @property
    def free_funds(self) -> Money:
        """What may still be lent, returned or taken as fee; never negative."""
        return self.entrusted_funds - self.entrusted_loans


@dataclass(frozen=True, slots=True)
class FundsShort:
    """The first event that the free entrusted funds do not cover, counted from 0."""

    index: int


def agency_fee(interest: Money, share: Fraction) -> Figure:
    """The agent's fee: a share of the interest collected."""
    exact = interest.minor * share
    return figure("GL-03", exact, interest.currency, interest=interest, share=share)


def book_agency(
    events: Iterable[tuple[str, Mapping[str, Money]]],
) -> AgencyBooks | FundsShort:
    """Follow A1…A5 in order; a disbursement, return or fee beyond the free funds ends it."""
    books = AgencyBooks()
    for index, (code, amounts) in enumerate(events):
        booked = _booked(books, code, amounts)
        if booked.free_funds < ZERO:
            return FundsShort(index)
        books = booked
    return books


def _booked(books: AgencyBooks, code: str, amounts: Mapping[str, Money]) -> AgencyBooks:
    amount = amounts.get("amount", ZERO)
    match code:
        case "A1":
            return replace(books, entrusted_funds=books.entrusted_funds + amount)
        case "A2":
            return replace(books, entrusted_loans=books.entrusted_loans + amount)
        case "A3":
            return replace(
                books,
                entrusted_loans=books.entrusted_loans - amounts.get("principal", ZERO),
                entrusted_funds=books.entrusted_funds + amounts.get("interest", ZERO),
            )
        case "A4":
            return replace(books, entrusted_funds=books.entrusted_funds - amount)
        case _:
            fee = amounts.get("fee", ZERO)
            return replace(
                books,
                entrusted_funds=books.entrusted_funds - fee,
                fee_income=books.fee_income + fee,
            )
