"""RSK-02 Operational loss events (操作风险损失事件): category, net loss, level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What was found of the cause; the first that holds gives the category."""

    intent: bool
    internal_party: bool
    employment_law: bool
    physical_damage: bool
    system_failure: bool
    client_obligation: bool


def category(cause: Cause) -> str:
    """One of the seven categories; without any of the causes it is execution."""
    if cause.intent:
        return "internal_fraud" if cause.internal_party else "external_fraud"
    causes = (
        (cause.employment_law, "employment"),
        (cause.physical_damage, "physical_assets"),
        (cause.system_failure, "systems"),
        (cause.client_obligation, "clients_products"),
    )
    return next((name for holds, name in causes if holds), "execution")


@dataclass(frozen=True, slots=True)
class Recovery:
    """Money that came back: directly, or from an insurer."""

    direct: bool
    amount: Money
    on: date


@dataclass(frozen=True, slots=True)
class NetLoss:
    """The loss after direct recoveries, and after insurance: 0 ≤ net ≤ after direct ≤ gross."""

    after_direct: Money
    net: Money


def net_loss(gross: Money, recoveries: Sequence[Recovery], as_of: date) -> NetLoss:
    """Recoveries up to a day, direct ones first, each capped by what is left.

    Refuses `gross_negative`.
    """
    if gross < ZERO:
        raise Rejected(Reason.GROSS_NEGATIVE, gross=gross)
    known = [r for r in recoveries if r.on <= as_of]
    direct = total([r.amount for r in known if r.direct])
    insured = total([r.amount for r in known if not r.direct])
    after_direct = max(ZERO, gross - direct)
    return NetLoss(after_direct, max(ZERO, after_direct - insured))


def level(gross: Money, begins: Mapping[str, Money]) -> str:
    """By the gross loss: `near_miss` for none, else the highest level that it reaches."""
    if gross == ZERO:
        return "near_miss"
    reached = [name for name, least in begins.items() if gross >= least]
    return max(reached, key=lambda name: begins[name].minor, default="branch")
