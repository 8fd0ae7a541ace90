"""The events of a refund of what is paid in instalments (分期退货), CC-08."""

from __future__ import annotations

from bankcore.aggregates.card_line.terms import ItemShare, PlanLine
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money

S = "card_line"


@event(
    S,
    "退货冲减分期",
    "Instalment parts cancelled",
    rows="C26 L22",
    actus="PP",
    say_zh="{item} 退货,冲减分期 {plan} 本金 {principal}",
    say_en="refund of {item} cancels {principal} of plan {plan}",
)
class InstalmentPartsCancelled:
    """A refund cancels parts of a plan that are not billed yet, from the last one (退货冲减分期).

    `kept` are the unbilled parts that stay, `charge` what is no longer charged; `amount` is what
    the unused line gets back (8201).
    """

    plan: str
    item: str
    principal: Money
    charge: Money
    kept: tuple[PlanLine, ...]
    amount: Money
    gl: Gl


@event(
    S,
    "退还分期费用",
    "Instalment charges returned",
    rows="C27 L22",
    actus="FP",
    say_zh="分期 {plan} 整单退货,退还已收费用 {paid}",
    say_en="plan {plan} refunded as a whole: {paid} of charges given back",
)
class InstalmentChargesReturned:
    """A whole plan is refunded within the days of CC-08: its billed charges go back (退还分期费用).

    `paid` are the charges; they are a credit by CC-10 on the day of the refund, so what is still
    open of them is paid off and what was paid pays other items or becomes credit balance.
    `amount` is what the unused line gets back (8201).
    """

    plan: str
    paid: Money
    principal: Money
    interest: Money
    fees: Money
    excess: Money
    amount: Money
    allocation: tuple[ItemShare, ...]
    gl: Gl
