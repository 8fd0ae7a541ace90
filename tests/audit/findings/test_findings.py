"""Each finding fires on a least history, is silent on a near miss, counts half when undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bankcore.aggregates.business_day.events import DayClosed
from bankcore.audit.findings.finding import PREDICATES, described
from bankcore.audit.findings.report import COVERING, all_findings, findings_of, rules
from bankcore.audit.findings.trail import trail_of
from bankcore.products.catalogue import shipped
from bankcore.values.entry import Entry
from helpers.histories import HISTORIES, entries_of, found


def parts_of(history: dict[str, str]) -> set[str]:
    """Which of the marks of a day inside an event, and of April, a history holds."""
    return {mark for mark in ("=2026-", "2026-04", "03-31") if mark in history["fires"]}


def later(entry: Entry[Any], by: timedelta) -> Entry[Any]:
    event = entry.event
    if isinstance(event, DayClosed):
        event = replace(event, day=event.day + by)
    on = entry.booking_date + by
    return replace(entry, booking_date=on, value_date=on, event=event)


def test_every_finding_has_a_history_and_a_near_miss() -> None:
    assert set(rules()) == set(PREDICATES) == set(HISTORIES) == set(described())
    assert len(rules()) >= 25


@pytest.mark.parametrize("code", sorted(HISTORIES))
def test_a_least_history_fires_it(code: str) -> None:
    entries = entries_of(HISTORIES[code]["fires"])
    [finding] = found(entries, code)
    assert finding.trigger in {entry.id for entry in entries}
    assert set(finding.cited) <= {entry.id for entry in entries}
    assert finding.responsible
    assert (finding.severity, finding.zh) == (rules()[code].severity, rules()[code].zh)


@pytest.mark.parametrize("code", sorted(HISTORIES))
def test_a_near_miss_stays_silent(code: str) -> None:
    assert found(entries_of(HISTORIES[code]["near"]), code) == []


@pytest.mark.parametrize("code", sorted(c for c, h in HISTORIES.items() if "undone" in h))
def test_undone_in_time_it_counts_half(code: str) -> None:
    [finding] = found(entries_of(HISTORIES[code]["undone"]), code)
    assert finding.undone
    [whole] = found(entries_of(HISTORIES[code]["fires"]), code)
    assert (whole.undone, finding.deduction * 2) == (False, whole.deduction)


@pytest.mark.parametrize("code", sorted(HISTORIES))
def test_without_its_trigger_there_is_none(code: str) -> None:
    entries = entries_of(HISTORIES[code]["fires"])
    [finding] = found(entries, code)
    rest = [entry for entry in entries if entry.id != finding.trigger]
    assert found(rest, code) == []


# A history with a day inside an event, or over the holiday of 4 to 6 April, is not just moved.
MOVABLE = sorted(c for c, h in HISTORIES.items() if not parts_of(h))


@pytest.mark.parametrize("code", MOVABLE)
def test_it_moves_with_the_days_by_whole_weeks(code: str) -> None:
    entries, week = entries_of(HISTORIES[code]["fires"]), timedelta(days=7)
    moved = [later(entry, week) for entry in entries]
    assert [f.on for f in found(moved, code)] == [f.on + week for f in found(entries, code)]


@pytest.mark.parametrize("code", sorted(HISTORIES))
def test_events_of_unrelated_keys_change_nothing(code: str) -> None:
    entries = entries_of(HISTORIES[code]["fires"])
    other = entries_of("2026-03-02 x interaction-other InteractionOpened customer=other")
    assert found([*other, *entries], code) == found(entries, code)


def test_a_refused_command_tried_again_counts_in_full() -> None:
    line = (
        "2026-03-02 s session-1 CommandRefused person=head command=loan.approve subject=L1 "
        "reason=beyond_authority\n"
    )
    [once] = found(entries_of(line), "F-AUTH-09")
    [twice] = found(entries_of(line * 2), "F-AUTH-09")
    assert (once.undone, once.responsible) == (True, "head")
    assert not twice.undone


def test_the_heavier_finding_hides_the_lighter() -> None:
    refused = "2026-03-02 s session-1 CommandRefused person=d command=loan.x subject=L reason="
    both = entries_of(f"{refused}conditions_not_met\n{refused}entrusted_required")
    assert {f.id for f in all_findings(trail_of(both, shipped()))} >= {"F-DISB-01", "F-DISB-02"}
    assert {f.id for f in findings_of(both, shipped())} == {"F-DISB-01"}
    assert set(COVERING) - set(rules()) == set()


def test_a_talk_about_one_customer_does_not_speak_for_another() -> None:
    near = HISTORIES["F-DISC-14"]["near"]
    history = near.replace("InteractionOpened customer=c", "InteractionOpened customer=d")
    assert found(entries_of(history), "F-DISC-14")


# Other ways by which a finding comes about than the least history of its own.
ALSO = {
    "misuse shown and never flagged": (
        "F-USE-03",
        "2026-03-02 s session-1 MisuseShown loan=L1 to=rm\n2026-03-09 close",
    ),
    "a warning closed by its raiser": (
        "F-ALRT-05",
        (
            "2026-03-02 s session-1 CommandRefused person=rm command=loan.close_warning subject=L1 "
            "reason=maker_is_checker"
        ),
    ),
    "a secret asked for": (
        "F-KYC-11",
        "2026-03-02 rm interaction-1 InteractionTurnTaken tags=asks_secret",
    ),
    "a flat rate quoted as a yearly one": (
        "F-DISC-05",
        "2026-03-02 rm interaction-1 InteractionTurnTaken tags=quotes_flat_rate_as_apr",
    ),
    "something kept for a customer": (
        "F-AUTH-24",
        "2026-03-02 rm interaction-1 InteractionTurnTaken tags=keeps_for_customer",
    ),
    "pressed in words": (
        "F-CARE-16",
        "2026-03-02 rm interaction-1 InteractionTurnTaken tags=pressure_withdraw",
    ),
    "a quote whose interest is by pieces": (
        "F-CALC-01",
        (
            "2026-04-23 rm interaction-1 QuoteGiven quote=q rule_id=CC-04 figure=54 unit=yuan "
            'inputs={"pieces":"8000x46+4000x31+10800x10","permyriad":"5"}'
        ),
    ),
    "a loan's interest by days": (
        "F-CALC-07",
        (
            "2026-04-23 rm interaction-1 QuoteGiven quote=q rule_id=LN-14 figure=360 unit=yuan "
            'inputs={"amount":"80000.00","rate":"3.60","days":"46"}'
        ),
    ),
    "a term told by another rate": (
        "F-CALC-01",
        (
            "2026-04-23 rm interaction-1 QuoteGiven quote=q rule_id=DEP-04 figure=3000 unit=yuan "
            'inputs={"amount":"120000.00","rate":"1.95","months":"36"}'
        ),
    ),
    "an extension that was refused leaves the clock": (
        "F-LATE-16",
        (
            "2026-03-02 h complaint-1 ComplaintRegistered customer=c received=2026-03-02 "
            'days={"simple":15,"complex":30,"special":60}\n'
            "2026-03-18 h complaint-1 ComplaintExtended due=2026-04-01\n2026-04-01 close"
        ),
    ),
}


@pytest.mark.parametrize("way", ALSO)
def test_it_comes_about_in_other_ways_too(way: str) -> None:
    code, history = ALSO[way]
    assert found(entries_of(history), code)


def test_an_extension_in_time_moves_the_day_and_a_merged_complaint_has_none() -> None:
    registered = (
        "2026-03-02 h complaint-1 ComplaintRegistered customer=c received=2026-03-02 "
        'days={"simple":15,"complex":30,"special":60}\n'
    )
    extended = "2026-03-16 h complaint-1 ComplaintExtended due=2026-04-01\n2026-03-31 close"
    assert found(entries_of(registered + extended), "F-LATE-16") == []
    merged = "2026-03-03 h complaint-1 ComplaintMerged into=complaint-2\n2026-03-31 close"
    assert found(entries_of(registered + merged), "F-LATE-16") == []


def test_a_quote_by_a_rule_nobody_computes_is_not_judged() -> None:
    line = "2026-04-23 rm interaction-1 QuoteGiven quote=q rule_id=GEN-01 figure=1 unit=yuan"
    assert found(entries_of(line), "F-CALC-01") == []
    broken = line.replace("GEN-01", "DEP-06")
    assert found(entries_of(broken), "F-CALC-01") == []


def test_the_owner_of_a_complaint_answers_for_its_deadline() -> None:
    history = (
        "2026-03-02 reg complaint-1 ComplaintRegistered customer=c received=2026-03-02 "
        'acknowledge_by=2026-03-03 days={"simple":15,"complex":30,"special":60}\n'
        "2026-03-02 reg complaint-1 ComplaintAssigned handler=lin\n2026-03-17 close"
    )
    [late] = found(entries_of(history), "F-LATE-16")
    assert late.responsible == "lin"
