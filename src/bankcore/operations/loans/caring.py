"""Care of a running loan (贷后): fees, waivers, use of the money, warnings, LN-29."""

from __future__ import annotations

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_changes as change
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan import events_risk as e
from bankcore.aggregates.loan.terms import AllocatedRow
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import (
    approval_level,
    check_reason,
    need_running,
)
from bankcore.operations.loans.penalties import charge_penalties
from bankcore.operations.loans.settling import settle_if_clear
from bankcore.rules.loans.warnings import (
    ORANGE,
    RED,
    YELLOW,
    WarningClosing,
    closing_refusal,
    level_of,
)
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected

_WAIVER_LEVEL = 2


def charge_fee(d: Decision, x: c.ChargeFee) -> None:
    """Take a fee of the dated tariff."""
    need_running(d, x.loan)
    fee = d.catalogue.money(f"fee.{x.code}", d.day)
    purse = money.purse(d, x.source)
    money.check_source(d, purse, fee)
    charged = change.LoanFeeCharged(
        code=x.code, fee=fee, source=x.source, gl=money.placeholders(source=purse.gl)
    )
    entry = d.emit(LOAN, x.loan, charged)
    money.take(d, purse, fee, entry, "loan_fee")


def waive_interest(d: Decision, x: c.WaiveInterest) -> None:
    """Waive what is due, oldest first; another person with level 2 or more approves.

    Interest of a non-accrual loan stands off book, so its waiver touches no income (L24).
    """
    need_running(d, x.loan)
    check_reason(x.reason)
    if d.frame.approver in {None, "", d.frame.actor.id}:
        raise Rejected(Reason.MAKER_IS_CHECKER, maker=d.frame.actor.id)
    if approval_level(d) < _WAIVER_LEVEL:
        raise Rejected(Reason.ABOVE_AUTHORITY, needed=_WAIVER_LEVEL)
    charge_penalties(d, x.loan, d.day)
    loan = d.need(LOAN, x.loan)
    due = total([item.interest for item in loan.dues])
    if x.interest > due or x.penalty > total([i.penalty + i.compound for i in loan.dues]):
        raise Rejected(Reason.AMOUNT_EXCEEDS_BALANCE, interest=due)
    off_book = loan.risk.non_accrual
    waived = (r.NonAccrualInterestWaived if off_book else r.LoanInterestWaived)(
        interest=x.interest + x.penalty if off_book else x.interest,
        penalty=x.penalty,
        approver=d.frame.approver or "",
        reason=x.reason,
        rows=_waived_rows(loan, x.interest, x.penalty),
        gl=money.placeholders(),
    )
    d.emit(LOAN, x.loan, waived)
    settle_if_clear(d, x.loan)


def _waived_rows(loan: Loan, interest: Money, penalty: Money) -> tuple[AllocatedRow, ...]:
    rows = []
    for item in loan.dues:
        part = min(item.interest, interest)
        compound = min(item.compound, penalty)
        simple = min(item.penalty, penalty - compound)
        interest, penalty = interest - part, penalty - compound - simple
        if part or compound or simple:
            rows.append(
                AllocatedRow(
                    draw=item.draw,
                    number=item.number,
                    principal=ZERO,
                    interest=part,
                    penalty=simple,
                    compound=compound,
                )
            )
    return tuple(rows)


def check_use(d: Decision, x: c.CheckUse) -> None:
    """Record how the money was used; due a month after the draw (LN-32)."""
    loan = need_running(d, x.loan)
    draw = loan.draw(x.draw)
    if draw is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, draw=x.draw)
    checked = e.FundUseChecked(
        draw=x.draw, due=add_months(draw.drawn_on, 1), evidence=x.evidence, result=x.result
    )
    d.emit(LOAN, x.loan, checked)


def raise_warning(d: Decision, x: c.RaiseWarning) -> None:
    """Raise a signal of LN-29; the level is that of all open signals together."""
    loan = need_running(d, x.loan)
    known = YELLOW | ORANGE | RED
    if x.signal not in known or any(w == x.warning for w, *_ in loan.risk.warnings):
        raise Rejected(Reason.ILLEGAL_TRANSITION, warning=x.warning, signals=sorted(known))
    signals = (*(signal for _, signal, _, _ in loan.risk.warnings), x.signal)
    level = level_of(tuple(dict.fromkeys(signals)))
    d.emit(LOAN, x.loan, e.EarlyWarningRaised(warning=x.warning, signal=x.signal, level=level))


def take_measure(d: Decision, x: c.TakeMeasure) -> None:
    """Take a measure on a warning."""
    loan = need_running(d, x.loan)
    _open_warning(loan, x.warning)
    d.emit(LOAN, x.loan, e.RiskMeasureTaken(warning=x.warning, kind=x.kind))


def close_warning(d: Decision, x: c.CloseWarning) -> None:
    """Close a warning; a red one stays until its own signal has ended."""
    loan = need_running(d, x.loan)
    _, signal, _, raised_by = _open_warning(loan, x.warning)
    still = (signal == "dpd_over_30" and loan.days_past_due(d.day) > 30) or (
        signal == "misuse" and loan.risk.misuse is not None
    )
    closing = WarningClosing(
        reason=x.reason,
        measure=x.warning if x.warning in loan.risk.measures else "",
        raised_by=raised_by,
        closed_by=d.frame.actor.id,
        red_signal_present=still,
    )
    reason = closing_refusal(closing)
    if reason is not None:
        raise Rejected(reason, warning=x.warning)
    d.emit(LOAN, x.loan, e.EarlyWarningClosed(warning=x.warning, reason=x.reason))


def _open_warning(loan: Loan, warning: str) -> tuple[str, str, str, str]:
    found = next((w for w in loan.risk.warnings if w[0] == warning), None)
    if found is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, warning=warning)
    return found
