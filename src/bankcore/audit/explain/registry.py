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
from bankcore.audit.explain.folded import by_events
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


def explain(figure: str, stream: str, evidence: Evidence) -> Explanation:
    """Explain one figure of one stream; unknown ones are bad input with the known ones named."""
    explainer = EXPLAINERS.get((figure, kind_of(stream).name))
    if explainer is None:
        known = sorted(f for f, kind in EXPLAINERS if kind == kind_of(stream).name)
        raise BadInput(
            f"{figure!r} of {stream} cannot be explained",
            remedy=f"figures of this stream: {', '.join(known) or 'none'}",
        )
    return explainer(evidence, stream)
