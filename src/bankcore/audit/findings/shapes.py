"""Shapes of predicates (谓词骨架): without a predecessor, past a deadline, said, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bankcore.audit.findings.finding import Compared, Hit
from bankcore.audit.findings.trail import Trail
from bankcore.products.reason_texts import reason_texts
from bankcore.values.entry import Entry
from bankcore.values.reasons import Reason

OPEN: Final = "InteractionOpened"


@dataclass(frozen=True, slots=True)
class Undo:
    """What undoes a finding: event names, and whether it must be on the same day.

    `before` names an event after which the undoing comes too late.
    """

    names: str
    same_day: bool = False
    before: str = ""

    def of(self, trail: Trail, trigger: Entry[Any]) -> Entry[Any] | None:
        """The first event that undoes the trigger in its own stream."""
        for entry in trail.after(trigger, self.names, trigger.stream):
            if self.same_day and entry.booking_date != trigger.booking_date:
                return None
            late = self.before and trail.after(trigger, self.before, trigger.stream)
            if late and trail.place(late[0]) < trail.place(entry):
                return None
            return entry
        return None


NEVER: Final = Undo("")


def lacking(trail: Trail, triggers: str, *needed: str, undo: Undo = NEVER) -> Iterator[Hit]:
    """`E ⊣ P`: triggers with one of the needed events missing before them in their stream."""
    for trigger in trail.named(triggers):
        missing = [name for name in needed if not trail.before(trigger, name, trigger.stream)]
        if missing:
            found = undo.of(trail, trigger) if undo.names else None
            yield Hit(trigger, trigger.stream, missing=tuple(missing), undo=found)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`E without P by D`: what must follow, by which day, and who owns it (else the actor)."""

    done: str
    by: Callable[[Entry[Any]], date]
    owner: Callable[[Trail, Entry[Any], date], str] | None = None
    undo_later: bool = False


def overdue(trail: Trail, triggers: str, deadline: Deadline) -> Iterator[Hit]:
    """Fires at the close of the last day when nothing is booked by then.

    What comes later leaves the finding; it counts half where the finding says so.
    """
    for trigger in trail.named(triggers):
        last = deadline.by(trigger)
        if not trail.passed(last):
            continue
        after = trail.after(trigger, deadline.done, trigger.stream)
        if any(entry.booking_date <= last for entry in after):
            continue
        late = after[0] if after and deadline.undo_later else None
        who = deadline.owner(trail, trigger, last) if deadline.owner else ""
        missing = (deadline.done,)
        yield Hit(trigger, trigger.stream, missing=missing, on=last, undo=late, who=who)


def said(trail: Trail, *tags: str, undo: Undo = NEVER) -> Iterator[Hit]:
    """A turn of a talk that carries one of the tags."""
    for turn in trail.named("InteractionTurnTaken"):
        if set(tags) & set(turn.event.tags):
            found = undo.of(trail, turn) if undo.names else None
            yield Hit(turn, turn.stream, undo=found)


CORRECTED: Final = Undo("CorrectionTold")


def refused(trail: Trail, command: str, *reasons: str) -> Iterator[Hit]:
    """A refused attempt counts half; the same command tried again after the refusal in full."""
    tried: set[tuple[str, str, str]] = set()
    for entry in trail.named("CommandRefused"):
        event = entry.event
        if event.reason not in reasons or not event.command.startswith(command):
            continue
        same = (event.person, event.command, event.subject)
        attempt, why = same not in tried, tuple(_why(event.reason, event.facts))
        yield Hit(entry, event.subject, who=event.person, attempt=attempt, compared=why)
        tried.add(same)


def _why(reason: str, facts: Mapping[str, str]) -> Iterator[Compared]:
    """What the bank held against each other when it refused, and the clause of the refusal."""
    rule = reason_texts()[Reason(reason)].rule
    yield Compared("拒绝原因", "refused because", reason, rule=rule)
    for name, value in facts.items():
        yield Compared(name, name, value)


def customer_of(trail: Trail, stream: str) -> str:
    """The customer that a stream is about, from the event that began it; empty if none is named."""
    return trail.owner(stream)


def of_customer(trail: Trail, trigger: Entry[Any], names: str) -> list[Entry[Any]]:
    """Events before the trigger that concern the same customer, in any stream."""
    return trail.concerning(trail.owner(trigger.stream), trigger, names)
