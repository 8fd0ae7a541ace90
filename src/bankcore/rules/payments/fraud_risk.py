"""PAY-09 First-time payees and suspected fraud (首次收款人、涉诈可疑交易): score and action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bankcore.values.money import Money


class FraudAction(StrEnum):
    """What happens to a transfer: let through, warned about, held for a call back, refused."""

    PASS = "pass"  # noqa: S105  # the word for letting through, no secret
    WARN = "warn"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudTerms:
    """Points by flag, the scores from which each action is taken, first-time thresholds, hours.

    `night` is from the first hour to the one it ends before; `burst_from` first payments in an
    hour are a burst.
    """

    points: Mapping[str, int]
    warn_from: int
    hold_from: int
    refuse_from: int
    first_time: Money
    first_time_elderly: Money
    hold_hours: int
    elderly_age: int
    night: tuple[int, int]
    burst_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudFacts:
    """What is known of a transfer, its payer and its payee when it is ordered."""

    amount: Money
    available: Money
    age: int
    first_time: bool
    amount_last_24h: Money
    listed: bool
    coached: bool
    remote: bool
    hour: int
    new_payees_60m: int
    inflow_2h: Money


@dataclass(frozen=True, slots=True)
class FraudRisk:
    """Score, flags in the order of the rulebook, action, and for how many hours it is held."""

    score: int
    flags: tuple[str, ...]
    action: FraudAction
    hold_hours: int


def fraud_risk(facts: FraudFacts, terms: FraudTerms) -> FraudRisk:
    """Score a transfer; a listed payee is refused at once.

    A first payment to someone is held from the threshold on, also when its score is low.
    """
    if facts.listed:
        return FraudRisk(0, ("listed",), FraudAction.REFUSE, 0)
    flags = tuple(name for name, hit in _flags(facts, terms).items() if hit)
    score = sum(terms.points[name] for name in flags)
    action = _action(score, terms)
    if action in {FraudAction.PASS, FraudAction.WARN} and _first_time_rule(facts, terms):
        action = FraudAction.HOLD
    hours = terms.hold_hours if action is FraudAction.HOLD else 0
    return FraudRisk(score, flags, action, hours)


def _flags(facts: FraudFacts, terms: FraudTerms) -> dict[str, bool]:
    begins, ends = terms.night
    available, inflow, amount = facts.available.minor, facts.inflow_2h.minor, facts.amount.minor
    return {
        "first_time": facts.first_time,
        "large_share": available > 0 and amount * 5 >= available * 4,
        "elderly": facts.age >= terms.elderly_age,
        "coached": facts.coached,
        "remote": facts.remote,
        "night": facts.hour >= begins or facts.hour < ends,
        "burst": facts.new_payees_60m >= terms.burst_from,
        "fresh_inflow": inflow > 0 and inflow * 2 >= amount,
    }


def _action(score: int, terms: FraudTerms) -> FraudAction:
    if score >= terms.refuse_from:
        return FraudAction.REFUSE
    if score >= terms.hold_from:
        return FraudAction.HOLD
    return FraudAction.WARN if score >= terms.warn_from else FraudAction.PASS


def _first_time_rule(facts: FraudFacts, terms: FraudTerms) -> bool:
    elderly = facts.age >= terms.elderly_age
    threshold = terms.first_time_elderly if elderly else terms.first_time
    return facts.first_time and facts.amount + facts.amount_last_24h >= threshold
