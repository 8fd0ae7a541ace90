"""Terms of channels on a day (渠道参数), PAY-02 and PAY-07 … PAY-11: rows in the rules' shapes."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from bankcore.products.catalogue import Catalogue
from bankcore.rules.payments.card_payments import PaymentTerms
from bankcore.rules.payments.credentials import PasswordTerms
from bankcore.rules.payments.fraud_risk import FraudTerms
from bankcore.rules.payments.points_payment import PointsTerms
from bankcore.rules.payments.second_factor import ChannelLimits, CodeTerms, FactorLimit
from bankcore.rules.payments.sessions import SessionTerms
from bankcore.values.reasons import Rejected

FACTORS = ("sms", "sms_face", "token", "ukey")


def payment_terms(c: Catalogue, on: date) -> PaymentTerms:
    """PAY-02."""
    return PaymentTerms(c.number("pay.authorisation_days", on), c.number("pay.refund_days", on))


def password_terms(c: Catalogue, on: date) -> PasswordTerms:
    """PAY-07: passwords."""
    return PasswordTerms(
        shortest=c.number("pay.password_shortest", on),
        longest=c.number("pay.password_longest", on),
        kinds=c.number("pay.password_kinds", on),
        equal_run=c.number("pay.password_equal_run", on),
        neighbour_run=c.number("pay.password_neighbour_run", on),
    )


def session_terms(c: Catalogue, on: date) -> SessionTerms:
    """PAY-07: sessions."""
    idle, absolute = c.number("pay.session_idle", on), c.number("pay.session_absolute", on)
    return SessionTerms(timedelta(minutes=idle), timedelta(minutes=absolute))


def channel_limits(c: Catalogue, on: date) -> ChannelLimits:
    """PAY-08: the bank's limits of the factors in force; a customer's own are laid over them."""
    by_factor = {}
    for factor in FACTORS:
        try:
            single = c.money(f"pay.factor_single.{factor}", on)
        except Rejected:
            continue
        by_factor[factor] = FactorLimit(single, c.money(f"pay.factor_day.{factor}", on))
    return ChannelLimits(
        by_factor=by_factor,
        max_count=c.number("pay.transfers_a_day", on),
        large_threshold=c.money("pay.large_day_total", on),
    )


def code_terms(c: Catalogue, on: date) -> CodeTerms:
    """PAY-08: one-time codes."""
    return CodeTerms(c.number("pay.code_lifetime", on), c.number("pay.code_wrong_most", on))


def fraud_terms(c: Catalogue, on: date) -> FraudTerms:
    """PAY-09."""
    return FraudTerms(
        points={str(flag): int(points) for flag, points in c.value("pay.fraud.points", on)},
        warn_from=c.number("pay.fraud.warn_from", on),
        hold_from=c.number("pay.fraud.hold_from", on),
        refuse_from=c.number("pay.fraud.refuse_from", on),
        first_time=c.money("pay.fraud.first_time", on),
        first_time_elderly=c.money("pay.fraud.first_time_elderly", on),
        hold_hours=c.number("pay.fraud.hold_hours", on),
        elderly_age=c.number("pay.fraud.elderly_age", on),
        night=(c.number("pay.fraud.night_from", on), c.number("pay.fraud.night_to", on)),
        burst_from=c.number("pay.fraud.burst_from", on),
    )


def points_terms(c: Catalogue, on: date, max_share: Fraction = Fraction(100)) -> PointsTerms:
    """PAY-11; an item may allow a smaller share."""
    step, value = c.number("pay.points_step", on), c.number("pay.points_per_yuan", on)
    return PointsTerms(step, value, max_share)
