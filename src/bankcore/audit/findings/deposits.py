"""Findings over deposit accounts (存款类发现), handbook chapter 5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bankcore.audit.findings.finding import Hit, Severity, finding
from bankcore.audit.findings.trail import Trail

STEPS: Final = ("AccountApplied", "AccountTypeChosen", "DepositAgreementSigned")


@finding(
    "F-ORD-08",
    Severity.HIGH,
    "5.1.1",
    "DEP-20",
    "开户步骤颠倒",
    "Account activated or opened out of order",
    undo="closed with no movement the same day",
)
def opened_out_of_order(trail: Trail) -> Iterator[Hit]:
    """An account opened or activated while one of the steps before it is missing."""
    for trigger in trail.named("DepositAccountOpened|AccountActivated"):
        missing = [s for s in STEPS if not trail.before(trigger, s, trigger.stream)]
        if missing:
            closed = [
                x
                for x in trail.after(trigger, "DepositAccountClosed", trigger.stream)
                if x.booking_date == trigger.booking_date
            ]
            undo = closed[0] if closed else None
            yield Hit(trigger, trigger.stream, missing=tuple(missing), undo=undo)
