"""Reports, retention, audit and risk: AML-01, -02, -08, AUD-01, -02, -04, RSK-02, RSK-03."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.oversight_terms import (
    audit_terms,
    indicator_line,
    large_value_thresholds,
    loss_levels,
    retention_terms,
    suspicion_terms,
)
from bankcore.rules.compliance.audits import (
    EvidenceRequest,
    evidence_due,
    rectification,
    sample,
    sample_size,
)
from bankcore.rules.compliance.block_leave import longest_leave, rotation
from bankcore.rules.compliance.indicators import Colour, indicator
from bankcore.rules.compliance.large_value import LargeMovement, large_values
from bankcore.rules.compliance.loss_events import Cause, Recovery, category, level, net_loss
from bankcore.rules.compliance.retention import retention
from bankcore.rules.compliance.suspicion_clock import Suspicion, suspicion_dates
from bankcore.rules.compliance.training import CourseDone, rights
from bankcore.rules.employees.qualification import Certificate
from bankcore.values.calendar import WORK
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.reasons import Reason, Rejected

ON = date(2026, 3, 10)
THRESHOLDS = large_value_thresholds(shipped(), ON)
RATE = Fraction(7)
movements_of = st.lists(
    st.builds(
        LargeMovement,
        id=st.integers(0, 10**6).map(str),
        direction=st.sampled_from(["in", "out"]),
        cash=st.booleans(),
        amount=st.integers(1, 40_000_000).map(Money),
        foreign=st.booleans(),
        cross_border=st.booleans(),
        exempt=st.booleans(),
        suspicious=st.booleans(),
    ),
    max_size=8,
)


def keys(movements: list[LargeMovement], *, natural: bool) -> set[tuple[str, str]]:
    found = large_values(movements, THRESHOLDS, RATE, natural=natural)
    return {(value.feature, value.direction) for value in found}


@given(movements=movements_of, natural=st.booleans(), foreign=st.booleans())
def test_another_movement_never_removes_a_report(
    *, movements: list[LargeMovement], natural: bool, foreign: bool
) -> None:
    if not movements:
        return
    more = replace(movements[0], id="more", amount=Money(1), foreign=foreign)
    assert keys(movements, natural=natural) <= keys([*movements, more], natural=natural)


@given(movements=movements_of, natural=st.booleans())
def test_order_and_splitting_change_no_report(
    *, movements: list[LargeMovement], natural: bool
) -> None:
    split = [
        replace(m, amount=part)
        for m in reversed(movements)
        for part in (Money(m.amount.minor // 2), m.amount - Money(m.amount.minor // 2))
    ]
    assert keys(movements, natural=natural) == keys(split, natural=natural)


def test_the_table_of_the_day_counts() -> None:
    cash = LargeMovement(
        id="1",
        direction="in",
        cash=True,
        amount=yuan("50000.00"),
        foreign=False,
        cross_border=False,
        exempt=False,
        suspicious=False,
    )
    assert keys([cash], natural=True) == {("cash", "in")}
    before = large_value_thresholds(shipped(), date(2017, 6, 30))
    assert not large_values([cash], before, RATE, natural=True)
    abroad = replace(cash, cash=False, cross_border=True, amount=yuan("9000000.00"))
    assert not large_values([abroad], before, RATE, natural=True)
    assert keys([abroad], natural=True) == {("natural_cross_border", "in")}
    # 150,000 yuan alone stay below, one dollar more measures both together in dollars.
    pure = replace(abroad, amount=yuan("150000.00"))
    assert not keys([pure], natural=True)
    dollar = replace(pure, id="2", foreign=True, amount=yuan("1.00"))
    assert keys([pure, dollar], natural=True) == {("natural_cross_border", "in")}
    exempt = replace(cash, exempt=True)
    assert not keys([exempt], natural=True)
    assert keys([replace(exempt, suspicious=True)], natural=True)


SUSPICION = suspicion_terms(shipped(), ON)
days = st.dates(date(2019, 1, 1), date(2025, 10, 1))


@given(days, st.integers(0, 30), st.booleans())
def test_no_date_of_a_suspicion_lies_before_its_start(
    alert: date, later: int, continues: object
) -> None:
    confirmed = alert + timedelta(days=later)
    given_ = Suspicion(alert, confirmed, confirmed, bool(continues))
    found = suspicion_dates(given_, SUSPICION, WORK)
    assert alert < found.escalate_by <= found.dispose_by
    assert found.report_by is not None
    assert found.report_by > confirmed
    assert (found.repeat_by is None) == (not continues)
    open_ = suspicion_dates(Suspicion(alert), SUSPICION, WORK)
    assert (open_.report_by, open_.repeat_by) == (None, None)


RETENTION = retention_terms(shipped(), ON)


@given(st.sampled_from(list(RETENTION.years)), days, st.integers(0, 8000))
def test_a_record_is_kept_at_least_its_years(kind: str, base: date, later: int) -> None:
    found = retention(kind, base, RETENTION)
    assert found.until >= date(base.year + found.years, 12, 31)
    inquiry = base + timedelta(days=later)
    assert retention(kind, base, RETENTION, [inquiry]).until == max(found.until, inquiry)


@pytest.mark.parametrize(
    ("kind", "base", "years"),
    [
        ("transaction", date(2019, 12, 31), 5),
        ("transaction", date(2020, 1, 1), 10),
        ("complaint_file", date(2026, 1, 1), 5),
        ("audit_workpaper", date(2010, 1, 1), 10),
    ],
)
def test_years_by_kind_and_law(kind: str, base: date, years: int) -> None:
    assert retention(kind, base, RETENTION).years == years


AUDIT = audit_terms(shipped(), ON)


@given(st.sampled_from(list(AUDIT.rectification_days)), days, st.integers(0, 600))
def test_an_open_finding_is_escalated_further_and_further(
    severity: str, reported: date, later: int
) -> None:
    as_of = reported + timedelta(days=later)
    now = rectification(severity, reported, None, as_of, AUDIT)
    next_day = rectification(severity, reported, None, as_of + timedelta(days=1), AUDIT)
    assert now.level <= next_day.level <= 4
    assert not now.closed
    assert (now.overdue_days == 0) == (now.level == 0) == (as_of <= now.due)


@pytest.mark.parametrize(("over", "level_"), [(0, 0), (1, 1), (30, 1), (31, 2), (91, 4), (400, 4)])
def test_one_level_for_thirty_days(over: int, level_: int) -> None:
    as_of = date(2026, 3, 31) + timedelta(days=over)
    assert rectification("critical", date(2026, 3, 1), None, as_of, AUDIT).level == level_


def test_a_verification_of_later_does_not_close_yet() -> None:
    found = rectification("low", ON, ON + timedelta(days=5), ON, AUDIT)
    assert not found.closed


def test_evidence_is_urgent_or_not() -> None:
    slow = EvidenceRequest(date(2025, 6, 10), urgent=False, provided=None)
    assert evidence_due(slow, date(2025, 6, 17), AUDIT, WORK).due == date(2025, 6, 17)
    quick = evidence_due(replace(slow, urgent=True), date(2025, 6, 13), AUDIT, WORK)
    assert (quick.due, quick.late) == (date(2025, 6, 12), True)
    came = replace(slow, provided=date(2025, 6, 11))
    assert not evidence_due(came, date(2025, 12, 1), AUDIT, WORK).late


@given(st.sets(st.integers(0, 500), max_size=80), st.text(max_size=5))
def test_a_sample_does_not_depend_on_the_order(numbers: set[int], seed: str) -> None:
    ids = [f"LN{n}" for n in numbers]
    drawn = sample(seed, ids, AUDIT)
    assert drawn == sample(seed, reversed(ids), AUDIT)
    assert len(set(drawn)) == len(drawn) == sample_size(len(ids), AUDIT)
    assert set(drawn) <= set(ids)


@pytest.mark.parametrize(("count", "size"), [(25, 25), (26, 25), (501, 26), (700, 35), (2000, 60)])
def test_sizes_of_samples(count: int, size: int) -> None:
    assert sample_size(count, AUDIT) == size


def certificate(kind: str, *, suspended: bool = False) -> Certificate:
    return Certificate(kind, date(2025, 1, 1), date(2026, 12, 31), suspended)


def test_rights_of_an_employee() -> None:
    held = [certificate("aml"), certificate("fund_sales"), certificate("complaint_handler")]
    done = [CourseDone("conduct", 2025, makes_up=False)]
    assert rights(ON, held, ["conduct"], done).allowed == ("customer_facing", "fund_sales")
    other = [
        CourseDone("conduct", 2025, makes_up=True),
        CourseDone("conduct", 2026, makes_up=False),
    ]
    found = rights(ON, held, ["conduct"], other)
    assert (found.allowed, found.missing_courses) == (("customer_facing",), ("conduct",))
    suspended = [certificate("aml", suspended=True), *held[1:]]
    assert rights(ON, suspended, [], []).allowed == ()


def weekday(day: date) -> bool:
    return day.weekday() < 5


@given(days, st.integers(0, 40), st.integers(0, 40))
def test_touching_leaves_do_not_add_up(start: date, first: int, second: int) -> None:
    middle = start + timedelta(days=first)
    last = middle + timedelta(days=1 + second)
    apart = longest_leave(
        start.year, [(start, middle), (middle + timedelta(days=1), last)], weekday
    )
    whole = longest_leave(start.year, [(start, last)], weekday)
    assert apart <= whole <= 261


def test_leave_counts_for_its_own_year() -> None:
    over = [(date(2025, 12, 29), date(2026, 1, 9))]
    assert longest_leave(2025, over, weekday) == 3
    assert longest_leave(2026, over, weekday) == 7
    assert longest_leave(2024, over, weekday) == 0
    assert longest_leave(2026, [], weekday) == 0


def test_rotation_is_in_time_to_the_day() -> None:
    assert rotation(date(2024, 2, 29), date(2025, 2, 28), 12).overdue_days == 0
    assert rotation(date(2024, 2, 29), date(2025, 3, 1), 12).overdue_days == 1


NOTHING = Cause(
    intent=False,
    internal_party=False,
    employment_law=False,
    physical_damage=False,
    system_failure=False,
    client_obligation=False,
)


def test_the_first_cause_that_holds_is_the_category() -> None:
    cause, found = NOTHING, [category(NOTHING)]
    for name in ("client_obligation", "system_failure", "physical_damage", "employment_law",
                 "intent", "internal_party"):  # fmt: skip
        cause = replace(cause, **{name: True})
        found.append(category(cause))
    assert found == [
        "execution",
        "clients_products",
        "systems",
        "physical_assets",
        "employment",
        "external_fraud",
        "internal_fraud",
    ]


recoveries_of = st.lists(
    st.builds(
        Recovery,
        st.booleans(),
        st.integers(1, 10**6).map(Money),
        st.dates(ON - timedelta(days=3), ON + timedelta(days=3)),
    ),
    max_size=6,
)


@given(st.integers(0, 10**6).map(Money), recoveries_of)
def test_no_recovery_is_more_than_what_is_left(gross: Money, recoveries: list[Recovery]) -> None:
    found = net_loss(gross, recoveries, ON)
    assert ZERO <= found.net <= found.after_direct <= gross
    assert net_loss(gross, list(reversed(recoveries)), ON) == found
    assert net_loss(gross, [r for r in recoveries if r.on <= ON], ON) == found


def test_levels_of_a_loss() -> None:
    begins = loss_levels(shipped(), ON)
    amounts = ("0.00", "0.01", "9999.99", "10000.00", "499999.99", "500000.00")
    assert [level(yuan(a), begins) for a in amounts] == [
        "near_miss", "branch", "branch", "head_office", "head_office", "major",
    ]  # fmt: skip
    with pytest.raises(Rejected) as no:
        net_loss(Money(-1), [], ON)
    assert no.value.reason is Reason.GROSS_NEGATIVE


SCALE = [Colour.GREEN, Colour.AMBER, Colour.RED]


@given(
    st.sampled_from(["npl_ratio", "training_complete"]), st.integers(0, 1000), st.integers(0, 99)
)
def test_a_worse_value_never_has_a_better_colour(name: str, value: int, worse: int) -> None:
    line = indicator_line(shipped(), name, ON)
    further = value + worse if line.high_is_bad else value - worse
    one, two = (
        indicator(Fraction(n), Fraction(1000), line, Colour.GREEN) for n in (value, further)
    )
    assert SCALE.index(one.colour) <= SCALE.index(two.colour)


def test_edges_of_indicators() -> None:
    line = indicator_line(shipped(), "complaints_late", ON)
    almost = indicator(Fraction(49_999), Fraction(1_000_000), line, Colour.AMBER)
    assert (almost.colour, almost.action_required) == (Colour.AMBER, True)
    red = indicator(Fraction(5), Fraction(100), line, Colour.GREEN)
    assert (red.colour, red.action_required) == (Colour.RED, True)
    after = indicator(Fraction(2), Fraction(100), line, Colour.RED)
    assert after.action_required
    assert not indicator(Fraction(1), Fraction(100), line, Colour.RED).action_required
    none = indicator(Fraction(1), Fraction(0), line, Colour.RED)
    assert (none.value, none.colour) == (None, Colour.NO_DATA)
