"""Opening, closing, holds and dormancy: refusals in the order of DEP-20 to DEP-23."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.deposits.accounts import (
    AccountLimits,
    AccountOpening,
    Agent,
    Closing,
    check_account_opening,
    check_closing,
    closing_payout,
)
from bankcore.rules.deposits.availability import (
    Availability,
    DormancyLimits,
    Restriction,
    activity_state,
    availability,
    check_activity,
    check_credit,
    check_debit,
)
from bankcore.rules.deposits.board import Offer, highest_offer
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

ON = date(2026, 3, 2)
LIMITS = AccountLimits({"I": 1, "II": 5, "III": 5}, yuan("2000.00"))
GOOD = AccountOpening(
    on=ON,
    birth_date=date(1990, 3, 7),
    document="id_card",
    document_valid_to=None,
    identity_verified=True,
    agent=None,
    risk_sign=False,
    purpose_recorded=False,
    account_class="I",
    open_class={},
    agreement_signed=True,
    amount=yuan("10.00"),
    min_opening=yuan("1.00"),
)
BAD_STEPS: list[tuple[Reason, dict[str, object]]] = [
    (Reason.BALANCE_ABOVE_CLASS_LIMIT, {"account_class": "III", "amount": yuan("2000.01")}),
    (Reason.AMOUNT_BELOW_MINIMUM, {"amount": yuan("0.99")}),
    (Reason.AGREEMENT_NOT_SIGNED, {"agreement_signed": False}),
    (Reason.CLASS_THREE_LIMIT_REACHED, {"account_class": "III", "open_class": {"III": 5}}),
    (Reason.PURPOSE_MISSING, {"risk_sign": True}),
    (Reason.GUARDIAN_REQUIRED, {"birth_date": date(2010, 3, 3)}),
    (Reason.AGENT_IDENTITY_MISSING, {"agent": Agent(id_shown=False, guardian=False)}),
    (Reason.IDENTITY_NOT_VERIFIED, {"identity_verified": False}),
    (Reason.IDENTITY_DOCUMENT_EXPIRED, {"document_valid_to": date(2026, 3, 1)}),
    (Reason.IDENTITY_DOCUMENT_UNACCEPTABLE, {"document": "library_card"}),
]


def test_the_earlier_reason_of_the_rule_hides_the_later_ones() -> None:
    asked = GOOD
    check_account_opening(asked, LIMITS)
    for reason, change in BAD_STEPS:
        asked = replace(asked, **change)  # type: ignore[arg-type]  # fields are varied by name
        with pytest.raises(Rejected) as no:
            check_account_opening(asked, LIMITS)
        assert no.value.reason is reason


@pytest.mark.parametrize(
    ("account_class", "reason"),
    [("I", Reason.CLASS_ONE_EXISTS), ("II", Reason.CLASS_TWO_LIMIT_REACHED)],
)
def test_each_class_has_its_number_of_accounts(account_class: str, reason: Reason) -> None:
    full = replace(GOOD, account_class=account_class, open_class=dict(LIMITS.per_class))
    with pytest.raises(Rejected) as no:
        check_account_opening(full, LIMITS)
    assert no.value.reason is reason


def test_on_the_sixteenth_birthday_no_guardian_is_needed() -> None:
    check_account_opening(replace(GOOD, birth_date=date(2010, 3, 2)), LIMITS)


CLOSING = Closing(
    status="open",
    identity_verified=True,
    by_third_party=False,
    authority=False,
    frozen=False,
    holds=ZERO,
    pending=0,
    links=(),
    alert_flag=False,
)
CLOSING_STEPS: list[tuple[Reason, dict[str, object]]] = [
    (Reason.ALERT_REVIEW_REQUIRED, {"alert_flag": True}),
    (Reason.LINKED_PRODUCTS, {"links": ("loan-L1",)}),
    (Reason.PENDING_TRANSACTIONS, {"pending": 1}),
    (Reason.HOLDS_PRESENT, {"holds": yuan("0.01")}),
    (Reason.ACCOUNT_FROZEN, {"frozen": True}),
    (Reason.AUTHORITY_MISSING, {"by_third_party": True}),
    (Reason.IDENTITY_NOT_VERIFIED, {"identity_verified": False}),
    (Reason.ACCOUNT_NOT_OPEN, {"status": "closed"}),
]


def test_closing_is_refused_in_the_order_of_the_rule() -> None:
    asked = CLOSING
    check_closing(asked)
    for reason, change in CLOSING_STEPS:
        asked = replace(asked, **change)  # type: ignore[arg-type]  # fields are varied by name
        with pytest.raises(Rejected) as no:
            check_closing(asked)
        assert no.value.reason is reason


def test_closing_pays_the_balance_with_interest_to_the_day_before() -> None:
    # 10,000 × 10 days × 0.35 % / 360 = 0.9722; the deposit of the closing day earns nothing.
    payout = closing_payout(
        yuan("10000.50"), [(ON, yuan("5.00"))], ON - timedelta(days=10), ON, AnnualRate.of("0.35")
    )
    assert payout.paid == yuan("10006.47")


KINDS = st.sampled_from(
    ["hold", "amount_freeze", "debit_freeze", "full_freeze", "emergency_stop", "loss_report"]
)
RESTRICTIONS = st.lists(
    st.builds(
        Restriction,
        KINDS,
        st.integers(0, 10**6).map(Money),
        st.dates(ON - timedelta(days=5), ON + timedelta(days=5)),
        st.none() | st.dates(ON - timedelta(days=5), ON + timedelta(days=5)),
    ),
    max_size=5,
)


@given(st.integers(0, 10**6).map(Money), RESTRICTIONS, RESTRICTIONS)
def test_another_restriction_never_frees_money(
    balance: Money, some: list[Restriction], more: list[Restriction]
) -> None:
    few, many = availability(balance, ON, some), availability(balance, ON, [*some, *more])
    assert ZERO <= many.available <= few.available <= balance
    assert few.credit_allowed or not many.credit_allowed
    assert ZERO <= few.caught <= balance


def test_a_restriction_is_over_on_its_until_day() -> None:
    held = Restriction("hold", yuan("300.00"), ON - timedelta(days=1), ON)
    assert availability(yuan("1000.00"), ON, [held]).available == yuan("1000.00")
    before = ON - timedelta(days=1)
    assert availability(yuan("1000.00"), before, [held]).available == yuan("700.00")


def test_debits_and_credits_are_refused_by_what_blocks_them() -> None:
    frozen = availability(yuan("10.00"), ON, [Restriction("full_freeze", None, ON, None)])
    plain = availability(yuan("10.00"), ON, [])
    check_credit(plain)
    check_debit(yuan("10.00"), plain)
    for found, amount, reason in (
        (frozen, "1.00", Reason.ACCOUNT_FROZEN),
        (plain, "10.01", Reason.INSUFFICIENT_AVAILABLE_BALANCE),
    ):
        assert isinstance(found, Availability)
        with pytest.raises(Rejected) as no:
            check_debit(yuan(amount), found)
        assert no.value.reason is reason
    with pytest.raises(Rejected) as no:
        check_credit(frozen)
    assert no.value.reason is Reason.CREDIT_NOT_ALLOWED


DORMANCY = DormancyLimits(6, 36, yuan("10000.00"))


@pytest.mark.parametrize(
    ("opened", "last", "balance", "state"),
    [
        ("2025-09-03", None, "10.00", "normal"),
        ("2025-09-02", None, "10.00", "restricted_new"),
        ("2020-01-01", "2023-03-02", "9999.99", "dormant"),
        ("2020-01-01", "2023-03-02", "10000.00", "normal"),
        ("2020-01-01", "2023-03-03", "1.00", "normal"),
        ("2020-01-01", None, "1.00", "dormant"),
    ],
)
def test_an_account_falls_asleep_exactly_on_its_day(
    opened: str, last: str | None, balance: str, state: str
) -> None:
    active = date.fromisoformat(last) if last else None
    found = activity_state(date.fromisoformat(opened), active, yuan(balance), ON, DORMANCY)
    assert found == state


@pytest.mark.parametrize(
    ("state", "remote", "reason"),
    [
        ("normal", True, None),
        ("restricted_new", False, None),
        ("restricted_new", True, Reason.CHANNEL_SUSPENDED),
        ("dormant", False, Reason.ACCOUNT_DORMANT),
    ],
)
def test_a_sleeping_account_loses_channels(
    state: str, *, remote: bool, reason: Reason | None
) -> None:
    if reason is None:
        check_activity(state, remote=remote)
        return
    with pytest.raises(Rejected) as no:
        check_activity(state, remote=remote)
    assert no.value.reason is reason


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 100), st.integers(0, 100))
def test_more_authority_never_offers_less_and_never_passes_the_ceiling(
    board: int, ceiling: int, low: int, more: int
) -> None:
    def most(level: str, points: int) -> AnnualRate:
        rates = [AnnualRate.of(f"{bp / 100:.2f}") for bp in (board, ceiling)]
        return highest_offer(Offer(rates[0], rates[1], level, points, rates[0], ZERO))

    assert most("branch", low) <= most("branch", low + more) <= most("head_office", 0)
