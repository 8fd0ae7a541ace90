"""Collateral (押品): valued, registered, topped up, released, surrendered, LN-23."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bankcore.aggregates.collateral import COLLATERAL, Collateral, Registration
from bankcore.aggregates.collateral import commands as c
from bankcore.aggregates.collateral import events as e
from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan.events_contract import LoanConditionSatisfied
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import policies, warned
from bankcore.rules.loans.release import (
    Outstanding,
    PartialRelease,
    partial_release_refusal,
    release_refusal,
    top_up,
)
from bankcore.values.entry import Entry
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason, Rejected

REGISTERED: Final = "mortgage_registered"
"""The condition of an approval that registration meets by itself (LN-09)."""


def value(d: Decision, x: c.Value) -> None:
    """Value or revalue; where a secured loan outgrew the value, ask for a top-up."""
    if x.value.minor <= 0:
        raise Rejected(Reason.VALUE_NOT_POSITIVE, value=x.value)
    valued = e.CollateralValued(
        kind=x.kind,
        value=x.value,
        prior_liens=x.prior_liens,
        appraiser=x.appraiser or d.frame.actor.id,
        on=d.day,
    )
    entry = d.emit(COLLATERAL, x.collateral, valued)
    held = d.need(COLLATERAL, x.collateral)
    for registration in held.registrations:
        _demand_top_up(d, x.collateral, held, registration.loan, entry)


def _demand_top_up(
    d: Decision, key: str, held: Collateral, loan_key: str, cause: Entry[object]
) -> None:
    loan = d.need(LOAN, loan_key)
    if not loan.running:
        return
    add = policies(d).fraction("collateral.trigger_add")
    asked = top_up(loan.principal, held.value, approved_ltv(loan, held), add)
    if asked.prepay_needed:
        demanded = e.CollateralTopUpDemanded(
            loan=loan_key,
            prepay_needed=asked.prepay_needed,
            collateral_needed=asked.collateral_needed,
        )
        d.emit(COLLATERAL, key, demanded, caused_by=cause.id)


def approved_ltv(loan: Loan, held: Collateral) -> Fraction:
    """The ratio that was approved, in percent: the approved amount over the value found then."""
    approval, found = loan.approval, loan.case.assessment
    assert approval is not None, "a secured loan was approved"
    worth = [x for x in (found.appraisal, found.price) if x is not None] if found else []
    basis = min(worth, default=held.value)
    liens = found.prior_liens if found else held.prior_liens
    return Fraction(100 * (approval.amount.minor + liens.minor), basis.minor)


def register(d: Decision, x: c.Register) -> None:
    """Register for a loan that has a contract; meets the condition of the approval."""
    held, loan = d.need(COLLATERAL, x.collateral), d.need(LOAN, x.loan)
    stream = LOAN.stream(x.loan)
    if loan.contract.terms is None:
        raise Rejected(Reason.CONTRACT_NOT_SIGNED)
    if held.registered_for(stream) is not None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="registered", loan=stream)
    registered = e.CollateralRegistered(
        loan=stream, value=held.value, certificate=x.certificate, gl=money.placeholders()
    )
    entry = d.emit(COLLATERAL, x.collateral, registered)
    wanted = loan.approval.conditions if loan.approval else ()
    if REGISTERED in wanted and REGISTERED not in loan.contract.conditions_met:
        met = LoanConditionSatisfied(condition=REGISTERED, evidence=(entry.id,))
        d.emit(LOAN, stream, met, caused_by=entry.id)


def release(d: Decision, x: c.Release) -> None:
    """Release in full when every loan it secures is clean, in part while the rest covers."""
    held, stream = d.need(COLLATERAL, x.collateral), LOAN.stream(x.loan)
    registration = held.registered_for(stream)
    if registration is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, loan=stream, state="not registered")
    part = x.value is not None and x.value < registration.value
    freed = x.value if part and x.value is not None else registration.value
    if part:
        # What is left is worth no more than the newest valuation, whatever was registered once.
        _check_part(d, held, stream, min(registration.value, held.value) - freed)
    else:
        for each in held.registrations:
            _check_clean(d.need(LOAN, each.loan))
    released = e.CollateralReleased(loan=stream, value=freed, gl=money.placeholders())
    d.emit(COLLATERAL, x.collateral, released)


def _check_clean(loan: Loan) -> None:
    owed = Outstanding(
        principal=loan.principal + loan.claim,
        interest=total([item.interest for item in loan.dues]),
        penalty=total([item.penalty for item in loan.dues]),
        compound=total([item.compound for item in loan.dues]),
        undrawn=loan.undrawn,
    )
    reason = release_refusal(owed)
    if reason is not None:
        raise Rejected(reason, stage=loan.stage.value)


def _check_part(d: Decision, held: Collateral, stream: str, remaining: Money) -> None:
    loan = d.need(LOAN, stream)
    wish = PartialRelease(
        balance=loan.principal,
        remaining_value=remaining,
        approved_ltv=approved_ltv(loan, held),
        dpd=loan.days_past_due(d.day),
        loan_class=loan.risk.loan_class,
    )
    reason = partial_release_refusal(wish)
    if reason is not None:
        raise Rejected(reason, remaining=remaining)
    if warned(loan):
        raise Rejected(Reason.OPEN_HIGH_RISK_EVENT, loan=stream)


def surrender(d: Decision, collateral: str, held: Registration, posted: Entry[object]) -> None:
    """Mirror on the collateral that the loan took it over."""
    gone = e.CollateralSurrendered(loan=held.loan, value=held.value, posted_by=posted.id)
    d.emit(COLLATERAL, collateral, gone, caused_by=posted.id)
