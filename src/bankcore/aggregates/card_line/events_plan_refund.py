"""The event of a refund that cuts an instalment plan (分期退货), CC-08."""

from __future__ import annotations

from bankcore.aggregates.card_line.terms import PlanLine
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
