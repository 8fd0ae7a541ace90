"""What loans have to do on a day: agenda kind -> function."""

from __future__ import annotations

from typing import Final

from bankcore.operations.day import Step
from bankcore.operations.loans import collecting, repricing, reviewing

STEPS: Final[dict[str, Step]] = {
    "loan_instalment": collecting.instalment_due,
    "loan_collect": collecting.collect,
    "loan_past_due": collecting.past_due,
    "loan_non_accrual": collecting.non_accrual,
    "loan_reprice": repricing.reprice,
    "loan_review": reviewing.review,
}
