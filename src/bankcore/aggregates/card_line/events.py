"""Events of the card line (信用卡账户): the storage contract, by chapter.

The card line posts for itself (rows C1 … C25 of GL-02, C26 to C28 of our own); a deposit account
that pays it or takes money from it has mirrors without legs.
"""

from bankcore.aggregates.card_line.events_application import ApplicationEvent
from bankcore.aggregates.card_line.events_billing import BillingEvent, PlanEvent
from bankcore.aggregates.card_line.events_life import LifeEvent
from bankcore.aggregates.card_line.events_risk import DisputeEvent, RiskEvent
from bankcore.aggregates.card_line.events_use import UseEvent
from bankcore.aggregates.card_line.events_watch import WatchEvent

CardEvent = (
    ApplicationEvent
    | LifeEvent
    | UseEvent
    | BillingEvent
    | PlanEvent
    | RiskEvent
    | DisputeEvent
    | WatchEvent
)

__all__ = ["CardEvent"]
