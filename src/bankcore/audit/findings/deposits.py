"""Findings over identity and deposits (身份与存款类发现), handbook chapters 1, 5 and 10."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

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
from bankcore.audit.findings.trail import CASH_LEAST, Trail, working_days

STEPS: Final = ("AccountApplied", "AccountTypeChosen", "DepositAgreementSigned")
FRESH_DAYS: Final = 30  # what was told longer ago was told for another deposit


@finding("F-KYC-01")
def converted_unverified(trail: Trail) -> Iterator[Hit]:
    """A prospect converted before his identity was verified."""
    return lacking(trail, "ProspectConverted", "IdentityVerified", undo=Undo("ConversionReversed"))


@finding("F-REC-01")
def no_basis(trail: Trail) -> Iterator[Hit]:
    """A prospect without source or lawful basis, not added within a working day."""
    for entry in trail.named("ProspectRegistered"):
        if entry.event.source and entry.event.basis:
            continue
        last = working_days(entry.booking_date, 1)
        added = [
            e
            for e in trail.after(entry, "CustomerDetailsChanged", entry.stream)
            if e.event.field in {"source", "basis"}
        ]
        if trail.passed(last) and not any(e.booking_date <= last for e in added):
            yield Hit(entry, entry.stream, on=last, undo=added[0] if added else None)


@finding("F-KYC-02")
def served_without_kyc(trail: Trail) -> Iterator[Hit]:
    """Service tried for a customer whose KYC status forbids it; the bank refuses."""
    return refused(trail, "", "kyc_none", "kyc_expired")


@finding("F-KYC-03")
def new_in_grace(trail: Trail) -> Iterator[Hit]:
    """A new product tried in the grace time of an expired document."""
    return refused(trail, "", "kyc_grace_no_new_product")


@finding("F-ORD-08")
def opened_out_of_order(trail: Trail) -> Iterator[Hit]:
    """An account opened or activated while one of the steps before it is missing."""
    undo = Undo("DepositAccountClosed", same_day=True)
    yield from lacking(trail, "DepositAccountOpened|AccountActivated", *STEPS, undo=undo)
    yield from refused(trail, "deposit_account.", "agreement_not_signed")


@finding("F-SUIT-09")
def second_class_one(trail: Trail) -> Iterator[Hit]:
    """A second Class I account chosen while the person has an open one."""
    for chosen in trail.named("AccountTypeChosen"):
        if chosen.event.account_class != "I":
            continue
        closed = {e.stream for e in trail.before(chosen, "DepositAccountClosed")}
        opened = of_customer(trail, chosen, "DepositAccountOpened")
        if any(e.event.account_class == "I" and e.stream not in closed for e in opened):
            yield Hit(chosen, chosen.stream)


@finding("F-UNST-02")
def closed_unsettled(trail: Trail) -> Iterator[Hit]:
    """Closing tried while something is held or linked; tried again it counts in full."""
    return refused(
        trail, "deposit_account.close", "linked_products", "holds_present", "account_frozen"
    )


@finding("F-KYC-07")
def closed_by_third(trail: Trail) -> Iterator[Hit]:
    """Closed at the request of somebody else without his authority verified."""
    for closed in trail.named("DepositAccountClosed"):
        asked = trail.before(closed, "ClosureRequested", closed.stream)
        by_agent = bool(asked) and asked[-1].event.agent
        if by_agent and not of_customer(trail, closed, "AuthorityVerified"):
            yield Hit(closed, closed.stream, (asked[-1],), ("AuthorityVerified",))


@finding("F-DISC-14")
def early_draw_not_told(trail: Trail) -> Iterator[Hit]:
    """A time deposit opened without saying that an early draw earns the demand rate."""
    for opened in trail.named("TimeDepositOpened"):
        before = [
            e
            for e in of_customer(trail, opened, "ProductExplained")
            if (opened.booking_date - e.booking_date).days <= FRESH_DAYS
        ]
        after = [
            e
            for e in trail.after(opened, "ProductExplained")
            if e.booking_date == opened.booking_date
            and customer_of(trail, e.stream) == customer_of(trail, opened.stream)
        ]
        told = [e for e in after if "early_withdrawal" in e.event.items]
        if not any("early_withdrawal" in e.event.items for e in before):
            missing = ("ProductExplained: early_withdrawal",)
            yield Hit(opened, opened.stream, missing=missing, undo=told[0] if told else None)


@finding("F-UNST-03")
def matured_without_instruction(trail: Trail) -> Iterator[Hit]:
    """A matured deposit with neither pay-out, renewal nor a question within five working days."""
    done = "TimeDepositPaidOut|TimeDepositRenewed|MaturityInstructionSought"
    limit = Deadline(done, lambda e: working_days(e.booking_date, 5), undo_later=True)
    return overdue(trail, "TimeDepositMatured", limit)


@finding("F-KYC-08")
def cash_without_diligence(trail: Trail) -> Iterator[Hit]:
    """Cash of `CASH_LEAST` or more without due diligence on that day before it."""
    for entry in trail.named("FundsDeposited|FundsWithdrawn"):
        row = (CASH_LEAST, entry.booking_date)
        least = trail.catalogue.money(*row)
        done = of_customer(trail, entry, "CddPerformed")
        if not any(e.booking_date == entry.booking_date for e in done):
            later = [
                e
                for e in trail.after(entry, "CddPerformed")
                if e.booking_date == entry.booking_date
            ]
            words = ("现金金额与尽调起点", "cash against what asks for diligence")
            yield Hit(
                entry,
                entry.id,
                missing=("CddPerformed",),
                undo=later[0] if later else None,
                compared=(against_row(words, entry.event.amount, least, row),),
            )


@finding("F-AUTH-14")
def rate_by_one_person(trail: Trail) -> Iterator[Hit]:
    """A board rate by one person alone, or for the past; the bank refuses."""
    return refused(trail, "catalogue.publish_rate", "maker_is_checker", "effective_date_in_past")


@finding("F-AUTH-26")
def toxic_roles(trail: Trail) -> Iterator[Hit]:
    """A combination of roles that control each other; the bank refuses to grant it."""
    return refused(trail, "employee.", "toxic_role_combination")
