"""All commands and steps of payments, for the bank's tables."""

from __future__ import annotations

from typing import Final

from bankcore.operations.day import Step
from bankcore.operations.handlers import Handler
from bankcore.operations.payments import executing, incoming, transfers

HANDLERS: Final[dict[type, Handler]] = {
    **transfers.HANDLERS,
    **executing.HANDLERS,
    **incoming.HANDLERS,
}
STEPS: Final[dict[str, Step]] = {**executing.STEPS}
