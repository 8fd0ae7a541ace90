"""The catalogue in the log: adopted rows count from their day and are decided by four eyes."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.catalogue import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import bank

MAKER = Actor("maker", Role.RATE_MAKER)


def test_a_published_demand_rate_counts_for_the_whole_period_that_it_settles() -> None:
    # 1,000 × 75 days (5 Jan to 20 Mar counted) × 0.15 % / 360 = 0.3125 -> 0.31 (DEP-02).
    desk = bank("2026-01-05")
    rate = c.PublishRate(
        product="demand", rate=AnnualRate.of("0.15"), effective_from=date(2026, 3, 1), checker="bob"
    )
    desk.do(rate, MAKER)
    settled = [x for x in desk.advance("2026-03-21") if isinstance(x, e.InterestSettled)]
    assert [(x.interest.minor, x.rate, x.rate_valid_from) for x in settled] == [
        (31, AnnualRate.of("0.15"), date(2026, 3, 1))
    ]


def test_a_rate_needs_four_eyes_a_day_to_come_and_room_below_the_ceiling() -> None:
    desk = bank("2026-01-05")

    def asked(checker: str, pct: str, day: date) -> c.PublishRate:
        rate = AnnualRate.of(pct)
        return c.PublishRate(product="demand", rate=rate, effective_from=day, checker=checker)

    tomorrow = date(2026, 1, 6)
    desk.refused(asked("maker", "0.10", tomorrow), Reason.MAKER_IS_CHECKER, MAKER)
    past = asked("bob", "0.10", date(2026, 1, 4))
    desk.refused(past, Reason.EFFECTIVE_DATE_IN_PAST, MAKER)
    # Benchmark 0.35 % and 20 bp: 0.55 % is the most.
    desk.refused(asked("bob", "0.56", tomorrow), Reason.RATE_ABOVE_CEILING, MAKER)
    desk.do(asked("bob", "0.55", tomorrow), MAKER)
    desk.refused(asked("bob", "0.50", tomorrow), Reason.RATE_ALREADY_PUBLISHED, MAKER)


def test_a_price_may_not_be_adopted_late_but_a_legal_figure_may() -> None:
    desk = bank("2026-01-05")
    maker = Actor("maker", Role.PRODUCT_MAKER)

    def row(param: str, mark: str) -> c.AdoptRule:
        return c.AdoptRule(
            param=param, value="1", valid_from=date(2026, 1, 1), checker="bob", mark=mark
        )

    desk.refused(row("deposit.rate.demand", "convention"), Reason.RETROACTIVE_PRICE, maker)
    desk.do(row("deposit.interest_tax", "text"), maker)


def test_an_index_is_recorded_once_a_day_and_never_below_zero() -> None:
    desk = bank("2026-01-20")

    def fixing(pct: str, tenor: str = "1Y") -> c.RecordLpr:
        rate = AnnualRate.of(pct)
        return c.RecordLpr(tenor=tenor, rate=rate, effective_from=date(2026, 1, 20))

    desk.refused(fixing("-0.01"), Reason.RATE_NEGATIVE, MAKER)
    desk.do(fixing("0"), MAKER)
    no = desk.refused(fixing("2.90"), Reason.RULE_VERSION_OVERLAP, MAKER)
    assert no.facts == {"valid_from": date(2026, 1, 20)}
    desk.do(fixing("2.90", "5Y"), MAKER)
    # The fixings that are shipped with the catalogue count too: 20 May 2025 is one.
    shipped = c.RecordLpr(tenor="1Y", rate=AnnualRate.of("3.00"), effective_from=date(2025, 5, 20))
    desk.refused(shipped, Reason.RULE_VERSION_OVERLAP, MAKER)
