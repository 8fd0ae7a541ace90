"""AML-06 Monitoring patterns (可疑交易监测模型): predicates over one customer's movements.

A pattern that fires is a question, not a verdict. Windows include the day that is looked from;
shares are compared exactly. Parameters come by name: amounts in fen, percentages, days, counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bankcore.values.money import ZERO, Money, total

Params = Mapping[str, int]
DIRECTIONS: Final = ("in", "out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A movement as monitoring sees it; a prepayment is the movement into the loan.

    `own_name`: the other side is the customer; `by_customer`: no entry that the bank made.
    """

    id: str
    date: date
    direction: str
    kind: str
    amount: Money
    counterparty: str
    own_name: bool
    channel: str
    by_customer: bool
    salary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """What some patterns need beside the movements."""

    closing_balance: Money = ZERO
    last_activity_before: date | None = None
    opened: date | None = None
    disbursed: Money = ZERO
    disbursed_on: date | None = None
    previous_month_inflows: Sequence[Money] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A customer's movements up to a day, and the facts beside them."""

    as_of: date
    movements: Sequence[Observation]
    facts: CustomerFacts

    def last(self, days: int) -> list[Observation]:
        """The movements of so many days, the day itself included."""
        first = self.as_of - timedelta(days=days - 1)
        return [m for m in self.movements if first <= m.date <= self.as_of]


def hits(pattern: str, seen: Seen, params: Params) -> list[str]:
    """Ids of the movements for which a pattern fires, in its order; none when it does not."""
    return [movement.id for movement in _PATTERNS[pattern](seen, params)]


def _sum(movements: Iterable[Observation]) -> int:
    return total([m.amount for m in movements]).minor


def _at_least(part: int, percent: int, whole: int) -> bool:
    return part * 100 >= percent * whole


def _foreign_transfers(movements: Iterable[Observation]) -> list[Observation]:
    """Transfers with somebody else."""
    return [m for m in movements if m.kind == "transfer" and not m.own_name]


def _of(movements: Iterable[Observation], direction: str) -> list[Observation]:
    return [m for m in movements if m.direction == direction]


def _structuring_single(seen: Seen, p: Params) -> list[Observation]:
    """拆分·单笔: several cash acts just below the threshold in one direction."""
    for direction in DIRECTIONS:
        near = [
            m
            for m in _of(seen.last(p["days"]), direction)
            if m.kind == "cash" and _is_near(m.amount.minor, p)
        ]
        if len(near) >= p["count"]:
            return near
    return []


def _is_near(amount: int, p: Params) -> bool:
    return _at_least(amount, p["near_pct"], p["threshold"]) and amount < p["threshold"]


def _structuring_daily(seen: Seen, p: Params) -> list[Observation]:
    """拆分·按日: several days whose cash total lies just below the threshold."""
    for direction in DIRECTIONS:
        cash = [m for m in _of(seen.last(p["days"]), direction) if m.kind == "cash"]
        days = {m.date for m in cash}
        near = {day for day in days if _is_near(_sum(m for m in cash if m.date == day), p)}
        if len(near) >= p["count"]:
            return [m for m in cash if m.date in near]
    return []


def _pass_through(seen: Seen, p: Params) -> list[Observation]:
    """快进快出: what came in went out again, and little is left."""
    window = seen.last(p["days"])
    came, went = _sum(_of(window, "in")), _sum(_of(window, "out"))
    left = seen.facts.closing_balance.minor
    fires = (
        came >= p["min_in"]
        and _at_least(went, p["out_pct"], came)
        and left * 100 <= p["rest_pct"] * came
    )
    return window if fires else []


def _dormant_wake(seen: Seen, p: Params) -> list[Observation]:
    """沉睡账户启用: much money after a long silence; what the bank books is no activity."""
    own = [m for m in seen.movements if m.by_customer and m.date <= seen.as_of]
    window = [m for m in seen.last(p["days"]) if m.by_customer]
    for day in sorted({m.date for m in window}, reverse=True):
        before = [m.date for m in own if m.date < day]
        known = seen.facts.last_activity_before
        earlier = max([*before, *([known] if known is not None else [])], default=None)
        if earlier is not None and (day - earlier).days >= p["gap_days"]:
            since = [m for m in own if m.date >= day]
            return since if _sum(since) >= p["min_total"] else []
    return []


def _fan(direction: str) -> Callable[[Seen, Params], list[Observation]]:
    """分散转入、分散转出: many parties on the other side."""

    def fires(seen: Seen, p: Params) -> list[Observation]:
        counted = _of(_foreign_transfers(seen.last(p["days"])), direction)
        parties = {m.counterparty for m in counted}
        enough = len(parties) >= p["parties"] and _sum(counted) >= p["min_total"]
        return counted if enough else []

    return fires


def _mule_account(seen: Seen, p: Params) -> list[Observation]:
    """跑分卡: a young account that many pay into and that empties electronically."""
    opened = seen.facts.opened
    if opened is None or (seen.as_of - opened).days > p["age_days"]:
        return []
    window = seen.last(p["days"])
    paid = _of(_foreign_transfers(window), "in")
    out = _of(window, "out")
    electronic = _sum(m for m in out if m.channel == "electronic")
    fires = (
        len({m.counterparty for m in paid}) >= p["parties"]
        and _at_least(_sum(out), p["out_pct"], _sum(paid))
        and _at_least(electronic, p["electronic_pct"], _sum(out))
    )
    return [*paid, *out] if fires else []


def _round_amounts(seen: Seen, p: Params) -> list[Observation]:
    """整数金额: most of many transfers are multiples of a round amount."""
    counted = _foreign_transfers(seen.last(p["days"]))
    even = [m for m in counted if m.amount.minor % p["multiple"] == 0]
    fires = (
        len(counted) >= p["count"]
        and _at_least(len(even), p["share_pct"], len(counted))
        and _sum(counted) >= p["min_total"]
    )
    return even if fires else []


def _rapid_repay(seen: Seen, p: Params) -> list[Observation]:
    """提前还贷资金来源异常: a young loan is prepaid with other people's money."""
    drawn = seen.facts.disbursed_on
    if drawn is None:
        return []
    last = min(seen.as_of, drawn + timedelta(days=p["loan_days"]))
    prepaid = [m for m in seen.movements if m.kind == "prepayment" and drawn <= m.date <= last]
    funding = [
        m
        for m in _of(seen.movements, "in")
        if not m.own_name and not m.salary and _funds(m, prepaid, p["funding_days"])
    ]
    fires = (
        prepaid
        and _at_least(_sum(prepaid), p["prepaid_pct"], seen.facts.disbursed.minor)
        and _at_least(_sum(funding), p["third_party_pct"], _sum(prepaid))
    )
    return [*prepaid, *funding] if fires else []


def _funds(inflow: Observation, prepaid: Sequence[Observation], days: int) -> bool:
    """True when the money came in so many days before a prepayment, or on its day."""
    return any(0 <= (m.date - inflow.date).days <= days for m in prepaid)


def _profile_jump(seen: Seen, p: Params) -> list[Observation]:
    """与画像不符: a month that brings a multiple of the months before."""
    first = seen.as_of.replace(day=1)
    inflows = [m for m in _of(seen.movements, "in") if first <= m.date <= seen.as_of]
    before = seen.facts.previous_month_inflows
    usual = total(list(before)).minor
    fires = _sum(inflows) >= p["min_total"] and _sum(inflows) * len(before) >= p["times"] * usual
    return inflows if fires else []


def _close_after_flow(seen: Seen, p: Params) -> list[Observation]:
    """大额后销户: the account is to be closed after much has passed through it."""
    window = seen.last(p["days"])
    return window if _sum(window) >= p["min_total"] else []


_PATTERNS: Final[Mapping[str, Callable[[Seen, Params], list[Observation]]]] = {
    "structuring_single": _structuring_single,
    "structuring_daily": _structuring_daily,
    "pass_through": _pass_through,
    "dormant_wake": _dormant_wake,
    "fan_in": _fan("in"),
    "fan_out": _fan("out"),
    "mule_account": _mule_account,
    "round_amounts": _round_amounts,
    "rapid_repay": _rapid_repay,
    "profile_jump": _profile_jump,
    "close_after_flow": _close_after_flow,
}
PATTERNS: Final = tuple(_PATTERNS)
