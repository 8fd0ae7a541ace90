"""All commands and steps of credit cards, for the bank's tables."""

from __future__ import annotations

from typing import Final

from bankcore.operations.cards import (
    application,
    arrears,
    disputes,
    issue,
    plans,
    points,
    refunds,
    relief,
    repay,
    risk,
    services,
    statement,
    use,
    watching,
)
from bankcore.operations.day import Step
from bankcore.operations.handlers import Handler

HANDLERS: Final[dict[type, Handler]] = {
    **application.HANDLERS,
    **issue.HANDLERS,
    **use.HANDLERS,
    **refunds.HANDLERS,
    **repay.HANDLERS,
    **services.HANDLERS,
    **statement.HANDLERS,
    **plans.HANDLERS,
    **relief.HANDLERS,
    **disputes.HANDLERS,
    **points.HANDLERS,
    **watching.HANDLERS,
}
STEPS: Final[dict[str, Step]] = {
    **repay.STEPS,
    **statement.STEPS,
    **arrears.STEPS,
    **disputes.STEPS,
    **risk.STEPS,
    **plans.STEPS,
    **points.STEPS,
    **watching.STEPS,
}
