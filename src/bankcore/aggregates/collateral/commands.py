"""Commands of collateral."""

from __future__ import annotations

from bankcore.values.declare import command
from bankcore.values.money import ZERO, Money


@command("collateral.value", "估值", "Value a piece of collateral")
class Value:
    """A valuation by an appraiser; again for a revaluation."""

    collateral: str
    value: Money
    kind: str = "residential"
    prior_liens: Money = ZERO
    appraiser: str = ""


@command("collateral.register", "登记", "Register collateral for a loan")
class Register:
    """Register the pledge for a loan."""

    collateral: str
    loan: str
    certificate: str = ""


@command("collateral.release", "解押", "Release collateral")
class Release:
    """Release all of it, or a part by value."""

    collateral: str
    loan: str
    value: Money | None = None
