"""Folding class, stage, provisions, warnings, misuse and write-off."""

from __future__ import annotations

from typing import Any, assert_never

from bankcore.aggregates.loan import events_risk as e
from bankcore.aggregates.loan.stage import Stage
from bankcore.aggregates.loan.state import Loan, Misuse, risk_changed
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money


def fold_risk(loan: Loan, event: e.RiskEvent, entry: Entry[Any]) -> Loan:
    """Class, stage, provision and misuse."""
    match event:
        case e.LoanReclassified():
            return _reclassified(loan, event)
        case e.EclStageAssigned(new=new):
            since = (loan.risk.stage3_on or entry.booking_date) if new == 3 else None
            return risk_changed(loan, stage=new, stage_on=entry.booking_date, stage3_on=since)
        case e.FundMisuseFlagged():
            misuse = Misuse(event.draw, event.misused, event.since, event.since)
            return risk_changed(loan, misuse=misuse, review_on=entry.booking_date)
        case e.MisuseWaived():
            return risk_changed(loan, misuse=None, review_on=entry.booking_date)
        case e.PenaltyRateSet():
            return _rate_set(loan, event, entry)
        case e.ProvisionPosted() | e.FundUseChecked():
            return loan
        case _:
            assert_never(event)


def _rate_set(loan: Loan, event: e.PenaltyRateSet, entry: Entry[Any]) -> Loan:
    """One more rate of the misused part; a rate with an end says that it was corrected."""
    misuse = loan.risk.misuse
    if misuse is None:
        return loan
    if event.until is not None:
        return risk_changed(loan, misuse=None, review_on=entry.booking_date)
    rates = (*misuse.rates, (event.since, event.rate))
    return risk_changed(loan, misuse=changed(misuse, rates=rates))


def _reclassified(loan: Loan, event: e.LoanReclassified) -> Loan:
    # A loan that is performing again accrues again; a class given by a person stays until
    # a person or a worse floor changes it.
    new = event.new
    assigned = new if event.decided_by == "person" else loan.risk.assigned
    accrues_again = loan.risk.loan_class.non_performing and not new.non_performing
    if new.non_performing and not loan.risk.loan_class.non_performing:
        loan = changed(loan, cleared_on=None)
    return risk_changed(
        loan,
        loan_class=new,
        own_class=event.own_class,
        assigned=assigned,
        non_accrual=loan.risk.non_accrual and not accrues_again,
    )


def fold_care(loan: Loan, event: e.CareEvent, entry: Entry[Any]) -> Loan:
    """Warnings, measures, write-off and what comes in afterwards."""
    match event:
        case e.EarlyWarningRaised():
            raised = (event.warning, event.signal, event.level, entry.actor.id)
            return risk_changed(
                loan, warnings=(*loan.risk.warnings, raised), review_on=entry.booking_date
            )
        case e.EarlyWarningClosed(warning=warning):
            left = tuple(x for x in loan.risk.warnings if x[0] != warning)
            return risk_changed(loan, warnings=left, review_on=entry.booking_date)
        case e.RiskMeasureTaken(warning=warning):
            return risk_changed(loan, measures=loan.risk.measures | {warning})
        case e.LoanWrittenOff():
            draws = tuple(changed(draw, rows=(), balance=ZERO) for draw in loan.draws)
            return changed(loan, stage=Stage.WRITTEN_OFF, draws=draws, claim=event.principal)
        case e.WrittenOffAmountRecovered(principal=principal):
            return changed(loan, claim=loan.claim - principal)
        case e.CollateralRepossessed(value=value):
            return _repossessed(loan, value.minor)
        case _:
            assert_never(event)


def _repossessed(loan: Loan, minor: int) -> Loan:
    """The value pays open principal, oldest first."""
    dues = []
    for item in loan.dues:
        share = min(item.principal.minor, minor)
        minor -= share
        dues.append(changed(item, principal=item.principal - Money(share)))
    return changed(loan, dues=tuple(x for x in dues if x.instalment or x.penalty or x.compound))
