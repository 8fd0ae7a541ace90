"""PAY-06 Name comparison (户名核对) and returned transfers (退汇)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.values.money import Money

_DOTS: Final = str.maketrans(dict.fromkeys("•・∙.．‧", "·"))


def canonical_name(name: str) -> str:
    """A name as it is compared: NFKC, no white space, one kind of dot, Latin in capitals."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return plain.translate(_DOTS).upper()


def names_match(one: str, other: str) -> bool:
    """Equal or not, no similarity: traditional and simplified characters differ."""
    return canonical_name(one) == canonical_name(other)


@dataclass(frozen=True, slots=True)
class Returned:
    """The payer's balance after a return, and the value date for interest."""

    balance: Money
    value_date: date


def returned(debited_on: date, balance: Money, amount: Money, fee: Money) -> Returned:
    """Amount and fee come back, valued on the day of the debit: as if it had never happened."""
    return Returned(balance + amount + fee, debited_on)
