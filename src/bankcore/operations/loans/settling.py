"""Settlement (结清): nothing owed, the allowance released, guard and account free again."""

from __future__ import annotations

from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as e
from bankcore.aggregates.loan import events_risk as r
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.deciding import release
from bankcore.operations.loans.facts import need_running
from bankcore.rules.loans.release import Outstanding, release_refusal
from bankcore.values.money import ZERO, total
from bankcore.values.reasons import Rejected

ALLOWANCE = "1304.01"


def settle_if_clear(d: Decision, key: str, certificate: str = "") -> None:
    """Settle a loan that owes nothing at all and has nothing left to draw."""
    loan = d.need(LOAN, key)
    clear = not (loan.principal or loan.dues or loan.requests or loan.undrawn)
    if loan.running and clear and not any(draw.balance for draw in loan.draws):
        _settle(d, key, certificate)


def _settle(d: Decision, key: str, certificate: str) -> None:
    loan = d.need(LOAN, key)
    if loan.sums.allowance:
        released = r.ProvisionPosted(
            increase=-loan.sums.allowance,
            ecl=ZERO,
            minimum=ZERO,
            stage=loan.risk.stage,
            cause="settled",
            inputs=None,
            gl=money.placeholders(allowance=ALLOWANCE),
        )
        d.emit(LOAN, key, released)
    entry = d.emit(
        LOAN, key, e.LoanSettled(on=d.day, certificate=certificate or f"settlement-{key}")
    )
    release(d, key, loan, entry.id)
    if loan.autodebit:
        money.unlink(d, loan.autodebit, LOAN.stream(key), "autodebit")


def settle(d: Decision, x: c.Settle) -> None:
    """Close a loan by command; what is still owed is the refusal, in the order of LN-23."""
    loan = need_running(d, x.loan)
    owed = Outstanding(
        principal=loan.principal,
        interest=total([item.interest for item in loan.dues]),
        penalty=total([item.penalty for item in loan.dues]),
        compound=total([item.compound for item in loan.dues]),
    )
    reason = release_refusal(owed)
    if reason is not None:
        raise Rejected(reason, stage=loan.stage.value)
    _settle(d, x.loan, x.certificate)
