"""Events of the loan (贷款): the storage contract, gathered from its chapters."""

from __future__ import annotations

from bankcore.aggregates.loan.events_application import (
    ApplicationEvent,
    DecisionEvent,
    InvestigationEvent,
    PaperEvent,
)
from bankcore.aggregates.loan.events_changes import ChangeEvent, NoteEvent
from bankcore.aggregates.loan.events_contract import ContractEvent, DisclosureEvent, DrawEvent
from bankcore.aggregates.loan.events_repayment import DueEvent, PaidEvent, StatusEvent
from bankcore.aggregates.loan.events_risk import CareEvent, RiskEvent

LoanEvent = (
    ApplicationEvent
    | PaperEvent
    | InvestigationEvent
    | DecisionEvent
    | ContractEvent
    | DisclosureEvent
    | DrawEvent
    | DueEvent
    | PaidEvent
    | StatusEvent
    | ChangeEvent
    | NoteEvent
    | RiskEvent
    | CareEvent
)
