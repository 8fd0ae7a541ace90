"""State of the card line: application, line and card, items, ledger totals, arrears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bankcore.aggregates.card_line.terms import AgreedLine, CardAgreement, PlanLine
from bankcore.aggregates.card_line.watch import UNWATCHED, Watch
from bankcore.rules.cards.autopay import AutopayMode
from bankcore.rules.cards.book import Book
from bankcore.rules.cards.instalment_end import Refunded
from bankcore.rules.cards.interest import DayRate
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.late_charge import LateTerms
from bankcore.rules.cards.limits import Limit, Use
from bankcore.rules.cards.minimum import MinimumTerms
from bankcore.rules.cards.statement import CardTerms
from bankcore.values.money import ZERO, Money, total

NO_LIMIT: Final = Limit(permanent=ZERO)
NO_ITEMS: Final = Book()


class Stage(StrEnum):
    """Where the line is in its life (CC-01); blocks are kept apart."""

    APPLIED = "applied"
    SIGNED = "signed"
    FORWARDED = "forwarded"
    APPROVED = "approved"
    DECLINED = "declined"
    ISSUED = "issued"
    DELIVERED = "delivered"
    ACTIVE = "active"
    CANCELLED = "cancelled"
    WRITTEN_OFF = "written_off"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What the file holds: who sold and forwarded it, papers, signature, limit asked."""

    makers: tuple[str, ...] = ()
    limit_asked: Money = ZERO
    documents: tuple[str, ...] = ()
    signer: str = ""
    fraud_referred: bool = False
    granted: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Plastic:
    """The card itself: number, holder, last day of validity, issue and activation."""

    number: str = ""
    holder: str = ""
    expires: date | None = None
    issued_on: date | None = None
    activated_on: date | None = None
    cancelled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """An open authorisation."""

    authorisation: str
    amount: Money
    kind: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the ledger holds of this line, folded from the events themselves (GL-04).

    `revolving` 1303.11, `plans` 1303.12, `interest` 1132.02, `fees` 1221.02, `credit` 2011.10,
    `unused` 8201, `allowance` 1304.02, `written_off` 8401.
    """

    revolving: Money = ZERO
    plans: Money = ZERO
    interest: Money = ZERO
    fees: Money = ZERO
    credit: Money = ZERO
    unused: Money = ZERO
    allowance: Money = ZERO
    written_off: Money = ZERO

    @property
    def debt(self) -> Money:
        """All that is owed, plan principal not yet billed included."""
        return self.revolving + self.plans + self.interest + self.fees


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An instalment plan: its parts and how many are billed.

    `charged` are its billed charges, less those waived or returned; `refunds` what its items got
    back since it started, up to its principal (CC-08).
    """

    plan: str
    principal: Money
    lines: tuple[PlanLine, ...]
    billed: int
    started: date
    items: tuple[str, ...]
    charged: Money = ZERO
    refunds: tuple[tuple[date, Money], ...] = ()

    @property
    def refunded(self) -> Refunded:
        """What it got back, in the shape the rule takes."""
        return Refunded(
            principal=self.principal,
            confirmed=self.started,
            refunds=self.refunds,
            charged=self.charged,
        )

    @property
    def charge_items(self) -> frozenset[str]:
        """Ids of the items that its charges become when they are billed."""
        parts = [f"{line.number}" for line in self.lines]
        return frozenset(f"{self.plan}-{part}-charge" for part in (*parts, "rest"))

    @property
    def unbilled(self) -> Money:
        """Principal still to come."""
        return total([line.principal for line in self.lines[self.billed :]])

    @property
    def running(self) -> bool:
        """True while parts are still to be billed."""
        return self.billed < len(self.lines)


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted debit as a refund or a dispute needs it: amount, refunded, its statement."""

    item: str
    kind: ItemKind
    amount: Money
    on: date
    returned: Money = ZERO
    statement: date | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """An open dispute over a part of an item.

    `answer_by` is the day that a notice to the cardholder named; None while the usual limit holds.
    """

    dispute: str
    item: str
    amount: Money
    opened_on: date
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Autopay:
    """The account that pays the line and what it pays."""

    account: str
    mode: AutopayMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The last instalment quote and whether the customer confirmed it."""

    kind: str
    principal: Money
    terms: int
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """Bucket and class as last booked, the charge cap's base, a personalised plan."""

    bucket: str = "M0"
    loan_class: str = "normal"
    episode_principal: Money | None = None
    episode_posted: Money = ZERO
    agreed: tuple[AgreedLine, ...] = ()
    plan_kept: bool = False
    plan_paid: tuple[tuple[date, Money], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One credit card account; see the module docstring.

    `next_cut` is the next statement date, None while nothing has happened since the last one.
    `late_from` is the earliest value date of a fact that came in after its statement was cut,
    `rate_steps` where a personalised plan stops interest and its breach lets it run again.
    """

    stage: Stage = Stage.APPLIED
    customer: str = ""
    product: str = ""
    application: Application = Application()
    plastic: Plastic = Plastic()
    agreement: CardAgreement | None = None
    limit: Limit = NO_LIMIT
    blocks: tuple[str, ...] = ()
    new_use_frozen: bool = False
    book: Book = NO_ITEMS
    totals: Totals = Totals()
    holds: tuple[Hold, ...] = ()
    posted: tuple[Posted, ...] = ()
    plans: tuple[Plan, ...] = ()
    quote: Quote | None = None
    disputes: tuple[Dispute, ...] = ()
    autopay: Autopay | None = None
    arrears: Arrears = Arrears()
    reminders: tuple[tuple[date, str], ...] = ()
    cash_drawn: tuple[tuple[date, Money], ...] = ()
    next_cut: date | None = None
    last_cut: date | None = None
    statement_day_changed: date | None = None
    last_activity: date | None = None
    last_booking: date | None = None
    late_from: date | None = None
    rate_steps: tuple[DayRate, ...] = ()
    waived_on: tuple[date, ...] = ()
    watch: Watch = UNWATCHED

    @property
    def terms(self) -> CardTerms:
        """The agreed terms in the shape the rules take; only of an issued card."""
        agreed = self.agreement
        assert agreed is not None, "an issued card has agreed terms"
        late = LateTerms(
            share=agreed.late_pct, least=agreed.late_min, tolerance=agreed.tolerance_amount
        )
        return CardTerms(
            statement_day=agreed.statement_day,
            due_offset=agreed.due_offset,
            mode=agreed.interest_mode,
            compound=agreed.compound,
            rates=(DayRate(date.min, agreed.daily_permyriad), *self.rate_steps),
            minimum=MinimumTerms(share=agreed.min_pct, floor=agreed.min_floor),
            late=late,
            tolerance_days=agreed.tolerance_days,
        )

    @property
    def use(self) -> Use:
        """What uses the limit now (CC-01)."""
        held_cash = [h.amount for h in self.holds if h.kind == "cash"]
        return Use(
            used=self.totals.debt,
            used_cash=self.book.of_kinds({ItemKind.CASH}),
            held=total([h.amount for h in self.holds]),
            held_cash=total(held_cash),
            credit=self.totals.credit,
        )

    @property
    def has_line(self) -> bool:
        """True while a limit stands that debts use up (8201)."""
        return self.stage in {Stage.ISSUED, Stage.DELIVERED, Stage.ACTIVE}

    def drawn_on(self, day: date) -> Money:
        """Cash drawn on a day (CC-07)."""
        return total([m for on, m in self.cash_drawn if on == day])

    def posted_item(self, key: str) -> Posted | None:
        """A posted debit by its id."""
        return next((p for p in self.posted if p.item == key), None)

    def plan(self, key: str) -> Plan | None:
        """A plan by its id."""
        return next((p for p in self.plans if p.plan == key), None)
