"""Monitoring patterns (AML-06): what fires at its edge, and what does not depend on order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.products.catalogue import shipped
from bankcore.products.oversight_terms import pattern_params
from bankcore.rules.compliance.patterns import PATTERNS, CustomerFacts, Observation, Seen, hits
from bankcore.values.money import Money, yuan

ON = date(2026, 3, 10)
FACTS = CustomerFacts(
    closing_balance=yuan("1000.00"),
    last_activity_before=date(2025, 6, 1),
    opened=date(2026, 1, 1),
    disbursed=yuan("100000.00"),
    disbursed_on=date(2026, 3, 1),
    previous_month_inflows=[yuan("1000.00")] * 6,
)
PLAIN = Observation(
    id="t",
    date=ON,
    direction="in",
    kind="transfer",
    amount=yuan("10000.00"),
    counterparty="x",
    own_name=False,
    channel="electronic",
    by_customer=True,
    salary=False,
)


def fired(pattern: str, movements: list[Observation], facts: CustomerFacts = FACTS) -> list[str]:
    params = pattern_params(shipped(), pattern, ON)
    return hits(pattern, Seen(ON, movements, facts), params)


def many(count: int, **change: object) -> list[Observation]:
    """So many movements with ids and parties of their own."""
    return [
        replace(PLAIN, id=f"t{n}", counterparty=f"p{n}", **change)  # type: ignore[arg-type]
        for n in range(count)
    ]


movements_of = st.lists(
    st.builds(
        Observation,
        id=st.uuids().map(str),
        date=st.dates(ON - timedelta(days=40), ON),
        direction=st.sampled_from(["in", "out"]),
        kind=st.sampled_from(["cash", "transfer", "prepayment", "interest"]),
        amount=st.integers(1, 600).map(lambda n: Money(n * 100_000)),
        counterparty=st.sampled_from("abcdefghijkl"),
        own_name=st.booleans(),
        channel=st.sampled_from(["counter", "electronic"]),
        by_customer=st.booleans(),
        salary=st.booleans(),
    ),
    max_size=20,
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(movements_of)
def test_firing_does_not_depend_on_the_order(pattern: str, movements: list[Observation]) -> None:
    assert set(fired(pattern, movements)) == set(fired(pattern, list(reversed(movements))))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_nothing_fires_on_nothing(pattern: str) -> None:
    assert fired(pattern, [], CustomerFacts()) == []


@given(movements_of)
def test_more_parties_never_stop_a_fan(movements: list[Observation]) -> None:
    before = fired("fan_in", movements)
    after = fired("fan_in", [*movements, *many(1)])
    assert not before or set(before) <= set(after)


@pytest.mark.parametrize(
    ("amounts", "fires"),
    [
        (["40000.00"] * 3, True),
        (["39999.99"] + ["40000.00"] * 2, False),
        (["50000.00"] + ["49999.99"] * 2, False),
    ],
)
def test_acts_just_below_the_threshold(amounts: list[str], *, fires: bool) -> None:
    acts = [replace(PLAIN, id=str(n), kind="cash", amount=yuan(a)) for n, a in enumerate(amounts)]
    assert bool(fired("structuring_single", acts)) is fires
    split = [replace(act, direction="out") if act.id == "0" else act for act in acts]
    assert fired("structuring_single", split) == []


def test_days_just_below_the_threshold() -> None:
    days = [
        replace(PLAIN, id=f"{n}{half}", kind="cash", amount=yuan("22500.00"),
                date=ON - timedelta(days=n))
        for n in range(3)
        for half in "ab"
    ]  # fmt: skip
    assert len(fired("structuring_daily", days)) == 6
    full = [*days, replace(days[0], id="more", amount=yuan("5000.00"))]
    assert fired("structuring_daily", full) == []


def test_in_and_out_within_two_days() -> None:
    came = replace(PLAIN, id="in", amount=yuan("100000.00"), date=ON - timedelta(days=1))
    went = replace(PLAIN, id="out", direction="out", amount=yuan("90000.00"))
    rich = replace(FACTS, closing_balance=yuan("10000.00"))
    assert fired("pass_through", [came, went], rich) == ["in", "out"]
    richer = replace(FACTS, closing_balance=yuan("10000.01"))
    assert fired("pass_through", [came, went], richer) == []
    assert fired("pass_through", [came, replace(went, amount=yuan("89999.99"))], rich) == []
    assert fired("pass_through", [replace(came, amount=yuan("99999.99")), went], rich) == []


def test_the_latest_long_silence_counts() -> None:
    woke = replace(PLAIN, id="woke", amount=yuan("200000.00"), date=ON - timedelta(days=9))
    bank = replace(PLAIN, id="bank", by_customer=False, date=ON - timedelta(days=20))
    quiet = replace(FACTS, last_activity_before=woke.date - timedelta(days=180))
    assert fired("dormant_wake", [bank, woke], quiet) == ["woke"]
    assert fired("dormant_wake", [replace(woke, amount=yuan("199999.99"))], quiet) == []
    busy = replace(FACTS, last_activity_before=woke.date - timedelta(days=179))
    assert fired("dormant_wake", [woke], busy) == []
    early = [replace(woke, date=ON - timedelta(days=10)), replace(PLAIN, id="now")]
    assert fired("dormant_wake", early, replace(quiet, last_activity_before=None)) == []


def test_ten_parties_are_a_fan_and_one_ten_times_is_not() -> None:
    assert len(fired("fan_in", many(10))) == 10
    assert fired("fan_in", many(9)) == []
    assert fired("fan_in", [replace(m, counterparty="x") for m in many(10)]) == []
    assert fired("fan_in", many(10, own_name=True)) == []
    assert len(fired("fan_out", many(10, direction="out"))) == 10


def test_a_young_account_that_empties_electronically() -> None:
    paid = many(5)
    out = replace(PLAIN, id="out", direction="out", amount=yuan("40000.00"))
    assert fired("mule_account", [*paid, out]) == [*(m.id for m in paid), "out"]
    assert fired("mule_account", [*paid, replace(out, amount=yuan("39999.99"))]) == []
    assert fired("mule_account", [*paid, replace(out, channel="atm")]) == []
    assert fired("mule_account", [*paid[1:], out]) == []
    young = replace(FACTS, opened=ON - timedelta(days=90))
    assert fired("mule_account", [*paid, out], young)
    old = replace(FACTS, opened=ON - timedelta(days=91))
    assert fired("mule_account", [*paid, out], old) == []


def test_most_transfers_are_round() -> None:
    even = many(8, amount=yuan("60000.00"))
    odd = [replace(m, id=f"o{n}") for n, m in enumerate(many(2, amount=yuan("10000.01")))]
    assert fired("round_amounts", [*even, *odd]) == [m.id for m in even]
    assert fired("round_amounts", [*even[:-1], *odd, replace(odd[0], id="o2")]) == []
    assert fired("round_amounts", [*even, odd[0]]) == []
    small = many(10, amount=yuan("40000.00"))
    assert fired("round_amounts", small) == []


def test_a_young_loan_prepaid_with_other_peoples_money() -> None:
    prepaid = replace(PLAIN, id="p", direction="out", kind="prepayment", amount=yuan("50000.00"))
    funded = replace(PLAIN, id="f", amount=yuan("40000.00"), date=ON - timedelta(days=3))
    assert fired("rapid_repay", [prepaid, funded]) == ["p", "f"]
    for change in ({"own_name": True}, {"salary": True}, {"date": ON - timedelta(days=4)},
                   {"amount": yuan("39999.99")}):  # fmt: skip
        other = replace(funded, **change)
        assert fired("rapid_repay", [prepaid, other]) == []
    assert fired("rapid_repay", [replace(prepaid, amount=yuan("49999.99")), funded]) == []
    ninety = replace(FACTS, disbursed_on=ON - timedelta(days=90))
    assert fired("rapid_repay", [prepaid, funded], ninety)
    later = replace(FACTS, disbursed_on=ON - timedelta(days=91))
    assert fired("rapid_repay", [prepaid, funded], later) == []


def test_a_month_beyond_the_profile_and_a_closing_after_much() -> None:
    jump = [replace(PLAIN, id="j", amount=yuan("200000.00"), date=ON.replace(day=1))]
    usual = replace(FACTS, previous_month_inflows=[yuan("40000.00")] * 6)
    assert fired("profile_jump", jump, usual) == ["j"]
    more = replace(FACTS, previous_month_inflows=[yuan("40000.01")] * 6)
    assert fired("profile_jump", jump, more) == []
    assert fired("profile_jump", [replace(jump[0], amount=yuan("199999.99"))]) == []
    flow = [replace(PLAIN, id="c", amount=yuan("500000.00"), date=ON - timedelta(days=29))]
    assert fired("close_after_flow", flow) == ["c"]
    assert fired("close_after_flow", [replace(flow[0], date=ON - timedelta(days=30))]) == []
