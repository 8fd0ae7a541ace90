"""AML-02 Suspicious-transaction reports (可疑交易报告): the dates from alert to report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.products.oversight_terms import SuspicionTerms
from bankcore.values.calendar import Calendar
from bankcore.values.dates import add_months


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An alert, its confirmation, the last report, and whether the activity goes on."""

    alert: date
    confirmed: date | None = None
    last_report: date | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class SuspicionDates:
    """The last days to escalate, to decide, to report, and to report again."""

    escalate_by: date
    dispose_by: date
    report_by: date | None
    repeat_by: date | None


def suspicion_dates(given: Suspicion, terms: SuspicionTerms, calendar: Calendar) -> SuspicionDates:
    """Working days from the alert and the confirmation; the repeat counts calendar months."""
    report_by = repeat_by = None
    if given.confirmed is not None:
        report_by = calendar.add_business_days(given.confirmed, terms.report_days)
    if given.last_report is not None and given.continues:
        repeat_by = add_months(given.last_report, terms.repeat_months)
    return SuspicionDates(
        calendar.add_business_days(given.alert, terms.escalate_days),
        calendar.add_business_days(given.alert, terms.dispose_days),
        report_by,
        repeat_by,
    )
