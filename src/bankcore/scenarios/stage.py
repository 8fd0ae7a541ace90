"""The stage (舞台): a script being played on a real bank, act by act.

Command ids come from the script and the label of the act, so that the same play gives the same
log in every process, and a repeated play on one log changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bankcore.aggregates.catalogue.commands import AdoptRule
from bankcore.aggregates.employee import EMPLOYEE
from bankcore.aggregates.employee import commands as employee
from bankcore.operations.decision import Frame
from bankcore.scenarios.actors import SCRIPT, actor_of
from bankcore.scenarios.binding import bind
from bankcore.scenarios.conditions import holds
from bankcore.scenarios.parts import Act, Conditions, Staff
from bankcore.scenarios.recording import Played
from bankcore.scenarios.source import Source
from bankcore.store.bank import Bank, Outcome
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.reasons import Rejected


@dataclass(slots=True)
class Stage:
    """A bank with a script on it. `suffix` sets a second attempt's command ids apart."""

    source: Source
    bank: Bank
    suffix: str = ""
    done: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    played: list[Played] = field(default_factory=list)
    _read: list[Entry[Any]] = field(default_factory=list)

    def set_up(self) -> None:
        """Open the first day, adopt the pinned rows, appoint the staff.

        Pins and staff have command ids without the script's name: scripts that agree on them can
        share one bank, and the second is answered from the log.
        """
        script = self.source.script
        self.advance(script.start)
        for pin in script.pin:
            row = AdoptRule(
                param=pin.param,
                value=pin.value,
                valid_from=pin.valid_from,
                checker="script-checker",
                source=pin.source,
            )
            self._give(row, f"pin/{pin.param}/{pin.valid_from}")
        for person in script.staff:
            if person.grade is not None:
                self._appoint(person, person.grade)

    def _appoint(self, person: Staff, grade: int) -> None:
        if self.bank.state(EMPLOYEE, person.id) is not None:
            return
        files = (
            employee.RecordEducation(employee=person.id, level=person.education),
            employee.VerifyEducation(employee=person.id),
            employee.Declare(employee=person.id),
            employee.Appoint(
                employee=person.id, name=person.name.en, role=person.role, grade=grade
            ),
        )
        for number, command in enumerate(files):
            self._give(command, f"staff/{person.id}/{number}")

    def _give(self, command: Any, command_id: str) -> None:
        self.bank.execute(command, Frame(actor=SCRIPT, command_id=command_id, channel="system"))

    def advance(self, to: date) -> None:
        """Let days pass until a day is open; a day that is gone is bad input."""
        day = self.bank.day
        if day is not None and day > to:
            raise BadInput(
                f"the log is already at {day}, the script asks for {to}",
                place=self.source.name,
                remedy="play it into a new log",
            )
        self.bank.advance(to)

    def frame(self, act: Act, label: str, place: str = "") -> Frame:
        """The frame of an act: who gives it, when, under which id."""
        return Frame(
            actor=actor_of(self.source.script, act.as_, place),
            command_id=f"{self.source.script.id}/{act.id or label}{self.suffix}",
            channel=act.channel,
            at=act.at,
            value_date=act.value_date,
            ground=act.ground,
            approval=act.approval,
            approver=act.approver,
            late_entry=act.late_entry,
        )

    def execute(self, act: Act, label: str, place: str, answer: str = "") -> Outcome:
        """Give one command to the bank; its entries can be referred to afterwards."""
        filled = act.model_copy(update={"with_": self._filled(act.with_, place, answer)})
        command = bind(act.do, filled.with_, place)
        frame, position = self.frame(act, label, place), self.bank.log.head()[0]
        day = self.bank.day
        assert day is not None, "setting up opened a day"
        refused = ""
        try:
            outcome = self.bank.execute(command, frame)
        except Rejected as no:
            refused = no.reason.value
            raise
        finally:
            name = (act.id or label) + self.suffix
            self.played.append(Played(day, filled, name, refused, position))
        self._remember(act.id or label, outcome.entries)
        return outcome

    def _remember(self, label: str, entries: Sequence[Entry[Any]]) -> None:
        """Keep what an act wrote under its label, and under that of the step it is a part of."""
        whole, _, number = label.rpartition(".")
        for name in {label, whole if number.isdecimal() else label}:
            self.done.setdefault(name, []).extend(entries)

    def _filled(self, given: Mapping[str, Any], place: str, answer: str) -> dict[str, Any]:
        return {
            key: self._fill(value, f"{place}.with.{key}", answer) for key, value in given.items()
        }

    def _fill(self, value: Any, place: str, answer: str) -> Any:
        if isinstance(value, list):
            return [self._fill(part, place, answer) for part in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        return answer if value == "$answer" else self._reference(value[1:], place)

    def _reference(self, name: str, place: str) -> str:
        """The event id that `$id` or `$id.Event` stands for."""
        label, _, event = name.partition(".")
        found = [
            entry
            for entry in self.done.get(label, [])
            if not event or EVENTS[type(entry.event)].name == event
        ]
        if not found:
            remedy = f"acts done so far: {', '.join(self.done) or 'none'}"
            raise BadInput(f"${name} refers to nothing", place=place, remedy=remedy)
        return found[0].id

    def recall(self) -> None:
        """Take up a bank on which this script was begun: what each act wrote, from the log."""
        mark = f"{self.source.script.id}/"
        for entry in self.bank.entries():
            if entry.command_id.startswith(mark):
                label = entry.command_id.removeprefix(mark).partition("#")[0]
                self._remember(label, [entry])

    def history(self) -> list[Entry[Any]]:
        """The log so far, for conditions: caught up by what is new."""
        position = self._read[-1].position if self._read else 0
        self._read.extend(self.bank.entries(position))
        return self._read

    def holds(self, conditions: Conditions) -> bool:
        """True when conditions hold on the log so far; it is read only when there are any."""
        return not conditions or holds(conditions, self.history())

    def own(self) -> list[Entry[Any]]:
        """The entries of this script's streams, and of the machine's own that have no customer."""
        return list(own_entries(self.history(), self.source.script.id))


def own_entries(entries: Sequence[Entry[Any]], script_id: str) -> Iterator[Entry[Any]]:
    """What of a shared log belongs to a script: streams it wrote to, staff, days and catalogue.

    On a log with one script that is everything.
    """
    mine = {e.stream for e in entries if e.command_id.startswith(f"{script_id}/")}
    others = {e.stream for e in entries if "/" in e.command_id} - mine
    shared = {e.stream for e in entries if e.command_id.startswith(("pin/", "staff/"))}
    return (e for e in entries if e.stream not in others or e.stream in shared)


def refusal(error: Rejected) -> str:
    """A refusal as scripts write it: the code."""
    return error.reason.value
