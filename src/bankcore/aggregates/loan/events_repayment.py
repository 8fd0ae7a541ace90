"""Events of repayment (还款): dues, payments, penalty, arrears, non-accrual."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.aggregates.loan.terms import AllocatedRow, RateDays
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money

S = "loan"


@event(
    S,
    "本息到期",
    "Instalment fell due",
    rows="L2",
    actus="IP",
    say_zh="第 {number} 期到期:本金 {principal},利息 {interest}",
    say_en="instalment {number} fell due: principal {principal}, interest {interest}",
)
class InstalmentFellDue:
    """Principal and interest are due today (本息到期); interest is recognised (L2)."""

    draw: int
    number: int
    due: date
    principal: Money
    interest: Money
    remainder: Fraction
    gl: Gl


@event(
    S,
    "还款",
    "Loan repayment received",
    rows="L3",
    actus="PR",
    say_zh="还款:本金 {principal},逾期本金 {principal_past_due},利息 {interest_due}",
    say_en="repaid: principal {principal}, past due {principal_past_due}, interest {interest_due}",
)
class LoanRepaymentReceived:
    """A payment in the order of LN-22 (还款); what is over stays with the payer as `unapplied`."""

    source: str
    principal: Money
    principal_past_due: Money
    interest_due: Money
    interest_accrued: Money
    penalty_due: Money
    penalty_accrued: Money
    fee: Money
    unapplied: Money
    rows: tuple[AllocatedRow, ...]
    gl: Gl


@event(
    S,
    "计收罚息复利",
    "Penalty interest charged",
    rows="L5",
    actus="PY",
    say_zh="第 {number} 期罚息复利 {penalty}(其中复利 {of_which_compound}),{since} 至 {until}",
    say_en="penalty {penalty} on instalment {number} (compound {of_which_compound})",
)
class PenaltyInterestCharged:
    """Penalty on overdue principal and compound interest on overdue interest (LN-19, LN-20).

    For the days [since, until) on the amounts that were open; `segments` hold the penalty rates.
    Of misused money (LN-21) `number` is 0 for the surcharge on what is not yet due, with the added
    rates, and −n for the heavier penalty on the misused share of instalment n.
    """

    draw: int
    number: int
    penalty: Money
    of_which_compound: Money
    since: date
    until: date
    open_principal: Money
    open_interest: Money
    segments: tuple[RateDays, ...]
    gl: Gl


@event(
    S,
    "本金转逾期",
    "Principal became past due",
    rows="L6",
    say_zh="第 {number} 期本金 {principal} 转逾期",
    say_en="principal {principal} of instalment {number} became past due",
)
class PrincipalBecamePastDue:
    """Unpaid at the end of its due day (本金转逾期); zero when only interest is open."""

    draw: int
    number: int
    principal: Money
    gl: Gl


@event(S, "逾期转回", "Past due cured", rows="L7")
class PastDueCured:
    """Past-due principal runs on schedule again (逾期转回)."""

    principal: Money
    gl: Gl


@event(
    S,
    "转非应计",
    "Loan placed on non-accrual",
    rows="L8",
    say_zh="转非应计:利息 {interest}、罚息 {penalty} 转表外",
    say_en="placed on non-accrual: interest {interest} and penalty {penalty} go off book",
)
class LoanPlacedOnNonAccrual:
    """More than 90 days past due (转非应计): uncollected income is reversed to memo (GL-06)."""

    interest: Money
    penalty: Money
    gl: Gl


@event(S, "非应计利息到期", "Non-accrual interest fell due", rows="L9")
class NonAccrualInterestFellDue:
    """Interest of a non-accrual loan, off book (非应计利息到期).

    With an instalment its `principal`; otherwise penalty and compound of [since, until).
    """

    draw: int
    number: int
    due: date
    principal: Money
    interest: Money
    of_which_penalty: Money
    of_which_compound: Money
    since: date | None
    until: date | None
    gl: Gl


@event(S, "收回非应计利息", "Non-accrual interest received", rows="L10", actus="IP")
class NonAccrualInterestReceived:
    """Interest, penalty and compound of a non-accrual loan were paid (收回非应计利息)."""

    source: str
    interest: Money
    rows: tuple[AllocatedRow, ...]
    gl: Gl


@event(S, "减免息", "Loan interest waived", rows="L15")
class LoanInterestWaived:
    """Due interest or penalty is waived by approval (减免息), oldest first."""

    interest: Money
    penalty: Money
    approver: str
    reason: str
    rows: tuple[AllocatedRow, ...]
    gl: Gl


@event(S, "减免非应计利息", "Non-accrual interest waived", rows="L24")
class NonAccrualInterestWaived:
    """Interest of a non-accrual loan is waived by approval (减免非应计利息): off book as it stood.

    `interest` is all that leaves the memo account; of it `penalty` is penalty and compound.
    """

    interest: Money
    penalty: Money
    approver: str
    reason: str
    rows: tuple[AllocatedRow, ...]
    gl: Gl


@event(S, "冲正", "Loan entry reversed")
class LoanEntryReversed:
    """A red entry (冲正): repeats an event of this loan with negated amounts, same accounts."""

    reverses: str
    reversed_event: str
    amounts: tuple[tuple[str, Money], ...]
    rows: tuple[AllocatedRow, ...]
    reason: str
    gl: Gl


DueEvent = InstalmentFellDue | NonAccrualInterestFellDue | PenaltyInterestCharged
PaidEvent = (
    LoanRepaymentReceived
    | NonAccrualInterestReceived
    | LoanInterestWaived
    | NonAccrualInterestWaived
    | LoanEntryReversed
)
StatusEvent = PrincipalBecamePastDue | PastDueCured | LoanPlacedOnNonAccrual
