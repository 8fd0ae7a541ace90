"""Which events carry a settled figure and how it is derived again, one line each.

A recomputer takes the state of the stream before the event and the event's entry, and answers
None or one clause that says what is wrong. Those of `FROM_HISTORY` are few, so the stream is read
again for each. These and those of `FROM_CATALOGUE` also get the catalogue as the bank knew it
then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from bankcore.aggregates.card_line import events_billing as card
from bankcore.aggregates.card_line.events_plan_refund import (
    InstalmentChargesReturned,
    InstalmentPartsCancelled,
)
from bankcore.aggregates.card_line.events_watch import CashOutAlertRaised
from bankcore.aggregates.complaint import decision_events as complaint_decision
from bankcore.aggregates.complaint import events as complaint_events
from bankcore.aggregates.customer import standing_events
from bankcore.aggregates.deposit_account import events as account
from bankcore.aggregates.loan import events_changes as loan_changes
from bankcore.aggregates.loan import events_contract as loan_contract
from bankcore.aggregates.loan import events_repayment as loan_dues
from bankcore.aggregates.loan import events_risk as loan_risk
from bankcore.aggregates.points_account import events as points
from bankcore.aggregates.time_deposit import events as deposit
from bankcore.audit.recompute import (
    card_line,
    complaint,
    customer,
    deposit_account,
    loan,
    points_account,
    time_deposit,
)
from bankcore.products.catalogue import Catalogue
from bankcore.values.entry import Entry

Recomputer = Callable[[Any, Entry[Any]], str | None]
CatalogueRecomputer = Callable[[Any, Entry[Any], Catalogue], str | None]
HistoryRecomputer = Callable[[Any, Sequence[Entry[Any]], Entry[Any], Catalogue], str | None]

RECOMPUTERS: Final[dict[type, Recomputer]] = {
    account.InterestSettled: deposit_account.interest_settled,
    account.InterestPaid: deposit_account.interest_paid,
    deposit.TimeDepositMatured: time_deposit.matured,
    deposit.TimeDepositPaidOut: time_deposit.paid_out,
    deposit.TimeDepositWithdrawnEarly: time_deposit.withdrawn_early,
    deposit.TimeDepositRenewed: time_deposit.renewed,
    deposit.NoticeDepositDrawn: time_deposit.notice_drawn,
    deposit.InterestDrawn: time_deposit.interest_drawn,
    deposit.PrincipalDrawn: time_deposit.principal_drawn,
    deposit.DrawnInterestClawedBack: time_deposit.clawed_back,
    card.CardInterestBilled: card_line.interest_billed,
    card.LateFeeCharged: card_line.late_fee,
    card.CardStatementIssued: card_line.statement_issued,
    card.CardFeeCharged: card_line.fee_charged,
    card.InstalmentBilled: card_line.instalment_billed,
    InstalmentPartsCancelled: card_line.parts_cancelled,
    points.PointsAccrued: points_account.accrued,
    points.PointsClawedBack: points_account.clawed_back,
    points.PointsRedeemed: points_account.redeemed,
    points.PointsExpired: points_account.expired,
    complaint_decision.ComplaintDecided: complaint.decided,
    complaint_events.ComplaintExtended: complaint.extended,
    standing_events.CustomerRiskRated: customer.risk_rated,
    loan_contract.RepaymentScheduleBuilt: loan.schedule_built,
    loan_dues.InstalmentFellDue: loan.fell_due,
    loan_dues.NonAccrualInterestFellDue: loan.fell_due,
    loan_dues.PenaltyInterestCharged: loan.penalty_charged,
    loan_changes.LoanPrepaid: loan.prepaid,
    loan_risk.ProvisionPosted: loan.provided,
}

FROM_HISTORY: Final[dict[type, HistoryRecomputer]] = {
    account.InterestAdjusted: deposit_account.interest_adjusted,
}
"""Figures that only the whole stream before them gives: they also get its entries."""

FROM_CATALOGUE: Final[dict[type, CatalogueRecomputer]] = {
    InstalmentChargesReturned: card_line.charges_given_back,
    CashOutAlertRaised: card_line.cash_out_alert,
    account.InterestSettled: deposit_account.interest_priced,
    deposit.TimeDepositPaidOut: time_deposit.taxed,
    deposit.TimeDepositWithdrawnEarly: time_deposit.taxed,
    deposit.TimeDepositRenewed: time_deposit.taxed,
    deposit.NoticeDepositDrawn: time_deposit.taxed,
    deposit.InterestDrawn: time_deposit.taxed,
    deposit.TimeDepositInterestAdjusted: time_deposit.taxed,
}
"""Figures that rest on a parameter which neither the event nor the state tells."""
