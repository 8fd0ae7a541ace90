"""State of the loan: application, contract, draws, dues, and what the books say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bankcore.aggregates.loan.case import Application, Approval, Case
from bankcore.aggregates.loan.stage import Stage
from bankcore.aggregates.loan.terms import ContractTerms, ScheduleRow
from bankcore.rules.loans.codes import LoanClass, Method, PaymentMode
from bankcore.values.changing import changed
from bankcore.values.money import ZERO, Money, total
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True)
class Contract:
    """Draft and signed terms; `shown` … hold the hash of the version they were about."""

    draft: ContractTerms | None = None
    draft_hash: str = ""
    shown: str = ""
    confirmed: str = ""
    explained: str = ""
    acknowledged: str = ""
    terms: ContractTerms | None = None
    signed_on: date | None = None
    limit: Money = ZERO
    conditions_met: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """A drawdown asked for and not yet paid out."""

    draw: int
    amount: Money
    mode: PaymentMode
    payee: str
    payee_category: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw with its own schedule (借据).

    `rows` are those not yet due, `last_due` the due date before them or the value date;
    `balance` is the principal not yet due; `rates` the contract rate from each day on.
    """

    number: int
    amount: Money
    drawn_on: date
    mode: PaymentMode
    rates: tuple[tuple[date, AnnualRate], ...]
    method: Method = Method.LEVEL_PAYMENT
    level: Money = ZERO
    rows: tuple[ScheduleRow, ...] = ()
    last_due: date = date.min
    balance: Money = ZERO
    tenor: str = "1Y"
    repriced_on: date | None = None

    @property
    def rate(self) -> AnnualRate:
        """The newest contract rate."""
        return self.rates[-1][1]

    @property
    def maturity(self) -> date:
        """The last due date; the last one that fell due once no row is open."""
        return self.rows[-1].due if self.rows else self.last_due


@dataclass(frozen=True, slots=True)
class DueItem:
    """An instalment that fell due and is not fully paid; parts are what is still open.

    Penalty and compound are charged up to `charged_until` (exclusive), from the due date;
    `past_due` says that its principal sits on the past-due account. The misused share of its
    principal is charged up to `heavy_until`. Number 0 is no instalment but the surcharge on
    misused money not yet due (LN-21).
    """

    draw: int
    number: int
    due: date
    principal: Money
    interest: Money
    charged_until: date
    penalty: Money = ZERO
    compound: Money = ZERO
    past_due: bool = False
    heavy_until: date = date.min

    @property
    def instalment(self) -> Money:
        """Principal and interest still open: what counts for days past due (LN-18)."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Misuse:
    """Money of a draw that went astray (挪用), flagged and neither corrected nor waived.

    `rates` are the misuse rates from each day on; the surcharge on what is not yet due is charged
    up to `charged_until` (exclusive).
    """

    draw: int
    misused: Money
    since: date
    charged_until: date
    rates: tuple[tuple[date, AnnualRate], ...] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """What the posting events add up to on each control account, in normal-side signs (GL-04)."""

    performing: Money = ZERO
    past_due: Money = ZERO
    interest_due: Money = ZERO
    penalty_due: Money = ZERO
    memo: Money = ZERO
    allowance: Money = ZERO
    off_book: Money = ZERO


@dataclass(frozen=True, slots=True)
class Risk:
    """Class, stage and care.

    `own_class` is the class before cross default (LN-25), `assigned` one that a person put below
    the floor. `stage_on` is the day of the newest stage, `observed_from` the first due date
    after a restructuring.
    """

    loan_class: LoanClass = LoanClass.NORMAL
    own_class: LoanClass = LoanClass.NORMAL
    assigned: LoanClass = LoanClass.NORMAL
    stage: int = 1
    stage_on: date | None = None
    stage3_on: date | None = None
    non_accrual: bool = False
    misuse: Misuse | None = None
    observed_from: date | None = None
    times_restructured: int = 0
    extensions: tuple[int, ...] = ()
    warnings: tuple[tuple[str, str, str, str], ...] = ()
    measures: frozenset[str] = frozenset()
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan from application to the end.

    `history` holds draw, number, due date and day of full payment of the last instalments;
    `recalled_on` the day on which the whole balance fell due by notice; `claim` the written-off
    principal that is not yet recovered.
    """

    stage: Stage = Stage.DRAFT
    application: Application = field(default_factory=Application)
    case: Case = field(default_factory=Case)
    approval: Approval | None = None
    contract: Contract = Contract()
    requests: tuple[Request, ...] = ()
    draws: tuple[Draw, ...] = ()
    dues: tuple[DueItem, ...] = ()
    history: tuple[tuple[int, int, date, date | None], ...] = ()
    cleared_on: date | None = None
    recalled_on: date | None = None
    claim: Money = ZERO
    autodebit: str = ""
    notices: tuple[tuple[date, date, Money], ...] = ()
    sums: Sums = Sums()
    risk: Risk = Risk()
    last_booking: date | None = None

    @property
    def running(self) -> bool:
        """True from the first draw until settled or written off."""
        return self.stage in {Stage.REPAYING, Stage.OVERDUE}

    @property
    def principal(self) -> Money:
        """All principal on book, due or not."""
        return self.sums.performing + self.sums.past_due

    @property
    def undrawn(self) -> Money:
        """What may still be drawn under the contract."""
        if self.contract.terms is None or self.stage in {Stage.SETTLED, Stage.WRITTEN_OFF}:
            return ZERO
        return self.contract.limit - total([draw.amount for draw in self.draws])

    @property
    def owed(self) -> Money:
        """Everything due and charged so far; penalty not yet charged comes on top."""
        return total([x.instalment + x.penalty + x.compound for x in self.dues])

    def oldest_due(self) -> date | None:
        """Due date of the oldest instalment whose principal or interest is open (LN-18)."""
        return min((x.due for x in self.dues if x.instalment), default=None)

    def days_past_due(self, as_of: date) -> int:
        """Strict days past due at the close of a day (LN-18)."""
        oldest = self.oldest_due()
        return 0 if oldest is None else max((as_of - oldest).days, 0)

    def paid_in_time(self, since: date | None, grace_days: int) -> int:
        """Due dates in a row, the newest ones after a day, that were paid within grace (LN-28)."""
        count = 0
        for _, _, due, paid in reversed(self.history):
            late = paid is None or (paid - due).days > grace_days
            if late or (since is not None and due <= since):
                break
            count += 1
        return count

    def missed_dues(self, since: date, as_of: date, grace_days: int) -> list[date]:
        """Due dates from a day on that were not paid within grace, as far as known (LN-26)."""
        return [
            due
            for _, _, due, paid in self.history
            if due >= since and ((paid or as_of) - due).days > grace_days
        ]

    def draw(self, number: int) -> Draw | None:
        """A draw by its number."""
        return next((draw for draw in self.draws if draw.number == number), None)


def replaced(loan: Loan, draw: Draw) -> Loan:
    """The loan with one of its draws in a new state."""
    return changed(loan, draws=tuple(draw if d.number == draw.number else d for d in loan.draws))


def risk_changed(loan: Loan, **changes: Any) -> Loan:
    """The loan with changes in its risk file."""
    return changed(loan, risk=changed(loan.risk, **changes))
