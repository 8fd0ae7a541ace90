"""Terms of reports, audit and risk (监督参数): AML-01, AML-02, AML-06, AML-08, AUD-01, RSK."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.products.catalogue import Catalogue
from bankcore.values.money import Money, parse_amount

FEATURES: Final = ("cash", "non_natural_transfer", "natural_domestic", "natural_cross_border")


@dataclass(frozen=True, slots=True)
class Threshold:
    """AML-01: from how much a class of movements is reported; None is no threshold."""

    cny: Money | None
    usd: Money | None


@dataclass(frozen=True, slots=True)
class SuspicionTerms:
    """AML-02: working days to escalate, decide and report; months to the next report."""

    escalate_days: int
    dispose_days: int
    report_days: int
    repeat_months: int


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """AML-08: years by kind of record; some kinds stay longer if still held on `longer_from`."""

    years: Mapping[str, int]
    longer_years: Mapping[str, int]
    longer_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTerms:
    """AUD-01: days for evidence and by severity, steps of escalation, and the size of samples.

    A sample is all up to `sample_all`, else a percentage between `sample_all` and `sample_most`.
    """

    evidence_days: int
    urgent_days: int
    rectification_days: Mapping[str, int]
    escalation_days: int
    highest_level: int
    sample_all: int
    sample_pct: int
    sample_most: int


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """RSK-03: scale, amber and red line, and whether a high value is the bad one."""

    scale: int
    amber: Fraction
    red: Fraction
    high_is_bad: bool


def large_value_thresholds(c: Catalogue, on: date) -> dict[str, Threshold]:
    """The thresholds of AML-01 in force on a day, by class."""

    def amount(name: str) -> Money | None:
        return c.money(name, on) if c.value(name, on) != "none" else None

    key = "aml.large_value"
    return {f: Threshold(amount(f"{key}.{f}.cny"), amount(f"{key}.{f}.usd")) for f in FEATURES}


def suspicion_terms(c: Catalogue, on: date) -> SuspicionTerms:
    """The terms of AML-02 in force on a day."""
    names = ("escalate_days", "dispose_days", "report_days", "repeat_months")
    return SuspicionTerms(*(c.number(f"aml.suspicion.{name}", on) for name in names))


def retention_terms(c: Catalogue, on: date) -> RetentionTerms:
    """The terms of AML-08 in force on a day."""
    rows = c.value("aml.retention.years", on)
    longer = c.value("aml.retention.longer_years", on)
    since = c.value("aml.retention.longer_from", on)
    return RetentionTerms(
        {str(kind): int(years) for kind, years in rows},
        {str(kind): int(years) for kind, years in longer},
        since,
    )


def audit_terms(c: Catalogue, on: date) -> AuditTerms:
    """The terms of AUD-01 in force on a day."""
    rows = c.value("audit.rectification_days", on)
    return AuditTerms(
        evidence_days=c.number("audit.evidence_days", on),
        urgent_days=c.number("audit.urgent_days", on),
        rectification_days={str(severity): int(days) for severity, days in rows},
        escalation_days=c.number("audit.escalation_days", on),
        highest_level=c.number("audit.highest_level", on),
        sample_all=c.number("audit.sample_all", on),
        sample_pct=c.number("audit.sample_pct", on),
        sample_most=c.number("audit.sample_most", on),
    )


def loss_levels(c: Catalogue, on: date) -> dict[str, Money]:
    """The levels of RSK-02 with the gross loss from which each begins, the highest first."""
    return {
        "major": c.money("risk.loss.major_from", on),
        "head_office": c.money("risk.loss.head_office_from", on),
    }


def indicator_line(c: Catalogue, indicator: str, on: date) -> IndicatorLine:
    """The line of RSK-03 of an indicator in force on a day."""
    scale, amber, red, bad = c.value(f"risk.indicator.{indicator}", on)
    return IndicatorLine(int(scale), Fraction(str(amber)), Fraction(str(red)), bad == "high")


def pattern_params(c: Catalogue, pattern: str, on: date) -> dict[str, int]:
    """The parameters of a monitoring pattern of AML-06 on a day: amounts in fen, else numbers."""
    rows = c.value(f"aml.pattern.{pattern}", on)
    return {
        str(name): parse_amount(value).minor if isinstance(value, str) else int(value)
        for name, value in rows
    }
