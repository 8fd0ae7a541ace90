"""Findings over what is said to customers (面谈类发现)."""

from __future__ import annotations

from collections.abc import Iterator

from bankcore.audit.findings.finding import Hit, against_row, finding
from bankcore.audit.findings.shapes import CORRECTED, Undo, customer_of, of_customer, said
from bankcore.audit.findings.trail import Trail

NOTICE = ("notice_7d", "notice_1d")
WEALTH = ("fund", "wealth", "insurance")
DEAR = ("cash_advance", "instalment")


@finding("F-DISC-01")
def return_promised(trail: Trail) -> Iterator[Hit]:
    """A turn that promises a return."""
    return said(trail, "promise_return", "past_as_promise", undo=CORRECTED)


@finding("F-DISC-02")
def vague(trail: Trail) -> Iterator[Hit]:
    """A vague or leading turn."""
    return said(trail, "vague_or_leading", undo=CORRECTED)


@finding("F-DISC-04")
def called_deposit(trail: Trail) -> Iterator[Hit]:
    """A turn that calls something a deposit or insured."""
    return said(trail, "calls_it_deposit", "insured", undo=CORRECTED)


@finding("F-DISC-06")
def overpromised(trail: Trail) -> Iterator[Hit]:
    """A turn that promises what is not decided yet."""
    return said(trail, "overpromise", "promises_outcome", undo=CORRECTED)


@finding("F-DISC-21")
def minimum_myth(trail: Trail) -> Iterator[Hit]:
    """A turn that says the minimum avoids interest."""
    return said(trail, "minimum_avoids_interest", undo=CORRECTED)


@finding("F-SUIT-18")
def borrow_to_repay(trail: Trail) -> Iterator[Hit]:
    """A turn that advises borrowing to repay."""
    return said(trail, "borrow_to_repay", undo=CORRECTED)


@finding("F-SUIT-22")
def target_first(trail: Trail) -> Iterator[Hit]:
    """A turn that puts the target first."""
    return said(trail, "target_first", undo=Undo("RecommendationWithdrawn"))


@finding("F-CARE-13")
def rude(trail: Trail) -> Iterator[Hit]:
    """A rude or dismissive turn."""
    return said(trail, "rude", "dismissive")


@finding("F-CARE-16")
def pressed_to_withdraw(trail: Trail) -> Iterator[Hit]:
    """A turn that presses, or a withdrawal that somebody else than the customer enters."""
    yield from said(trail, "pressure_withdraw")
    for entry in trail.named("ComplaintWithdrawn"):
        if entry.event.by != "customer" and entry.event.by != customer_of(trail, entry.stream):
            yield Hit(entry, entry.stream)


@finding("F-TIP-08")
def code_handled(trail: Trail) -> Iterator[Hit]:
    """A turn in which staff handles a code."""
    return said(trail, "handles_code")


@finding("F-TIP-09")
def tipped_off(trail: Trail) -> Iterator[Hit]:
    """A turn that tips off a customer on whom there is something to hide."""
    for hit in said(trail, "tipping_off"):
        if trail.before(hit.trigger, "PatternShown|SuspicionEscalated|AmlAlertRaised"):
            yield hit


@finding("F-ORD-01")
def recommended_unasked(trail: Trail) -> Iterator[Hit]:
    """A recommendation with no needs assessment completed in the twelve months before it."""
    undo = Undo("RecommendationWithdrawn")
    for trigger in trail.named("ProductRecommended|SolutionProposed"):
        done = of_customer(trail, trigger, "NeedsAssessmentCompleted") + [
            entry
            for entry in trail.before(trigger, "NeedsAssessmentCompleted")
            if entry.stream.startswith("session-")
        ]
        if not any((trigger.booking_date - e.booking_date).days <= 365 for e in done):
            missing = ("NeedsAssessmentCompleted",)
            key = f"{trigger.stream} {trigger.event.product}"
            yield Hit(trigger, key, missing=missing, undo=undo.of(trail, trigger))


@finding("F-ORD-11")
def wealth_before_assessment(trail: Trail) -> Iterator[Hit]:
    """A wealth product recommended without a risk assessment."""
    undo = Undo("RecommendationWithdrawn")
    for trigger in trail.named("ProductRecommended"):
        wealth = trigger.event.product.startswith(WEALTH)
        if wealth and not trail.before(trigger, "RiskToleranceAssessed"):
            missing = ("RiskToleranceAssessed",)
            yield Hit(trigger, trigger.stream, missing=missing, undo=undo.of(trail, trigger))


@finding("F-SUIT-04")
def notice_too_small(trail: Trail) -> Iterator[Hit]:
    """A notice deposit recommended for less than its minimum."""
    undo = Undo("RecommendationWithdrawn")
    for trigger in trail.named("ProductRecommended"):
        product, amount = trigger.event.product, trigger.event.amount
        if not product.startswith("notice"):
            continue
        known = product if product in NOTICE else NOTICE[0]
        row = (f"deposit.min_opening.{known}", trigger.booking_date)
        least = trail.catalogue.money(*row)
        if amount < least:
            held = (
                against_row(("金额与起存金额", "amount against the least"), amount, least, row),
            )
            yield Hit(trigger, trigger.stream, undo=undo.of(trail, trigger), compared=held)


@finding("F-SUIT-05")
def dearer_product(trail: Trail) -> Iterator[Hit]:
    """Card credit recommended to somebody who could borrow against a running time deposit."""
    undo = Undo("RecommendationWithdrawn")
    for trigger in trail.named("ProductRecommended"):
        if not trigger.event.product.startswith(DEAR):
            continue
        opened = of_customer(trail, trigger, "TimeDepositOpened")
        ended = {e.stream for e in trail.before(trigger, "TimeDepositPaidOut|TimeDepositPledged")}
        if any(entry.stream not in ended for entry in opened):
            yield Hit(trigger, trigger.stream, undo=undo.of(trail, trigger))


@finding("F-CARE-03")
def unanswered(trail: Trail) -> Iterator[Hit]:
    """A talk that ends with a question to which nothing was said or explained after it."""
    answers = "InteractionTurnTaken|ProductExplained|QuoteGiven|FollowUpCreated"
    for asked in trail.named("CustomerAsked"):
        closed = trail.after(asked, "InteractionClosed", asked.stream)
        said_after = trail.after(asked, answers, asked.stream)
        in_time = [e for e in said_after if closed and trail.place(e) < trail.place(closed[0])]
        if closed and not in_time:
            yield Hit(asked, f"{asked.stream} {asked.event.topic}", missing=("answer",))


@finding("F-CARE-15")
def own_papers_demanded(trail: Trail) -> Iterator[Hit]:
    """A paper that the bank has, asked for in a matter of complaint."""
    for asked in trail.named("DocumentRequested"):
        if asked.event.purpose == "complaint":
            yield Hit(asked, f"{asked.stream} {asked.event.kind}")
