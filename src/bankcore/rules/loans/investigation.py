"""LN-03 Investigation (贷款调查): what must have been found out, by when, how fresh."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.rules.loans.codes import PROPERTY, Product
from bankcore.values.money import Money
from bankcore.values.reasons import Reason

_ALWAYS: Final = frozenset({"identity", "credit_report", "income", "purpose", "employment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationPolicy:
    """Validity in days; the day from which a video interview counts and a visit may be dropped."""

    finding_validity_days: int
    credit_report_validity_days: int
    interview_validity_days: int
    on_site_exempt_max: Money
    video_from: date


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview (面谈): `form` is `face_to_face` or `video`."""

    held_on: date
    form: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found out, by kind, on a day."""

    kind: str
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationFile:
    """The investigator's file on the day of decision."""

    product: Product
    amount: Money
    secured: bool
    decision_date: date
    interview: Interview | None
    findings: tuple[Finding, ...]
    outsourced_whole: bool


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a file is incomplete: the reason, and the kind of finding where it is about one."""

    reason: Reason
    kind: str = ""

    def __str__(self) -> str:
        """`interview_missing` or `finding_stale:credit_report`."""
        return f"{self.reason.value}:{self.kind}" if self.kind else self.reason.value


def required_findings(file: InvestigationFile, policy: InvestigationPolicy) -> frozenset[str]:
    """The kinds that the product, security and amount ask for (LN-03)."""
    kinds = set(_ALWAYS)
    if file.product is Product.BUSINESS:
        kinds.add("business_site")
    if file.secured:
        kinds.add("collateral")
    may_skip_visit = (
        file.decision_date >= policy.video_from
        and file.amount <= policy.on_site_exempt_max
        and file.product not in PROPERTY
    )
    return frozenset(kinds if may_skip_visit else kinds | {"on_site"})


def investigation_gaps(
    file: InvestigationFile, policy: InvestigationPolicy
) -> tuple[Shortfall, ...]:
    """All shortfalls in the rule's order; none means the investigation is complete."""
    found: list[Shortfall] = []
    interview = _interview_gap(file, policy)
    if interview is not None:
        found.append(Shortfall(interview))
    for kind in sorted(required_findings(file, policy)):
        reason = _finding_gap(file, kind, policy)
        if reason is not None:
            found.append(Shortfall(reason, kind))
    if file.outsourced_whole:
        found.append(Shortfall(Reason.OUTSOURCED_WHOLE))
    return tuple(found)


def _interview_gap(file: InvestigationFile, policy: InvestigationPolicy) -> Reason | None:
    held = file.interview
    if held is None or held.held_on > file.decision_date:
        return Reason.INTERVIEW_MISSING
    if held.form != "face_to_face" and held.held_on < policy.video_from:
        return Reason.INTERVIEW_MISSING
    if (file.decision_date - held.held_on).days > policy.interview_validity_days:
        return Reason.INTERVIEW_STALE
    return None


def _finding_gap(file: InvestigationFile, kind: str, policy: InvestigationPolicy) -> Reason | None:
    newest = _newest(f.found_on for f in file.findings if f.kind == kind and _known(f, file))
    if newest is None:
        return Reason.FINDING_MISSING
    is_report = kind == "credit_report"
    validity = policy.credit_report_validity_days if is_report else policy.finding_validity_days
    stale = (file.decision_date - newest).days > validity
    return Reason.FINDING_STALE if stale else None


def _known(found: Finding, file: InvestigationFile) -> bool:
    return found.found_on <= file.decision_date


def _newest(days: Iterable[date]) -> date | None:
    return max(days, default=None)
