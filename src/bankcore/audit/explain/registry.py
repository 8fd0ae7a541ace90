"""Which figures can be explained: name -> stream kind -> function, one line each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bankcore.aggregates import kind_of
from bankcore.audit.explain import (
    card_line,
    complaint,
    customer,
    deposit_account,
    insurance,
    loan,
    loan_plans,
    points_account,
    time_deposit,
)
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation
from bankcore.audit.explain.finding import FINDING, finding
from bankcore.audit.explain.folded import by_events
from bankcore.audit.explain.ledger import LEDGER, ledger
from bankcore.values.errors import BadInput

Explainer = Callable[[Evidence, str], Explanation]

EXPLAINERS: Final[dict[tuple[str, str], Explainer]] = {
    ("balance", "deposit_account"): deposit_account.balance,
    ("available", "deposit_account"): deposit_account.available,
    ("held", "deposit_account"): by_events("held", "DEP-22", lambda account: account.held),
    ("settled-interest", "deposit_account"): deposit_account.settled_interest,
    ("accrued-interest", "deposit_account"): deposit_account.accrued_interest,
    ("fees", "deposit_account"): deposit_account.fee,
    ("balance", "time_deposit"): time_deposit.balance,
    ("settled-interest", "time_deposit"): time_deposit.settled_interest,
    ("accrued-interest", "time_deposit"): time_deposit.accrued_interest,
    ("balance", "loan"): loan.balance,
    ("settled-interest", "loan"): loan.settled_interest,
    ("accrued-interest", "loan"): loan.accrued_interest,
    ("penalty", "loan"): loan.penalty,
    ("fees", "loan"): loan.fees,
    ("days-past-due", "loan"): loan.days_past_due,
    ("grade", "loan"): loan.grade,
    ("allowance", "loan"): loan.allowance,
    ("rate", "loan"): loan.rate,
    ("past-due", "loan"): loan.past_due,
    ("stage", "loan"): by_events("stage", "LN-28", lambda held: held.risk.stage, "stage"),
    ("instalment", "loan"): loan_plans.instalment,
    ("prepayment-saving", "loan"): loan_plans.prepayment_saving,
    ("balance", "card_line"): card_line.balance,
    ("settled-interest", "card_line"): card_line.settled_interest,
    ("accrued-interest", "card_line"): card_line.accrued_interest,
    ("fees", "card_line"): card_line.fees,
    ("minimum", "card_line"): card_line.minimum,
    ("days-past-due", "card_line"): card_line.days_past_due,
    ("grade", "card_line"): card_line.grade,
    ("available", "card_line"): card_line.available,
    ("past-due", "card_line"): card_line.past_due,
    ("stage", "card_line"): card_line.stage,
    ("allowance", "card_line"): by_events("allowance", "LN-28", lambda c: c.totals.allowance),
    ("points", "points_account"): points_account.points,
    ("redress", "complaint"): complaint.redress,
    ("late-days", "complaint"): complaint.late_days,
    ("days-left", "complaint"): complaint.days_left,
    ("risk-score", "customer"): customer.risk_score,
    ("deposit-insurance", "customer"): insurance.deposit_insurance,
}


OF_THE_BANK: Final[dict[str, Explainer]] = {LEDGER: ledger, FINDING: finding}
"""Figures whose subject is no stream: a ledger account, the id of a finding."""

_ELSEWHERE: Final = {"training_session": "the grade of a play: name the folder of `train --save`"}


def explain(figure: str, stream: str, evidence: Evidence) -> Explanation:
    """Explain one figure of one stream; unknown ones are bad input with the known ones named."""
    kind = kind_of(stream).name
    explainer = EXPLAINERS.get((figure, kind))
    if explainer is None:
        known = sorted(f for f, of in EXPLAINERS if of == kind)
        raise BadInput(
            f"{figure!r} of {stream} cannot be explained",
            remedy=_ELSEWHERE.get(kind, f"figures of this stream: {', '.join(known) or 'none'}"),
        )
    return explainer(evidence, stream)
