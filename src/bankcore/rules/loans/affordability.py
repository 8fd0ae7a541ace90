"""LN-04 Debt service and capacity (收入负债比, DTI): two ratios and the largest bearable loan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bankcore.rules.loans.codes import HOUSING, Product
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DtiPolicy:
    """Parameters of LN-04 in percent; `total_max` by product; amounts rounded down to `step`."""

    housing_max: Fraction
    total_max: Mapping[Product, Fraction]
    income_weights: Mapping[str, Fraction]
    card_share: Fraction
    step: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """One jointly liable person's income: monthly, except `bonus_year` and `profit_year`."""

    salary: Money
    bonus_year: Money
    rent: Money
    profit_year: Money
    pension: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Income and burdens of borrower and jointly liable co-borrowers, monthly.

    `new_instalment` is the largest one of the new loan's schedule; for interest_only and bullet
    the level payment instead, so that the method cannot hide the burden.
    """

    product: Product
    persons: Sequence[Income]
    other_instalments: Money
    card_used: Money
    property_fee: Money
    new_instalment: Money
    rate: AnnualRate
    term_months: int


@dataclass(frozen=True, slots=True)
class Affordability:
    """Income, ratios in exact percent, capacity and the largest loan.

    Both ratios are None without income; the housing ratio is None for other products.
    """

    income: Figure
    housing_ratio: Fraction | None
    total_ratio: Fraction | None
    reason: Reason | None
    capacity: Money
    max_loan: Money


def recognised_income(persons: Sequence[Income], policy: DtiPolicy) -> Figure:
    """Monthly household income in the bank's reading: each kind by its share, yearly ones / 12."""
    weights = policy.income_weights
    exact = sum(
        (
            person.salary.minor * weights["salary"]
            + person.bonus_year.minor * weights["bonus_year"] / 12
            + person.rent.minor * weights["rent"]
            + person.profit_year.minor * weights["profit_year"] / 12
            + person.pension.minor * weights["pension"]
            for person in persons
        ),
        Fraction(0),
    )
    return figure("LN-04", exact / 100, persons=tuple(persons))


def affordability(household: Household, policy: DtiPolicy) -> Affordability:
    """Ratios against their maxima (exact comparison), capacity C and the largest loan.

    Refuses in order `no_income`, `housing_ratio_exceeded` (housing products), and
    `total_ratio_exceeded`; both limits themselves pass.
    """
    income = recognised_income(household.persons, policy)
    fee, debts = _burdens(household, policy)
    capacity = _capacity(household, policy, income.exact)
    figures = {
        "capacity": Money(capacity.numerator // capacity.denominator),
        "max_loan": _max_loan(household, policy, capacity),
    }
    if income.exact <= 0:
        return Affordability(income, None, None, Reason.NO_INCOME, **figures)
    own = 100 * (household.new_instalment.minor + fee) / income.exact
    housing = own if household.product in HOUSING else None
    whole = own + 100 * debts / income.exact
    reason: Reason | None = None
    if housing is not None and housing > policy.housing_max:
        reason = Reason.HOUSING_RATIO_EXCEEDED
    elif whole > policy.total_max[household.product]:
        reason = Reason.TOTAL_RATIO_EXCEEDED
    return Affordability(income, housing, whole, reason, **figures)


def _burdens(household: Household, policy: DtiPolicy) -> tuple[Fraction, Fraction]:
    """Property fee F (housing products only) and other debts D, in fen a month."""
    fee = household.property_fee.minor if household.product in HOUSING else 0
    card = household.card_used.minor * policy.card_share / 100
    return Fraction(fee), household.other_instalments.minor + card


def _capacity(household: Household, policy: DtiPolicy, income: Fraction) -> Fraction:
    """C of LN-04 in fen, not below zero."""
    fee, debts = _burdens(household, policy)
    total = policy.total_max[household.product] * income / 100 - fee - debts
    if household.product in HOUSING:
        total = min(total, policy.housing_max * income / 100 - fee)
    return max(total, Fraction(0))


def _max_loan(household: Household, policy: DtiPolicy, capacity: Fraction) -> Money:
    """Present value of an annuity of C over the term, rounded down to the step."""
    rate, months = household.rate.monthly, household.term_months
    growth = (1 + rate) ** months
    loan = capacity * (growth - 1) / (rate * growth) if rate else capacity * months
    return round_down(loan, policy.step)


def round_down(exact: Fraction, step: Money) -> Money:
    """The largest whole multiple of `step` not above an exact amount; never below zero."""
    steps = exact / step.minor
    return Money(max(steps.numerator // steps.denominator, 0) * step.minor)
