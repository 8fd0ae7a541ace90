"""CC-08 The early end of an instalment plan (提前结清) and refunds of the purchase behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bankcore.rules.cards.instalments import RULE, PlanPart, Settlement
from bankcore.values.figures import figure
from bankcore.values.money import ZERO, Money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyEnd:
    """A running plan that ends: parts billed, the last and next statement, the day.

    `last_statement` is the day of confirmation while nothing is billed. `used_time` is True from
    2022-07-07: a charge only for the time the money was used.
    """

    billed: int
    last_statement: date
    next_statement: date
    on: date
    used_time: bool


def settle_early(parts: Sequence[PlanPart], end: EarlyEnd) -> Settlement:
    """Principal not yet billed and the charge for ending; nothing when all parts are billed.

    By time used: the running part's charge by days since the last statement. Before that rule:
    all charges still to come.
    """
    left = parts[end.billed :]
    principal = total([p.principal for p in left])
    if not left:
        return Settlement(principal, figure(RULE, Fraction(0)))
    if not end.used_time:
        charge = total([p.charge for p in left])
        return Settlement(principal, figure(RULE, Fraction(charge.minor), parts=len(left)))
    used = (end.on - end.last_statement).days
    period = (end.next_statement - end.last_statement).days
    # A plan confirmed and ended on a statement day, before the cut, has a period of no days.
    exact = left[0].charge.minor * (Fraction(used, period) if used else Fraction(0))
    return Settlement(
        principal, figure(RULE, exact, charge=left[0].charge, days=used, period=period)
    )


@dataclass(frozen=True, slots=True)
class PlanRefund:
    """The unbilled parts that stay after a refund, and what of it goes to the account."""

    parts: tuple[PlanPart, ...]
    to_account: Money


def refund_plan(parts: Sequence[PlanPart], billed: int, refund: Money) -> PlanRefund:
    """Cancel unbilled principal from the last part backwards; the rest is a refund (CC-10).

    A part that is cancelled in part keeps the charge of what is kept, rounded half up.
    """
    left, kept = refund, []
    for part in reversed(parts[billed:]):
        cut = min(part.principal, left)
        left -= cut
        rest = part.principal - cut
        if not rest:
            continue
        charge = part.charge
        if cut:
            share = Fraction(rest.minor, part.principal.minor)
            charge = figure(RULE, part.charge.minor * share, kept=rest, of=part.principal).amount
        kept.append(PlanPart(part.number, rest, charge))
    return PlanRefund(tuple(reversed(kept)), max(ZERO, left))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """What a plan got back since it was confirmed: (posting date, amount) of each refund.

    `charged` are the charges billed so far that were neither waived nor returned.
    """

    principal: Money
    confirmed: date
    refunds: tuple[tuple[date, Money], ...] = ()
    charged: Money = ZERO

    @property
    def open(self) -> Money:
        """Principal that was not refunded."""
        return self.principal - total([amount for _, amount in self.refunds])


def charges_returned(plan: Refunded, days: int) -> Money:
    """Billed charges that go back: all, if the whole principal was refunded soon enough, else none.

    Refunds count up to and including `days` calendar days after the confirmation.
    """
    until = plan.confirmed + timedelta(days=days)
    soon = total([amount for on, amount in plan.refunds if on <= until])
    return plan.charged if soon == plan.principal else ZERO
