"""Findings over running loans (贷后类发现), handbook sections 4.3.2 to 4.4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bankcore.audit.findings.finding import Hit, finding
from bankcore.audit.findings.shapes import Deadline, customer_of, overdue, refused
from bankcore.audit.findings.trail import Trail, days, working_days

WARNING_DAYS: Final = {"yellow": 10, "orange": 5, "red": 2}


@finding("F-DISC-12")
def prepayment_fee_untold(trail: Trail) -> Iterator[Hit]:
    """A prepayment with a fee that no valid quote had named."""
    for paid in trail.named("LoanPrepaid"):
        if not paid.event.fee:
            continue
        quotes = trail.before(paid, "PrepaymentQuoted", paid.stream)
        if not any(q.event.valid_to >= paid.booking_date and q.event.fee for q in quotes):
            yield Hit(paid, paid.stream, missing=("PrepaymentQuoted",))


@finding("F-USE-03")
def misuse_without_measure(trail: Trail) -> Iterator[Hit]:
    """Misuse shown and not flagged in five working days, or flagged and nothing done in ten."""
    done = "PenaltyRateSet|LoanRecalled|MisuseWaived"
    limit = Deadline(done, lambda e: working_days(e.booking_date, 10))
    yield from overdue(trail, "FundMisuseFlagged", limit)
    for shown in trail.named("MisuseShown"):
        last = working_days(shown.booking_date, 5)
        stream = f"loan-{shown.event.loan.removeprefix('loan-')}"
        flagged = trail.after(shown, "FundMisuseFlagged", stream)
        if trail.passed(last) and not any(e.booking_date <= last for e in flagged):
            late = flagged[0] if flagged else None
            missing = ("FundMisuseFlagged",)
            yield Hit(shown, stream, missing=missing, on=last, undo=late, who=shown.event.to)


@finding("F-USE-04")
def evidence_of_misuse_passed(trail: Trail) -> Iterator[Hit]:
    """A use check passed although the money went to a blocked payee; the bank refuses."""
    return refused(trail, "loan.check_use", "payee_blocked")


@finding("F-ALRT-05")
def warning_without_action(trail: Trail) -> Iterator[Hit]:
    """A warning closed without a measure or reason or by its raiser, or left open too long."""
    yield from refused(trail, "loan.close_warning", "measure_missing", "reason_missing")
    yield from refused(trail, "loan.close_warning", "maker_is_checker", "closer_is_raiser")
    for raised in trail.named("EarlyWarningRaised"):
        last = working_days(raised.booking_date, WARNING_DAYS.get(raised.event.level, 10))
        closed = [
            e
            for e in trail.after(raised, "EarlyWarningClosed|RiskMeasureTaken", raised.stream)
            if e.event.warning == raised.event.warning
        ]
        if trail.passed(last) and not any(e.booking_date <= last for e in closed):
            key = f"{raised.stream} {raised.event.warning}"
            yield Hit(raised, key, missing=("RiskMeasureTaken",), on=last)


@finding("F-REC-06")
def overdue_hidden(trail: Trail) -> Iterator[Hit]:
    """A new loan whose money clears an overdue one of the same customer within five days."""
    for drawn in trail.named("LoanDisbursed"):
        who = customer_of(trail, drawn.stream)
        if trail.before(drawn, "LoanRestructured", drawn.stream):
            continue
        for paid in trail.after(drawn, "LoanRepaymentReceived"):
            same = customer_of(trail, paid.stream) == who and paid.stream != drawn.stream
            near = paid.booking_date <= days(drawn.booking_date, 5)
            late = trail.before(drawn, "PrincipalBecamePastDue", paid.stream)
            cured = trail.before(drawn, "PastDueCured", paid.stream)
            if same and near and len(late) > len(cured):
                yield Hit(drawn, drawn.stream, (late[-1], paid))


@finding("F-CALC-08")
def class_too_good(trail: Trail) -> Iterator[Hit]:
    """A class better than its floor; the bank refuses."""
    return refused(trail, "loan.classify", "class_better_than_floor", "upgrade_not_allowed")


@finding("F-COLL-01")
def debt_told_to_others(trail: Trail) -> Iterator[Hit]:
    """The debt was spoken of with somebody who is no party to it."""
    for made in trail.named("CollectionContactMade"):
        if made.event.discloses_debt and made.event.party in {"third_party", "contact_person"}:
            yield Hit(made, made.stream)


@finding("F-COLL-02")
def contact_at_night_or_too_often(trail: Trail) -> Iterator[Hit]:
    """A contact in forbidden hours, or one attempt more than a number or a debtor has to bear."""
    for made in trail.named("CollectionContactMade"):
        if made.event.breach in {"forbidden_hours", "number_cap", "debtor_cap"}:
            yield Hit(made, f"{made.stream} {made.booking_date} {made.event.time}")


@finding("F-UNST-01")
def settled_with_rest(trail: Trail) -> Iterator[Hit]:
    """Settling tried with something outstanding; the bank refuses."""
    reasons = (
        "principal_outstanding",
        "interest_outstanding",
        "penalty_outstanding",
        "compound_outstanding",
        "costs_outstanding",
    )
    return refused(trail, "loan.settle", *reasons)


@finding("F-AUTH-17")
def waiver_above_limit(trail: Trail) -> Iterator[Hit]:
    """A waiver above one's own limit; the bank refuses."""
    yield from refused(trail, "loan.waive", "above_authority", "delegation_expired")
    yield from refused(trail, "card_line.waive", "above_authority", "delegation_expired")
