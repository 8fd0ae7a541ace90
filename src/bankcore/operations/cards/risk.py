"""Class and provision of a card (五级分类、拨备), step 270: LN-24 and LN-28 on card debt."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_risk as e
from bankcore.aggregates.card_line.decide import overdue
from bankcore.operations.decision import Decision
from bankcore.operations.loans.risk_policies import RiskPolicies
from bankcore.rules.loans.classification import ClassFacts, class_floor
from bankcore.rules.loans.codes import LoanClass, Product
from bankcore.rules.loans.ecl import (
    Exposure,
    StageFacts,
    expected_credit_loss,
    provision,
    stage_of,
)
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate
from bankcore.values.streams import Due

MONTHS: Final = 12
"""A revolving debt has no maturity; its loss is looked at over a year (bank convention)."""


def classify(d: Decision, due: Due) -> None:
    """Book a change of class, then the change of the allowance; no change, no event."""
    line = d.need(CARD, due.stream)
    policies = RiskPolicies(d.catalogue, d.day)
    dpd = overdue(line, d.day).dpd
    grade = class_floor(ClassFacts(dpd=dpd), policies.classes()).loan_class
    if grade.value != line.arrears.loan_class:
        changed = e.CardReclassified(old=line.arrears.loan_class, new=grade.value, dpd=dpd)
        d.emit(CARD, due.stream, changed)
    _provide(d, due.stream, policies, grade)


def _provide(d: Decision, card: str, policies: RiskPolicies, grade: LoanClass) -> None:
    line = d.need(CARD, card)
    dpd, debt = overdue(line, d.day).dpd, line.totals.debt
    stage = stage_on(policies, dpd, grade)
    loss = expected_credit_loss(stage, _exposure(line, policies, dpd, debt), policies.scenarios())
    minimum = policies.provision_minimum(grade)
    found = provision(loss.amount, debt, minimum, line.totals.allowance)
    if found.booking:
        posted = e.CardProvisionPosted(
            increase=found.booking,
            stage=stage,
            allowance=found.provision,
            exposure=debt,
            gl={},
        )
        d.emit(CARD, card, posted)


def stage_on(policies: RiskPolicies, dpd: int, grade: LoanClass) -> int:
    """The stage (1 to 3) of a card with these days past due and class, LN-28."""
    return stage_of(_stage_facts(policies, dpd, grade), policies.stages())


def _stage_facts(policies: RiskPolicies, dpd: int, grade: LoanClass) -> StageFacts:
    return StageFacts(
        dpd=dpd,
        credit_impaired=False,
        loan_class=grade,
        flag_class=False,
        warning="",
        restructured=False,
        # Delay has its own day limits in LN-28; the rise of PD is that of the performing debt.
        pd_now=policies.pd12(Product.CONSUMER, 0),
        pd_origin=policies.pd12(Product.CONSUMER, 0),
    )


def _exposure(line: CardLine, policies: RiskPolicies, dpd: int, debt: Money) -> Exposure:
    assert line.agreement is not None, "an issued card has terms"
    return Exposure(
        pd12=policies.pd12(Product.CONSUMER, dpd),
        lgd=policies.fraction("lgd.none"),
        ead_by_year=(debt,),
        remaining_months=MONTHS,
        eir=AnnualRate(Fraction(365) * line.agreement.daily_permyriad / 100),
    )


STEPS: Final = {"card_class": classify}
