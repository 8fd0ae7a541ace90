"""Adapters of the ledger rules GL-02 to GL-06 (GL-01 is data, used by all of them)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, money, moves, rate
from bankcore.rules.deposits.restatement import Period, recompute_chain
from bankcore.rules.ledger.accrual import EXPENSE, Accruing, accrued, virtual_legs
from bankcore.rules.ledger.agency import FundsShort, book_agency
from bankcore.rules.ledger.posting_rows import legs
from bankcore.rules.ledger.tie_out import find_breaks
from bankcore.values.money import Money, total


def gl_02(given: Inputs) -> Inputs:
    """Legs of a row."""
    amounts = {name: money(text).minor for name, text in given["amounts"].items()}
    lines = legs(given["event"], amounts, given["accounts"])
    return {
        "legs": [
            {
                "account": account,
                "side": "Dr" if minor > 0 else "Cr",
                "amount": str(Money(abs(minor))),
            }
            for account, minor in lines
        ]
    }


def gl_03(given: Inputs) -> Inputs:
    """Agency events in order."""
    events = [
        (e["code"], {name: money(text) for name, text in e["amounts"].items()})
        for e in given["events"]
    ]
    books = book_agency(events)
    if isinstance(books, FundsShort):
        return {"reason": "entrusted_funds_insufficient", "index": books.index}
    return {
        "entrusted_loans": str(books.entrusted_loans),
        "entrusted_funds": str(books.entrusted_funds),
        "free_funds": str(books.free_funds),
        "fee_income": str(books.fee_income),
    }


def gl_04(given: Inputs) -> Inputs:
    """Breaks between control accounts and sub-ledgers."""
    control = {account: money(text).minor for account, text in given["control"].items()}
    subledger = {
        account: total([money(text) for text in parts]).minor
        for account, parts in given["subledger"].items()
    }
    found = find_breaks(control, subledger)
    return {"breaks": {account: str(Money(minor)) for account, minor in found.items()}}


def gl_05(given: Inputs) -> Inputs:
    """Settled and recomputed interest around late facts."""
    periods = [
        Period(day(p["from"]), day(p["to"]), rate(p["rate_pct"]), day(p["pay_on"]))
        for p in given["periods"]
    ]
    known = [(periods[0].start, money(given["opening"])), *moves(given["movements"])]
    settled = recompute_chain(known, periods, given["base"])
    recomputed = recompute_chain([*known, *moves(given["late"])], periods, given["base"])
    return {
        "settled": [str(m) for m in settled],
        "recomputed": [str(m) for m in recomputed],
        "difference": str(total(recomputed) - total(settled)),
    }


def gl_06(given: Inputs) -> Inputs:
    """Accrued interest and its virtual legs."""
    on = day(given["on"])
    accounts = [
        Accruing(
            a["kind"], money(a["amount"]), day(a["from"]), rate(a["rate_pct"]),
            a.get("term_months"),
        )
        for a in given["accounts"]
    ]  # fmt: skip
    exact = [accrued(account, on) for account in accounts]
    by_account = zip((EXPENSE[a.kind] for a in accounts), exact, strict=True)
    figures = virtual_legs(by_account)
    return {
        "accrued_exact": [str(part / 100) for part in exact],
        "virtual": {account: str(f.amount) for account, f in figures.items()},
    }


ADAPTERS: Final[Mapping[str, Adapter]] = {
    "GL-02": gl_02,
    "GL-03": gl_03,
    "GL-04": gl_04,
    "GL-05": gl_05,
    "GL-06": gl_06,
}
