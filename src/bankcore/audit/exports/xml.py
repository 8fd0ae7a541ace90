"""Writing XML (可扩展标记): elements within elements, text that is always well-formed."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, indent, tostring

_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str, *content: str | Element, **attributes: str) -> Element:
    """An element with its text or its children; what XML 1.0 cannot hold becomes U+FFFD."""
    made = Element(name, attributes)
    for part in content:
        if isinstance(part, str):
            made.text = _ILLEGAL.sub("\ufffd", part)
        else:
            made.append(part)
    return made


def written(made: Element, level: int) -> str:
    """The element as indented text, `level` steps in, ended by a line."""
    indent(made, "  ", level)
    return "  " * level + tostring(made, encoding="unicode").rstrip() + "\n"


def cut(text: str, limit: int) -> str:
    """A text of at most `limit` characters, the end of a longer one replaced by `…`."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
