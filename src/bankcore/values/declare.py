"""Declaring events, commands and records: one class, and everything else derives from it.

An event is a frozen slotted dataclass with a stored name `<stream>.<Event>.<version>` that never
follows the module path. A command is the same without a version. Field types are limited to
what the codec can store: str, int, bool, Money, AnnualRate, Fraction, date, StrEnum, records,
`tuple[T, ...]`, `Mapping[str, str]` and `T | None`. No float.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar, dataclass_transform

C = TypeVar("C", bound=type[Any])

PERSONAL: Final = "personal"
Personal = Annotated[str, PERSONAL]
"""Personal data (个人信息): only such fields may hold a name, id number, phone or address."""

Gl = Mapping[str, str]
"""Placeholder -> account of the posting row, chosen when the event was decided (GL-02)."""


@dataclass(frozen=True, slots=True)
class EventInfo:
    """What is declared of an event beside its fields."""

    stream: str
    name: str
    version: int
    zh: str
    en: str
    rows: tuple[str, ...]
    actus: str
    say_zh: str
    say_en: str

    @property
    def stored_name(self) -> str:
        """The registered name: `loan.LoanDisbursed.1`."""
        return f"{self.stream}.{self.name}.{self.version}"


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """What is declared of a command beside its fields."""

    wire_name: str
    zh: str
    en: str
    system: bool


EVENTS: Final[dict[type[Any], EventInfo]] = {}
COMMANDS: Final[dict[type[Any], CommandInfo]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(  # noqa: PLR0913  # what is declared of an event is a list of independent facts
    stream: str,
    zh: str,
    en: str,
    *,
    rows: str = "",
    actus: str = "",
    version: int = 1,
    say_zh: str = "",
    say_en: str = "",
) -> Callable[[C], C]:
    """Declare an event of a stream.

    `rows` names the posting rows of GL-02 it has (`"D1"`, `"L1 L21"`); an event with rows also
    has a field `gl: Gl`. `say_zh`/`say_en` are sentences with `{field}` holes for replay; left
    out, the sentence is the trade's term with the fields.
    """

    def declare(cls: C) -> C:
        made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        EVENTS[made] = EventInfo(
            stream, cls.__name__, version, zh, en, tuple(rows.split()), actus, say_zh, say_en
        )
        return made  # type: ignore[no-any-return]  # slots=True makes a new class of the same type

    return declare


@dataclass_transform(frozen_default=True, kw_only_default=True)
def command(wire_name: str, zh: str, en: str, *, system: bool = False) -> Callable[[C], C]:
    """Declare a command by its wire name `stream.verb`; `system` = only close of day gives it."""

    def declare(cls: C) -> C:
        made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        COMMANDS[made] = CommandInfo(wire_name, zh, en, system)
        return made  # type: ignore[no-any-return]  # slots=True makes a new class of the same type

    return declare


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: C) -> C:
    """Declare a record: a frozen value inside events and commands, stored by its fields."""
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    return made  # type: ignore[no-any-return]  # slots=True makes a new class of the same type
