"""What a script can expect (可核对的数字): a table of questions to a log at a pair of dates.

`what` is one of: a figure that can be explained (`balance`, `accrued-interest`, …) of a stream;
`ledger` of an account, debit positive; `state.<path>` of a stream; `event.<Name>[.<path>]`, the
last such event; `events.<Name>`, how many; `finding` of an id, present or absent; `statement.<n>`
of an account, the line as `value date, amount, balance`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bankcore.aggregates import named_streams
from bankcore.audit.explain.evidence import Evidence, evidence
from bankcore.audit.explain.explanation import Explanation
from bankcore.audit.explain.registry import EXPLAINERS, explain
from bankcore.audit.findings.report import findings_of
from bankcore.products.catalogue import Catalogue
from bankcore.projections.account_statement import statement
from bankcore.projections.postings import journal
from bankcore.projections.trial_balance import summed
from bankcore.projections.window import Window
from bankcore.rules.ledger.chart import CHART
from bankcore.scenarios.conditions import at, said, same_text
from bankcore.scenarios.parts import Expect
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, round_to_money
from bankcore.values.reading import known_id, unknown_id

FORMS: Final = ("ledger", "finding", "findings", "state", "event", "events", "statement")


@dataclass(frozen=True, slots=True)
class Books:
    """What expectations are read from: the entries of the script, and the catalogue."""

    entries: Sequence[Entry[Any]]
    catalogue: Catalogue
    day: date
    _seen: dict[Window, Evidence] = field(default_factory=dict, repr=False, compare=False)

    def evidence(self, window: Window) -> Evidence:
        """What a window sees, folded once."""
        if window not in self._seen:
            day = window.as_of or window.known_at or self.day
            self._seen[window] = evidence(self.entries, window, self.catalogue, day)
        return self._seen[window]


def check_what(expect: Expect, place: str) -> None:
    """Refuse a `what` that nobody can answer, with the nearest known ones."""
    head, _, rest = expect.what.partition(".")
    figures = {figure for figure, _ in EXPLAINERS}
    if head in {"event", "events"}:
        known_id("event", rest.split(".")[0], [i.name for i in EVENTS.values()], place)
    elif head == "ledger":
        known_id("ledger account", expect.of, CHART, place)
    elif head not in FORMS and head not in figures:
        raise unknown_id("figure", expect.what, [*figures, *FORMS], place)


def shown(expect: Expect, books: Books) -> str:
    """What the log answers to an expectation, as text."""
    seen = books.evidence(Window(expect.as_of or expect.on, expect.known_at or expect.on))
    head, _, rest = expect.what.partition(".")
    answer = _ANSWERS.get(head)
    if answer is not None:
        return answer(seen, expect.of, rest)
    return _explained(explain(expect.what, stream_id(expect.of, seen), seen), expect.is_)


def as_expected(expect: Expect, answer: str) -> bool:
    """True when the answer is what was expected."""
    return same_text(answer, expect.is_)


def stream_id(given: str, seen: Evidence) -> str:
    """The stream that a script means by its key: the id, or the only one with that key."""
    streams = list(seen.states.by_stream)
    found = named_streams(given, streams)
    if len(found) != 1:
        raise unknown_id("stream", given, streams)
    return found[0]


def _explained(figure: Explanation, wanted: str) -> str:
    """Money in yuan rounded to fen, or exact in fen where the script writes a fraction `a/b`."""
    if figure.unit != "fen":
        return figure.shown
    if "/" in wanted:
        return f"{figure.value}"
    return str(round_to_money(figure.value).money)


def _ledger(seen: Evidence, account: str, _: str) -> str:
    return str(Money(summed(journal(iter(seen.entries))).get(account, 0)))


def _state(seen: Evidence, stream: str, path: str) -> str:
    return said(at(seen.states.by_stream[stream_id(stream, seen)], path))


def _events(seen: Evidence, stream: str, name: str) -> str:
    return str(len(_named(seen, stream, name)))


def _event(seen: Evidence, stream: str, path: str) -> str:
    name, _, inner = path.partition(".")
    found = _named(seen, stream, name)
    if not found:
        return ""
    return said(at(found[-1].event, inner)) if inner else found[-1].id


def _named(seen: Evidence, stream: str, name: str) -> list[Entry[Any]]:
    wanted = stream_id(stream, seen) if stream else ""
    return [
        entry
        for entry in seen.entries
        if EVENTS[type(entry.event)].name == name and (not wanted or entry.stream == wanted)
    ]


def _finding(seen: Evidence, code: str, _: str) -> str:
    found = [f for f in findings_of(seen.entries, seen.catalogue) if f.id == code]
    return "present" if found else "absent"


def _findings(seen: Evidence, of: str, _: str) -> str:
    found = findings_of(seen.entries, seen.catalogue)
    return ", ".join(sorted(f.id for f in found if not of or f.responsible == of)) or "none"


def _statement(seen: Evidence, account: str, place: str) -> str:
    stream = stream_id(account, seen)
    lines = list(statement(seen.of(stream), stream))
    try:
        line = lines[int(place)]
    except (IndexError, ValueError):
        raise BadInput(f"the statement of {account} has {len(lines)} lines, no {place!r}") from None
    return f"{line.value_date}, {line.amount}, {line.balance}"


_ANSWERS: Final[dict[str, Callable[[Evidence, str, str], str]]] = {
    "ledger": _ledger,
    "state": _state,
    "event": _event,
    "events": _events,
    "finding": _finding,
    "findings": _findings,
    "statement": _statement,
}

__all__ = ["Books", "as_expected", "check_what", "shown", "stream_id"]
