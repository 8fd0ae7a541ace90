"""Many schedules at once (批量还款计划), LN-10 and LN-11: the figures alone, in whole fen.

The same fen as `level_payment_schedule` and `level_principal_schedule`, without dates and traces:
for stress tests and portfolios. All arithmetic is on integers, scaled where it has to be; nothing
that a float could tip decides a fen. `columns` needs nothing; `blocks` needs numpy (extra `fast`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.schedule import LoanTerms, annuity, check_terms
from bankcore.values.money import round_to_money
from bankcore.values.rates import AnnualRate

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Fen = npt.NDArray[np.int64]

METHODS: Final = frozenset({Method.LEVEL_PAYMENT, Method.LEVEL_PRINCIPAL})
BLOCK: Final = 4096
_BITS: Final = 96
_MOST: Final = 2**62


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of one loan in fen: principal, interest, and the balance after each row."""

    principal: list[int]
    interest: list[int]
    balance: list[int]


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of some loans in fen, [row, loan]; after the last row of a loan all is zero."""

    loans: Sequence[LoanTerms]
    principal: Fen
    interest: Fen
    balance: Fen


@dataclass(slots=True)
class Levels:
    """The figure that is the same in each row of a loan, in fen: instalment or part of principal.

    The instalment of one fen is kept for each rate and term, in 96 bits after the point; where
    the bits that are left out could decide the rounding, the exact fraction does.
    """

    method: Method
    known: dict[tuple[AnnualRate, int], int]

    def of(self, loan: LoanTerms) -> int:
        """R(A(P,i,n)), or R(P/n)."""
        principal, months = loan.principal.minor, loan.months
        if self.method is Method.LEVEL_PRINCIPAL:
            return (2 * principal + months) // (2 * months)
        key = (loan.rate, months)
        factor = self.known.get(key)
        if factor is None:
            one = annuity(Fraction(1), loan.rate, months)
            factor = self.known[key] = (one.numerator << _BITS) // one.denominator
        half = 1 << (_BITS - 1)
        least = (principal * factor + half) >> _BITS
        most = (principal * (factor + 1) + half) >> _BITS
        if least == most:
            return least
        return round_to_money(annuity(Fraction(principal), loan.rate, months)).money.minor


def _check(loan: LoanTerms, method: Method) -> None:
    """Refuses as LN-10; an odd first or last period is none of a batch's."""
    check_terms(loan)
    assert method in METHODS, "a batch knows level payments and level principal"
    assert loan.due_day in {None, loan.value_date.day}, "a batch has whole months only"


def columns(loan: LoanTerms, method: Method) -> Columns:
    """The schedule of one loan as plain integers."""
    _check(loan, method)
    return _columns(loan, method, Levels(method, {}).of(loan))


def _columns(loan: LoanTerms, method: Method, level: int) -> Columns:
    percent, balance = loan.rate.percent, loan.principal.minor
    part, whole = 2 * percent.numerator, 1200 * percent.denominator
    pays_interest_too = method is Method.LEVEL_PAYMENT
    made = Columns([], [], [])
    for left in range(loan.months, 0, -1):
        interest = (balance * part + whole) // (2 * whole)
        wish = level - interest if pays_interest_too else level
        principal = balance if left == 1 else min(wish, balance)
        balance -= principal
        made.principal.append(principal)
        made.interest.append(interest)
        made.balance.append(balance)
    return made


def blocks(loans: Sequence[LoanTerms], method: Method, size: int = BLOCK) -> Iterator[Block]:
    """The schedules of any number of loans, in blocks of so many, in their order."""
    levels = Levels(method, {})
    for loan in loans:
        _check(loan, method)
    for start in range(0, len(loans), size):
        yield _block(loans[start : start + size], levels)


def _block(loans: Sequence[LoanTerms], levels: Levels) -> Block:
    import numpy as np  # noqa: PLC0415  # an optional extra

    rows = max(loan.months for loan in loans)
    shape = (rows, len(loans))
    made = Block(loans, *(np.zeros(shape, np.int64) for _ in range(3)))
    level = [levels.of(loan) for loan in loans]
    shared = lcm(*(1200 * loan.rate.percent.denominator for loan in loans))
    parts = [_part(loan, shared) for loan in loans]
    largest = max(loan.principal.minor for loan in loans)
    if 2 * (largest * max(parts) + shared) < _MOST:
        _fill(made, np.array(level), np.array(parts), shared, levels.method)
    else:
        # A figure that does not fit 64 bits is none for vectors; integers of any size take over.
        _fill_one_by_one(made, level, levels.method)
    return made


def _part(loan: LoanTerms, shared: int) -> int:
    """The month rate as a number of shared parts."""
    percent = loan.rate.percent
    return percent.numerator * (shared // (1200 * percent.denominator))


def _fill(made: Block, level: Fen, parts: Fen, shared: int, method: Method) -> None:
    """Row by row over all loans: R(B·i) in integers, then principal as in `schedule.fill`."""
    import numpy as np  # noqa: PLC0415  # an optional extra

    twice, months = 2 * parts, np.array([loan.months for loan in made.loans])
    balance = np.array([loan.principal.minor for loan in made.loans])
    for row in range(len(made.principal)):
        interest = (balance * twice + shared) // (2 * shared)
        wish = level - interest if method is Method.LEVEL_PAYMENT else level
        principal = np.where(months == row + 1, balance, np.minimum(wish, balance))
        balance = balance - principal
        made.interest[row], made.principal[row], made.balance[row] = interest, principal, balance


def _fill_one_by_one(made: Block, level: Sequence[int], method: Method) -> None:
    for nr, loan in enumerate(made.loans):
        single = _columns(loan, method, level[nr])
        made.principal[: loan.months, nr] = single.principal
        made.interest[: loan.months, nr] = single.interest
        made.balance[: loan.months, nr] = single.balance
