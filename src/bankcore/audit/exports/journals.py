"""Plain-text journals (文本账) for hledger and beancount, balances equal to ours to the fen.

One transaction an event with legs, dated by its booking date with the value date beside it.
Accounts are the chart's codes under their class; memo accounts 8xxx balance among themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from bankcore.projections.postings import Leg, post
from bankcore.projections.sentences import sentence
from bankcore.rules.ledger.chart import CHART
from bankcore.values.entry import Entry
from bankcore.values.money import Money

_CLASSES: Final = {
    "1": "Assets",
    "2": "Liabilities",
    "3": "Assets",
    "4": "Equity",
    "60": "Income",
    "63": "Income",
    "64": "Expenses",
    "66": "Expenses",
    "67": "Expenses",
    "68": "Expenses",
    "69": "Expenses",
    "8": "Assets:Memo",
}


def class_of(account: str) -> str:
    """The class of an account: Assets, Liabilities, Equity, Income, Expenses, or memo."""
    return _CLASSES.get(account[:2]) or _CLASSES[account[:1]]


def hledger(entries: Iterable[Entry[Any]], lang: str = "en") -> Iterator[str]:
    """The journal for hledger: `account` lines, then transactions `booking=value * what`."""
    yield "; bankcore journal, amounts in CNY\n"
    yield "commodity CNY 1,000.00\n\n"
    for account in CHART.values():
        name = account.zh if lang == "zh" else account.en
        yield f"account {_hledger_name(account.code)}  ; {name}\n"
    for entry in entries:
        legs = post(entry)
        if legs:
            yield "\n" + _hledger_transaction(entry, legs, lang)


def _hledger_name(code: str) -> str:
    parent = code.split(".", maxsplit=1)[0]
    own = "" if code == parent else f":{code}"
    return f"{class_of(code).lower()}:{parent}{own}"


def _hledger_transaction(entry: Entry[Any], legs: tuple[Leg, ...], lang: str) -> str:
    dates = entry.booking_date.isoformat()
    if entry.value_date != entry.booking_date:
        dates += f"={entry.value_date.isoformat()}"
    said = sentence(entry, lang).replace(";", ",").replace("\n", " ")
    head = f"{dates} * ({entry.id}) {said}\n"
    lines = (f"    {_hledger_name(leg.account)}  CNY {Money(leg.minor)}\n" for leg in legs)
    return head + "".join(lines)


def beancount(entries: Iterable[Entry[Any]], lang: str = "en") -> Iterator[str]:
    """The journal for beancount: `open` directives on the first day, then transactions."""
    opened = False
    yield 'option "operating_currency" "CNY"\n'
    for entry in entries:
        legs = post(entry)
        if not legs:
            continue
        if not opened:
            yield "".join(_beancount_open(entry.booking_date))
            opened = True
        yield "\n" + _beancount_transaction(entry, legs, lang)


def _beancount_name(code: str) -> str:
    return f"{class_of(code)}:A{code.replace('.', '-')}"


def _beancount_open(day: date) -> Iterator[str]:
    for account in CHART.values():
        yield f"{day.isoformat()} open {_beancount_name(account.code)} CNY\n"


def _beancount_transaction(entry: Entry[Any], legs: tuple[Leg, ...], lang: str) -> str:
    said = sentence(entry, lang).replace("\\", "").replace('"', "'").replace("\n", " ")
    head = f'{entry.booking_date.isoformat()} * "{said}"\n'
    head += f'  event: "{entry.id}"\n  value_date: {entry.value_date.isoformat()}\n'
    lines = (f"  {_beancount_name(leg.account)}  {Money(leg.minor)} CNY\n" for leg in legs)
    return head + "".join(lines)
