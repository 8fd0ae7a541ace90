"""Events that change a running loan (贷款变更): prepayment, repricing, extension, settlement."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.aggregates.loan.terms import ContractTerms, RateDays
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "loan"


@event(S, "提前还款预约", "Prepayment notice given")
class PrepaymentNoticeGiven:
    """The borrower announces a prepayment (提前还款预约)."""

    on: date
    amount: Money


@event(S, "提前还款试算", "Prepayment quoted")
class PrepaymentQuoted:
    """What a prepayment would cost and save (提前还款试算)."""

    on: date
    principal: Money
    interest: Money
    fee: Money
    saving: Money
    valid_to: date


@event(
    S,
    "提前还款",
    "Loan prepaid",
    rows="L4",
    actus="PP",
    say_zh="提前还本 {principal},利息 {interest_accrued},违约金 {fee}({option})",
    say_en="{principal} prepaid with interest {interest_accrued} and fee {fee} ({option})",
)
class LoanPrepaid:
    """Principal is paid before its day (提前还款); interest to the day by `segments` (LN-15)."""

    source: str
    draw: int
    principal: Money
    interest_accrued: Money
    remainder: Fraction
    segments: tuple[RateDays, ...]
    fee: Money
    fee_pct: Fraction
    option: PrepaymentOption
    gl: Gl


@event(
    S,
    "重定价",
    "Loan repriced",
    actus="RR",
    say_zh="重定价:{old_rate}% → {rate}%,自 {valid_from} 起",
    say_en="repriced from {old_rate} % to {rate} % from {valid_from}",
)
class LoanRepriced:
    """The rate follows the index (重定价); recorded also where it stays the same (LN-17).

    `cause` is `repricing`, or `extension` where a longer term moved the loan to another tenor.
    """

    draw: int
    cause: str
    tenor: str
    old_rate: AnnualRate
    rate: AnnualRate
    index: AnnualRate
    spread_bp: int
    valid_from: date


@event(S, "收费", "Loan fee charged", rows="L14", actus="FP")
class LoanFeeCharged:
    """A tariff fee of the loan (收费)."""

    code: str
    fee: Money
    source: str
    gl: Gl


@event(S, "重组利息转本金", "Interest capitalised", rows="L16", actus="IPCI")
class InterestCapitalised:
    """Due interest becomes principal on restructuring (重组利息转本金)."""

    interest: Money
    gl: Gl


@event(
    S,
    "展期",
    "Loan extended",
    say_zh="展期 {months} 个月至 {maturity}",
    say_en="extended to {maturity}",
)
class LoanExtended:
    """The maturity moves (展期), LN-26."""

    months: int
    maturity: date
    rate: AnnualRate


@event(S, "重组", "Loan restructured")
class LoanRestructured:
    """The contract is changed in the debtor's favour (重组), in observation until a day (LN-26)."""

    kind: str
    old_terms: ContractTerms
    terms: ContractTerms
    first_due: date
    observation_until: date


@event(
    S,
    "提前收贷",
    "Loan recalled",
    say_zh="宣布 {due_on} 提前到期",
    say_en="recalled, due on {due_on}",
)
class LoanRecalled:
    """The whole balance falls due on a day (提前收贷)."""

    due_on: date
    reason: str


@event(
    S,
    "结清",
    "Loan settled",
    actus="MD",
    say_zh="贷款结清",
    say_en="loan settled",
)
class LoanSettled:
    """Nothing is owed any more (结清)."""

    on: date
    certificate: str


ChangeEvent = LoanPrepaid | LoanRepriced | InterestCapitalised | LoanExtended | LoanRestructured
NoteEvent = PrepaymentNoticeGiven | PrepaymentQuoted | LoanFeeCharged | LoanRecalled | LoanSettled
