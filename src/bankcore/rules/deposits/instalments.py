"""Instalments in, lump out (零存整取): plan months, missed months, breach, DEP-10, DEP-11."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bankcore.rules.deposits.early import overdue_interest
from bankcore.rules.deposits.lump import maturity_of
from bankcore.values.dates import add_months, split
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Plan:
    """A savings plan: the same whole-yuan amount each plan month from the opening day on.

    Plan month k is [add_months(start, k−1), add_months(start, k)). `makeups` is how many missed
    months may be made up, each in the month after it.
    """

    monthly: Money
    rate: AnnualRate
    start: date
    term_months: int
    makeups: int = 1

    @property
    def maturity(self) -> date:
        """The maturity by 对年对月对日."""
        return maturity_of(self.start, self.term_months)

    def month_of(self, day: date) -> int:
        """The plan month that a day lies in, from 1."""
        return split(self.start, day).months + 1

    def end_of(self, month: int) -> date:
        """The first day after a plan month."""
        return add_months(self.start, month)


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment taken: its day, the plan month it fills, whether it came after the breach."""

    on: date
    month: int
    after_breach: bool


def plan_interest(plan: Plan) -> Figure:
    """Interest of a plan with every month paid: a · rate/12 · n(n+1)/2 month products, DEP-10."""
    products = plan.term_months * (plan.term_months + 1) // 2
    return _month_product_figure("DEP-10", plan, products)


def _month_product_figure(rule: str, plan: Plan, products: int) -> Figure:
    return figure(
        rule,
        plan.monthly.minor * plan.rate.monthly * products,
        plan.monthly.currency,
        monthly=plan.monthly,
        rate=plan.rate,
        month_products=products,
    )


@dataclass(frozen=True, slots=True)
class PlanCourse:
    """How a plan went: its payments in order, and the day of its breach if there is one."""

    payments: tuple[Payment, ...]
    breach_on: date | None

    def breach_by(self, day: date) -> date | None:
        """The breach date if it came on or before a day."""
        return self.breach_on if self.breach_on and self.breach_on <= day else None


def follow_plan(plan: Plan, days: Iterable[date]) -> PlanCourse:
    """Give each payment its plan month and find the breach, month by month, DEP-11.

    The first payment in a month fills it; a second one fills the month before if that is missing
    and the plan is in order. A month without payment is a miss; one miss not made up in the next
    month, or one more miss than may be made up, is the breach at the end of that month; a breach
    on the maturity does not count. Refuses `already_matured` and `instalment_already_paid`.
    """
    by_month: dict[int, list[date]] = {}
    for on in sorted(days):
        if on >= plan.maturity:
            raise Rejected(Reason.ALREADY_MATURED, maturity=plan.maturity)
        by_month.setdefault(plan.month_of(on), []).append(on)
    payments: list[Payment] = []
    filled: set[int] = set()
    breach: date | None = None
    misses = 0
    for month in range(1, plan.term_months + 1):
        dates = by_month.get(month, [])
        fills = _fills(month, len(dates), filled, in_order=breach is None)
        payments += [
            Payment(on, to, breach is not None) for on, to in zip(dates, fills, strict=True)
        ]
        if breach is None:
            filled |= set(fills)
            misses += not dates
            lost = month > 1 and month - 1 not in filled
            breach = plan.end_of(month) if lost or misses > plan.makeups else None
    return PlanCourse(tuple(payments), breach if breach != plan.maturity else None)


def _fills(month: int, count: int, filled: set[int], *, in_order: bool) -> list[int]:
    """The months that the payments of one plan month fill, in order."""
    room = [month]
    if in_order and month > 1 and month - 1 not in filled:
        room.append(month - 1)
    if count > len(room):
        raise Rejected(Reason.INSTALMENT_ALREADY_PAID, month=month)
    return room[:count]


def check_instalment(plan: Plan, paid: Iterable[date], amount: Money, on: date) -> Payment:
    """Take one more payment, the latest so far, or refuse.

    Refusals, in order: `already_matured`, `instalment_amount_mismatch`,
    `instalment_already_paid`.
    """
    if on >= plan.maturity:
        raise Rejected(Reason.ALREADY_MATURED, maturity=plan.maturity)
    if amount != plan.monthly:
        raise Rejected(Reason.INSTALMENT_AMOUNT_MISMATCH, monthly=plan.monthly)
    return follow_plan(plan, [*paid, on]).payments[-1]


@dataclass(frozen=True, slots=True)
class PlanPayout:
    """What a plan pays on a day: all payments, their interest, and the overdue interest."""

    breach_on: date | None
    months_filled: tuple[int, ...]
    after_breach: int
    principal: Money
    interest: Figure
    overdue_interest: Figure


def plan_payout(plan: Plan, course: PlanCourse, on: date, demand: AnnualRate) -> PlanPayout:
    """Pay out a plan on a day at the demand rate of that day where demand counts, DEP-11.

    Payments before the breach earn the plan rate for their whole months, later ones demand by
    actual days to the maturity; before maturity everything earns demand. Each of the two figures
    is rounded once.
    """
    payments = list(course.payments)
    principal = plan.monthly * len(payments)
    filled = tuple(sorted(p.month for p in payments if not p.after_breach))
    after = [p for p in payments if p.after_breach]
    if on < plan.maturity:
        interest = _demand_figure(plan, payments, on, demand)
    else:
        interest = _mature_figure(plan, filled, after, demand)
    overdue = overdue_interest(principal, demand, plan.maturity, max(on, plan.maturity))
    return PlanPayout(course.breach_by(on), filled, len(after), principal, interest, overdue)


def plan_accrued(plan: Plan, course: PlanCourse, end: date, demand: AnnualRate) -> Figure:
    """Interest of a plan grown to a day if it went on, GL-06.

    A payment before the breach earns the plan rate for its whole plan months gone and nothing
    for the month begun; a later one earns demand by actual days.
    """
    gone = min(plan.month_of(end) - 1, plan.term_months)
    in_order = [p for p in course.payments if not p.after_breach]
    products = sum(max(gone - p.month + 1, 0) for p in in_order)
    after = [p for p in course.payments if p.after_breach]
    exact = plan.monthly.minor * plan.rate.monthly * products
    exact += _demand_exact(plan, after, min(end, plan.maturity), demand)
    return figure(
        "DEP-11",
        exact,
        plan.monthly.currency,
        monthly=plan.monthly,
        rate=plan.rate,
        month_products=products,
        demand_rate=demand,
        after_breach=len(after),
    )


def _demand_exact(plan: Plan, payments: list[Payment], to: date, demand: AnnualRate) -> Fraction:
    days = sum((to - p.on).days for p in payments)
    return plan.monthly.minor * demand.daily * days


def _demand_figure(plan: Plan, payments: list[Payment], on: date, demand: AnnualRate) -> Figure:
    exact = _demand_exact(plan, payments, on, demand)
    return figure(
        "DEP-10",
        exact,
        plan.monthly.currency,
        monthly=plan.monthly,
        demand_rate=demand,
        on=on,
        payments=len(payments),
    )


def _mature_figure(
    plan: Plan, filled: tuple[int, ...], after: list[Payment], demand: AnnualRate
) -> Figure:
    products = sum(plan.term_months - month + 1 for month in filled)
    exact = plan.monthly.minor * plan.rate.monthly * products
    exact += _demand_exact(plan, after, plan.maturity, demand)
    return figure(
        "DEP-11",
        exact,
        plan.monthly.currency,
        monthly=plan.monthly,
        rate=plan.rate,
        month_products=products,
        demand_rate=demand,
        after_breach=len(after),
    )
