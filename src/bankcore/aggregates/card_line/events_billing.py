"""Events of billing (账单、利息、费用、分期) of a card line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.aggregates.card_line.events_plan_refund import (
    InstalmentChargesReturned,
    InstalmentPartsCancelled,
)
from bankcore.aggregates.card_line.terms import (
    BookRecord,
    InterestStretch,
    ItemShare,
    PlanLine,
    S,
    StatementLine,
)
from bankcore.rules.cards.kinds import ItemKind
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money


@event(
    S,
    "收费",
    "Card fee charged",
    rows="C3",
    actus="FP",
    say_zh="收费 {fee}({kind})",
    say_en="fee of {fee} charged ({kind})",
)
class CardFeeCharged:
    """A fee becomes an item (收费): cash fee, annual fee, other fee.

    It is `percent` of `base`, at least `least` and at most `most` (CC-07); a fixed fee has its
    amount in both bounds.
    """

    item: str
    kind: ItemKind
    fee: Money
    base: Money
    percent: Fraction
    least: Money
    most: Money
    gl: Gl


@event(
    S,
    "利息入账",
    "Card interest billed",
    rows="C4",
    actus="IP",
    say_zh="利息入账 {interest}({group})",
    say_en="interest of {interest} billed ({group})",
)
class CardInterestBilled:
    """Interest of one group is posted at the cut (利息入账), CC-04.

    `days` are the stretches that add up to it; `interest` = rounded sum, `remainder` the rest,
    unless the charge cap of CC-05 cut it (`uncapped` is the sum before the cap).
    """

    item: str
    group: str
    interest: Money
    uncapped: Money
    remainder: Fraction
    days: tuple[InterestStretch, ...]
    gl: Gl


@event(
    S,
    "重算调整",
    "Card restated",
    version=2,
    rows="C6 L22 C12",
    say_zh="因补记重算:调整 {paid}",
    say_en="restated for late facts: {paid} back",
)
class CardRestated:
    """A late fact changes what was billed (重算调整), section 0.6 of the card rules, GEN-05.

    Posted in the next cut: `paid` is what the customer gets back (negative: owes more), split by
    where it sat (row C6 with interest income as its source; `fee` is the late charge, row C12).
    `book` is the account as if the bank had known; issued statements stay as they are.
    """

    paid: Money
    principal: Money
    interest: Money
    fees: Money
    excess: Money
    fee: Money
    amount: Money
    cause: tuple[str, ...]
    book: BookRecord
    gl: Gl


@event(
    S,
    "违约金",
    "Late fee charged",
    rows="C5",
    actus="FP",
    say_zh="违约金 {fee}(最低还款差额 {base})",
    say_en="late charge of {fee} ({base} short of the minimum)",
)
class LateFeeCharged:
    """The minimum was missed (违约金), CC-05; `base` is what was short."""

    item: str
    statement: date
    fee: Money
    base: Money
    uncapped: Money
    gl: Gl


@event(
    S,
    "出账单",
    "Card statement issued",
    say_zh="账单 {statement_date}:应还 {balance},最低 {minimum},到期 {due}",
    say_en="statement of {statement_date}: {balance} owed, minimum {minimum}, due {due}",
)
class CardStatementIssued:
    """A cycle is closed (出账单), CC-02, CC-03.

    `fresh_minimum` is the part of the minimum that is new (CC-12); `items` are all open items
    with what the test of the last statement decided about their interest. `episode_principal` is
    the base of the charge cap while an overdue episode lasts, `next_cut` the next statement date.
    """

    statement_date: date
    due: date
    balance: Money
    minimum: Money
    purchase_share: Money
    fresh_minimum: Money
    yearly_pct: Fraction
    items: tuple[StatementLine, ...]
    episode_principal: Money | None
    next_cut: date


@event(
    S,
    "分期试算",
    "Instalment quoted",
    say_zh="分期试算:年化 {apr}%",
    say_en="quoted: {apr} % a year",
)
class InstalmentQuoted:
    """A plan is worked out and its yearly cost shown (分期试算), CC-08."""

    kind: str
    principal: Money
    terms: int
    charge: Money
    apr: Fraction


@event(S, "分期确认", "Instalment confirmed", say_zh="{by} 确认分期", say_en="confirmed by {by}")
class InstalmentConfirmed:
    """The customer says yes to a plan herself (分期确认)."""

    by: str
    terms: int
    channel: str


@event(
    S,
    "分期生效",
    "Instalment plan started",
    rows="C9",
    say_zh="分期 {plan}:{principal} 分 {terms} 期",
    say_en="plan {plan}: {principal} in {terms} parts",
)
class InstalmentPlanStarted:
    """Debt moves into a plan (分期生效); `paid_items` are the items it replaces."""

    plan: str
    principal: Money
    terms: int
    charge: Money
    apr: Fraction
    rows: tuple[PlanLine, ...]
    paid_items: tuple[ItemShare, ...]
    gl: Gl


@event(
    S,
    "分期入账",
    "Instalment billed",
    rows="C10",
    actus="PR",
    say_zh="分期 {plan} 第 {number} 期:本金 {principal},费用 {charge}",
    say_en="plan {plan} part {number}: principal {principal}, charge {charge}",
)
class InstalmentBilled:
    """A part of a plan falls on the statement (分期入账)."""

    plan: str
    number: int
    principal: Money
    charge: Money
    gl: Gl


@event(
    S,
    "提前结清分期",
    "Instalment settled early",
    rows="C11",
    actus="PP",
    say_zh="提前结清分期 {plan}:本金 {principal},费用 {charge}",
    say_en="plan {plan} settled early: principal {principal}, charge {charge}",
)
class InstalmentSettledEarly:
    """All that is left of a plan falls due now (提前结清分期)."""

    plan: str
    principal: Money
    charge: Money
    gl: Gl


@event(
    S,
    "费用减免",
    "Card fee waived",
    rows="C12 C28",
    say_zh="减免费用 {fee}({reason})",
    say_en="fee of {fee} waived ({reason})",
)
class CardFeeWaived:
    """A fee is given up (费用减免), CC-05, EMP-03; `approver` decided it."""

    item: str
    kind: ItemKind
    fee: Money
    approver: str
    reason: str
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """The charge of a plan goes from where it was booked, as interest (C10): row C28."""
        return ("C28",) if self.kind is ItemKind.PLAN_CHARGE else ("C12",)


@event(
    S,
    "利息减免",
    "Card interest waived",
    rows="C13",
    say_zh="减免利息 {interest}({reason})",
    say_en="interest of {interest} waived ({reason})",
)
class CardInterestWaived:
    """Billed interest is given up (利息减免)."""

    item: str
    interest: Money
    approver: str
    reason: str
    gl: Gl


BillingEvent = (
    CardFeeCharged
    | CardInterestBilled
    | CardRestated
    | LateFeeCharged
    | CardStatementIssued
    | CardFeeWaived
    | CardInterestWaived
)
PlanEvent = (
    InstalmentQuoted
    | InstalmentConfirmed
    | InstalmentPlanStarted
    | InstalmentBilled
    | InstalmentSettledEarly
    | InstalmentPartsCancelled
    | InstalmentChargesReturned
)
