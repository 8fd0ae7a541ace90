"""Findings over cards (信用卡类发现), handbook chapter 7."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bankcore.audit.findings.finding import Hit, finding
from bankcore.audit.findings.shapes import Deadline, Undo, lacking, overdue, refused
from bankcore.audit.findings.trail import Trail, days, working_days

STAFF: Final = frozenset({"rm", "teller_cash", "card_approver", "branch_head", "collector"})
BRIEFED: Final = frozenset({"fee", "statement_day", "due_day", "minimum"})
BETRAYING: Final = ("欺诈", "评分", "fraud", "score")


@finding("F-KYC-09")
def filled_in_for_absent(trail: Trail) -> Iterator[Hit]:
    """An application that staff submits from a device of its own."""
    for entry in trail.named("CardApplicationSubmitted"):
        by_staff = entry.actor.role in STAFF and entry.event.device in {"staff_device", "remote"}
        if by_staff:
            undo = Undo("CardApplicationReturned", before="CardApplicationForwarded")
            yield Hit(entry, entry.stream, undo=undo.of(trail, entry))


@finding("F-DOC-05")
def signed_by_another(trail: Trail) -> Iterator[Hit]:
    """Forwarded with another's signature; gaps in the papers the bank refuses."""
    for entry in trail.named("CardApplicationForwarded"):
        signed = trail.before(entry, "ApplicantSigned", entry.stream)
        others = [e for e in signed if e.event.signer != "customer"]
        if others:
            undo = Undo("CardApplicationReturned", before="CardApproved").of(trail, entry)
            yield Hit(entry, entry.stream, (others[0],), undo=undo)
    yield from refused(trail, "card_line.forward", "document_missing", "document_not_verified")


@finding("F-ORD-12")
def unsigned_forwarded(trail: Trail) -> Iterator[Hit]:
    """A form forwarded without a signature."""
    undo = Undo("CardApplicationReturned", before="CardApproved")
    return lacking(trail, "CardApplicationForwarded", "ApplicantSigned", undo=undo)


@finding("F-AUTH-16")
def approved_by_sales(trail: Trail) -> Iterator[Hit]:
    """A card approved, or tried to be, by somebody in sales."""
    yield from refused(trail, "card_line.approve", "role_not_held")
    for entry in trail.named("CardApproved"):
        if entry.actor.role == "rm":
            undo = Undo("CardApprovalRevoked", before="CardIssued").of(trail, entry)
            yield Hit(entry, entry.stream, undo=undo)


@finding("F-LATE-12")
def decision_told_late(trail: Trail) -> Iterator[Hit]:
    """A card decision not told within three working days."""
    limit = Deadline("CardDecisionNotified", lambda e: working_days(e.booking_date, 3))
    return overdue(trail, "CardApproved|CardDeclined", limit)


@finding("F-TIP-07")
def score_passed_on(trail: Trail) -> Iterator[Hit]:
    """A decision told with a word of score or fraud."""
    for entry in trail.named("CardDecisionNotified"):
        if any(word in entry.event.text for word in BETRAYING):
            yield Hit(entry, entry.stream)


@finding("F-KYC-10")
def handed_to_another(trail: Trail) -> Iterator[Hit]:
    """A card handed to somebody else than its holder."""
    for entry in trail.named("CardDelivered"):
        if entry.event.to != "customer":
            undo = Undo("CardBlocked", before="CardActivated").of(trail, entry)
            yield Hit(entry, entry.stream, undo=undo)


@finding("F-DISC-20")
def not_briefed(trail: Trail) -> Iterator[Hit]:
    """A card activated before fees, statement day, due day and minimum were explained."""
    for entry in trail.named("CardActivated"):
        told = trail.before(entry, "CardholderBriefed", entry.stream)
        items = {item for e in told for item in e.event.items}
        missing = sorted(BRIEFED - items)
        if missing:
            undo = Undo("CardholderBriefed", before="CardStatementIssued").of(trail, entry)
            yield Hit(entry, entry.stream, missing=tuple(missing), undo=undo)


@finding("F-KYC-11")
def activated_by_staff(trail: Trail) -> Iterator[Hit]:
    """A card activated by staff, or a secret asked for."""
    for entry in trail.named("CardActivated"):
        if entry.actor.role in STAFF:
            undo = Undo("CardBlocked", same_day=True, before="CardTransactionPosted")
            yield Hit(entry, entry.stream, undo=undo.of(trail, entry))
    for turn in trail.named("InteractionTurnTaken"):
        if "asks_secret" in turn.event.tags:
            yield Hit(turn, turn.stream)


@finding("F-ORD-13")
def used_before_activation(trail: Trail) -> Iterator[Hit]:
    """A transaction before activation; the bank refuses."""
    yield from lacking(trail, "CardTransactionPosted", "CardActivated")
    yield from refused(trail, "card_line.post", "card_not_active")


@finding("F-LATE-13")
def reminder_missing(trail: Trail) -> Iterator[Hit]:
    """A statement with a minimum and no reminder three days before its due date."""
    for entry in trail.named("CardStatementIssued"):
        last = days(entry.event.due, -3)
        sent = trail.after(entry, "DueReminderSent|CardPaymentReceived", entry.stream)
        owed = bool(entry.event.minimum)
        if owed and trail.passed(last) and not any(e.booking_date <= last for e in sent):
            key = f"{entry.stream} {entry.event.statement_date}"
            yield Hit(entry, key, missing=("DueReminderSent",), on=last)


@finding("F-DISC-05")
def instalment_cost_hidden(trail: Trail) -> Iterator[Hit]:
    """An instalment plan without its yearly cost shown, or a flat rate quoted as one."""
    yield from lacking(trail, "InstalmentPlanStarted", "InstalmentQuoted")
    for turn in trail.named("InteractionTurnTaken"):
        if "quotes_flat_rate_as_apr" in turn.event.tags:
            undo = Undo("CorrectionTold").of(trail, turn)
            yield Hit(turn, turn.stream, undo=undo)


@finding("F-CARE-11")
def converted_unasked(trail: Trail) -> Iterator[Hit]:
    """Converted to instalments without the customer's consent; the bank refuses."""
    yield from refused(trail, "card_line.", "not_confirmed_by_customer")
    yield from lacking(trail, "InstalmentPlanStarted", "InstalmentConfirmed")


@finding("F-DISC-22")
def lag_untold(trail: Trail) -> Iterator[Hit]:
    """A way of repaying advised without saying how long it takes."""
    for entry in trail.named("RepaymentChannelAdvised"):
        if not entry.event.lag_told:
            yield Hit(entry, entry.stream, undo=Undo("CorrectionTold").of(trail, entry))


@finding("F-ALRT-08")
def cash_out_ignored(trail: Trail) -> Iterator[Hit]:
    """An alert of cashing out that nobody reviewed within a working day."""
    limit = Deadline(
        "CashOutAlertReviewed", lambda e: working_days(e.booking_date, 1), undo_later=True
    )
    for hit in overdue(trail, "CashOutAlertRaised", limit):
        rises = [
            x
            for x in trail.after(hit.trigger, "CreditLimitAdjusted|TemporaryLimitGranted", hit.key)
            if not hasattr(x.event, "new") or x.event.new > x.event.old
        ]
        late = hit.undo
        if late is not None and rises and trail.place(rises[0]) < trail.place(late):
            late = None
        yield replace(hit, undo=late)
