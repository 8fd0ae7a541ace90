"""CC-04 as properties, against a second, day-by-day count of the same text."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.rules.cards.interest import (
    DayRate,
    InterestMode,
    RateBand,
    SingleItem,
    check_rate,
    item_interest,
    yearly_rate,
)
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.late_charge import LateTerms
from bankcore.rules.cards.minimum import MinimumTerms
from bankcore.rules.cards.statement import CardTerms, Cut, Fact, run
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected

START = date(2024, 3, 6)
FIRST, LAST = date(2024, 4, 5), date(2024, 7, 5)
FIVE = Fraction(5)


def terms(mode: InterestMode = InterestMode.FULL, *, compound: bool = True) -> CardTerms:
    return CardTerms(
        statement_day=5,
        due_offset=20,
        mode=mode,
        compound=compound,
        rates=(DayRate(date.min, FIVE),),
        minimum=MinimumTerms(share=Fraction(10), floor=yuan("50")),
        late=LateTerms(share=FIVE, least=yuan("10"), tolerance=yuan("10")),
        tolerance_days=3,
    )


def cuts(facts: list[Fact], how: CardTerms) -> list[Cut]:
    return run(how, yuan("20000"), facts, FIRST, LAST)


DAYS = st.integers(0, 110).map(lambda n: START + timedelta(days=n))
AMOUNTS = st.integers(1, 900_000).map(Money)
DEBITS = st.builds(Fact, DAYS, st.just("purchase"), AMOUNTS)
PAYMENTS = st.builds(Fact, DAYS, st.just("payment"), AMOUNTS)
LIVES = st.lists(st.one_of(DEBITS, PAYMENTS), min_size=1, max_size=8)


@given(LIVES)
@settings(max_examples=60)
def test_the_unpaid_part_mode_never_costs_more_than_the_full_amount_mode(
    facts: list[Fact],
) -> None:
    full = cuts(facts, terms(InterestMode.FULL, compound=False))
    part = cuts(facts, terms(InterestMode.UNPAID, compound=False))
    assert [p.retail.minor <= f.retail.minor for p, f in zip(part, full, strict=True)] == [
        True for _ in full
    ]


@given(st.lists(DEBITS, min_size=1, max_size=6))
@settings(max_examples=40)
def test_who_pays_every_statement_in_full_pays_no_interest_on_purchases(
    purchases: list[Fact],
) -> None:
    facts = list(purchases)
    for day in (FIRST, date(2024, 5, 5), date(2024, 6, 5)):
        owed = run(terms(), yuan("20000"), facts, FIRST, day)[-1].statement.payment.balance
        facts.append(Fact(day + timedelta(days=23), "payment", owed))
    made = cuts([f for f in facts if f.amount], terms())
    assert [(c.retail, c.cash, c.late) for c in made] == [(yuan("0"),) * 3] * len(made)


@given(LIVES, st.integers(1, 100))
@settings(max_examples=40)
def test_a_purchase_split_in_two_of_the_same_day_bears_the_same_interest(
    facts: list[Fact], share: int
) -> None:
    halves: list[Fact] = []
    for fact in facts:
        part = Money(fact.amount.minor * share // 101)
        if fact.kind == "purchase" and part:
            halves.append(Fact(fact.on, "purchase", part))
            halves.append(Fact(fact.on, "purchase", fact.amount - part))
        else:
            halves.append(fact)
    whole, split = cuts(facts, terms()), cuts(halves, terms())
    assert [(c.retail, c.statement.payment.balance) for c in whole] == [
        (c.retail, c.statement.payment.balance) for c in split
    ]


@given(LIVES)
@settings(max_examples=60)
def test_the_balance_moves_by_debits_charges_and_credits_alone(facts: list[Fact]) -> None:
    posted = 0
    for cut in cuts(facts, terms()):
        day = cut.statement.statement_date
        posted += cut.retail.minor + cut.cash.minor + cut.late.minor
        debits = sum(f.amount.minor for f in facts if f.on <= day and f.kind == "purchase")
        credits_ = sum(f.amount.minor for f in facts if f.on <= day and f.kind == "payment")
        book = cut.statement.book
        assert book.debt.minor - book.credit_balance.minor == debits + posted - credits_


@given(LIVES)
@settings(max_examples=60)
def test_a_minimum_lies_between_nothing_and_the_balance(facts: list[Fact]) -> None:
    for cut in cuts(facts, terms()):
        payment = cut.statement.payment
        assert 0 <= payment.minimum.amount.minor <= payment.balance.minor
        assert payment.purchase_share <= payment.minimum.amount


def naive_item(amount: int, posted: date, payments: list[tuple[date, Money]], until: date) -> int:
    """Balance-days by walking every day."""
    days, day = 0, posted
    while day < until:
        paid = sum(m.minor for on, m in payments if on <= day)
        days += max(0, amount - paid)
        day += timedelta(days=1)
    return days


@given(AMOUNTS, st.lists(st.tuples(DAYS, AMOUNTS), max_size=5), DAYS)
@settings(max_examples=60)
def test_one_item_bears_what_a_walk_over_its_days_counts(
    amount: Money, payments: list[tuple[date, Money]], until: date
) -> None:
    single = SingleItem(kind=ItemKind.CASH, amount=amount, posted=START, permyriad=FIVE)
    found, days = item_interest(single, payments, until, compound=True)
    assert days == naive_item(amount.minor, START, payments, until)
    assert found.exact == Fraction(days) * 5 / 10_000


def test_fees_bear_nothing_and_interest_only_when_it_compounds() -> None:
    until = START + timedelta(days=100)
    for kind, compound, days in (
        (ItemKind.LATE_FEE, True, 0),
        (ItemKind.INTEREST, False, 0),
        (ItemKind.INTEREST, True, 1_000_000),
    ):
        single = SingleItem(kind=kind, amount=yuan("100"), posted=START, permyriad=FIVE)
        assert item_interest(single, [], until, compound=compound)[1] == days


def test_a_rate_change_splits_the_days() -> None:
    changed = terms()
    rates = (DayRate(date.min, FIVE), DayRate(date(2024, 3, 26), Fraction(4)))
    how = CardTerms(
        **{
            name: getattr(changed, name) for name in changed.__dataclass_fields__ if name != "rates"
        },
        rates=rates,
    )
    made = cuts([Fact(date(2024, 3, 16), "cash", yuan("1000"))], how)
    # 10 days at 5‱ and 10 days at 4‱ of 1,000.00.
    assert made[0].cash == yuan("9.00")


def test_the_yearly_rate_that_is_shown_is_the_daily_one_times_365() -> None:
    assert yearly_rate(FIVE) == Fraction("18.25")


@pytest.mark.parametrize(
    ("rate", "band", "reason"),
    [
        ("3.4", RateBand(least=Fraction("3.5"), most=FIVE, ceiling=None), Reason.RATE_OUT_OF_BAND),
        ("5.1", RateBand(least=Fraction("3.5"), most=FIVE, ceiling=None), Reason.RATE_OUT_OF_BAND),
        (
            "6.6",
            RateBand(least=None, most=None, ceiling=Fraction(24)),
            Reason.RATE_ABOVE_INTERNAL_CEILING,
        ),
    ],
)
def test_a_rate_outside_the_band_or_above_the_ceiling_is_refused(
    rate: str, band: RateBand, reason: Reason
) -> None:
    with pytest.raises(Rejected) as no:
        check_rate(Fraction(rate), band)
    assert no.value.reason is reason
