"""Loan schedules of another core banking system, to the cent.

Format of `oracles/README.md` section 2: terms in, rows of due date, principal, interest, balance.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from bankcore.conformance.result import CaseResult, Status, compared
from bankcore.rules.instalment_plans import InstalmentPlan, InstalmentRow, rounded, rows_of
from bankcore.values.dates import add_months, split
from bankcore.values.money import Money

Data = Mapping[str, Any]
Span = tuple[date, date]
KIND: Final = "Fineract schedules"
PRECISION: Final = Context(prec=19, rounding=ROUND_HALF_EVEN)
MONTHS_PER: Final = {"MONTHS": 1, "YEARS": 12}


def schedule_results(data: Data) -> Iterator[CaseResult]:
    """One case a schedule; those whose inputs are not complete are skipped with the reason."""
    for case in data["cases"]:
        if case["category"] == "overdue_recalculated" and case["recomputed"] != "agrees":
            reason = "interest depends on when overdue instalments were looked at; input missing"
            yield CaseResult(KIND, case["id"], Status.SKIPPED, reason, case["inputs"])
            continue
        try:
            yield _case(case)
        except (KeyError, ValueError) as fault:
            problem = f"terms not understood: {fault}"
            yield CaseResult(KIND, case["id"], Status.FAILED, problem, case["inputs"])


def _case(case: Data) -> CaseResult:
    inputs = case["inputs"]
    computed = {row[0]: row for row in _lines(inputs)}
    pairs = []
    for row in case["expected"]:
        keys = ("due_date", "principal", "interest", "total", "balance")
        wanted = tuple(row[k] for k in keys)
        got = computed.get(int(row["nr"]))
        shown = tuple(got[1:]) if got else ("-",) * len(keys)
        equal = all(w is None or w == g for w, g in zip(wanted, shown, strict=True))
        pairs.append((" ".join(map(str, wanted)), " ".join(shown), equal))
    if case["rows_complete"]:
        pairs.append(
            (
                f"{len(case['expected'])} rows",
                f"{len(computed)} rows",
                len(case["expected"]) == len(computed),
            )
        )
    return compared(KIND, case["id"], inputs, pairs)


def _lines(inputs: Data) -> list[tuple[Any, ...]]:
    """Rows as `(nr, due, principal, interest, total, balance)`, the down payment first."""
    principal = Money(int(Fraction(inputs["principal"]) * 100))
    multiple = 100 * int(Fraction(inputs["installment_multiples_of"] or 0)) or 1
    down = _down_payment(inputs, principal, multiple)
    lines: list[tuple[Any, ...]] = []
    if down:
        zero = Money(0)
        row = InstalmentRow(1, down, zero, principal - down)
        lines.append(_line(1, date.fromisoformat(inputs["disbursement_date"]), row))
    plan, dues = _plan(inputs, principal, principal - down, multiple)
    for row, due in zip(rows_of(plan), dues, strict=True):
        lines.append(_line(row.nr + len(lines[:1] if down else ()), due, row))
    return lines


def _line(nr: int, due: date, row: InstalmentRow) -> tuple[Any, ...]:
    amounts = (row.principal, row.interest, row.total, row.balance)
    return (nr, due.isoformat(), *map(str, amounts))


def _down_payment(inputs: Data, principal: Money, multiple: int) -> Money:
    share = inputs.get("down_payment_pct")
    return rounded(principal.minor * Fraction(share) / 100, multiple) if share else Money(0)


def _plan(
    inputs: Data, whole: Money, financed: Money, multiple: int
) -> tuple[InstalmentPlan, list[date]]:
    regular = spans_of(inputs)
    moved = _moved(inputs, regular)
    share = inputs.get("fixed_principal_pct_per_installment")
    flat = inputs["interest_type"] == "FLAT"
    cumulative_flat = flat and inputs["schedule_type"] == "CUMULATIVE"
    scale = Fraction(whole.minor, financed.minor) if cumulative_flat else Fraction(1)
    plan = InstalmentPlan(
        principal=financed,
        factors=[factor_of(inputs, span) * scale for span in moved],
        level_factors=[factor_of(inputs, span) * scale for span in regular],
        flat=flat,
        interest_total=cumulative_flat,
        linear=inputs["amortization"] == "EQUAL_PRINCIPAL",
        principal_grace=int(inputs.get("grace_on_principal") or 0),
        fixed_share=Fraction(share) / 100 if share else None,
        multiple=multiple,
        smooth=inputs["schedule_type"] == "PROGRESSIVE",
    )
    return plan, [due for _, due in moved]


def spans_of(inputs: Data) -> list[Span]:
    """Periods from the disbursement, stepping from it; month ends where asked for."""
    start = date.fromisoformat(inputs["disbursement_date"])
    days = [start] + [_step(inputs, start, nr) for nr in range(1, _count(inputs) + 1)]
    if inputs.get("month_end_due_date_strategy") == "LAST_DAY_OF_MONTH":
        days[1:] = [d.replace(day=monthrange(d.year, d.month)[1]) for d in days[1:]]
    return list(pairwise(days))


def _count(inputs: Data) -> int:
    return int(inputs["number_of_repayments"])


def _step(inputs: Data, start: date, times: int) -> date:
    every, unit = int(inputs["repay_every"]), inputs["repay_unit"]
    if unit in MONTHS_PER:
        return add_months(start, every * times * MONTHS_PER[unit])
    return start + timedelta(days=every * times * (7 if unit == "WEEKS" else 1))


def _moved(inputs: Data, regular: list[Span]) -> list[Span]:
    """The periods as they were moved: given as such, or the regular ones."""
    given = inputs.get("periods")
    if not given:
        return regular
    iso = date.fromisoformat
    return [(iso(p["from_date"]), iso(p["due_date"])) for p in given]


def _annual(inputs: Data) -> Fraction:
    rate, frequency = Fraction(inputs["rate_pct"]) / 100, inputs["rate_frequency"]
    if frequency == "MONTH":
        return rate * 12
    if frequency == "WHOLE_TERM":
        months = _count(inputs) * int(inputs["repay_every"]) * MONTHS_PER[inputs["repay_unit"]]
        return rate * 12 / months
    return rate


def factor_of(inputs: Data, span: Span) -> Fraction:
    """Interest of one unit over a period, kept at 19 digits as the reference keeps it."""
    annual = _annual(inputs)
    same = inputs["interest_calculation_period"] == "SAME_AS_REPAYMENT_PERIOD"
    if same and inputs["repay_unit"] in MONTHS_PER:
        exact = annual * int(inputs["repay_every"]) * MONTHS_PER[inputs["repay_unit"]] / 12
    else:
        exact = annual * _years(inputs, *span)
    if exact == 0:
        return exact
    return Fraction(PRECISION.divide(exact.numerator, exact.denominator))


def _years(inputs: Data, start: date, end: date) -> Fraction:
    year = inputs["days_in_year"]
    if inputs["days_in_month"] == "30" and inputs["repay_unit"] in MONTHS_PER:
        months, odd, _ = _whole_months(inputs, start, end)
        return Fraction(30 * months + odd, int(year))
    days = (end - start).days
    if year != "ACTUAL":
        return Fraction(days, int(year))
    if inputs.get("days_in_year_custom_strategy") == "FEB_29_PERIOD_ONLY":
        leap = any(isleap(y) and start < date(y, 2, 29) <= end for y in (start.year, end.year))
        return Fraction(days, 366 if leap else 365)
    return _actual_actual(inputs, start, end)


def _whole_months(inputs: Data, start: date, end: date) -> tuple[int, int, int]:
    """Full months and odd days; a period between two month ends is whole months."""
    if inputs.get("month_end_due_date_strategy") == "LAST_DAY_OF_MONTH":
        return 12 * (end.year - start.year) + end.month - start.month, 0, 0
    period = split(start, end)
    return period.months, period.odd_days, period.days


def _actual_actual(inputs: Data, start: date, end: date) -> Fraction:
    """Split at 31 December (1 January where interest begins on the disbursement day)."""
    if start.year == end.year:
        return Fraction((end - start).days, 366 if isleap(start.year) else 365)
    first_day = bool(inputs.get("interest_recognition_on_disbursement_date"))
    border = date(start.year + 1, 1, 1) if first_day else date(start.year, 12, 31)
    before = Fraction((border - start).days, 366 if isleap(start.year) else 365)
    return before + Fraction((end - border).days, 366 if isleap(end.year) else 365)
