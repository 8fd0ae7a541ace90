"""Which exports there are (导出), and what of a log each of them sees.

All of an export is read up to the head that the log had at first: what others book meanwhile is
in none of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final

from bankcore.aggregates import named_streams
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.audit.ask import day_of, stream_of
from bankcore.audit.exports.camt053 import Question, camt053
from bankcore.audit.exports.folder import Seen, write_folder
from bankcore.audit.exports.journals import beancount, hledger
from bankcore.audit.exports.moves import MOVES
from bankcore.audit.exports.periods import Period, account_periods
from bankcore.audit.exports.table import Source
from bankcore.audit.exports.writing import write_new
from bankcore.audit.exports.xlsx import write_workbook
from bankcore.projections.window import Window
from bankcore.store.bank import Bank
from bankcore.store.lines import to_lines
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput

FORMATS: Final = ("hledger", "beancount", "camt053", "csv", "parquet", "xlsx", "jsonl")
FOLDERS: Final = ("csv", "parquet")


@dataclass(frozen=True, slots=True)
class Statements:
    """Which statements are asked for: first and last booking date, and one account or all."""

    start: date | None = None
    until: date | None = None
    account: str | None = None


def export(bank: Bank, to: str, target: Path, window: Window, lang: str = "en") -> list[Path]:
    """Write an export of what the window sees and answer the files written.

    `csv` and `parquet` make a folder with a manifest, the others one file. A target that exists is
    refused, so that nothing is overwritten.
    """
    if to == "camt053":
        return export_statements(bank, target, window, Statements(), lang)
    source = seen_by(bank, window)
    if to == "jsonl":
        return write_new(target, (line + "\n" for line in to_lines(bank.log.rows())))
    if to in (*FOLDERS, "xlsx"):
        seen = Seen(source, _last_day(bank, source, window), bank.log.digest(), window, lang)
        return write_workbook(target, seen) if to == "xlsx" else write_folder(target, to, seen)
    write = hledger if to == "hledger" else beancount
    return write_new(target, write(source(), lang))


def seen_by(bank: Bank, window: Window) -> Source:
    """The entries that the window sees in the log as it stands now, as often as asked."""
    last = bank.log.head()[0]

    def entries() -> Iterator[Entry[Any]]:
        return window.filter(bank.entries(0, last))

    return entries


def _last_day(bank: Bank, source: Source, window: Window) -> date:
    """The day of the balances: the one asked for, else the last that anything counts on."""
    day = day_of(bank, window)
    if window.as_of is not None:
        return day
    return max((entry.value_date for entry in source()), default=day)


def export_statements(
    bank: Bank, target: Path, window: Window, asked: Statements, lang: str = "en"
) -> list[Path]:
    """Write the statements of accounts, loans and cards as camt.053 over a period of booking dates.

    One account after the other is read and written, so that no more than one lies in memory.
    """
    last, head = bank.log.head()
    period = _period(bank, seen_by(bank, window), window, asked)
    known = [one for prefix in MOVES for one in bank.log.streams(prefix)]
    stream = _asked_for(bank, asked.account, known) if asked.account else ""
    streams = [stream] if stream else known
    accounts = (_account(bank, one, last, window) for one in streams)
    statements = (x for entries in accounts for x in account_periods(entries, period, window))
    first = next(statements, None)
    if first is None:
        problem = f"no account was open by {period.until}"
        raise BadInput(problem, remedy="ask for a later period or for other dates")
    question = Question(head.hex(), period, window, stream, lang)
    return write_new(target, camt053(chain([first], statements), question))


def _asked_for(bank: Bank, account: str, known: list[str]) -> str:
    """The account, loan or card that is meant; where several have the key, the id in full."""
    same = named_streams(account, known)
    return same[0] if len(same) == 1 else stream_of(bank, account, "" if same else ACCOUNT.prefix)


def _account(bank: Bank, stream: str, last: int, window: Window) -> Iterator[Entry[Any]]:
    seen = window.filter(bank.log.stream(stream))
    return (entry for entry in seen if entry.position <= last)


def _period(bank: Bank, source: Source, window: Window, asked: Statements) -> Period:
    last = min(day_of(bank, Window()), window.known_at or date.max)
    until = asked.until or last
    if until > last:
        raise BadInput(f"{until} is not known by {last}", place="--until", remedy="end earlier")
    first = next((entry.booking_date for entry in source()), until)
    start = asked.start or min(first, until)
    if start > until:
        raise BadInput(f"{start} is after {until}", place="--from", remedy="begin earlier")
    return Period(start, until)
