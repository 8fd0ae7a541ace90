"""Tables for audit programs (审计数据): files named after the Audit Data Standards.

`GL_Detail.csv` every leg, `Trial_Balance.csv`, `Chart_of_Accounts.csv`, `User_Listing.csv` who
acted in which role. Cells that a spreadsheet would run as formulas are defused with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from bankcore.projections.postings import journal
from bankcore.projections.trial_balance import summed
from bankcore.rules.ledger.chart import CHART
from bankcore.values.entry import Entry
from bankcore.values.money import Money

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: object) -> str:
    """Text as it is, unless a spreadsheet would take it for a formula; numbers stay numbers."""
    text = str(cell)
    if text.startswith(_FORMULA) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV text with a header line, cells defused, lines ended by CRLF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return out.getvalue()


def tables(entries: Sequence[Entry[Any]]) -> dict[str, str]:
    """File name -> CSV text of all tables."""
    return {
        "GL_Detail.csv": _detail(entries),
        "Trial_Balance.csv": _trial_balance(entries),
        "Chart_of_Accounts.csv": _chart(),
        "User_Listing.csv": _users(entries),
    }


def _detail(entries: Sequence[Entry[Any]]) -> str:
    header = ("Journal_ID", "Journal_ID_Line_Number", "Stream", "Event", "Posting_Row",
              "Effective_Date", "Entered_Date", "GL_Account_Number", "Amount",
              "Amount_Credit_Debit_Indicator", "Amount_Currency")  # fmt: skip
    rows, line, last = [], 0, ""
    for leg in journal(entries):
        line = line + 1 if leg.event_id == last else 1
        last = leg.event_id
        side = "D" if leg.minor > 0 else "C"
        rows.append(
            (
                leg.event_id,
                line,
                leg.stream,
                leg.event,
                leg.row,
                leg.value_date,
                leg.booking_date,
                leg.account,
                Money(abs(leg.minor)),
                side,
                leg.currency,
            )
        )
    return as_csv(header, rows)


def _trial_balance(entries: Sequence[Entry[Any]]) -> str:
    totals = summed(journal(entries))
    rows = [
        (account, CHART[account].en, Money(max(minor, 0)), Money(max(-minor, 0)))
        for account, minor in totals.items()
    ]
    header = ("GL_Account_Number", "GL_Account_Name", "Balance_Debit", "Balance_Credit")
    return as_csv(header, rows)


def _chart() -> str:
    rows = [(a.code, a.zh, a.en, a.side, a.control) for a in CHART.values()]
    header = ("GL_Account_Number", "Name_zh", "Name_en", "Normal_Side", "Control_Of")
    return as_csv(header, rows)


def _users(entries: Sequence[Entry[Any]]) -> str:
    acted: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.actor.id, entry.actor.role.value)
        acted[key] = acted.get(key, 0) + 1
    rows = [(user, role, count) for (user, role), count in sorted(acted.items())]
    return as_csv(("User_ID", "Role", "Events"), rows)
