"""Payment terms of a day (支付参数): catalogue rows read into the shapes that the rules take."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

from bankcore.products.catalogue import Catalogue
from bankcore.rules.payments.account_classes import ClassLimits
from bankcore.rules.payments.arrival import DelayTerms
from bankcore.rules.payments.fees import Channel, FeeTerms
from bankcore.rules.payments.routing import Arrival, RailTerms
from bankcore.values.money import ZERO, parse_amount


def class_limits(c: Catalogue, account_class: int, on: date) -> ClassLimits:
    """PAY-01: caps of a class; those of Class I are not read, it has none."""
    if account_class == 3:
        return ClassLimits(
            day=c.money("pay.class_iii_day", on),
            year=c.money("pay.class_iii_year", on),
            balance=c.money("pay.class_iii_balance", on),
            needs_enabling=bool(c.value("pay.class_iii_non_bound_in", on)),
        )
    return ClassLimits(
        day=c.money("pay.class_ii_day", on),
        year=c.money("pay.class_ii_year", on),
        balance=None,
        needs_enabling=False,
    )


def rail_terms(c: Catalogue, on: date) -> RailTerms:
    """PAY-03: limits and windows of the rails."""
    return RailTerms(
        ibps_limit=c.money("pay.ibps_limit", on),
        beps_limit=c.money("pay.beps_limit", on),
        batch_minutes=c.number("pay.beps_batch_minutes", on),
        opens_day_before=bool(c.value("pay.hvps_opens_day_before", on)),
        opens=time.fromisoformat(c.text("pay.hvps_opens", on)),
        closes=time.fromisoformat(c.text("pay.hvps_closes", on)),
    )


def fee_terms(c: Catalogue, channel: Channel, on: date) -> FeeTerms:
    """PAY-04: the tariff as a channel sees it; counter and machine pay it in full."""
    tiers = tuple(
        (parse_amount(str(highest)), parse_amount(str(fee)))
        for highest, fee in c.value("pay.fee_tiers", on)
    )
    online = channel in {Channel.NETBANK, Channel.MOBILE}
    return FeeTerms(
        tiers=tiers,
        percent=c.fraction("pay.fee_pct", on),
        most=c.money("pay.fee_most", on),
        atm_most=c.money("pay.atm_most", on),
        online_share=c.fraction(f"pay.online_share.{channel}", on) if online else Fraction(100),
        online_free_to=c.money(f"pay.online_free_to.{channel}", on) if online else ZERO,
    )


def delay_terms(c: Catalogue, on: date) -> DelayTerms:
    """PAY-05: minutes to execution by option."""
    by_option = {option: c.number(f"pay.delay.{option}", on) for option in Arrival}
    return DelayTerms(by_option, c.number("pay.delay.atm", on))
