"""Records of the card line: what was agreed, and the lines that events carry."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.rules.cards.book import Phase
from bankcore.rules.cards.interest import InterestMode
from bankcore.rules.cards.kinds import ItemKind
from bankcore.values.declare import record
from bankcore.values.money import Money

S = "card_line"


@record
class CardAgreement:
    """Terms agreed for a card line; copied into the event that issues the card.

    `daily_permyriad` is the daily rate in ‱; percentages are exact numbers of percent.
    """

    statement_day: int
    due_offset: int
    interest_mode: InterestMode
    compound: bool
    daily_permyriad: Fraction
    min_pct: Fraction
    min_floor: Money
    late_pct: Fraction
    late_min: Money
    tolerance_days: int
    tolerance_amount: Money
    cash_pct: Fraction
    charge_cap_pct: Fraction
    principal_first_after: int
    authorisation_days: int
    activation_days: int
    reminder_days: int
    plan_grace_days: int


@record
class ItemShare:
    """What a credit paid of one item."""

    item: str
    amount: Money


@record
class InterestStretch:
    """Days [start, until) on which `base` of an item bore `permyriad` a day."""

    item: str
    start: date
    until: date
    base: Money
    permyriad: Fraction


@record
class StatementLine:
    """An item as it stands on a statement.

    `phase` says whether it bears interest; `start` is its first day not yet counted, `cap` the
    most of it that bears.
    """

    item: str
    kind: ItemKind
    posted: date
    outstanding: Money
    phase: Phase
    start: date
    cap: Money


@record
class PlanLine:
    """One part of an instalment plan."""

    number: int
    principal: Money
    charge: Money


@record
class AgreedLine:
    """One part of a personalised plan."""

    number: int
    due: date
    amount: Money


@record
class ApplicantFacts:
    """What the approval unit looked at (CC-15); amounts a month or in all, in money."""

    score: int
    enquiries_3m: int
    income: Money
    monthly_dues: Money
    other_bank_limits: Money
    own_limits: Money
    student: bool
    second_source: bool
    fraud_hit: bool
    plan_unsettled: bool
    overdue: bool


@record
class DayAmount:
    """An amount of a day: a balance from that day on, or a credit posted on it."""

    day: date
    amount: Money


@record
class BookItem:
    """An item with the history of its balance, as `rules.cards.book.Item` has it."""

    item: str
    kind: ItemKind
    posted: date
    phase: Phase
    start: date
    cap: Money
    balances: tuple[DayAmount, ...]
    statement: date | None
    billed: bool
    billed_amount: Money


@record
class StandingRecord:
    """The last statement as the tests need it; `decided_` is what its test saw, if not the same."""

    statement_date: date
    due: date
    balance: Money
    minimum: Money
    purchase_share: Money
    decided_balance: Money | None = None
    decided_minimum: Money | None = None


@record
class QueueRecord:
    """What is open of the new minimum of one statement (CC-12)."""

    statement_date: date
    due: date
    open: Money


@record
class BookRecord:
    """A whole book of items, stored where a restatement replaces it."""

    items: tuple[BookItem, ...]
    credit_balance: Money
    standing: StandingRecord | None
    credits: tuple[DayAmount, ...]
    queue: tuple[QueueRecord, ...]
