"""Records inside loan events: what was found, agreed, scheduled and allocated."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.rules.loans.codes import Method, PaymentMode, Product
from bankcore.rules.loans.repricing import RepricingKind
from bankcore.values.declare import record
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate


@record
class Assessment:
    """What the investigation found of household and pledge, the inputs of LN-04, LN-05, LN-07.

    Income fields are the household's, monthly except the yearly bonus and profit. `ltv_key`
    names the row of LN-05, empty without a pledge; `price` None if nothing is bought.
    """

    salary: Money
    bonus_year: Money
    rent: Money
    profit_year: Money
    pension: Money
    other_instalments: Money
    card_used: Money
    property_fee: Money
    ltv_key: str
    price: Money | None
    appraisal: Money | None
    prior_liens: Money
    down_payment: Money | None
    grade: str


@record
class FeeStepAgreed:
    """A prepayment fee in percent below a number of full months on book."""

    below_months: int
    percent: Fraction


@record
class ContractTerms:
    """Everything agreed in the contract (合同条款); replay needs no catalogue beside it.

    `rate` is the rate shown at signing; the loan bears index + `spread_bp` at its value date.
    """

    product: Product
    amount: Money
    term_months: int
    purpose: str
    method: Method
    rate: AnnualRate
    spread_bp: int
    repricing: RepricingKind
    cycle_months: int
    due_day: int | None
    min_first_days: int
    interest_period_months: int
    amort_months: int | None
    balloon: Money | None
    payment_mode: PaymentMode
    counterparty: str
    upfront_costs: Money
    period_fee: Money
    grace_days: int
    surcharge: Fraction
    penalty_cap: AnnualRate
    fee_steps: tuple[FeeStepAgreed, ...]
    prepayment_minimum: Money
    notice_days: int
    elements: tuple[str, ...]


@record
class ScheduleRow:
    """One instalment of a schedule: interest rounded once, its remainder kept in minor units."""

    number: int
    due: date
    principal: Money
    interest: Money
    remainder: Fraction
    balance: Money
    odd: bool
    months: int


@record
class AllocatedRow:
    """What one instalment got of a payment (LN-22)."""

    draw: int
    number: int
    principal: Money
    interest: Money
    penalty: Money
    compound: Money


@record
class RateDays:
    """A stretch of days at one penalty rate."""

    days: int
    rate: AnnualRate


@record
class WeighedScenario:
    """A way the economy may go: weight in percent, factor on the PD."""

    weight: Fraction
    pd_multiplier: Fraction


@record
class LossInputs:
    """What an expected credit loss was computed from (LN-28): percent, months, exposures."""

    pd12: Fraction
    lgd: Fraction
    ead_by_year: tuple[Money, ...]
    remaining_months: int
    eir: AnnualRate
    balance: Money
    minimum_percent: Fraction
    scenarios: tuple[WeighedScenario, ...]
