"""The findings as one page (发现报告页): filters, two languages, nothing from any network.

Everything that comes from a log is escaped; the page's policy forbids it to load anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from bankcore.audit.findings.finding import Severity
from bankcore.audit.findings.selection import Selected, listed
from bankcore.audit.findings.told import Evidence, Told

_SEVERITIES: Final = {
    Severity.FATAL: ("致命", "fatal"),
    Severity.HIGH: ("高", "high"),
    Severity.MEDIUM: ("中", "medium"),
    Severity.LOW: ("低", "low"),
}


def page(selected: Selected, question: Iterable[tuple[str, str]], lang: str = "en") -> str:
    """The page of a report; `question` says in zh and en what was asked."""
    template = files("bankcore.audit.findings").joinpath("page.html").read_text("utf-8")
    told = selected.findings
    return Template(template).substitute(
        lang=lang,
        title=escape("审计发现" if lang == "zh" else "Findings"),
        heading=both("审计发现", "Findings"),
        facts="<br>".join(both(zh, en) for zh, en in question),
        filters=_filters(told),
        count=len(told),
        articles="\n".join(_article(one) for one in told),
    )


def both(zh: str, en: str) -> str:
    """A text in both languages, of which the page shows one."""
    if zh == en:
        return escape(zh)
    return f'<span lang="zh">{escape(zh)}</span><span lang="en">{escape(en)}</span>'


def _filters(told: tuple[Told, ...]) -> str:
    sections = {s for one in told for s in listed(one.finding.section)}
    people = {one.finding.responsible for one in told}
    customers = {customer for one in told for customer in one.customers}
    boxes = "".join(_box(severity) for severity in Severity)
    reset = f'<button type="reset">{both("清除筛选", "clear filters")}</button>'
    return "\n".join(
        (
            f'<div class="wide">{boxes}{reset}</div>',
            _choice("section", "手册章节", "handbook section", sorted(sections, key=_place)),
            _choice("person", "责任人", "person", sorted(people)),
            _choice("customer", "客户", "customer", sorted(customers)),
            _input("from", "date", "自", "from"),
            _input("until", "date", "至", "until"),
            _input("text", "search", "文字", "text"),
        )
    )


def _place(section: str) -> list[tuple[int, str]]:
    parts = section.replace(" ", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def _box(severity: Severity) -> str:
    name = both(*_SEVERITIES[severity])
    box = f'<input type="checkbox" name="severity" value="{severity.value}" checked>'
    return f"<label>{box} {name}</label>"


def _choice(name: str, zh: str, en: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    chosen = f'<select name="{name}"><option value="">—</option>{options}</select>'
    return f'<label class="field"><span>{both(zh, en)}</span>{chosen}</label>'


def _input(name: str, kind: str, zh: str, en: str) -> str:
    field = f'<input type="{kind}" name="{name}">'
    return f'<label class="field"><span>{both(zh, en)}</span>{field}</label>'


def _article(told: Told) -> str:
    found = told.finding
    data = {
        "severity": found.severity.value,
        "section": found.section,
        "person": found.responsible,
        "customers": "\n".join(told.customers),
        "on": found.on.isoformat(),
    }
    marks = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    badge = f'<span class="badge">{both(*_SEVERITIES[found.severity])}</span>'
    undone = both("（已纠正，减半）", " (undone, half)") if found.undone else ""
    events = "".join(_event(event) for event in told.events)
    return (
        f'<article class="{found.severity.value}"{marks}>'
        f"<h2>{badge}{escape(found.id)} {both(found.zh, found.en)}{undone}</h2>"
        f'<p class="meta">{_meta(told)}</p>{_missing(told)}{_compared(told)}'
        f"<ol>{events}</ol></article>"
    )


def _meta(told: Told) -> str:
    found = told.finding
    parts = [
        found.on.isoformat(),
        both(f"手册 {found.section}", f"handbook {found.section}"),
        *([escape(found.rule)] if found.rule else []),
        both(f"责任人 {found.responsible}", f"person {found.responsible}"),
    ]
    if told.customers:
        names = ", ".join(told.customers)
        parts.append(both(f"客户 {names}", f"customer {names}"))
    return " · ".join(parts)


def _missing(told: Told) -> str:
    if not told.missing:
        return ""
    zh, en = (", ".join(words) for words in zip(*told.missing, strict=True))
    return f'<p class="meta missing">{both(f"缺 {zh}", f"missing: {en}")}</p>'


def _compared(told: Told) -> str:
    """The values that were held against each other, one a line."""
    held = (f"{both(one.zh, one.en)}: {escape(one.said)}" for one in told.finding.compared)
    return "".join(f'<p class="meta">{line}</p>' for line in held)


def _event(event: Evidence) -> str:
    day = event.booking_date.isoformat()
    return (
        f"<li>{day} {escape(event.actor)}: {both(event.zh, event.en)}"
        f" <code>{escape(event.event)}</code></li>"
    )
