"""How two banks differ, as one self-contained page (对比页): tables, and bars of what moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from bankcore.audit.branching import Difference, LedgerChange
from bankcore.rules.ledger.chart import CHART
from bankcore.values.money import Money

_STYLE: Final = """
body { font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid #ddd; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg text { font-size: 12px; fill: currentColor; } .up { fill: #2f6fb0; } .down { fill: #b5562f; }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #161616; }
  th, td { border-color: #333; } }
"""
ROW: Final = 22
"""Height of a bar with its gap."""


def page(found: Difference, names: tuple[str, str], lang: str) -> str:
    """The page; `names` are those of the two logs."""
    zh = lang == "zh"
    title = "两个账本的差异" if zh else "How two banks differ"
    head = "".join(
        f"<tr><td>{escape(word)}</td><td class=n>{count:,}</td></tr>"
        for word, count in (
            ("共同事件" if zh else "events in common", found.fork),
            (names[0], found.events_a),
            (names[1], found.events_b),
        )
    )
    ledger = [
        (c.account, CHART[c.account].zh if zh else CHART[c.account].en, c.a, c.b)
        for c in found.ledger
    ]
    customers = [(c.customer, "", c.a, c.b) for c in found.customers]
    states = "".join(
        f"<tr><td>{escape(c.stream)}</td><td>{escape(c.field)}</td><td>{escape(c.a or '-')}</td>"
        f"<td>{escape(c.b or '-')}</td></tr>"
        for c in found.states
    )
    words = ("科目", "客户", "状态") if zh else ("Ledger since the fork", "Customers", "States")
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if zh else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><h1>{title}</h1>"
        f"<table>{head}</table>\n<h2>{words[0]}</h2>{bars(found.ledger)}{_table(ledger)}"
        f"<h2>{words[1]}</h2>{_table(customers)}<h2>{words[2]}</h2><table>{states}</table>"
        f"</body></html>\n"
    )


def _table(rows: Iterable[tuple[str, str, int, int]]) -> str:
    lines = "".join(
        f"<tr><td>{escape(key)}</td><td>{escape(name)}</td>"
        f"<td class=n>{Money(a).grouped()}</td><td class=n>{Money(b).grouped()}</td>"
        f"<td class=n>{Money(b - a).grouped()}</td></tr>"
        for key, name, a, b in rows
    )
    head = "<th></th><th></th><th class=n>A</th><th class=n>B</th><th class=n>B − A</th>"
    return f"<table><tr>{head}</tr>{lines}</table>"


def bars(changes: Sequence[LedgerChange]) -> str:
    """B less A of each account as a bar to the right (more debit) or to the left of a middle."""
    if not changes:
        return ""
    most = max(abs(c.b - c.a) for c in changes)
    lines = []
    for at, c in enumerate(changes):
        moved, top = c.b - c.a, at * ROW
        length = abs(moved) * 300 // most
        left, side = (500, "up") if moved > 0 else (500 - length, "down")
        lines.append(
            f'<text x="0" y="{top + 14}">{escape(c.account)}</text>'
            f'<rect class="{side}" x="{left}" y="{top + 2}" width="{length}" height="{ROW - 6}">'
            f"<title>{Money(moved).grouped()}</title></rect>"
        )
    height = len(changes) * ROW
    axis = f'<line x1="500" x2="500" y1="0" y2="{height}" stroke="currentColor"/>'
    return f'<svg viewBox="0 0 1000 {height}" role="img">{"".join(lines)}{axis}</svg>'
