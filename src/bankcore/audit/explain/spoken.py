"""An explanation as a customer would understand it (对客说明): dates, reasons, amounts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from bankcore.audit.explain.explanation import Explanation, Ground, Part
from bankcore.audit.explain.finding import MARKS
from bankcore.projections.sentences import sentence
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, round_to_money
from bankcore.values.rates import exact_text

_UNITS: Final = {
    "days": ("天", "days"),
    "points": ("分", "points"),
    "percent": ("%", "%"),
    "grade": ("", ""),
    "stage": ("", ""),
    "marks": ("分", "marks"),
}


def spoken(found: Explanation, entries: Mapping[str, Entry[Any]], lang: str) -> list[str]:
    """One line a part and one for what they come to; money in yuan, rounded where it accrues.

    What a person did well or badly at work is no customer's business: bad input.
    """
    if found.unit == MARKS:
        raise BadInput(f"{found.figure} is not for customers", remedy="leave out --for customer")
    lines = [_line(part, found.unit, entries, lang) for part in found.parts]
    whole = said(found.value, found.unit, lang)
    if not lines:
        return [f"这个数是{whole}。" if lang == "zh" else f"It is {whole}."]
    return [*lines, f"合计:{whole}" if lang == "zh" else f"Together: {whole}"]


def said(amount: Fraction, unit: str, lang: str) -> str:
    """An amount with its unit."""
    if unit == "fen":
        yuan = round_to_money(amount).money.grouped()
        return f"{yuan} 元" if lang == "zh" else f"CNY {yuan}"
    zh, en = _UNITS[unit]
    word = zh if lang == "zh" else en
    return f"{exact_text(amount)} {word}".rstrip()


def rests_on(ground: Ground, lang: str) -> str:
    """A clause or a row in one line, with its source."""
    zh = lang == "zh"
    own = "本行约定" if zh else "this bank's convention"
    name = ground.zh if zh else ground.en
    label = ground.id if name == ground.id else f"{ground.id} {name}"
    since = f" = {ground.value} ({ground.valid_from})" if ground.valid_from else ""
    return f"{label}{since}: {ground.source or own}"


def _line(part: Part, unit: str, entries: Mapping[str, Entry[Any]], lang: str) -> str:
    amount = said(part.amount, unit, lang)
    label = part.label_zh if lang == "zh" else part.label_en
    grown = _grown(part.inputs, lang)
    entry = entries.get(part.event_id)
    if grown:
        return f"{label}: {grown}: {amount}"
    if entry is None or "from" in part.inputs:
        return f"{label}: {amount}"
    return f"{entry.value_date} {sentence(entry, lang)}: {amount}"


def _grown(told: Mapping[str, object], lang: str) -> str:
    """How interest grew: on what, from when to when, at which rate."""
    if "rate" not in told or "from" not in told:
        return ""
    start, end, rate = told["from"], told.get("until", told.get("to", "")), told["rate"]
    if "balance_days" in told:
        base = told["balance_days"]
        zh = f"{start} 至 {end}(不含),每天余额之和 {base} 元,年利率 {rate}%"
        en = f"{start} to {end}, balances of the days together {base}, at {rate} % a year"
        return zh if lang == "zh" else en
    base = told.get("balance", told.get("principal", ""))
    on = base.grouped() if isinstance(base, Money) else base
    zh = f"{start} 至 {end}(不含),本金 {on} 元,年利率 {rate}%"
    en = f"{start} to {end} on {on} at {rate} % a year"
    return zh if lang == "zh" else en
