"""The texts of the refusals (拒绝原因): rule id, zh and en sentence, may a retry succeed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from bankcore.values.reasons import Reason, Rejected

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class ReasonText:
    """What is said of a reason: the rule that refuses, both texts, and whether to try again."""

    rule: str
    transient: bool
    zh: str
    en: str

    def said(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en


@cache
def reason_texts() -> dict[Reason, ReasonText]:
    """All texts by reason, in the order of the rulebook; a reason without a table is a bug."""
    tables = tomllib.loads(files("bankcore.values").joinpath("reasons.toml").read_text("utf-8"))
    return {reason: ReasonText(**tables[reason.value]) for reason in Reason}


def refusal_text(refusal: Rejected, lang: Lang = "en") -> str:
    """A refusal as one sentence: `refused: TEXT [code, rule] (facts)`."""
    text = reason_texts()[refusal.reason]
    facts = ", ".join(f"{name} {value}" for name, value in refusal.facts.items())
    start = "拒绝: " if lang == "zh" else "refused: "
    found = f" ({facts})" if facts else ""
    return f"{start}{text.said(lang)} [{refusal.reason.value}, {text.rule}]{found}"
