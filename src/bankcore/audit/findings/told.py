"""Findings as an auditor reads them (发现与证据): each with its events told and its customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bankcore.aggregates.customer import CUSTOMER
from bankcore.audit.findings.finding import Finding
from bankcore.audit.findings.report import all_findings, covered
from bankcore.audit.findings.trail import trail_of
from bankcore.products.catalogue import Catalogue
from bankcore.projections.sentences import sentence
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry


@dataclass(frozen=True, slots=True)
class Evidence:
    """One event behind a finding; `part` is `trigger` or `cited`."""

    part: str
    event: str
    booking_date: date
    value_date: date
    actor: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with what shows it, what was missing (zh, en) and whom it concerns."""

    finding: Finding
    events: tuple[Evidence, ...]
    missing: tuple[tuple[str, str], ...]
    customers: tuple[str, ...]


def told_findings(entries: Iterable[Entry[Any]], catalogue: Catalogue) -> list[Told]:
    """All findings of a log with their evidence, in the order in which they became true."""
    trail = trail_of(entries, catalogue)
    found = covered(all_findings(trail))
    named = {event for f in found for event in (f.trigger, *f.cited)}
    known = {entry.id: entry for entry in trail.entries if entry.id in named}
    owners = _owners(trail.entries)
    return [_told(f, known, owners) for f in found]


def _told(found: Finding, known: dict[str, Entry[Any]], owners: dict[str, str]) -> Told:
    parts = [("trigger", found.trigger), *(("cited", event) for event in found.cited)]
    events = tuple(_evidence(part, known[event]) for part, event in parts if event in known)
    streams = [found.key, *(event.rpartition("@")[0] for _, event in parts)]
    customers = sorted({owners[stream] for stream in streams if stream in owners})
    missing = tuple(_terms().get(name, (name, name)) for name in found.missing)
    return Told(found, events, missing, tuple(customers))


@cache
def _terms() -> Mapping[str, tuple[str, str]]:
    """Event name -> the trade's words for it, in zh and en."""
    return {info.name: (info.zh, info.en) for info in EVENTS.values()}


def _evidence(part: str, entry: Entry[Any]) -> Evidence:
    return Evidence(
        part=part,
        event=entry.id,
        booking_date=entry.booking_date,
        value_date=entry.value_date,
        actor=entry.actor.id,
        zh=sentence(entry, "zh"),
        en=sentence(entry, "en"),
    )


def _owners(entries: Sequence[Entry[Any]]) -> dict[str, str]:
    """Stream -> the customer that it is about, from the first event that names one."""
    owners: dict[str, str] = {}
    for entry in entries:
        stream = entry.stream
        if stream in owners:
            continue
        if stream.startswith(CUSTOMER.prefix):
            owners[stream] = stream.removeprefix(CUSTOMER.prefix)
        elif customer := getattr(entry.event, "customer", ""):
            owners[stream] = str(customer).removeprefix(CUSTOMER.prefix)
    return owners
