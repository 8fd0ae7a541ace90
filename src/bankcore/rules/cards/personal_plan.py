"""CC-13 Personalised instalment agreement (个性化分期还款协议) for debt beyond ability to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bankcore.rules.cards.cycle import statement_on_or_after
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "CC-13"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What is agreed: the debt and what is waived of it, a first payment, parts, days.

    `due_day` is the day of the month, 1…28.
    """

    principal: Money
    interest: Money
    fees: Money
    waived: Money
    first_payment: Money
    parts: int
    signed: date
    due_day: int

    @property
    def agreed(self) -> Money:
        """The agreed debt G: principal, posted interest and fees, less what is waived."""
        return self.principal + self.interest + self.fees - self.waived


@dataclass(frozen=True, slots=True)
class AgreedPart:
    """One part: number from 1, due date, amount."""

    number: int
    due: date
    amount: Money


def plan_parts(agreement: Agreement, longest: int) -> tuple[AgreedPart, ...]:
    """Equal parts rounded down to the fen, the last takes the rest; first due next month.

    Refuses `term_above_60_months` (`longest` is the parameter) and `nothing_to_plan`.
    """
    if agreement.parts > longest:
        raise Rejected(Reason.TERM_ABOVE_60_MONTHS, parts=agreement.parts)
    planned = agreement.agreed - agreement.first_payment
    if planned.minor <= 0:
        raise Rejected(Reason.NOTHING_TO_PLAN, agreed=agreement.agreed)
    each = Money(planned.minor // agreement.parts)
    next_month = add_months(agreement.signed.replace(day=1), 1)
    first = statement_on_or_after(next_month, agreement.due_day)
    return tuple(
        AgreedPart(
            n + 1,
            add_months(first, n),
            planned - each * (agreement.parts - 1) if n == agreement.parts - 1 else each,
        )
        for n in range(agreement.parts)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCase:
    """Facts before a plan: ability, will, an earlier plan, approval, signature or recording."""

    beyond_ability: bool
    willing: bool
    plan_exists: bool
    approved: bool
    signed_or_recorded: bool


def check_plan_case(case: PlanCase, agreement: Agreement, longest: int) -> tuple[AgreedPart, ...]:
    """The parts, after the refusals of CC-13 in their order."""
    before = (
        (not case.beyond_ability, Reason.NOT_BEYOND_ABILITY),
        (not case.willing, Reason.NOT_WILLING),
        (case.plan_exists, Reason.PLAN_EXISTS),
    )
    after = (
        (not case.approved, Reason.APPROVAL_MISSING),
        (not case.signed_or_recorded, Reason.NOT_SIGNED_OR_RECORDED),
    )
    for refused, reason in before:
        if refused:
            raise Rejected(reason)
    parts = plan_parts(agreement, longest)
    for refused, reason in after:
        if refused:
            raise Rejected(reason)
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachTerms:
    """Days of grace at each due date; how many missed in a row, and in all, break the plan."""

    grace_days: int
    in_row: int
    in_all: int


def missed_parts(
    parts: Sequence[AgreedPart], paid: Sequence[tuple[date, Money]], on: date, grace_days: int
) -> list[int]:
    """Numbers of the parts that payments up to the end of their grace did not cover.

    Only parts whose grace has ended by the close of `on` count; payments ahead of time fill the
    next parts in order.
    """
    missed, owed = [], ZERO
    for part in parts:
        owed += part.amount
        last = part.due + timedelta(days=grace_days)
        if last <= on and total([m for day, m in paid if day <= last]) < owed:
            missed.append(part.number)
    return missed


def is_breached(missed: Sequence[int], terms: BreachTerms) -> bool:
    """True when so many due dates in a row, or in all, were missed."""
    if len(missed) >= terms.in_all:
        return True
    rows = zip(*(missed[n:] for n in range(terms.in_row)), strict=False)
    return any(row[-1] - row[0] == terms.in_row - 1 for row in rows)
