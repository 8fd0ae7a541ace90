"""What commands have in common: the bank file, the two dates, `--json` and `--lang`.

A command takes one `View` instead of these options one by one. The bank file is the first
argument or `--log`; no environment variable can name it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

import click

from bankcore.commands.locale import Lang, locale_lang
from bankcore.projections.window import Window
from bankcore.values.reading import read_date

F = TypeVar("F", bound=Callable[..., Any])
_LOG: Final = "--log"


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is asked for: which log, as of when, as known when, in what form."""

    log: str = ""
    as_of: date | None = None
    known_at: date | None = None
    json: bool = False
    lang: Lang = "en"

    @property
    def window(self) -> Window:
        """The two dates as the read side takes them."""
        return Window(self.as_of, self.known_at)

    def words(self, zh: str, en: str) -> str:
        """The text of the view's language."""
        return zh if self.lang == "zh" else en


class DateParam(click.ParamType[date]):
    """A business date on the command line; an impossible one is bad input with its option."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002  # click's signature
        """Read `YYYY-MM-DD`."""
        place = param.opts[0] if param else ""
        return value if isinstance(value, date) else read_date(str(value), place)


class LogCommand(click.Command):
    """A command whose first argument is the bank file, which `--log FILE` may name as well."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move the value of `--log` to the front, where the argument is."""
        return super().parse_args(ctx, _log_first(args))


def _log_first(args: Sequence[str]) -> list[str]:
    rest = list(args)
    for at, word in enumerate(rest):
        if word == "--":
            break
        if word == _LOG and at + 1 < len(rest):
            return [rest[at + 1], *rest[:at], *rest[at + 2 :]]
        if word.startswith(f"{_LOG}="):
            return [word.removeprefix(f"{_LOG}="), *rest[:at], *rest[at + 1 :]]
    return rest


def view(*, log: bool = True, dates: bool = True, optional: bool = False) -> Callable[[F], F]:
    """Give a command its common options, bundled into a first argument `view: View`.

    `log` and `dates` say which of them it has; `optional` lets the bank file be left out.
    """

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def bundled(*args: Any, **options: Any) -> Any:
            names = ("log", "as_of", "known_at", "json", "lang")
            given = {n: options.pop(n) for n in names if n in options}
            given["lang"] = given.get("lang") or locale_lang()
            return function(View(**given), *args, **options)

        made: Any = bundled
        for option in reversed([*_log(log=log, optional=optional), *_options(dates=dates)]):
            made = option(made)
        return made  # type: ignore[no-any-return]  # click's decorators give back what they got

    return decorate


def _log(*, log: bool, optional: bool) -> list[Callable[[Any], Any]]:
    if not log:
        return []
    argument = (
        click.argument("log", metavar="[LOG]", default="")
        if optional
        else click.argument("log", metavar="LOG")
    )
    again = click.option(
        _LOG,
        "log_again",
        expose_value=False,
        metavar="FILE",
        help="The bank file, if not the first argument.",
    )
    return [argument, again]


def _options(*, dates: bool) -> list[Callable[[Any], Any]]:
    options: list[Callable[[Any], Any]] = []
    if dates:
        options += [
            click.option("--as-of", type=DateParam(), help="What counted by this value date."),
            click.option("--known-at", type=DateParam(), help="As known on this booking date."),
        ]
    return [
        *options,
        click.option("--json", is_flag=True, help="Print JSON."),
        click.option("--lang", type=click.Choice(["zh", "en"]), help="Language; else the locale."),
    ]
