"""The runner (剧本运行): plays scripts with their reference choices and checks what they expect.

Deterministic: no clock, command ids from the script, days from the script; the digest is the head
of the chain. Several scripts share one bank in date order: each script's streams have ids of their
own, so one cannot disturb another, and figures of the ledger are read over a script's own streams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from bankcore.scenarios.figures import Books, as_expected, shown
from bankcore.scenarios.parts import Act
from bankcore.scenarios.routines import expanded
from bankcore.scenarios.script import Point
from bankcore.scenarios.source import Source
from bankcore.scenarios.stage import Stage, refusal
from bankcore.scenarios.timeline import Doing, Moment, timeline
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.reasons import Rejected

Spot = tuple[str | int, ...]
Does = Callable[[], None]
Watch = Callable[[Iterable[Does]], Iterator[Does]]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that did not come out: where, what was expected and what there was."""

    place: str
    expected: str
    found: str

    def __str__(self) -> str:
        """One line: `file:12: expect.0: expected X, found Y`."""
        return f"{self.place}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run gave: `digest` is the head of the chain, `events` how many the log then has."""

    id: str
    ok: bool
    digest: str
    events: int
    checked: int
    failures: tuple[Failure, ...] = ()


@dataclass(slots=True)
class _Playing:
    stage: Stage
    failures: list[Failure] = field(default_factory=list)
    stopped: bool = False


def run_script(source: Source, target: str = ":memory:") -> RunResult:
    """Play one script into a log, in memory if none is named; an existing log goes on."""
    return run_scripts([source], target)[0]


def run_scripts(
    sources: Sequence[Source], target: str = ":memory:", watch: Watch = iter
) -> list[RunResult]:
    """Play scripts into one log, all their moments in date order; results in the order given.

    `watch` is handed the moments and passes them on: a place to show progress.
    """
    with Bank.open(target, create=True) as bank:
        return play(sources, bank, watch)


def play(sources: Sequence[Source], bank: Bank, watch: Watch = iter) -> list[RunResult]:
    """Play scripts on an open bank and check them at the end."""
    _check_start(sources, bank)
    plays = [_Playing(Stage(source, bank)) for source in sources]
    for step in watch([step for _, step in _by_date(plays)]):
        step()
    ends = [_end(source) for source in sources]
    last = max(ends, default=None)
    if last is not None and (bank.day is None or bank.day < last):
        bank.advance(last)
    digest, events = bank.log.digest(), bank.log.head()[0]
    return [_result(playing, digest, events) for playing in plays]


def _check_start(sources: Sequence[Source], bank: Bank) -> None:
    """A log that is already later than a script begins is left as it is."""
    for source in sources:
        if bank.day is not None and bank.day > source.script.start:
            raise BadInput(
                f"the log is already at {bank.day}, the script begins on {source.script.start}",
                place=source.place("start"),
                remedy="play it into a new log",
            )


def _end(source: Source) -> date:
    moments = [moment.on for moment in timeline(source.script)]
    return source.script.end or max(moments, default=source.script.start)


class Interleaved:
    """Scripts that are played into a bank whose days somebody else opens and closes."""

    def __init__(self, sources: Sequence[Source], bank: Bank) -> None:
        """Take the scripts up; nothing is played yet."""
        _check_start(sources, bank)
        self._plays = [_Playing(Stage(source, bank)) for source in sources]
        self._steps = _by_date(self._plays)

    def until(self, _: Bank, day: date) -> None:
        """Do what the scripts have to do up to a day that has just been opened."""
        while self._steps and self._steps[0][0] <= day:
            self._steps.pop(0)[1]()

    def finish(self) -> None:
        """Do what is left, opening the days that it takes."""
        for _, step in self._steps:
            step()


def _by_date(plays: Iterable[_Playing]) -> list[tuple[date, Does]]:
    """Everything that is done, in date order; on one day setting up comes first."""
    steps: list[tuple[date, int, Does]] = []
    for playing in plays:
        steps.append((playing.stage.source.script.start, 0, playing.stage.set_up))
        moments = timeline(playing.stage.source.script)
        steps += [(moment.on, 1, partial(_play, playing, moment)) for moment in moments]
    return [(day, step) for day, _, step in sorted(steps, key=lambda x: x[:2])]


def _play(playing: _Playing, moment: Moment) -> None:
    if playing.stopped:
        return
    playing.stage.advance(moment.on)
    match moment.what:
        case Point():
            _point(playing, moment.what, moment.path)
        case Doing():
            if playing.stage.holds(moment.what.when):
                _acts(playing, moment.what.acts, moment.what.label, moment.path)


def _point(playing: _Playing, point: Point, path: Spot) -> None:
    """The reference choice; figures are quoted right."""
    if not playing.stage.holds(point.when):
        return
    for number, figure in enumerate(point.figure):
        label = f"{point.id}.{figure.key}"
        acts = expanded(figure.do, label)
        _acts(playing, acts, label, (*path, "figure", number, "do"), figure.is_)
    for number, option in enumerate(point.option):
        if option.reference:
            label = f"{point.id}.{option.id}"
            acts = expanded(option.do, label)
            _acts(playing, acts, label, (*path, "option", number, "do"))


def _acts(playing: _Playing, acts: Sequence[Act], label: str, path: Spot, answer: str = "") -> None:
    for number, act in enumerate(acts):
        if not playing.stopped:
            name = label if len(acts) == 1 else f"{label}.{number + 1}"
            _act(playing, act, name, playing.stage.source.place(*path), answer)


def _act(playing: _Playing, act: Act, label: str, place: str, answer: str) -> None:
    try:
        playing.stage.execute(act, label, place, answer)
        reason, found = "", "done"
    except Rejected as no:
        reason, found = refusal(no), f"refused: {no}"
    if reason != act.refused:
        expected = f"refused: {act.refused}" if act.refused else "done"
        playing.failures.append(Failure(place, f"{act.do} {expected}", found))
        playing.stopped = True


def _result(playing: _Playing, digest: str, events: int) -> RunResult:
    source, stage = playing.stage.source, playing.stage
    failures = list(playing.failures)
    if not playing.stopped:
        failures += _unmet(source, stage)
    return RunResult(
        id=source.script.id,
        ok=not failures,
        digest=digest,
        events=events,
        checked=0 if playing.stopped else len(source.script.expect),
        failures=tuple(failures),
    )


def _unmet(source: Source, stage: Stage) -> Iterator[Failure]:
    # In a shared bank life goes on; a script is checked as things stood at its own end.
    end = _end(source)
    known = [entry for entry in stage.own() if entry.booking_date <= end]
    books = Books(known, stage.bank.catalogue, end)
    for number, expect in enumerate(source.script.expect):
        try:
            answer = shown(expect, books)
        except BadInput as wrong:
            answer = str(wrong)
        if not as_expected(expect, answer):
            label = f"{expect.what} {expect.of}".strip()
            place = source.place("expect", number)
            yield Failure(place, f"{label} = {expect.is_}", answer or "nothing")
