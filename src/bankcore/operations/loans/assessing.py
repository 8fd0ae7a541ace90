"""What the rules say of a case (准入、负债、抵押、限额): LN-01, LN-04, LN-05, LN-06."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.loan import Loan
from bankcore.aggregates.loan import commands_application as c
from bankcore.aggregates.loan.terms import Assessment
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import credit_blocked, method_limits, policies
from bankcore.rules.loans.affordability import Affordability, Household, Income, affordability
from bankcore.rules.loans.building import MethodChoice, burden
from bankcore.rules.loans.caps import LimitCheck, check_limits
from bankcore.rules.loans.ltv import LoanToValue, Pledge, loan_to_value
from bankcore.rules.loans.prescreen import Applicant, Prescreen, prescreen
from bankcore.rules.loans.pricing import price
from bankcore.rules.loans.schedule import LoanTerms
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


def prescreened(d: Decision, loan: Loan, x: c.Prescreen) -> Prescreen:
    """LN-01 over the customer's file and what the person found."""
    request = loan.application
    customer = d.need(CUSTOMER, request.customer)
    facts = Applicant(
        product=request.product,
        birth=date.fromisoformat(customer.birth_date) if customer.birth_date else date.min,
        application_date=request.applied_on,
        term_months=request.term_months,
        purpose=request.purpose,
        identity_verified=customer.verified_on is not None,
        civil_capacity=x.civil_capacity,
        in_service_area=x.in_service_area,
        query_authorised=x.query_authorised,
        currently_overdue=x.currently_overdue,
        on_defaulter_list=x.on_defaulter_list,
        open_high_risk_event=x.open_high_risk_event or credit_blocked(d, request.customer),
        missed_consecutive_24m=x.missed_consecutive_24m,
        missed_total_24m=x.missed_total_24m,
        enquiries_3m=x.enquiries_3m,
        months_in_business=x.months_in_business,
        months_contributed=x.months_contributed,
        monthly_income=x.monthly_income,
    )
    return prescreen(facts, policies(d, request.applied_on).prescreen(request.product))


def assessment_of(x: c.CompleteInvestigation) -> Assessment:
    """The investigator's figures as the record that the event keeps."""
    return Assessment(
        salary=x.salary,
        bonus_year=x.bonus_year,
        rent=x.rent,
        profit_year=x.profit_year,
        pension=x.pension,
        other_instalments=x.other_instalments,
        card_used=x.card_used,
        property_fee=x.property_fee,
        ltv_key=x.ltv_key,
        price=x.price,
        appraisal=x.appraisal,
        prior_liens=x.prior_liens,
        down_payment=x.down_payment,
        grade=x.grade,
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """An amount over a term at a rate; without a rate the LPR of today."""

    amount: Money
    term_months: int
    rate: AnnualRate | None = None


def dti_of(d: Decision, loan: Loan, found: Assessment, wish: Wish) -> Affordability:
    """LN-04 for a wish, with what was found of the household."""
    request = loan.application
    terms = LoanTerms(
        principal=wish.amount,
        rate=wish.rate or price(d.day, wish.term_months, 0, policies(d).lpr()).rate,
        months=wish.term_months,
        value_date=d.day,
    )
    choice = MethodChoice(method=request.method, limits=method_limits(d))
    household = Household(
        product=request.product,
        persons=[
            Income(
                salary=found.salary,
                bonus_year=found.bonus_year,
                rent=found.rent,
                profit_year=found.profit_year,
                pension=found.pension,
            )
        ],
        other_instalments=found.other_instalments,
        card_used=found.card_used,
        property_fee=found.property_fee,
        new_instalment=burden(terms, choice),
        rate=terms.rate,
        term_months=wish.term_months,
    )
    return affordability(household, policies(d).dti())


def ltv_of(d: Decision, loan: Loan, found: Assessment, amount: Money) -> LoanToValue | None:
    """LN-05 for an amount, by the row of the application date; None without a pledge."""
    if not found.ltv_key:
        return None
    pledge = Pledge(
        price=found.price,
        appraisal=found.appraisal or ZERO,
        prior_liens=found.prior_liens,
        amount=amount,
        down_payment=found.down_payment,
    )
    row = policies(d, loan.application.applied_on).max_ltv(found.ltv_key)
    return loan_to_value(pledge, row)


def limits_of(
    d: Decision, loan: Loan, amount: Money, term_months: int, others: tuple[Money, ...] = ()
) -> LimitCheck:
    """LN-06 by the row of the application date."""
    request = loan.application
    row = policies(d, request.applied_on).cap(request.product.value)
    return check_limits(amount, term_months, row, others)


def check_case(d: Decision, loan: Loan, x: c.Approve) -> None:
    """Refuse what LN-04, LN-05 and LN-06 refuse, unless an exception was approved for the rule."""
    found = loan.case.assessment
    assert found is not None, "an investigated loan has an assessment"
    ltv = ltv_of(d, loan, found, x.amount)
    dti = dti_of(d, loan, found, Wish(x.amount, x.term_months, x.rate))
    limits = limits_of(d, loan, x.amount, x.term_months)
    refusals: tuple[tuple[str, Reason | None], ...] = (
        ("LN-04", dti.reason),
        ("LN-05", None if ltv is None else ltv.reason),
        ("LN-06", limits.reason),
    )
    for rule, reason in refusals:
        if reason is not None and rule not in loan.case.exceptions:
            raise Rejected(reason, rule=rule, amount=x.amount)
