"""Policies (策略): who decides when no person does.

`reference` takes the reference options and quotes right figures, `idle` does nothing, `random`
chooses by the seed alone, and a list like `B,196.39,78.56,C` gives one decision after another:
a letter, a figure, `-` for nothing, `*` for the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from bankcore.scenarios.script import Figure, Option, Point
from bankcore.training.session import SKIP, Sitting
from bankcore.values.errors import BadInput

REFERENCE: Final = "*"
Policy = Callable[[Figure | tuple[Option, ...]], str]
"""Given a figure to quote or the options to choose from: what is decided."""


def reference(asked: Figure | tuple[Option, ...]) -> str:
    """The right figure, the reference option."""
    if isinstance(asked, Figure):
        return asked.is_
    return next(option.id for option in asked if option.reference)


def idle(asked: Figure | tuple[Option, ...]) -> str:  # noqa: ARG001  # does nothing, whatever is asked
    """Nothing."""
    return SKIP


def by_chance(seed: int) -> Policy:
    """Any option, any of the figures that people quote; the same seed decides the same."""
    chance = Random(seed)  # noqa: S311  # a game, no secret

    def decide(asked: Figure | tuple[Option, ...]) -> str:
        if isinstance(asked, Figure):
            return chance.choice([asked.is_, *(wrong.value for wrong in asked.wrong)])
        return chance.choice([option.id for option in asked])

    return decide


def listed(words: str) -> Policy:
    """One word after another; when they are used up, nothing more is decided."""
    given: Iterator[str] = iter(word.strip() for word in words.split(","))

    def decide(asked: Figure | tuple[Option, ...]) -> str:
        word = next(given, SKIP)
        return reference(asked) if word == REFERENCE else word

    return decide


def policy_of(name: str, seed: int) -> Policy:
    """The policy of a name, or a list of decisions."""
    match name:
        case "reference":
            return reference
        case "idle":
            return idle
        case "random":
            return by_chance(seed)
        case "":
            raise BadInput("no policy", remedy="reference, idle, random, or B,196.39,C")
        case _:
            return listed(name)


def play_out(sitting: Sitting, policy: Policy) -> None:
    """Play the rest of the current attempt by a policy."""
    while (point := sitting.next_point()) is not None:
        decide(sitting, point, policy)


def decide(sitting: Sitting, point: Point, policy: Policy) -> None:
    """Decide one point: its figures first, then its options."""
    for figure in point.figure:
        answer = policy(figure)
        if answer == SKIP:
            sitting.skip()
        else:
            sitting.quote(figure, answer)
    if point.option:
        letter = policy(point.option)
        if letter == SKIP:
            sitting.skip()
        else:
            sitting.choose(letter)
