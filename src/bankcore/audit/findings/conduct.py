"""Findings over conduct (合规类发现), handbook chapter 10: what was seen and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bankcore.audit.findings.finding import Hit, finding
from bankcore.audit.findings.trail import Trail, field_of, working_days
from bankcore.values.entry import Entry

RAISED = "RiskEventRaised|InvestigationFindingRecorded|SuspicionEscalated|FlagExplained"


@finding("F-ALRT-01")
def flag_not_raised(trail: Trail) -> Iterator[Hit]:
    """A red flag shown to a person who raises nothing by the next working day."""
    return _silent(trail, "RedFlagShown", RAISED)


@finding("F-ALRT-12")
def breach_kept_silent(trail: Trail) -> Iterator[Hit]:
    """A breach shown to a person who does not report it by the next working day."""
    return _silent(trail, "BreachShown", "ConductBreachReported")


@finding("F-ALRT-13")
def pattern_not_spotted(trail: Trail) -> Iterator[Hit]:
    """A suspicious pattern shown to a person who neither escalates nor explains it in time."""
    return _silent(trail, "PatternShown", "SuspicionObserved|SuspicionEscalated|FlagExplained")


def _silent(trail: Trail, shown: str, answer: str) -> Iterator[Hit]:
    for clue in trail.named(shown):
        who, last = clue.event.to, working_days(clue.booking_date, 1)
        told = [e for e in trail.after(clue, answer) if e.actor.id == who]
        if trail.passed(last) and not any(e.booking_date <= last for e in told):
            missing = (answer.split("|", maxsplit=1)[0],)
            late = told[0] if told else None
            yield Hit(
                clue,
                f"{shown} {_subject(clue)} {who}",
                missing=missing,
                on=last,
                who=who,
                undo=late,
            )


def _subject(clue: Entry[Any]) -> str:
    names = ("case", "breach", "customer")
    return next(str(field_of(clue, name)) for name in names if field_of(clue, name))


@finding("F-ALRT-16")
def others_left_out(trail: Trail) -> Iterator[Hit]:
    """More customers hit by one fault, and no risk event raised in two working days."""
    for known in trail.named("AffectedCustomersFound"):
        last = working_days(known.booking_date, 2)
        raised = trail.after(known, "RiskEventRaised")
        if trail.passed(last) and not any(e.booking_date <= last for e in raised):
            late = raised[0] if raised else None
            about, who = str(field_of(known, "about")), str(field_of(known, "to") or known.actor.id)
            yield Hit(known, about, missing=("RiskEventRaised",), on=last, undo=late, who=who)


@finding("F-AUTH-21")
def order_followed(trail: Trail) -> Iterator[Hit]:
    """Something done on an unlawful instruction, and no report of it."""
    for order in trail.named("InteractionTurnTaken"):
        event = order.event
        if not event.instructed_by or event.instructed_by == order.actor.id:
            continue
        reported = [
            e for e in trail.after(order, "ConductBreachReported") if e.actor.id == order.actor.id
        ]
        if "unlawful_order" in event.tags and not reported:
            yield Hit(order, order.stream, missing=("ConductBreachReported",))


@finding("F-AUTH-24")
def kept_for_customer(trail: Trail) -> Iterator[Hit]:
    """A card, PIN, token or signed blank of a customer taken into keeping."""
    for entry in trail.named("PowerAccepted"):
        if entry.event.kind in {"card", "pin", "token", "signed_blank", "seal"}:
            yield Hit(entry, entry.stream)
    for turn in trail.named("InteractionTurnTaken"):
        if "keeps_for_customer" in turn.event.tags:
            yield Hit(turn, turn.stream)


@finding("F-AUTH-05")
def outside_licence(trail: Trail) -> Iterator[Hit]:
    """Share dealing or discretionary management taken on."""
    for entry in trail.named("OrderTaken|PowerAccepted"):
        if entry.event.kind in {"share_dealing", "discretionary_management"}:
            yield Hit(entry, entry.stream)


@finding("F-TIP-05")
def posted_in_public(trail: Trail) -> Iterator[Hit]:
    """A public post that names a customer."""
    names = {e.event.name for e in trail.named("CustomerRegistered") if e.event.name}
    for post in trail.named("PublicReplyPosted"):
        text = str(field_of(post, "text") or "")
        if any(name in text for name in names):
            yield Hit(post, post.id)
