"""The script (剧本): one TOML file that runs, trains and is replayed, design section 8.

`Script` is the pydantic model of a file. Field by field it is described in
`docs/reference/scenario-format.md` and published as JSON Schema by `script_schema`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from bankcore.scenarios.parts import (
    Act,
    Conditions,
    Day,
    Expect,
    FigureText,
    Person,
    Pin,
    Staff,
    Step,
    Strict,
    Words,
)

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Hint(Strict):
    """A hint (提示) and what taking it costs; the dearest level taken counts."""

    zh: str
    en: str
    cost: int

    def said(self, lang: str) -> str:
        """The text of a language, `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


class Wrong(Strict):
    """A common wrong figure (常见错误) and the slip behind it."""

    value: FigureText
    why: Words


class Figure(Strict):
    """A figure to quote (报数): `$answer` in the act's fields is what was entered.

    `is` is right within ± `within`; `key` names the figure inside its point.
    """

    key: str
    ask: Words
    is_: FigureText = Field(alias="is")
    within: FigureText = "0.01"
    do: tuple[Act, ...]
    wrong: tuple[Wrong, ...] = ()
    costs: FigureText = "0"


class Option(Strict):
    """An option (选项): words, commands, what a person in the room would see, what comes later.

    `costs` is what choosing it instead of the reference takes off the mark, and `fires` the
    findings it plants; both are asserted by the tests and never shown before the debrief.
    """

    id: str
    say: Words
    do: tuple[Act, ...] = ()
    reference: bool = False
    acceptable: bool = False
    reaction: Words
    later: Words | None = None
    costs: FigureText = "0"
    fires: tuple[str, ...] = ()


class Point(Strict):
    """A decision point (决策点): options, or figures to quote; a free command is as good.

    It appears only while `when` holds. `expected`, `why`, `rule` and `section` are the debrief.
    """

    id: str
    on: Day
    at: str | None = None
    when: Conditions = ()
    situation: Words
    option: tuple[Option, ...] = ()
    figure: tuple[Figure, ...] = ()
    hint: tuple[Hint, ...] = ()
    expected: Words
    why: Words
    rule: str
    section: str

    def reference(self) -> Option | None:
        """The reference option; None where figures are quoted."""
        return next((option for option in self.option if option.reference), None)


class Consequence(Strict):
    """What comes later (后果): on a day, if the state of the bank is so."""

    id: str
    on: Day
    after: str = ""
    when: Conditions = ()
    tells: Words
    do: tuple[Act, ...] = ()


class Criterion(Strict):
    """A rubric criterion (评分项): its weight is earned when all conditions hold at the end.

    `covers` names the findings that a lost criterion already pays for.
    """

    id: str
    title: Words
    weight: int
    covers: tuple[str, ...] = ()
    earned: Conditions


class Lesson(Strict):
    """One line of the debrief (复盘): what to remember, its rule and handbook section."""

    zh: str
    en: str
    rule: str
    section: str = ""

    def said(self, lang: str) -> str:
        """The text of a language, `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


class Script(Strict):
    """A whole script; see the module docstring."""

    id: Slug
    code: str = ""
    kind: Literal["life", "rule", "training", "counterexample"] = "rule"
    title: Words
    story: Words
    handbook: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    difficulty: int = Field(default=1, ge=1, le=5)
    minutes: int = 5
    start: Day
    end: Day | None = None
    seed: int = 1
    cast: tuple[Person, ...] = ()
    staff: tuple[Staff, ...] = ()
    pin: tuple[Pin, ...] = ()
    step: tuple[Step, ...] = ()
    point: tuple[Point, ...] = ()
    consequence: tuple[Consequence, ...] = ()
    expect: tuple[Expect, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    debrief: tuple[Lesson, ...] = ()

    def trainee(self) -> str:
        """The actor id of the trainee; empty in a script that is only run."""
        return next((person.id for person in self.staff if person.trainee), "")


def script_schema() -> dict[str, Any]:
    """The JSON Schema of the format, for editors."""
    schema = Script.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
