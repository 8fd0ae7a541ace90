"""Parts of a script (剧本构件): words, people, acts, conditions, expectations.

Every model forbids unknown keys. Field names that are Python keywords carry an underscore here and
are written without it: `as`, `with`, `is`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from bankcore.rules.employees.appointment import Education
from bankcore.scenarios.fields import read_date, wrong
from bankcore.values.roles import Role

NARRATOR: Final = "script"


class Strict(BaseModel):
    """Base of all parts: frozen, no unknown keys, aliases as written in the file."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        validate_by_name=True,
        validate_by_alias=True,
    )


Day = Annotated[
    date, PlainValidator(read_date), WithJsonSchema({"type": "string", "format": "date"})
]


def _texts(value: object) -> Mapping[str, object]:
    """Fields of a command as TOML gives them; the command's own model reads them later."""
    if not isinstance(value, Mapping):
        raise wrong(f"{value!r} is no table of fields", 'write { account = "A1", amount = 200 }')
    return dict(value)


Fields = Annotated[dict[str, Any], PlainValidator(_texts), WithJsonSchema({"type": "object"})]


def _as_text(value: object) -> object:
    """A figure written as a number in TOML is its exact text."""
    return value if isinstance(value, (str, bool)) else str(value)


FigureText = Annotated[
    str, BeforeValidator(_as_text), WithJsonSchema({"type": ["string", "number"]})
]


class Words(Strict):
    """A text in both languages (中英文)."""

    zh: str
    en: str

    def said(self, lang: str) -> str:
        """The text of a language, `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


class Condition(Strict):
    """A predicate on the log (条件): an event that is there, or one that is absent.

    `event` and `absent` name events, alternatives with `|`; `has` gives fields by dotted path and
    their text, `>=` or `<=` before an amount, date or number compares, a list field must hold all
    the texts named with commas. `of` is a stream id or the beginning of one, `by` the last
    booking date that counts, `who` the actor.
    """

    event: str = ""
    absent: str = ""
    of: str = ""
    has: Mapping[str, FigureText] = {}
    by: Day | None = None
    who: str = ""
    least: int = 1


Conditions = tuple[Condition, ...]


class Hidden(Strict):
    """A hidden fact (隐藏事实) of a person and what uncovers it: any one of the conditions."""

    id: str
    fact: Words
    revealed: Conditions = Field(min_length=1)


class Person(Strict):
    """One of the cast (人物): a customer or another person, with what is visible and hidden."""

    id: str
    name: Words
    about: Words
    visible: tuple[Words, ...] = ()
    hidden: tuple[Hidden, ...] = ()


class Staff(Strict):
    """An actor of the bank (员工): with a grade he is appointed on the first day (EMP-01)."""

    id: str
    name: Words
    role: Annotated[Role, Field()]
    grade: int | None = None
    education: Education = Education.BACHELOR
    trainee: bool = False


class Pin(Strict):
    """A catalogue row that the script pins (固定参数): it becomes RuleVersionAdopted (GEN-06)."""

    param: str
    value: FigureText
    valid_from: Day
    source: str = "pinned by the script"


class Act(Strict):
    """One command (指令): who gives which command with which fields, and how.

    `refused` names the reason when the bank must say no. In text fields `$id` stands for the
    first event of the act with that id, `$id.Event` for its event of that name.
    """

    do: str
    as_: str = Field(default=NARRATOR, alias="as")
    with_: Fields = Field(default={}, alias="with")
    id: str = ""
    at: str | None = None
    channel: str = "counter"
    value_date: Day | None = None
    ground: str | None = None
    approval: str = "teller"
    approver: str | None = None
    late_entry: bool = False
    refused: str = ""


class Step(Act):
    """A dated step of the timeline (时间线): days pass until `on`, then the act is done.

    A step without `do` only lets days pass. `after` places it behind a decision point of the same
    day; with `when` it happens only if the conditions hold.
    """

    do: str = ""
    on: Day | None = None
    after: str = ""
    when: Conditions = ()
    note: Words | None = None


class Expect(Strict):
    """An expected figure or state (期望): `what` of `of` `is` a text.

    `on` reads as known and as counting at the end of that day; `as_of` and `known_at` set the two
    dates apart. What can be asked stands in `scenarios/figures.py`.
    """

    what: str
    of: str = ""
    is_: FigureText = Field(alias="is")
    on: Day | None = None
    as_of: Day | None = None
    known_at: Day | None = None
