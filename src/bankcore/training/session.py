"""A session (训练局): attempts on forks of one bank, kept as events in a log of its own.

The session's log says what was decided, which hints were taken and where the play went back; the
bank's logs hold what really happened. `rewind` copies the log up to the point, so both attempts
stay. A session is found again from its folder: the logs are all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bankcore.aggregates.training_session import TRAINING_SESSION, Session
from bankcore.aggregates.training_session import events as e
from bankcore.audit.findings.report import findings_of
from bankcore.scenarios.recording import record
from bankcore.scenarios.script import Figure, Hint, Point
from bankcore.scenarios.source import Source
from bankcore.scenarios.stage import Stage
from bankcore.scenarios.timeline import timeline
from bankcore.store.bank import Bank
from bankcore.store.log import Log, open_log
from bankcore.training.play import FREE, Play, Seen
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.reading import unknown_id
from bankcore.values.roles import Actor, Role

MEMORY: Final = ":memory:"
SKIP: Final = "-"


@dataclass(slots=True)
class Sitting:
    """A session being played: the script, the log of the session and the attempts so far.

    `folder` None keeps everything in memory. The last of `plays` is the one being played.
    """

    source: Source
    log: Log
    folder: Path | None = None
    plays: list[Play] = field(default_factory=list)

    @property
    def play(self) -> Play:
        """The attempt being played."""
        return self.plays[-1]

    @property
    def state(self) -> Session:
        """The session folded from its log."""
        state: Session | None = None
        for entry in self.log.entries():
            state = TRAINING_SESSION.evolve(state, entry)
        return state or Session()

    def next_point(self) -> Point | None:
        """The next decision point, None at the end; the end is kept."""
        point = self.play.next_point()
        if point is None:
            bank = self.play.stage.bank
            position, digest = bank.log.head()[0], bank.log.digest()
            self._keep(e.SessionEnded(attempt=self.play.attempt, position=position, digest=digest))
        return point

    def choose(self, option: str) -> Seen:
        """Take an option by its letter."""
        seen = self.play.choose(option)
        self._decided(option.upper(), "")
        return seen

    def quote(self, figure: Figure, answer: str) -> Seen:
        """Quote a figure."""
        seen = self.play.quote(figure, answer)
        self._decided(figure.key, answer)
        return seen

    def give(self, text: str) -> Seen:
        """Give a free command."""
        seen = self.play.give(text)
        self._decided(FREE, text)
        return seen

    def skip(self) -> None:
        """Do nothing at a point."""
        self._decided(SKIP, "")

    def hint(self, level: int) -> Hint:
        """Show a hint of the open point, from 1; what it costs is kept."""
        point = self.play.point
        if point is None or not 1 <= level <= len(point.hint):
            raise BadInput(f"there is no hint {level} here")
        hint = point.hint[level - 1]
        taken = e.HintTaken(attempt=self.play.attempt, point=point.id, level=level, cost=hint.cost)
        self._keep(taken)
        return hint

    def rewind(self, point_id: str) -> Play:
        """Go back before a decision: fork the bank there and play on; the old attempt stays."""
        taken = [d for d in self.state.decisions if d.attempt == self.play.attempt]
        before = next((d for d in taken if d.point == point_id), None)
        if before is None:
            raise unknown_id("decision", point_id, [d.point for d in taken])
        attempt = len(self.plays) + 1
        log = self.play.stage.bank.log.copy_prefix(self._target(attempt), before.position)
        again = Play(Stage(self.source, Bank(log), f"#{attempt}"), attempt)
        again.stage.recall()
        earlier = self.play.stage.played
        again.stage.played = [one for one in earlier if one.position < before.position]
        again.cursor = next(
            at
            for at, moment in enumerate(timeline(self.source.script))
            if isinstance(moment.what, Point) and moment.what.id == point_id
        )
        self.plays.append(again)
        rewound = e.PlayRewound(attempt=attempt, point=point_id, position=before.position)
        self._keep(rewound)
        return again

    def record(self) -> str:
        """The last attempt as a script that `bankcore run` plays again to the same log."""
        stage, script = self.play.stage, self.source.script
        day = stage.bank.day
        assert day is not None, "a play has a day open"
        found = findings_of(stage.bank.entries(), stage.bank.catalogue)
        mine = sorted(f.id for f in found if f.responsible == script.trainee())
        return record(script, stage.played, day, ", ".join(mine) or "none")

    def decisions(self, attempt: int) -> list[e.DecisionTaken]:
        """What counts as decided in an attempt: its own decisions and those before its fork."""
        state = self.state
        if attempt == 1:
            return [d for d in state.decisions if d.attempt == 1]
        fork = next(r for r in state.rewinds if r.attempt == attempt)
        earlier = self.decisions(attempt - 1)
        first = next(at for at, d in enumerate(earlier) if d.point == fork.point)
        return [*earlier[:first], *(d for d in state.decisions if d.attempt == attempt)]

    def close(self) -> None:
        """Close every log."""
        for play in self.plays:
            play.stage.bank.close()
        self.log.close()

    def _decided(self, option: str, answer: str) -> None:
        point = self.play.point
        assert point is not None, "a decision was carried out, so a point is open"
        decided = e.DecisionTaken(
            attempt=self.play.attempt,
            point=point.id,
            option=option,
            answer=answer,
            position=self.play.position,
        )
        self._keep(decided)

    def _keep(self, event: e.PlayEvent) -> None:
        keep(self.log, self.source, event, self.play)

    def _target(self, attempt: int) -> str:
        return MEMORY if self.folder is None else str(self.folder / f"attempt-{attempt}.db")


def keep(log: Log, source: Source, event: e.PlayEvent, play: Play) -> None:
    """Add an event to the session's log, booked on the day of the bank that is played."""
    stream = TRAINING_SESSION.stream(source.script.id)
    day = play.stage.bank.day or source.script.start
    number = log.head()[0] + 1
    entry: Entry[Any] = Entry(
        stream=stream,
        version=number,
        event=event,
        booking_date=day,
        value_date=day,
        actor=Actor(source.script.trainee() or "trainee", Role.TRAINER),
        channel="training",
        command_id=f"{stream}/{number}",
    )
    log.append([entry], command_id=entry.command_id)


def start(source: Source, *, seed: int = 1, mode: str = "teach", folder: str = "") -> Sitting:
    """Begin a session; with a folder its logs are files there, else all is in memory."""
    place = Path(folder) if folder else None
    if place is not None:
        if place.exists() and any(place.iterdir()):
            raise BadInput("already holds something", place=folder, remedy="name a new folder")
        place.mkdir(parents=True, exist_ok=True)
    log = open_log(MEMORY if place is None else str(place / "session.db"), create=True)
    sitting = Sitting(source, log, place)
    bank = Bank(open_log(sitting._target(1), create=True))  # noqa: SLF001  # of its own module
    play = Play(Stage(source, bank))
    play.stage.set_up()
    sitting.plays.append(play)
    started = e.SessionStarted(
        script=source.script.id, seed=seed, mode=mode, trainee=source.script.trainee()
    )
    keep(log, source, started, play)
    return sitting


def compare(sitting: Sitting) -> Iterator[tuple[str, str, str]]:
    """Where two attempts differ: point, first choice, last choice."""
    first = _by_point(sitting.decisions(1))
    last = _by_point(sitting.decisions(len(sitting.plays)))
    for point in {**first, **last}:
        if first.get(point) != last.get(point):
            yield point, first.get(point, SKIP), last.get(point, SKIP)


def _by_point(decisions: list[e.DecisionTaken]) -> dict[str, str]:
    found: dict[str, str] = {}
    for taken in decisions:
        said = taken.answer or taken.option
        found[taken.point] = f"{found[taken.point]} {said}" if taken.point in found else said
    return found
