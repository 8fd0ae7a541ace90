"""Alterations of a log's rows, drawn by a seed: what a careless or a patient hand could do.

Each kind takes the rows and a source of chance and answers the altered rows; none gives the rows
back as they were. A clumsy hand leaves the heads as they stand (rows keep theirs), a patient one
chains everything anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from bankcore.store.chain import LinkedRow, linked
from bankcore.store.codec import names

Rows = list[LinkedRow]
Hand = Callable[[Rows, Random], tuple[int, Rows]]
"""Answers the first position that differs, and the rows."""

OTHER_NAMES: Final = sorted(names())


@dataclass(frozen=True, slots=True)
class Alteration:
    """Altered rows, the kind, and the first position that differs."""

    kind: str
    position: int
    rows: Rows


def _numbered(rows: Sequence[LinkedRow], first: int) -> Rows:
    """The rows with positions from `first` on counted anew, heads as they stand."""
    return [*rows[: first - 1], *((n, *r[1:]) for n, r in enumerate(rows[first - 1 :], first))]


def _replaced(rows: Rows, at: int, row: LinkedRow) -> tuple[int, Rows]:
    return at, [*rows[: at - 1], row, *rows[at:]]


def edit_byte(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """One byte of a state becomes another one."""
    at = dice.randint(1, len(rows))
    position, stream, version, name, state, head = rows[at - 1]
    place = dice.randrange(len(state))
    made = bytearray(state)
    made[place] ^= dice.randint(1, 255)
    return _replaced(rows, at, (position, stream, version, name, bytes(made), head))


def cut_state(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """A state loses its last bytes."""
    at = dice.randint(1, len(rows))
    position, stream, version, name, state, head = rows[at - 1]
    shorter = state[: dice.randrange(len(state))]
    return _replaced(rows, at, (position, stream, version, name, shorter, head))


def rename(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """An event is called something else that exists."""
    at = dice.randint(1, len(rows))
    position, stream, version, name, state, head = rows[at - 1]
    other = dice.choice([n for n in OTHER_NAMES if n != name])
    return _replaced(rows, at, (position, stream, version, other, state, head))


def move(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """An event is put into another stream."""
    at = dice.randint(1, len(rows))
    position, stream, version, name, state, head = rows[at - 1]
    other = dice.choice(sorted({row[1] for row in rows} - {stream}))
    return _replaced(rows, at, (position, other, version, name, state, head))


def renumber(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """An event gets another version."""
    at = dice.randint(1, len(rows))
    position, stream, version, name, state, head = rows[at - 1]
    other = version + dice.choice([-1, 1, 2, 1000])
    return _replaced(rows, at, (position, stream, other, name, state, head))


def swap_payload(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """An event gets the content of another one."""
    at = dice.randint(1, len(rows))
    position, stream, version, name, state, head = rows[at - 1]
    other = dice.choice([row[4] for row in rows if row[4] != state])
    return _replaced(rows, at, (position, stream, version, name, other, head))


def forge_head(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """A head becomes another one."""
    at = dice.randint(1, len(rows))
    return _replaced(rows, at, (*rows[at - 1][:5], dice.randbytes(32)))


def drop(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """A row is gone and nobody counted anew."""
    at = dice.randint(1, len(rows) - 1)
    return at, rows[: at - 1] + rows[at:]


def drop_and_count(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """Some rows are gone and positions close up."""
    at = dice.randint(1, len(rows) - 1)
    gone = dice.randint(1, min(5, len(rows) - at))
    return at, _numbered(rows[: at - 1] + rows[at - 1 + gone :], at)


def insert(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """A copy of a row, or one of the next version of its stream, stands at another place."""
    at = dice.randint(1, len(rows))
    source = dice.choice(rows)
    version = source[2] + dice.choice([0, 1])
    row = (at, source[1], version, *source[3:5], dice.choice([source[5], dice.randbytes(32)]))
    return at, _numbered([*rows[: at - 1], row, *rows[at - 1 :]], at)


def swap_rows(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """Two rows change places."""
    first, second = sorted(dice.sample(range(1, len(rows) + 1), 2))
    made = list(rows)
    made[first - 1], made[second - 1] = rows[second - 1], rows[first - 1]
    return first, _numbered(made, first)


def swap_next(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """A row changes places with the next one."""
    at = dice.randint(1, len(rows) - 1)
    return at, _numbered([*rows[: at - 1], rows[at], rows[at - 1], *rows[at + 1 :]], at)


def reverse(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """A stretch of rows runs backwards."""
    first = dice.randint(1, len(rows) - 1)
    last = dice.randint(first + 1, min(first + 6, len(rows)))
    turned = rows[first - 1 : last][::-1]
    return first, _numbered([*rows[: first - 1], *turned, *rows[last:]], first)


CLUMSY: Final[dict[str, Hand]] = {
    hand.__name__: hand
    for hand in (
        edit_byte, cut_state, rename, move, renumber, swap_payload, forge_head, drop,
        drop_and_count, insert, swap_rows, swap_next, reverse,
    )
}  # fmt: skip
"""Hands that leave the heads as they stand."""


def cut_tail(rows: Rows, dice: Random) -> tuple[int, Rows]:
    """The log ends earlier."""
    at = dice.randint(1, len(rows))
    return at, rows[: at - 1]


def _patient(hand: Hand) -> Hand:
    """The same by somebody who chains everything anew: every head fits."""

    def forged(rows: Rows, dice: Random) -> tuple[int, Rows]:
        at, made = hand(rows, dice)
        head = rows[at - 2][5] if at > 1 else bytes(32)
        return at, [*made[: at - 1], *linked(at - 1, head, (row[1:5] for row in made[at - 1 :]))]

    return forged


PATIENT: Final[dict[str, Hand]] = {
    f"{name}_rehashed": _patient(hand) for name, hand in CLUMSY.items() if name != "forge_head"
}
"""Hands that only a witness outside or the meaning of the events gives away."""


def altered(rows: Rows, hands: dict[str, Hand], dice: Random) -> Alteration:
    """One alteration by one of the hands; a hand that changed nothing tries again."""
    kind = dice.choice(sorted(hands))
    while True:
        at, made = hands[kind](rows, dice)
        if made != rows:
            return Alteration(kind, at, made)
