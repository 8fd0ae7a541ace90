"""Penalty and compound interest of overdue instalments (罚息、复利), LN-19, LN-20, LN-21.

Derived for every day, recorded only when a payment is applied, on non-accrual, at write-off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import events_repayment as e
from bankcore.aggregates.loan.state import DueItem
from bankcore.aggregates.loan.terms import RateDays
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import signed_terms
from bankcore.operations.loans.misusing import (
    Piece,
    Shares,
    not_due_pieces,
    overdue_pieces,
    shares,
)
from bankcore.operations.money import placeholders
from bankcore.rules.loans.misuse import misuse_interest
from bankcore.rules.loans.penalty import (
    COMPOUND_RULE,
    Overcharge,
    OverduePiece,
    PenaltyPolicy,
    RateStep,
    compound_interest,
    penalty_interest,
    rate_segments,
    surcharged,
)
from bankcore.values.figures import figure
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True)
class Charge:
    """What one due has grown by since it was last charged."""

    item: DueItem
    until: date
    penalty: Overcharge
    compound: Overcharge
    segments: tuple[RateDays, ...]

    @property
    def total(self) -> Money:
        """Penalty and compound together."""
        return self.penalty.figure.amount + self.compound.figure.amount

    @property
    def exact(self) -> Fraction:
        """The same before rounding."""
        return self.penalty.figure.exact + self.compound.figure.exact


def charges(loan: Loan, until: date) -> Iterator[Charge]:
    """What misused money and each overdue instalment bear up to a day (exclusive).

    Nothing inside grace. Misused money comes first: an instalment bears LN-19 on the rest only.
    """
    yield from _misuse_charges(loan, until)
    shared = shares(loan)
    for item in loan.dues:
        charge = _charge(loan, _own(loan, item, shared), until)
        if charge is not None:
            yield charge


def _own(loan: Loan, item: DueItem, shared: Shares) -> DueItem:
    """What LN-19 charges of a due: not its misused share, nor days that misuse charged before."""
    if loan.risk.misuse is None:
        return replace(item, charged_until=max(item.charged_until, item.heavy_until))
    return replace(item, principal=item.principal - shared.get((item.draw, item.number), ZERO))


def _misuse_charges(loan: Loan, until: date) -> Iterator[Charge]:
    policy = policy_of(loan)
    for piece in not_due_pieces(loan, until):
        yield _misuse_charge(loan, piece)
    heavier = partial(surcharged, surcharge=policy.surcharge, cap=policy.cap)
    for piece in overdue_pieces(loan, until, heavier):
        if not _in_grace(loan, piece.due, until):
            yield _misuse_charge(loan, piece)


def _misuse_charge(loan: Loan, piece: Piece) -> Charge:
    misuse = loan.risk.misuse
    assert misuse is not None, "only a flagged misuse has pieces"
    item = DueItem(misuse.draw, piece.number, piece.due, piece.base, ZERO, piece.since)
    days = [(segment.days, segment.rate) for segment in piece.segments]
    nothing = Overcharge(0, figure(COMPOUND_RULE, Fraction(0)))
    return Charge(item, piece.until, misuse_interest(piece.base, days), nothing, piece.segments)


def _in_grace(loan: Loan, due: date, until: date) -> bool:
    """A recalled balance has no grace: it was due on the day that the notice named."""
    recalled = loan.recalled_on is not None and due >= loan.recalled_on
    grace = 0 if recalled else signed_terms(loan).grace_days
    return (until - due).days <= grace


def _charge(loan: Loan, item: DueItem, until: date) -> Charge | None:
    draw = loan.draw(item.draw)
    if draw is None or _in_grace(loan, item.due, until) or until <= item.charged_until:
        return None
    policy = policy_of(loan)
    steps = steps_of(draw.rates, item.charged_until)
    principal = OverduePiece(item.principal, item.charged_until, until)
    interest = OverduePiece(item.interest, item.charged_until, until)
    segments = tuple(
        RateDays(days=days, rate=surcharged(rate, policy.surcharge, policy.cap))
        for days, rate in rate_segments(steps, item.charged_until, until)
    )
    return Charge(
        item,
        until,
        penalty_interest(principal, steps, policy),
        compound_interest(interest, steps, policy),
        segments,
    )


def policy_of(loan: Loan) -> PenaltyPolicy:
    """The penalty as agreed; grace is over once it is charged, so it is zero here."""
    terms = signed_terms(loan)
    return PenaltyPolicy(
        surcharge=terms.surcharge,
        surcharge_min=min(terms.surcharge, Fraction(30)),
        surcharge_max=max(terms.surcharge, Fraction(50)),
        grace_days=0,
        cap=terms.penalty_cap,
    )


def steps_of(rates: tuple[tuple[date, AnnualRate], ...], start: date) -> list[RateStep]:
    """Contract rates as steps; the first one also covers a start before it."""
    steps = [RateStep(on, rate) for on, rate in rates]
    return [replace(steps[0], start=min(steps[0].start, start)), *steps[1:]]


def charge_penalties(d: Decision, key: str, until: date) -> None:
    """Record what has grown up to a day; amounts that round to zero are left to grow on."""
    loan = d.need(LOAN, key)
    for charge in list(charges(loan, until)):
        if not charge.total:
            continue
        if loan.risk.non_accrual:
            d.emit(LOAN, key, _off_book(charge))
        else:
            d.emit(LOAN, key, _on_book(charge))


def _on_book(charge: Charge) -> e.PenaltyInterestCharged:
    item = charge.item
    return e.PenaltyInterestCharged(
        draw=item.draw,
        number=item.number,
        penalty=charge.total,
        of_which_compound=charge.compound.figure.amount,
        since=item.charged_until,
        until=charge.until,
        open_principal=item.principal,
        open_interest=item.interest,
        segments=charge.segments,
        gl=placeholders(),
    )


def _off_book(charge: Charge) -> e.NonAccrualInterestFellDue:
    item = charge.item
    return e.NonAccrualInterestFellDue(
        draw=item.draw,
        number=item.number,
        due=item.due,
        principal=item.principal,
        interest=charge.total,
        of_which_penalty=charge.penalty.figure.amount,
        of_which_compound=charge.compound.figure.amount,
        since=item.charged_until,
        until=charge.until,
        gl=placeholders(),
    )
