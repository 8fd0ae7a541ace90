"""Channels (PAY-02, PAY-07 … PAY-11): invariants of payments, locks, codes, bills and points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.operations.payments.channel_policies import (
    channel_limits,
    code_terms,
    fraud_terms,
    password_terms,
    payment_terms,
    points_terms,
    session_terms,
)
from bankcore.products.catalogue import shipped
from bankcore.rules.payments import bills as billing
from bankcore.rules.payments.card_payments import (
    Binding,
    CardPayment,
    capture,
    check_binding,
    refund,
    void,
)
from bankcore.rules.payments.credentials import Person, check_password, check_pin
from bankcore.rules.payments.fraud_risk import FraudAction, FraudFacts, fraud_risk
from bankcore.rules.payments.points_payment import MallOrder, cash_due
from bankcore.rules.payments.points_payment import refund as give_back_points
from bankcore.rules.payments.second_factor import (
    ChannelTransfer,
    CodeInput,
    OneTimeCode,
    check_limits,
    confirmation_needed,
    enter_code,
)
from bankcore.rules.payments.sessions import Lock, LoginResult, Session
from bankcore.values.money import ZERO, Money, yuan
from bankcore.values.reasons import Reason, Rejected

ON = date(2026, 3, 10)
TERMS = payment_terms(shipped(), ON)


def reason_of(check: object) -> Reason | None:
    assert callable(check)
    try:
        check()
    except Rejected as no:
        return no.reason
    return None


commands = st.lists(
    st.tuples(
        st.sampled_from(["capture", "refund", "void"]),
        st.integers(0, 400),
        st.integers(-5, 120).map(Money),
    ),
    max_size=12,
)


@given(commands)
def test_refunded_is_at_most_captured_is_at_most_authorised(
    given_: list[tuple[str, int, Money]],
) -> None:
    payment = CardPayment(Money(100), ON)
    for name, later, amount in given_:
        on = ON + timedelta(days=later)
        before = payment
        if name == "void":
            payment, refused = void(payment)
        else:
            act = capture if name == "capture" else refund
            payment, refused = act(payment, on, amount, TERMS)
        if refused is not None:
            assert replace(payment, closed=before.closed) == before
        assert ZERO <= payment.refunded <= payment.captured <= payment.authorised
        assert payment.held == (ZERO if payment.closed else payment.authorised - payment.captured)


def test_edges_of_a_payment() -> None:
    payment = CardPayment(Money(100), ON)
    assert capture(payment, ON, ZERO, TERMS)[1] is Reason.AMOUNT_NOT_POSITIVE
    assert capture(payment, ON, Money(101), TERMS)[1] is Reason.CAPTURE_EXCEEDS_AUTHORISED
    on_time, refused = capture(payment, ON + timedelta(days=7), Money(100), TERMS)
    assert refused is None
    late, refused = capture(payment, ON + timedelta(days=8), Money(1), TERMS)
    assert (refused, late.held) == (Reason.AUTHORISATION_LAPSED, ZERO)
    assert capture(late, ON, Money(1), TERMS)[1] is Reason.PAYMENT_CLOSED
    closed, _ = void(on_time)
    assert void(closed)[1] is Reason.PAYMENT_CLOSED
    captured = ON + timedelta(days=7)
    assert refund(closed, captured + timedelta(days=365), Money(1), TERMS)[1] is None
    too_late = captured + timedelta(days=366)
    assert refund(closed, too_late, Money(1), TERMS)[1] is Reason.REFUND_TOO_LATE
    assert refund(closed, too_late, Money(101), TERMS)[1] is Reason.REFUND_EXCEEDS_CAPTURED
    assert refund(closed, ON, ZERO, TERMS)[1] is Reason.AMOUNT_NOT_POSITIVE


def test_refusals_of_a_binding_in_their_order() -> None:
    binding = Binding(
        holder_equal=True,
        id_equal=True,
        account_equal=True,
        phone_equal=True,
        code_ok=True,
        already_bound=False,
        bound_count=4,
    )
    check_binding(binding, 5)
    worse, found = binding, []
    for change, reason in (
        ({"bound_count": 5}, Reason.BOUND_LIMIT),
        ({"already_bound": True}, Reason.ALREADY_BOUND),
        ({"code_ok": False}, Reason.CODE_WRONG),
        ({"phone_equal": False}, Reason.FOUR_ELEMENTS_MISMATCH),
        ({"id_equal": False}, Reason.NOT_OWN_ACCOUNT),
    ):
        worse = replace(worse, **change)
        found.append((reason_of(lambda now=worse: check_binding(now, 5)), reason))
    assert [got for got, _ in found] == [expected for _, expected in found]
    account = replace(binding, account_equal=False)
    assert reason_of(lambda: check_binding(account, 5)) is Reason.FOUR_ELEMENTS_MISMATCH
    other = replace(binding, holder_equal=False)
    assert reason_of(lambda: check_binding(other, 5)) is Reason.NOT_OWN_ACCOUNT


@given(st.lists(st.sampled_from(["ok", "bad"]), max_size=20))
def test_once_locked_nothing_helps_but_an_unlock(attempts: list[str]) -> None:
    lock = Lock(5)
    for attempt in attempts:
        lock, result = lock.after(attempt, 5)
        assert result is LoginResult.REFUSED
    lock, result = lock.after("unlock", 5)
    assert (lock, result) == (Lock(), LoginResult.UNLOCKED)


def test_a_success_forgets_four_failures() -> None:
    lock, results = Lock(), []
    for attempt in ("bad",) * 4 + ("ok",) + ("bad",) * 4:
        lock, result = lock.after(attempt, 5)
        results.append(result)
    assert LoginResult.LOCKED not in results
    assert lock.after("bad", 5)[1] is LoginResult.LOCKED


LOGIN = datetime.fromisoformat("2026-03-10T09:00")
SESSION = session_terms(shipped(), ON)


@given(st.lists(st.integers(0, 90), max_size=12).map(sorted))
def test_a_session_never_outlives_its_limits(minutes: list[int]) -> None:
    session, last = Session(LOGIN, LOGIN), 0
    for minute in minutes:
        ended = session.ended
        session = session.act(LOGIN + timedelta(minutes=minute), SESSION)
        assert session.ended == (ended or minute - last >= 10 or minute >= 60)
        last = last if session.ended else minute


PERSON = Person("lihua", date(1990, 6, 15), ["Old#Pass7"])
PASSWORD = password_terms(shipped(), ON)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Ab1!xyz", Reason.PASSWORD_LENGTH),
        ("Ab1!" * 5 + "x", Reason.PASSWORD_LENGTH),
        ("abcxyzq12", Reason.PASSWORD_CLASSES),
        ("Xq!aaa9z", Reason.PASSWORD_REPEAT),
        ("Xq!aa9zz", None),
        ("Xq1234!p", Reason.PASSWORD_RUN),
        ("Xqdcba!9", Reason.PASSWORD_RUN),
        ("Xq123!pW", None),
        ("XqYZ[\\!9", None),
        ("x9LIHUA#", Reason.PASSWORD_CONTAINS_USER),
        ("Kx900615!", Reason.PASSWORD_CONTAINS_BIRTH),
        ("Kx19900615!", Reason.PASSWORD_CONTAINS_BIRTH),
        ("Old#Pass7", Reason.PASSWORD_REUSED),
    ],
)
def test_passwords(password: str, reason: Reason | None) -> None:
    assert reason_of(lambda: check_password(password, PERSON, PASSWORD)) is reason


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("12345", Reason.PIN_FORMAT),
        ("12345a", Reason.PIN_FORMAT),
        ("123456", Reason.PIN_SEQUENCE),
        ("987654", Reason.PIN_SEQUENCE),
        ("890123", None),
        ("777777", Reason.PIN_EQUAL),
        ("900615", Reason.PIN_BIRTH),
        ("135790", None),
    ],
)
def test_payment_passwords(pin: str, reason: Reason | None) -> None:
    assert reason_of(lambda: check_pin(pin, date(1990, 6, 15))) is reason


LIMITS = channel_limits(shipped(), ON)
TRANSFER = ChannelTransfer(
    amount=yuan("20000.00"),
    day_total=yuan("30000.00"),
    day_count=99,
    factor="sms",
    large_confirmed=False,
)


@given(st.integers(1, 10**9).map(Money), st.integers(0, 10**9).map(Money))
def test_what_a_weak_factor_may_a_strong_one_may(amount: Money, total: Money) -> None:
    order = ["sms", "sms_face", "token", "ukey"]
    transfer = replace(TRANSFER, amount=amount, day_total=total, large_confirmed=True)
    allowed = [
        reason_of(lambda f=factor: check_limits(replace(transfer, factor=f), LIMITS)) is None
        for factor in order
    ]
    assert allowed == sorted(allowed)


def test_refusals_of_a_transfer_in_their_order() -> None:
    check_limits(TRANSFER, LIMITS)
    lower = replace(LIMITS, own_single=yuan("5000.00"), own_day=yuan("10000.00"))
    assert reason_of(lambda: check_limits(TRANSFER, lower)) is Reason.SINGLE_LIMIT
    higher = replace(LIMITS, own_single=yuan("99999.00"))
    cases = (
        (replace(TRANSFER, factor=None), Reason.FACTOR_MISSING),
        (replace(TRANSFER, factor="fax"), Reason.FACTOR_MISSING),
        (replace(TRANSFER, amount=yuan("20000.01")), Reason.SINGLE_LIMIT),
        (replace(TRANSFER, day_total=yuan("30000.01")), Reason.DAY_LIMIT),
        (replace(TRANSFER, day_count=100), Reason.COUNT_LIMIT),
    )
    for transfer, reason in cases:
        assert reason_of(lambda now=transfer: check_limits(now, higher)) is reason
    large = replace(TRANSFER, factor="token", day_total=yuan("280000.00"))
    check_limits(large, LIMITS)
    past = replace(large, day_total=yuan("280000.01"))
    assert confirmation_needed(past, LIMITS)
    assert reason_of(lambda: check_limits(past, LIMITS)) is Reason.LARGE_CONFIRMATION_MISSING
    check_limits(replace(past, large_confirmed=True), LIMITS)
    assert "sms_face" not in channel_limits(shipped(), date(2017, 1, 1)).by_factor


CODE = OneTimeCode(issued_at=0, payee="P1", amount=yuan("500.00"))
CODES = code_terms(shipped(), ON)
inputs = st.lists(
    st.builds(
        CodeInput,
        st.integers(0, 400),
        st.sampled_from(["P1", "P2"]),
        st.just(yuan("500.00")),
        st.booleans(),
    ),
    max_size=10,
)


@given(inputs)
def test_a_code_passes_at_most_once_and_dies_of_three_wrong_inputs(tries: list[CodeInput]) -> None:
    code, results = CODE, []
    for each in tries:
        code, refused = enter_code(code, each, CODES)
        results.append(refused)
    assert results.count(None) <= 1
    assert results.count(Reason.CODE_WRONG) <= 3
    assert code.used == (None in results)


def test_edges_of_a_code() -> None:
    right = CodeInput(300, "P1", yuan("500.00"), right=True)
    assert enter_code(CODE, right, CODES)[1] is None
    assert enter_code(CODE, replace(right, at=301), CODES)[1] is Reason.CODE_EXPIRED
    other = replace(right, amount=yuan("501.00"))
    code, refused = enter_code(CODE, other, CODES)
    assert (code, refused) == (CODE, Reason.CODE_BINDING_MISMATCH)
    blocked = replace(CODE, wrong=3)
    assert enter_code(blocked, right, CODES)[1] is Reason.CODE_BLOCKED
    assert enter_code(replace(CODE, used=True), right, CODES)[1] is Reason.CODE_USED


FRAUD = fraud_terms(shipped(), ON)
FACTS = FraudFacts(
    amount=yuan("20000.00"),
    available=yuan("100000.00"),
    age=40,
    first_time=False,
    amount_last_24h=ZERO,
    listed=False,
    coached=False,
    remote=False,
    hour=14,
    new_payees_60m=0,
    inflow_2h=ZERO,
)
FLAGS: dict[str, dict[str, Any]] = {
    "first_time": {"first_time": True},
    "large_share": {"available": yuan("25000.00")},
    "elderly": {"age": 65},
    "coached": {"coached": True},
    "remote": {"remote": True},
    "night": {"hour": 23},
    "burst": {"new_payees_60m": 2},
    "fresh_inflow": {"inflow_2h": yuan("10000.00")},
}
RANK = list(FraudAction)


@given(st.sets(st.sampled_from(list(FLAGS))), st.sampled_from(list(FLAGS)))
def test_a_further_flag_never_softens_the_action(flags: set[str], further: str) -> None:
    def risk(names: set[str]) -> tuple[int, tuple[str, ...], FraudAction]:
        change = {k: v for name in names for k, v in FLAGS[name].items()}
        found = fraud_risk(replace(FACTS, **change), FRAUD)
        assert found.hold_hours == (24 if found.action is FraudAction.HOLD else 0)
        return found.score, found.flags, found.action

    score, named, action = risk(flags)
    more, _, harder = risk({*flags, further})
    assert set(named) == flags
    assert list(named) == [name for name in FLAGS if name in flags]
    assert more >= score
    assert RANK.index(harder) >= RANK.index(action)


def test_edges_of_the_fraud_score() -> None:
    assert fraud_risk(replace(FACTS, listed=True, coached=True), FRAUD).score == 0
    assert fraud_risk(replace(FACTS, listed=True), FRAUD).action is FraudAction.REFUSE
    assert fraud_risk(replace(FACTS, hour=6), FRAUD).flags == ()
    assert fraud_risk(replace(FACTS, hour=5), FRAUD).flags == ("night",)
    assert fraud_risk(replace(FACTS, available=yuan("25000.01")), FRAUD).flags == ()
    assert fraud_risk(replace(FACTS, available=ZERO), FRAUD).flags == ()
    first = replace(FACTS, first_time=True, amount_last_24h=yuan("29999.99"))
    assert fraud_risk(first, FRAUD).action is FraudAction.PASS
    at = replace(first, amount_last_24h=yuan("30000.00"))
    assert fraud_risk(at, FRAUD).action is FraudAction.HOLD


bill_commands = st.lists(
    st.tuples(
        st.sampled_from(["pay", "confirm", "fail"]),
        st.sampled_from([("water", "1"), ("gas", "1")]),
        st.integers(1, 150).map(Money),
    ),
    max_size=15,
)


@given(bill_commands)
def test_what_left_the_account_is_what_is_paid_or_pending(
    given_: list[tuple[str, tuple[str, str], Money]],
) -> None:
    state, changes = billing.Bills(Money(300)), 0
    for name, key, amount in given_:
        before = state.balance
        try:
            if name == "pay":
                state = billing.pay(state, key, amount)
            else:
                act = billing.confirm if name == "confirm" else billing.give_back
                state = act(state, key)
        except Rejected:
            assert state.balance == before
        changes += state.balance != before
        standing = sum(
            (
                b.amount.minor
                for b in state.bills.values()
                if b.state is not billing.BillState.FAILED
            ),
            0,
        )
        assert Money(300) - state.balance == Money(standing)
        assert state.notifications == changes


def test_refusals_of_bills() -> None:
    key = ("water", "1")
    state = billing.pay(billing.Bills(Money(300)), key, Money(300))
    assert state.balance == ZERO
    assert reason_of(lambda: billing.pay(state, key, Money(1))) is Reason.BILL_ALREADY_PAID
    poor = reason_of(lambda: billing.pay(state, ("gas", "1"), Money(1)))
    assert poor is Reason.INSUFFICIENT_AVAILABLE_BALANCE
    unknown = reason_of(lambda: billing.confirm(state, ("gas", "1")))
    assert unknown is Reason.BILL_NOT_PENDING


@pytest.mark.parametrize(
    ("enrolled", "service", "amount", "told"),
    [
        (True, True, "100.00", ["push", "sms"]),
        (True, True, "99.99", ["push"]),
        (True, False, "100.00", ["push"]),
        (True, True, None, ["push", "sms"]),
        (False, True, "100.00", []),
    ],
)
def test_where_a_customer_is_told(
    *, enrolled: bool, service: bool, amount: str | None, told: list[str]
) -> None:
    given_ = None if amount is None else yuan(amount)
    least = yuan("100.00")
    assert (
        billing.channels(enrolled=enrolled, sms_service=service, amount=given_, least=least) == told
    )


POINTS = points_terms(shipped(), ON)


@given(st.integers(1, 10**6), st.integers(0, 1000))
def test_points_and_cash_are_worth_the_price(fen: int, steps: int) -> None:
    price, points = Money(fen), 500 * steps
    if 100 * steps > fen:
        refused = reason_of(lambda: cash_due(price, points, points, POINTS))
        assert refused is Reason.POINTS_SHARE_EXCEEDED
    else:
        assert cash_due(price, points, points, POINTS) == price - Money(100 * steps)


@given(st.integers(100, 10**6), st.integers(0, 100), st.lists(st.integers(1, 10**6), max_size=6))
def test_after_the_whole_price_all_points_and_cash_are_back(
    fen: int, steps: int, parts: list[int]
) -> None:
    points = 500 * min(steps, fen // 100)
    price = Money(fen)
    order = MallOrder(price, cash_due(price, points, points, POINTS), points)
    points_back, cash_back = 0, ZERO
    for part in [*parts, fen]:
        value = min(Money(part), price - order.refunded)
        if not value:
            break
        made = give_back_points(order, value)
        assert made.points >= 0
        order = made.order
        points_back, cash_back = points_back + made.points, cash_back + made.cash
    assert (points_back, cash_back) == (order.points, order.cash)


def test_refusals_of_points() -> None:
    price = yuan("128.00")
    assert reason_of(lambda: cash_due(price, 499, 999, POINTS)) is Reason.POINTS_STEP
    assert reason_of(lambda: cash_due(price, -500, 999, POINTS)) is Reason.POINTS_STEP
    assert reason_of(lambda: cash_due(price, 1000, 999, POINTS)) is Reason.POINTS_INSUFFICIENT
    half = points_terms(shipped(), ON, Fraction(50))
    assert str(cash_due(price, 32_000, 64_000, half)) == "64.00"
    over = reason_of(lambda: cash_due(price, 32_500, 64_000, half))
    assert over is Reason.POINTS_SHARE_EXCEEDED
    order = MallOrder(price, price, 0)
    late = reason_of(lambda: give_back_points(order, yuan("128.01")))
    assert late is Reason.REFUND_EXCEEDS_PRICE
