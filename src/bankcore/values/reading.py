"""Reading what people type: dates, amounts, ids; the unreadable is `BadInput` with a remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Final

from bankcore.values.errors import BadInput
from bankcore.values.money import Money, parse_amount
from bankcore.values.reasons import Rejected

# Full-width digits are answered with the plain ones, never taken silently.
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_date(text: str, place: str = "") -> date:
    """A business date `YYYY-MM-DD`; an impossible one is named as such."""
    if _DATE.fullmatch(text) is None:
        plain = unicodedata.normalize("NFKC", text)
        remedy = f"write {plain}" if _DATE.fullmatch(plain) else "write it as 2026-03-31"
        raise BadInput(f"{text!r} is no date", place=place, remedy=remedy)
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = "check the month and its last day"
        raise BadInput(f"there is no day {text}", place=place, remedy=remedy) from None


def read_money(text: str, place: str = "") -> Money:
    """An amount in yuan with at most two decimals and ASCII digits, through the one door."""
    try:
        return parse_amount(text)
    except Rejected:
        remedy = "yuan have two decimals, like 1234.50"
        raise BadInput(f"{text} has more than two decimals", place=place, remedy=remedy) from None
    except ValueError:
        plain = unicodedata.normalize("NFKC", text)
        remedy = f"write {plain}" if plain != text else "write yuan like 1234.50"
        raise BadInput(f"{text!r} is no amount", place=place, remedy=remedy) from None


def unknown_id(kind: str, given: str, known: Iterable[str], place: str = "") -> BadInput:
    """The answer to an id that nobody has: the nearest known ones, or how many there are."""
    names = sorted(known)
    near = get_close_matches(given, names) or [n for n in names if given in n][:3]
    if near:
        remedy = f"did you mean {' or '.join(near)}?"
    elif names:
        remedy = f"known: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"
    else:
        remedy = f"there is no {kind} yet"
    return BadInput(f"no {kind} {given!r}", place=place, remedy=remedy)


def known_id(kind: str, given: str, known: Iterable[str], place: str = "") -> str:
    """The id itself when it is known, else `unknown_id` is raised."""
    names = list(known)
    if given not in names:
        raise unknown_id(kind, given, names, place)
    return given
