"""Quantitative references: day counts, schedules, calendars, annuities, rates of return.

Formats of `oracles/README.md` section 4. Each reader takes the parsed file and gives results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.result import CaseResult, compared
from bankcore.rules import annuities, day_counts
from bankcore.rules import date_schedules as dates
from bankcore.rules.rates_of_return import Roots, xirr
from bankcore.values.calendar import Calendar

Data = Mapping[str, Any]
ISDA_END: Final = "30E/360 ISDA (d2 is the termination date)"
ISDA: Final = "30E/360 ISDA (d2 is not the termination date)"


def close(expected: str, computed: Fraction, digits: int = 12) -> bool:
    """Equal to the given precision: so many significant digits, or as many as are given."""
    given = Decimal(expected)
    if given == 0:
        return abs(computed) < Fraction(1, 10**digits)
    error = abs(Fraction(given) - computed)
    return error <= abs(Fraction(given)) * Fraction(1, 10**digits)


def shown(number: Fraction, places: int = 14) -> str:
    """An exact number as a decimal for the side-by-side rows."""
    scaled = number * 10**places
    whole = scaled.numerator // scaled.denominator
    return str(Decimal(whole).scaleb(-places))


def day_count_results(data: Data) -> Iterator[CaseResult]:
    """One case a pair of dates; every convention a row of days and year fraction."""
    for nr, row in enumerate(data["rows"], 1):
        start, end = date.fromisoformat(row["d1"]), date.fromisoformat(row["d2"])
        pairs = []
        for name, value in row["values"].items():
            got = _counted(name, start, end)
            equal = got.days == value["days"] and close(value["yf"], got.years, 13)
            expected = f"{name} {value['days']} {value['yf']}"
            pairs.append((expected, f"{name} {got.days} {shown(got.years)}", equal))
        inputs = {"d1": row["d1"], "d2": row["d2"]}
        yield compared("day counts", row.get("id", f"dc{nr:04d}"), inputs, pairs)


def _counted(name: str, start: date, end: date) -> day_counts.Counted:
    if name == ISDA_END:
        return day_counts.thirty_e_360_isda(start, end, end)
    if name == ISDA:
        return day_counts.thirty_e_360_isda(start, end)
    return day_counts.CONVENTIONS[name](start, end)


def calendars_of(data: Data) -> dict[str, Calendar]:
    """The calendars of a file, known from its first to its last year."""
    return {name: _calendar(name, years) for name, years in data["calendars"].items()}


def _calendar(name: str, years: Mapping[str, Any]) -> Calendar:
    off = {date.fromisoformat(d) for y in years.values() for d in y["weekday_holidays"]}
    worked = {date.fromisoformat(d) for y in years.values() for d in y["working_weekend_days"]}
    first, last = date(int(min(years)), 1, 1), date(int(max(years)), 12, 31)
    return Calendar(name, frozenset(off), frozenset(worked), first, last)


def schedule_results(data: Data, calendars: Mapping[str, Calendar]) -> Iterator[CaseResult]:
    """One case a schedule: every date with whether its period is regular."""
    for case in data["cases"]:
        built = dates.build(_plan(case, calendars))
        computed = list(zip(built.dates, (None, *built.regular), strict=True))
        flags = [None, *case["is_regular"]]
        expected = [
            (date.fromisoformat(d), f) for d, f in zip(case["expected"], flags, strict=True)
        ]
        length = max(len(expected), len(computed))
        pairs = [
            (_dated(expected, i), _dated(computed, i), _dated(expected, i) == _dated(computed, i))
            for i in range(length)
        ]
        inputs = {k: v for k, v in case.items() if k not in {"expected", "is_regular"}}
        yield compared("schedules", case["id"], inputs, pairs)


def _dated(rows: list[tuple[date, bool | None]], index: int) -> str:
    if index >= len(rows):
        return "-"
    day, regular = rows[index]
    return f"{day}" if regular is None else f"{day} {'regular' if regular else 'stub'}"


def _plan(case: Data, calendars: Mapping[str, Calendar]) -> dates.Plan:
    def day(key: str) -> date | None:
        return date.fromisoformat(case[key]) if case[key] else None

    def adjust(key: str) -> Callable[[date], date]:
        return _convention(case[key], case["calendar"], calendars)

    return dates.Plan(
        effective=date.fromisoformat(case["effective"]),
        termination=date.fromisoformat(case["termination"]),
        tenor=dates.Tenor.parse(case["tenor"]),
        backward=case["rule"] == "Backward",
        end_of_month=case["end_of_month"],
        first=day("first_date"),
        next_to_last=day("next_to_last"),
        adjust=adjust("convention"),
        adjust_end=adjust("termination_convention"),
    )


def _convention(
    name: str, calendar: str, calendars: Mapping[str, Calendar]
) -> Callable[[date], date]:
    if name == "Unadjusted" or calendar == "Null":
        return dates.unadjusted
    known = calendars.get(calendar) or Calendar(
        calendar, frozenset(), frozenset(), date.min, date.max
    )
    return {
        "Following": known.following,
        "Preceding": known.preceding,
        "ModifiedFollowing": known.modified_following,
    }[name]


def annuity_results(data: Data) -> Iterator[CaseResult]:
    """Level payment and its interest and principal parts of one period."""
    for case in data["annuity"]:
        terms = annuities.Annuity(
            rate=Fraction(case["rate_pa"]) / int(case["periods_per_year"]),
            periods=int(case["n"]),
            present=Fraction(case["pv"]),
            future=Fraction(case["fv"]),
            in_advance=case["when"] == "begin",
        )
        interest, principal = annuities.parts(terms, int(case["period"]))
        noise = double_noise(terms, int(case["period"]))
        pmt = annuities.payment(terms)
        pairs = [
            (case["pmt_decimal"], shown(pmt), close(case["pmt_decimal"], pmt, 10)),
            (case["ipmt"], shown(interest), _within(case["ipmt"], interest, noise)),
            (case["ppmt"], shown(principal), _within(case["ppmt"], principal, noise)),
        ]
        yield compared("annuity", case["id"], case, pairs)


def double_noise(terms: annuities.Annuity, period: int) -> Fraction:
    """What the reference's double arithmetic may be off: it subtracts values of this size.

    Interest of a late period is the difference of two terms that have both grown with the rate;
    each carries a relative error of 2^-53, so the parts cannot be known better than this.
    """
    grown = abs(terms.present) * (1 + terms.rate) ** (period - 1)
    return grown * Fraction(1, 2**50)


def _within(expected: str, computed: Fraction, noise: Fraction) -> bool:
    error = abs(Fraction(expected) - computed)
    return error <= noise or close(expected, computed, 10)


def xirr_results(data: Data) -> Iterator[CaseResult]:
    """Rate of return of dated flows on ACT/365F; no or several roots are reported as such."""
    for case in data["xirr"]:
        flows = [(date.fromisoformat(on), Fraction(amount)) for on, amount in case["flows"]]
        found = xirr(flows)
        expected = case["xirr_decimal"]
        computed = shown(found) if isinstance(found, Fraction) else found.value
        equal = not isinstance(found, Roots) and close(expected, found, 11)
        yield compared("XIRR", case["id"], {"flows": case["flows"]}, [(expected, computed, equal)])


def effective_rate_results(data: Data) -> Iterator[CaseResult]:
    """Effective yearly and continuous rate of a nominal one."""
    for case in data["effective_annual_rate"]:
        nominal, times = Fraction(case["nominal"]), int(case["periods_per_year"])
        effective = annuities.effective_rate(nominal, times)
        continuous = annuities.continuous_rate(nominal, times)
        pairs = [
            (
                case["effective_annual_decimal"],
                shown(effective),
                close(case["effective_annual_decimal"], effective, 11),
            ),
            (case["continuous"], shown(continuous), close(case["continuous"], continuous, 11)),
        ]
        yield compared("effective rates", case["id"], case, pairs)


def calendar_results(data: Data) -> Iterator[CaseResult]:
    """One case a calendar: each listed day is off or worked, and beyond the file is refused."""
    for name, calendar in calendars_of(data).items():
        listed = [(d, False) for d in sorted(calendar.off)]
        listed += [(d, True) for d in sorted(calendar.make_up)]
        pairs = []
        for day, worked in listed:
            got = calendar.is_business_day(day)
            pairs.append((f"{day} {worked}", f"{day} {got}", got is worked))
        yield compared("calendars", name, {"days": len(listed)}, pairs)
