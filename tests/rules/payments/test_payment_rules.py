"""PAY-01, PAY-03 … PAY-06 at their edges and as properties."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.operations.payments.policies import class_limits, fee_terms, rail_terms
from bankcore.products.catalogue import shipped
from bankcore.rules.payments.account_classes import Movement, check_class
from bankcore.rules.payments.fees import Channel, transfer_fee
from bankcore.rules.payments.names import canonical_name, names_match
from bankcore.rules.payments.routing import Arrival, Order, Rail, next_batch, route
from bankcore.rules.payments.transfer_life import TransferState, next_state
from bankcore.values.calendar import WORK
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason, Rejected

ON = date(2026, 3, 2)
AT = datetime.fromisoformat
TIMES = st.datetimes(AT("2025-01-02"), AT("2026-11-30")).map(
    lambda at: at.replace(second=0, microsecond=0)
)
AMOUNTS = st.integers(1, 300_000_000).map(Money)


@given(TIMES, AMOUNTS, st.sampled_from(Arrival))
@settings(max_examples=80)
def test_nothing_is_sent_before_its_time_and_later_orders_not_earlier(
    at: datetime, amount: Money, option: Arrival
) -> None:
    terms = rail_terms(shipped(), ON)

    def sent(when: datetime) -> datetime:
        order = Order(same_bank=False, option=option, amount=amount, at=when)
        return route(order, terms, WORK.projecting().is_business_day).sent_at

    assert sent(at) >= at
    assert sent(at + timedelta(minutes=1)) >= sent(at)


@given(TIMES)
def test_a_batch_leaves_on_the_half_hour(at: datetime) -> None:
    batch = next_batch(at, 30)
    assert batch.minute in {0, 30}
    assert timedelta(0) <= batch - at < timedelta(minutes=30)


def test_inside_the_bank_a_transfer_leaves_at_once() -> None:
    order = Order(same_bank=True, option=Arrival.NORMAL, amount=yuan("1"), at=AT("2026-03-02"))
    found = route(order, rail_terms(shipped(), ON), WORK.is_business_day)
    assert (found.rail, found.sent_at) == (Rail.INTRA, order.at)


@given(AMOUNTS, AMOUNTS, st.sampled_from(Channel))
@settings(max_examples=60)
def test_fees_rise_with_the_amount_and_online_costs_no_more_than_the_counter(
    one: Money, other: Money, channel: Channel
) -> None:
    def fee(amount: Money, where: Channel) -> Money:
        try:
            terms = fee_terms(shipped(), where, date(2017, 1, 1))
            return transfer_fee(where, amount, terms, same_bank=False).amount
        except Rejected:
            return yuan("50")

    low, high = sorted((one, other))
    assert fee(low, channel) <= fee(high, channel) <= yuan("50")
    assert channel is Channel.ATM or fee(one, channel) <= fee(one, Channel.COUNTER)


NAMES = st.text(st.sampled_from("张三李 a Ａ•・.·陈陳"), max_size=6)


@given(NAMES, NAMES)
def test_comparing_names_is_symmetric_and_settled_by_their_canonical_form(
    one: str, other: str
) -> None:
    assert names_match(one, one)
    assert names_match(one, other) == names_match(other, one)
    assert canonical_name(canonical_name(one)) == canonical_name(one)


@given(st.lists(st.sampled_from(["confirm", "abandon", "hold", "route", "cancel", "settle"])))
def test_a_transfer_has_one_end(commands: list[str]) -> None:
    state, ends = TransferState.REQUESTED, 0
    final = {TransferState.SETTLED, TransferState.CANCELLED, TransferState.RETURNED}
    for command in commands:
        try:
            state = next_state(state, command)
        except Rejected:
            continue
        ends += state in final
    assert ends <= 1


def moved(**changes: Any) -> Movement:
    facts: dict[str, Any] = {
        "account_class": 2,
        "direction": "out",
        "kind": "transfer",
        "bound": False,
        "amount": yuan("100"),
        "day_total": yuan("0"),
        "year_total": yuan("0"),
        "balance": yuan("0"),
        "face_to_face": True,
        "non_bound_enabled": True,
        **changes,
    }
    return Movement(**facts)


@pytest.mark.parametrize(
    ("movement", "reason"),
    [
        (moved(account_class=3, kind="cash", face_to_face=False), Reason.CLASS_III_NO_CASH),
        (moved(kind="cash", face_to_face=False), Reason.FACE_TO_FACE_MISSING),
        (
            moved(account_class=3, direction="in", non_bound_enabled=False),
            Reason.NON_BOUND_IN_NOT_ENABLED,
        ),
        (moved(day_total=yuan("9900.01")), Reason.CLASS_DAY_LIMIT),
        (moved(year_total=yuan("199900.01")), Reason.CLASS_YEAR_LIMIT),
        (
            moved(account_class=3, direction="in", bound=True, balance=yuan("1900.01")),
            Reason.CLASS_III_BALANCE_LIMIT,
        ),
    ],
)
def test_a_class_is_refused_in_the_order_of_the_rule(movement: Movement, reason: Reason) -> None:
    with pytest.raises(Rejected) as no:
        check_class(movement, class_limits(shipped(), movement.account_class, ON))
    assert no.value.reason is reason


@pytest.mark.parametrize(
    "movement",
    [
        moved(account_class=1, amount=yuan("9999999")),
        moved(bound=True, amount=yuan("9999999")),
        moved(kind="exempt", amount=yuan("9999999")),
        moved(account_class=3, direction="in", balance=yuan("1900")),
    ],
)
def test_what_a_class_allows_passes(movement: Movement) -> None:
    check_class(movement, class_limits(shipped(), movement.account_class, ON))


def test_a_percentage_fee_is_rounded_half_up_below_its_cap() -> None:
    terms = fee_terms(shipped(), Channel.COUNTER, ON)
    found = transfer_fee(Channel.COUNTER, yuan("50050"), terms, same_bank=False)
    assert (found.exact, found.amount) == (Fraction("1501.5"), yuan("15.02"))
