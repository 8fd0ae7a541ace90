"""The language of the terminal: `--lang` if given, else the locale."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Literal

Lang = Literal["zh", "en"]


def locale_lang() -> Lang:
    """`zh` when the locale says Chinese (LC_ALL, LC_MESSAGES, LANG, the first set), else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def lang_of(args: Sequence[str]) -> Lang:
    """The language that a command line asks for, also where the line itself was wrong."""
    for word, following in zip(args, [*args, ""][1:], strict=True):
        match following if word == "--lang" else word.partition("--lang=")[2]:
            case "zh":
                return "zh"
            case "en":
                return "en"
    return locale_lang()
