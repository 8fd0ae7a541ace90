"""Inside loan interest (贷款利息): the movements of the draw it grew on; penalty by its rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import events_repayment as r
from bankcore.audit.explain.explanation import Part
from bankcore.audit.explain.inside.node import Node, Scene, rounding, shared
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO, Money

MOVED = ("本金变动", "Principal moved")


def fell_due(scene: Scene, entry: Entry[Any]) -> Node:
    """The interest of an instalment: its period, the movements of the balance, and rounding."""
    event = entry.event
    before = scene.before(entry)
    draw = next(d for d in _folded(before).draws if d.number == event.draw)
    amount, left = Fraction(event.interest.minor), getattr(event, "remainder", Fraction(0))
    told = {"draw": event.draw, "number": event.number, "balance": draw.balance,
            "rate": draw.rate, "from": draw.last_due, "until": event.due}  # fmt: skip
    part = Part(entry.id, "LN-10", "本期利息", "Interest of the period", amount, amount + left,
                inputs=told)  # fmt: skip

    def inside() -> Iterable[Node]:
        exact = Part(entry.id, "LN-10", "", "", amount + left, amount + left)
        moved = shared(exact, _moves(before, event.draw), MOVED)
        if moved:
            yield from (*moved, *rounding(entry.id, left))

    return Node(part, inside)


def accrued(scene: Scene, part: Part) -> Iterable[Node]:
    """Accrued interest of a draw by the movements of its balance; penalty by what is open."""
    draw = part.inputs.get("draw")
    if isinstance(draw, int):
        return shared(part, _moves(scene.evidence.of(part.event_id), draw), MOVED)
    principal, interest = part.inputs["principal"], part.inputs["interest"]
    assert isinstance(principal, Money), "an accrued penalty has the principal that is open"
    assert isinstance(interest, Money), "an accrued penalty has the interest that is open"
    return _bases(part, principal, interest, part.event_id).inside()


def penalty(scene: Scene, entry: Entry[Any]) -> Iterable[Node]:
    """A charge: one part a penalty rate, each on what was open of principal and of interest."""
    event = entry.event
    for segment in event.segments:
        exact = segment.days * segment.rate.daily
        told = {"rate": segment.rate}
        base = event.open_principal.minor + event.open_interest.minor
        yield _bases(
            Part(entry.id, "LN-19 LN-20", "罚息天数", "Days at a penalty rate", exact * base,
                 exact * base, segment.days, told),
            event.open_principal, event.open_interest, _due(scene, entry),
        )  # fmt: skip
    exact = sum((s.days * s.rate.daily for s in event.segments), Fraction(0)) * (
        event.open_principal.minor + event.open_interest.minor
    )
    yield from rounding(entry.id, exact - event.penalty.minor)


def paid(scene: Scene, entry: Entry[Any]) -> list[Node]:
    """What a repayment paid of due interest, instalment by instalment."""
    found = []
    for got in entry.event.rows:
        if got.interest:
            due = _instalment(scene.before(entry), got.draw, got.number)
            whole = due is not None and due.event.interest == got.interest
            found.append(fell_due(scene, due) if due and whole else _share(due or entry, got))
    return found


def _share(due: Entry[Any], got: Any) -> Node:
    """A part of an instalment's interest: no further, it is not its whole period."""
    exact = Fraction(got.interest.minor)
    told = {"draw": got.draw, "number": got.number}
    return Node(Part(due.id, "LN-22", "部分利息", "Part of an instalment's interest", exact, exact,
                     inputs=told))  # fmt: skip


def _bases(part: Part, principal: Money, interest: Money, due: str) -> Node:
    base = principal.minor + interest.minor

    def inside() -> Iterator[Node]:
        for rule, zh, en, open_ in (
            ("LN-19", "逾期本金", "Overdue principal", principal),
            ("LN-20", "逾期利息", "Overdue interest", interest),
        ):
            if open_:
                amount = part.amount * open_.minor / base
                told = {"open": open_}
                yield Node(Part(due, rule, zh, en, amount, amount, part.days, told))

    return Node(part, inside)


def _due(scene: Scene, charge: Entry[Any]) -> str:
    """The event of the instalment that is overdue; the charge itself for misused money."""
    found = _instalment(scene.before(charge), charge.event.draw, abs(charge.event.number))
    return found.id if found else charge.id


def _instalment(history: Sequence[Entry[Any]], draw: int, number: int) -> Entry[Any] | None:
    for entry in history:
        event = entry.event
        fell = isinstance(event, r.InstalmentFellDue)
        if fell and (event.draw, event.number) == (draw, number):
            return entry
    return None


def _folded(entries: Sequence[Entry[Any]]) -> Loan:
    state: Loan | None = None
    for entry in entries:
        state = LOAN.evolve(state, entry)
    assert state is not None, "a loan with interest was drawn before"
    return state


def _moves(entries: Sequence[Entry[Any]], number: int) -> Iterator[tuple[Entry[Any], Money]]:
    """Each change of the principal of a draw that is not yet due, with its event."""
    state: Loan | None = None
    was = ZERO
    for entry in entries:
        state = LOAN.evolve(state, entry)
        now = next((d.balance for d in state.draws if d.number == number), ZERO)
        if now != was:
            yield entry, now - was
        was = now
