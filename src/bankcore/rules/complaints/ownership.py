"""Owner, independence and repeated complaints (承办、回避、重复投诉), CMP-03."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bankcore.rules.complaints.severity import Severity
from bankcore.values.reasons import Reason, Rejected


class Repeat(StrEnum):
    """What to do with a later message of the same customer (重复投诉的处理)."""

    NEW = "new"
    MERGE = "merge"
    MERGE_RESTART = "merge_restart"
    REVIEW = "review"
    ALREADY_DECIDED = "already_decided"


@dataclass(frozen=True, slots=True)
class Grievance:
    """A message about a matter: who, what, when it arrived, which facts it brings."""

    customer: str
    matter: str
    received: date
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownComplaint:
    """The complaint on file: its facts, where its clock runs from, when its decision arrived."""

    customer: str
    matter: str
    facts: frozenset[str]
    clock_from: date
    decision_received: date | None = None


@dataclass(frozen=True, slots=True)
class Handling:
    """What becomes of the message, and from which day its clock runs (none if decided)."""

    action: Repeat
    clock_from: date | None
    rule: str = "CMP-03"


def repeat_handling(known: KnownComplaint, new: Grievance, review_window_days: int) -> Handling:
    """Decide about a repeated complaint (CMP-03).

    Without new facts the first clock stays; a new fact restarts it while undecided and makes a
    new complaint afterwards. A message on the very day of the decision is a request for review.
    """
    if (known.customer, known.matter) != (new.customer, new.matter):
        return Handling(Repeat.NEW, new.received)
    brings_new = bool(new.facts - known.facts)
    decided = known.decision_received
    if decided is None or new.received < decided:
        if brings_new:
            return Handling(Repeat.MERGE_RESTART, new.received)
        return Handling(Repeat.MERGE, known.clock_from)
    if brings_new:
        return Handling(Repeat.NEW, new.received)
    if new.received <= decided + timedelta(days=review_window_days):
        return Handling(Repeat.REVIEW, new.received)
    return Handling(Repeat.ALREADY_DECIDED, None)


def check_same_matter(known: KnownComplaint, new: Grievance) -> None:
    """Refuse to merge what is not the same customer and matter (`merge_different_matter`)."""
    if (known.customer, known.matter) != (new.customer, new.matter):
        raise Rejected(Reason.MERGE_DIFFERENT_MATTER, known=known.matter, new=new.matter)


@dataclass(frozen=True, slots=True)
class Independence:
    """The handler, the persons complained about, and their direct superiors."""

    handler: str
    subjects: frozenset[str]
    superiors: frozenset[str] = frozenset()
    severity: Severity = Severity.ORDINARY


def check_handler(given: Independence) -> None:
    """Refuse a handler who is involved (回避), in the order owner, subject, superior.

    `owner_missing` without a handler, `handler_is_subject` always, `handler_is_superior` from
    `important` upwards.
    """
    if not given.handler.strip():
        raise Rejected(Reason.OWNER_MISSING)
    if given.handler in given.subjects:
        raise Rejected(Reason.HANDLER_IS_SUBJECT, handler=given.handler)
    if given.severity is not Severity.ORDINARY and given.handler in given.superiors:
        raise Rejected(Reason.HANDLER_IS_SUPERIOR, handler=given.handler)
