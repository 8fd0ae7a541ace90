"""Collection cases (LN-31): when one opens, who may be contacted when, promises, the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.collection_case import COLLECTION, CollectionCase
from bankcore.aggregates.collection_case import commands as c
from bankcore.aggregates.collection_case import events as e
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.loan import commands_running as running
from bankcore.audit.findings.report import findings_of
from bankcore.projections.sentences import sentence
from bankcore.rules.loans.collection import ContactChannel, Party
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from loan_desk import lent
from spec import Desk, sound

COLLECTOR = Actor("col", Role.COLLECTOR)
CALL = c.Contact(case="K", channel=ContactChannel.CALL)


def late(day: str = "2026-02-16") -> Desk:
    """L1 missed its first instalment of 12 February; on the 16th a case is opened."""
    desk = lent()
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-02-16")
    desk.do(c.Open(case="K", loan="L1"), COLLECTOR)
    desk.advance(day)
    return desk


def call(desk: Desk, at: str = "10:00", **change: Any) -> str:
    """A contact; the breach that was warned of and noted, or nothing."""
    outcome = desk.do(replace(CALL, **change), COLLECTOR, at=at)
    made: e.CollectionContactMade = desk.found(e.CollectionContactMade)[-1].event
    assert [w.reason.value for w in outcome.warnings] == ([made.breach] if made.breach else [])
    return made.breach


def codes(desk: Desk) -> set[str]:
    found = findings_of(desk.entries(), desk.bank.catalogue)
    return {f.id for f in found if f.id.startswith("F-COLL")}


def test_inside_the_grace_there_is_no_case_and_on_the_fourth_day_all_days_count() -> None:
    desk = lent()
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-02-15")
    desk.refused(c.Open(case="K", loan="L1"), Reason.NO_ARREARS, COLLECTOR)
    desk.advance("2026-02-16")
    desk.do(c.Open(case="K", loan="L1"), COLLECTOR)
    desk.refused(c.Open(case="K", loan="L1"), Reason.STREAM_EXISTS, COLLECTOR)
    opened: e.CollectionCaseOpened = desk.found(e.CollectionCaseOpened)[-1].event
    assert (opened.dpd_reported, opened.next_due) == (4, date(2026, 2, 19))
    assert opened.arrears == yuan("1023.72")
    assert "loan-L1" in sentence(desk.found(e.CollectionCaseOpened)[-1], "en")


@pytest.mark.parametrize(
    ("at", "change", "breach"),
    [
        ("08:00:00", {}, ""),
        ("07:59:59", {}, "forbidden_hours"),
        ("21:59:59", {}, ""),
        ("22:00:00", {}, "forbidden_hours"),
        ("23:00:00", {"channel": ContactChannel.LETTER}, ""),
        ("10:00", {"party": Party.GUARANTOR}, ""),
        ("10:00", {"party": Party.THIRD_PARTY, "discloses_debt": False}, "third_party_contact"),
        ("10:00", {"party": Party.CONTACT_PERSON}, "debt_disclosed"),
        ("10:00", {"party": Party.CONTACT_PERSON, "discloses_debt": False}, ""),
    ],
)
def test_what_conduct_forbids_is_warned_of_and_kept(
    at: str, change: dict[str, Any], breach: str
) -> None:
    assert call(late(), at, **change) == breach


def test_three_attempts_a_number_and_six_a_debtor_and_the_next_day_counts_anew() -> None:
    desk = late()
    assert [call(desk) for _ in range(4)] == ["", "", "", "number_cap"]
    assert codes(desk) == {"F-COLL-02"}
    # Four attempts so far; visits and letters are none.
    assert call(desk, channel=ContactChannel.VISIT) == ""
    home = [call(desk, number="home") for _ in range(3)]
    assert home == ["", "", "debtor_cap"]
    desk.advance("2026-02-17")
    assert call(desk) == ""
    sound(desk)


def test_only_a_debt_that_was_told_is_a_leak() -> None:
    desk = late()
    call(desk, party=Party.THIRD_PARTY, discloses_debt=False)
    assert codes(desk) == set()
    call(desk, party=Party.THIRD_PARTY)
    assert codes(desk) == {"F-COLL-01"}


def test_a_promise_suspends_contacts_until_its_day() -> None:
    desk = late()
    promise = c.Promise(case="K", amount=yuan("1000.00"), by=date(2026, 2, 18))
    desk.refused(replace(promise, amount=yuan("0")), Reason.AMOUNT_NOT_POSITIVE, COLLECTOR)
    desk.do(promise, COLLECTOR)
    desk.refused(promise, Reason.HOLD_ACTIVE, COLLECTOR)
    desk.advance("2026-02-17")
    assert call(desk, channel=ContactChannel.LETTER) == "hold_active"
    desk.advance("2026-02-18")
    assert call(desk) == ""
    desk.do(replace(promise, by=date(2026, 3, 1)), COLLECTOR)


def test_the_case_ends_when_nothing_is_due_any_more() -> None:
    desk = late("2026-02-20")
    close = c.Close(case="K")
    desk.refused(close, Reason.ARREARS_OUTSTANDING, COLLECTOR)
    desk.do(running.Repay(loan="L1", amount=yuan("1025.20")))
    promise = c.Promise(case="K", amount=yuan("1.00"), by=date(2026, 3, 1))
    desk.refused(promise, Reason.NO_ARREARS, COLLECTOR)
    assert call(desk) == "no_arrears"
    made: e.CollectionContactMade = desk.found(e.CollectionContactMade)[-1].event
    assert made.next_due is None
    desk.refused(replace(close, reason=""), Reason.REASON_MISSING, COLLECTOR)
    desk.do(close, COLLECTOR)
    case: CollectionCase = desk.state(COLLECTION, "K")
    assert case.closed
    desk.refused(CALL, Reason.ILLEGAL_TRANSITION, COLLECTOR)
    sound(desk)


def test_more_than_a_week_late_the_next_contact_is_a_week_away() -> None:
    desk = late("2026-02-20")
    call(desk)
    made: e.CollectionContactMade = desk.found(e.CollectionContactMade)[-1].event
    assert (made.dpd_reported, made.next_due) == (8, date(2026, 2, 27))
