"""One attempt (一次演练): a script played on a real bank with somebody deciding at its points.

`next_point` lets days pass until a decision is asked for; `choose`, `quote` and `give` carry a
decision out. What follows is computed from the bank's log, never from a tree. What the bank
refuses is shown and kept, and nothing moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bankcore.scenarios.binding import bind
from bankcore.scenarios.conditions import any_holds
from bankcore.scenarios.parts import Act, Hidden, Person, Words
from bankcore.scenarios.routines import expanded
from bankcore.scenarios.script import Figure, Point
from bankcore.scenarios.stage import Stage
from bankcore.scenarios.timeline import Doing, Moment, timeline
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.reading import unknown_id
from bankcore.values.reasons import Rejected

FREE = "free"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen after a decision: words, what the bank booked, what it refused."""

    words: Words | None = None
    booked: tuple[Entry[Any], ...] = ()
    refused: tuple[Rejected, ...] = ()


@dataclass(slots=True)
class Play:
    """The state of an attempt: the stage, the moments and how far it is.

    `told` are the consequences that have come by; `position` is the log before the point that is
    open now.
    """

    stage: Stage
    attempt: int = 1
    cursor: int = 0
    point: Point | None = None
    position: int = 0
    told: list[Words] = field(default_factory=list)
    count: int = 0

    @property
    def moments(self) -> Sequence[Moment]:
        """All moments of the script in order."""
        return timeline(self.stage.source.script)

    @property
    def history(self) -> list[Entry[Any]]:
        """The bank's log so far."""
        return self.stage.history()

    def next_point(self) -> Point | None:
        """Go on to the next decision point that appears; None at the end of the script."""
        self.point = None
        moments = self.moments
        while self.cursor < len(moments):
            moment = moments[self.cursor]
            self.cursor += 1
            self.stage.advance(moment.on)
            if isinstance(moment.what, Doing):
                self._happen(moment.what)
            elif self.stage.holds(moment.what.when):
                self.position = self.stage.bank.log.head()[0]
                self.point = moment.what
                return self.point
        end = self.stage.source.script.end
        if end is not None:
            self.stage.advance(end)
        return None

    def _happen(self, doing: Doing) -> None:
        """A step or consequence of the script itself."""
        if not self.stage.holds(doing.when):
            return
        if doing.later is not None:
            self.told.append(doing.later.tells)
        self._acts(doing.acts, doing.label, "")

    def choose(self, option_id: str) -> Seen:
        """Take an option of the open point by its letter; its commands are given to the bank."""
        point = self._open()
        option = next((o for o in point.option if o.id == option_id.upper()), None)
        if option is None:
            raise unknown_id("option", option_id, [o.id for o in point.option])
        return self._seen(option.do, f"{point.id}.{option.id}", option.reaction)

    def quote(self, figure: Figure, answer: str) -> Seen:
        """Quote a figure of the open point; it is told to the customer as entered."""
        return self._seen(figure.do, f"{self._open().id}.{figure.key}", None, answer)

    def give(self, text: str) -> Seen:
        """A free command, `stream.verb field=value …`, given by the trainee."""
        name, *words = text.split()
        given = dict(word.split("=", 1) for word in words if "=" in word)
        bind(name, given)
        self.count += 1
        trainee = self.stage.source.script.trainee()
        act = Act.model_validate({"do": name, "as": trainee, "with": given})
        return self._seen((act,), f"{self._open().id}.{FREE}-{self.count}", None)

    def _seen(self, acts: Sequence[Act], label: str, words: Words | None, answer: str = "") -> Seen:
        booked, refused = self._acts(expanded(acts, label), label, answer)
        return Seen(words, tuple(booked), tuple(refused))

    def _acts(
        self, acts: Sequence[Act], label: str, answer: str
    ) -> tuple[list[Entry[Any]], list[Rejected]]:
        booked: list[Entry[Any]] = []
        refused: list[Rejected] = []
        for number, act in enumerate(acts):
            name = label if len(acts) == 1 else f"{label}.{number + 1}"
            try:
                booked += self.stage.execute(act, name, self.stage.source.name, answer).entries
            except Rejected as no:
                refused.append(no)
                self._note(act, name, no)
        return booked, refused

    def _note(self, act: Act, label: str, no: Rejected) -> None:
        script = self.stage.source.script
        subject = next(iter(act.with_.values()), "")
        noted = {
            "session": script.id,
            "person": act.as_,
            "refused": act.do,
            "subject": str(subject),
            "reason": no.reason.value,
            "facts": {key: str(value) for key, value in no.facts.items()},
        }
        note = Act.model_validate({"do": "training_session.note_refusal", "with": noted})
        self.stage.execute(note, f"{label}/refused", self.stage.source.name)

    def _open(self) -> Point:
        if self.point is None:
            raise BadInput("no decision is asked for", remedy="go on to the next point")
        return self.point

    def known(self) -> Iterator[tuple[Person, Hidden]]:
        """Hidden facts that have been uncovered, with whom they are about."""
        history = self.history
        for person in self.stage.source.script.cast:
            for fact in person.hidden:
                if any_holds(fact.revealed, history):
                    yield person, fact
