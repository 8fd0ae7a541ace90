"""AUD-01 Audit evidence, findings, samples (取证、整改、抽样)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from bankcore.products.oversight_terms import AuditTerms
from bankcore.values.calendar import Calendar


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """When evidence was asked for, whether urgently, and when it came."""

    requested: date
    urgent: bool
    provided: date | None


@dataclass(frozen=True, slots=True)
class EvidenceDue:
    """The last day in time, and whether that was missed."""

    due: date
    late: bool


def evidence_due(
    request: EvidenceRequest, as_of: date, terms: AuditTerms, calendar: Calendar
) -> EvidenceDue:
    """Working days from the request; what has not come is measured on the day of asking."""
    days = terms.urgent_days if request.urgent else terms.evidence_days
    due = calendar.add_business_days(request.requested, days)
    return EvidenceDue(due, (request.provided or as_of) > due)


@dataclass(frozen=True, slots=True)
class Rectification:
    """A finding's last day, days overdue, how far it is escalated, whether it is closed."""

    due: date
    overdue_days: int
    level: int
    closed: bool


def rectification(
    severity: str, reported: date, verified: date | None, as_of: date, terms: AuditTerms
) -> Rectification:
    """The clock of a finding stops at its verification, not at the word that it is rectified."""
    due = reported + timedelta(days=terms.rectification_days[severity])
    closed = verified is not None and verified <= as_of
    end = verified if verified is not None and closed else as_of
    overdue = max(0, (end - due).days)
    level = min(terms.highest_level, 1 + (overdue - 1) // terms.escalation_days) if overdue else 0
    return Rectification(due, overdue, level, closed)


def sample_size(population: int, terms: AuditTerms) -> int:
    """All of a small population, else a percentage (rounded up) within bounds."""
    if population <= terms.sample_all:
        return population
    share = -(-population * terms.sample_pct // 100)
    return min(terms.sample_most, max(terms.sample_all, share))


def sample(seed: str, population: Iterable[str], terms: AuditTerms) -> list[str]:
    """The first ids by SHA-256 of `seed|id`: the same for any order of the population."""
    ids = sorted(population, key=lambda each: (_hash(seed, each), each))
    return ids[: sample_size(len(ids), terms)]


def _hash(seed: str, each: str) -> str:
    return sha256(f"{seed}|{each}".encode()).hexdigest()
