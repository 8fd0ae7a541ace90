"""Events of collateral (押品): the storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import Gl, event
from bankcore.values.money import Money

S = "collateral"


@event(
    S,
    "押品估值",
    "Collateral valued",
    say_zh="{appraiser} 估值 {kind} {value}",
    say_en="{kind} valued at {value} by {appraiser}",
)
class CollateralValued:
    """A valuation (押品估值); a later one is a revaluation."""

    kind: str
    value: Money
    prior_liens: Money
    appraiser: str
    on: date


@event(
    S,
    "抵押登记",
    "Collateral registered",
    rows="L17",
    say_zh="为 {loan} 抵押登记 {value}",
    say_en="registered for {loan} at {value}",
)
class CollateralRegistered:
    """The pledge is registered for a loan (抵押登记); `value` stands off book until release."""

    loan: str
    value: Money
    certificate: str
    gl: Gl


@event(S, "追加押品通知", "Collateral top-up demanded")
class CollateralTopUpDemanded:
    """The value fell too far (追加押品通知): prepay so much, or add so much; either is enough."""

    loan: str
    prepay_needed: Money
    collateral_needed: Money


@event(
    S, "解押", "Collateral released", rows="L18", say_zh="解押 {value}", say_en="{value} released"
)
class CollateralReleased:
    """The pledge of a loan is released, in full or in part (解押)."""

    loan: str
    value: Money
    gl: Gl


@event(S, "押品处置移出(贷款流已记账)", "Collateral surrendered")
class CollateralSurrendered:
    """The bank took the pledge for the debt (押品处置移出); the loan posts it."""

    loan: str
    value: Money
    posted_by: str


CollateralEvent = (
    CollateralValued
    | CollateralRegistered
    | CollateralTopUpDemanded
    | CollateralReleased
    | CollateralSurrendered
)
