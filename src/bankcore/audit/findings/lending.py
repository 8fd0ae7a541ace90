"""Findings over loans up to the money (贷款前中段发现), handbook chapter 4."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from bankcore.audit.findings.finding import Hit, against_row, finding
from bankcore.audit.findings.shapes import (
    Deadline,
    Undo,
    customer_of,
    lacking,
    of_customer,
    overdue,
    refused,
)
from bankcore.audit.findings.trail import Trail, working_days
from bankcore.values.entry import Entry
from bankcore.values.money import Money, total

ITEMS: Final = frozenset({"penalty_rate", "total_cost", "prepayment"})
STEPS_BY_ONE: Final = "InvestigationCompleted|LoanRecommended|LoanReviewed|LoanApproved"
SPLIT_DAYS: Final = timedelta(days=30)
REVOKED: Final = Undo("LoanApprovalRevoked", before="LoanContractSigned")


@finding("F-KYC-04")
def prescreened_unverified(trail: Trail) -> Iterator[Hit]:
    """An application let through before the borrower's identity was verified."""
    for entry in trail.named("LoanPrescreened"):
        verified = of_customer(trail, entry, "IdentityVerified")
        if entry.event.result in {"pass", "eligible"} and not verified:
            yield Hit(entry, entry.stream, missing=("IdentityVerified",))


@finding("F-TIP-06")
def queried_unauthorised(trail: Trail) -> Iterator[Hit]:
    """A credit report queried without authority; the bank refuses."""
    return refused(trail, "customer.query_credit", "query_not_authorised")


@finding("F-DOC-02")
def documents_gap(trail: Trail) -> Iterator[Hit]:
    """Documents called complete with a gap or an expired paper; the bank refuses."""
    reasons = ("document_missing", "document_not_verified", "document_expired")
    return refused(trail, "loan.mark_documents_complete", *reasons)


@finding("F-DOC-03")
def self_written_income(trail: Trail) -> Iterator[Hit]:
    """Documents complete on a self-written proof of income without account flows."""
    for done in trail.named("LoanDocumentsCompleted"):
        papers = trail.before(done, "LoanDocumentVerified", done.stream)
        own = [e for e in papers if e.event.kind == "income_proof" and e.event.self_issued]
        if own and not any(e.event.kind.startswith("bank_flow") for e in papers):
            undo = Undo("LoanDocumentVerified", before="InvestigationCompleted").of(trail, done)
            yield Hit(done, done.stream, (own[0],), ("bank_flow",), undo=undo)


@finding("F-ORD-05")
def no_interview(trail: Trail) -> Iterator[Hit]:
    """An investigation ended without an interview; the bank refuses."""
    reasons = ("interview_missing", "interview_stale")
    return refused(trail, "loan.complete_investigation", *reasons)


@finding("F-ALRT-04")
def inconsistency_ignored(trail: Trail) -> Iterator[Hit]:
    """Recommended while a finding of high severity has no explanation."""
    for entry in trail.named("LoanRecommended"):
        explained = {e.event.finding for e in trail.before(entry, "FindingExplained", entry.stream)}
        found = trail.before(entry, "InvestigationFindingRecorded", entry.stream)
        ignored = [
            e for e in found if e.event.severity == "high" and e.event.finding not in explained
        ]
        if ignored:
            undo = Undo("LoanRecommendationWithdrawn", before="LoanReviewed").of(trail, entry)
            missing = ("FindingExplained",)
            yield Hit(entry, entry.stream, tuple(ignored), missing, undo=undo)


@finding("F-ORD-06")
def approved_too_early(trail: Trail) -> Iterator[Hit]:
    """Approved or reviewed before the investigation; the bank refuses."""
    yield from refused(trail, "loan.", "not_investigated")
    yield from lacking(trail, "LoanApproved", "InvestigationCompleted", undo=REVOKED)


@finding("F-AUTH-09")
def above_authority(trail: Trail) -> Iterator[Hit]:
    """An approval above one's own authority, or of one's own case, tried or given."""
    return refused(trail, "loan.", "beyond_authority", "own_case")


@finding("F-AUTH-10")
def split_application(trail: Trail) -> Iterator[Hit]:
    """One need split to stay under a limit: refused at approval, or two halves entered.

    Fires also at the second application of a household within 90 days when neither alone but
    both together pass the limit of the lowest level, and the first was not turned down.
    """
    yield from refused(trail, "loan.approve", "split_to_stay_under_limit")
    opened = list(trail.named("LoanApplicationOpened"))
    for later in opened:
        for first in opened:
            if trail.place(first) < trail.place(later) and _halves(trail, first, later):
                whole, limit, row = _together(trail, first, later)
                held = (
                    against_row(
                        ("合计与最低一级权限", "both against one limit"), whole, limit, row
                    ),
                )
                key = later.event.household or later.event.customer
                yield Hit(later, key, (first,), compared=held)


def _halves(trail: Trail, first: Entry[Any], later: Entry[Any]) -> bool:
    """Two applications that only together pass the limit of the lowest level (LN-07)."""
    one, two = first.event, later.event
    house = {one.household or one.customer, one.customer}
    same = not house.isdisjoint({two.household or two.customer, two.customer})
    near = (later.booking_date - first.booking_date).days <= 90
    if not same or not near or trail.before(later, "LoanRejected|LoanSettled", first.stream):
        return False
    whole, limit, _ = _together(trail, first, later)
    return bool(max(one.amount, two.amount) <= limit < whole)


def _together(
    trail: Trail, first: Entry[Any], later: Entry[Any]
) -> tuple[Money, Money, tuple[str, date]]:
    """What two applications come to, and the limit of the lowest level with its row."""
    row = (f"loan.authority.{later.event.security.value}.1", later.booking_date)
    return first.event.amount + later.event.amount, trail.catalogue.money(*row), row


@finding("F-AUTH-11")
def maker_is_checker(trail: Trail) -> Iterator[Hit]:
    """Two steps of one application by one person, tried or done."""
    reasons = ("maker_is_reviewer", "maker_is_approver", "reviewer_is_approver")
    yield from refused(trail, "loan.", *reasons)
    for entry in trail.named("LoanReviewed|LoanApproved"):
        same = [
            e
            for e in trail.before(entry, STEPS_BY_ONE, entry.stream)
            if e.actor == entry.actor and type(e.event) is not type(entry.event)
        ]
        if same:
            yield Hit(entry, entry.stream, tuple(same), undo=REVOKED.of(trail, entry))


@finding("F-DISC-09")
def rejection_untold(trail: Trail) -> Iterator[Hit]:
    """A rejection not told within five working days."""
    limit = Deadline("RejectionNotified", lambda e: working_days(e.booking_date, 5))
    return overdue(trail, "LoanRejected", limit)


@finding("F-DISC-10")
def cost_not_shown(trail: Trail) -> Iterator[Hit]:
    """Signing tried before the yearly cost was shown; the bank refuses."""
    return refused(trail, "loan.sign_contract", "apr_not_shown", "cost_statement_not_confirmed")


@finding("F-ORD-07")
def signed_unexplained(trail: Trail) -> Iterator[Hit]:
    """Signing tried before the terms were explained and acknowledged; the bank refuses."""
    reasons = ("terms_not_explained", "terms_not_acknowledged")
    return refused(trail, "loan.sign_contract", *reasons)


@finding("F-DISC-11")
def terms_left_out(trail: Trail) -> Iterator[Hit]:
    """Terms of a signed contract explained without penalty rate, cost or prepayment."""
    for signed in trail.named("LoanContractSigned"):
        told = trail.before(signed, "LoanTermsExplained", signed.stream)
        items = {item for e in told for item in e.event.items}
        missing = sorted(ITEMS - items)
        if told and missing:
            undo = Undo("LoanTermsExplained", before="LoanDisbursed").of(trail, signed)
            yield Hit(signed, signed.stream, (told[-1],), tuple(missing), undo=undo)


@finding("F-SUIT-08")
def bullet_to_wages(trail: Trail) -> Iterator[Hit]:
    """A long bullet loan signed by somebody with wages or a pension alone."""
    for signed in trail.named("LoanContractSigned"):
        opened = trail.before(signed, "LoanApplicationOpened", signed.stream)
        terms = signed.event.terms
        long = terms.term_months > 12 and terms.method in {"interest_only", "bullet"}
        if long and opened and opened[0].event.employment in {"employed", "retired"}:
            yield Hit(signed, signed.stream, (opened[0],))


@finding("F-DISB-01")
def paid_too_early(trail: Trail) -> Iterator[Hit]:
    """Money asked for before contract or conditions; the bank refuses."""
    reasons = ("contract_not_signed", "conditions_not_met")
    return refused(trail, "loan.", *reasons)


@finding("F-DISB-02")
def paid_to_borrower(trail: Trail) -> Iterator[Hit]:
    """Paid to the borrower where entrusted payment was needed; the bank refuses."""
    return refused(trail, "loan.", "entrusted_required")


@finding("F-DISB-03")
def wrong_payee(trail: Trail) -> Iterator[Hit]:
    """A payee who is not the counterparty, or in a blocked category; the bank refuses."""
    return refused(trail, "loan.", "payee_not_counterparty", "payee_blocked")


@finding("F-USE-02")
def draws_split(trail: Trail) -> Iterator[Hit]:
    """Two draws to the borrower within 30 days whose sum passes the entrusted threshold."""
    drawn = [e for e in trail.named("LoanDisbursed") if e.event.mode == "self"]
    for later in drawn:
        close = [
            e
            for e in drawn
            if customer_of(trail, e.stream) == customer_of(trail, later.stream)
            and trail.place(e) <= trail.place(later)
            and later.booking_date - e.booking_date <= SPLIT_DAYS
        ]
        row = ("loan.self_payment.consumer", later.booking_date)
        limit, drew = trail.catalogue.money(*row), total([e.event.amount for e in close])
        if len(close) > 1 and drew > limit:
            held = (
                against_row(("合计与受托支付起点", "draws against the limit"), drew, limit, row),
            )
            yield Hit(later, later.stream, tuple(close[:-1]), compared=held)
