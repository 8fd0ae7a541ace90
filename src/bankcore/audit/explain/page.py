"""An explanation as one self-contained page (说明页): it needs no network and runs no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.audit.explain.spoken import rests_on, said
from bankcore.values.rates import exact_text

_STYLE: Final = """
body { font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.4rem; } .sum { font-weight: 700; }
ul { margin: .2rem 0; font-size: .9rem; color: #555; }
details, .leaf { border-left: 3px solid #9db7d5; margin: .4rem 0; padding: .2rem 0 .2rem .8rem; }
summary { cursor: pointer; } .amount { float: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content auto; gap: 0 1rem; margin: .3rem 0;
  font-size: .9rem; color: #444; } dt { font-weight: 600; } dd { margin: 0; }
.ok { color: #106010; } .broken { color: #a00000; font-weight: 700; }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #161616; }
  dl { color: #bbb; } .ok { color: #7fd07f; } .broken { color: #ff8080; } }
"""


def page(found: Explanation, asked: str, lang: str) -> str:
    """The page of an explanation; `asked` says which pair of dates it answers for."""
    whole = said(found.value, found.unit, lang)
    title = f"{found.figure} {found.subject} = {found.shown}"
    zh = lang == "zh"
    good = "各项相加正好相符" if zh else "the parts add up exactly"
    bad = "各项相加不符!" if zh else "the parts do NOT add up!"
    proof = f'<p class="ok">{good}</p>' if found.adds_up else f'<p class="broken">{bad}</p>'
    parts = "".join(_part(part, found.unit, lang) for part in found.parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if zh else "en"}">\n<head><meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(asked)}</p>\n{parts}\n"
        f'<p class="sum">{"合计" if zh else "Together"} <span class="amount">{escape(whole)}</span>'
        f"</p>\n{proof}\n</body>\n</html>\n"
    )


def _part(part: Part, unit: str, lang: str) -> str:
    label = part.label_zh if lang == "zh" else part.label_en
    amount = escape(said(part.amount, unit, lang))
    head = f'{escape(label)} <span class="amount">{amount}</span>'
    body = "".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in _facts(part, lang))
    grounds = "".join(f"<li>{escape(rests_on(one, lang))}</li>" for one in part.grounds)
    because = f"<ul>{grounds}</ul>" if grounds else ""
    inside = "".join(_part(sub, unit, lang) for sub in part.parts)
    return f"<details open><summary>{head}</summary><dl>{body}</dl>{because}{inside}</details>\n"


def _facts(part: Part, lang: str) -> Iterator[tuple[str, str]]:
    zh = lang == "zh"
    if part.rule:
        yield "规则" if zh else "rule", part.rule
    if part.event_id:
        yield "事件" if zh else "event", part.event_id
    if part.days is not None:
        yield "天数" if zh else "days", str(part.days)
    for name, value in part.inputs.items():
        yield name, ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if part.remainder:
        yield "精确值(分)" if zh else "exact, fen", exact_text(part.exact)
        yield "舍入余数(分)" if zh else "remainder, fen", exact_text(part.remainder)
