"""Inside demand interest (活期利息): stretches of equal balance, then what made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.interest import Rates, agreement_terms
from bankcore.audit.explain.deposit_account import settlement
from bankcore.audit.explain.explanation import Part
from bankcore.audit.explain.grounds import clauses, row
from bankcore.audit.explain.inside.node import Node, Scene, rounding, shared
from bankcore.operations.interest import board_rates, rate_param, rates_of, signed
from bankcore.rules.deposits.agreement import tier_days
from bankcore.rules.deposits.demand import base_of, stretches
from bankcore.values.entry import Entry
from bankcore.values.money import Money

MOVED = ("变动", "Movement")
Stretched = tuple[date, date, Money]


def settled(scene: Scene, entry: Entry[Any]) -> Node:
    """A settlement with its stretches, what rounding left, and the posted rate it was priced at."""
    event = entry.event
    part = settlement(entry.id, event)
    before = scene.before(entry)
    account = _folded(before)
    priced = row(scene.evidence.catalogue, rate_param(account.product), entry.booking_date)
    part = replace(part, grounds=(*clauses(part.rule), priced))

    def inside() -> Iterable[Node]:
        yield from _stretches(entry.id, account, event.until, rates_of(event), before)
        yield from rounding(entry.id, event.remainder)

    return Node(part, inside)


def accrued(scene: Scene, part: Part) -> Iterable[Node]:
    """Accrued interest of the running period: its stretches, exact."""
    state = scene.evidence.states.by_stream[part.event_id]
    until = scene.evidence.on + timedelta(days=1)
    rates = board_rates(state, scene.evidence.catalogue, scene.evidence.on)
    return _stretches(part.event_id, state, until, rates, scene.evidence.of(part.event_id))


def unpaid(scene: Scene, paid: Entry[Any]) -> list[Node]:
    """What a payment of interest paid: every settlement since the payment before it."""
    found: list[Node] = []
    for entry in scene.before(paid):
        if isinstance(entry.event, e.InterestSettled):
            found.append(settled(scene, entry))
        elif isinstance(entry.event, e.InterestPaid):
            found = []
    return found


def _folded(entries: Sequence[Entry[Any]]) -> DepositAccount:
    state: Any = None
    for entry in entries:
        state = ACCOUNT.evolve(state, entry)
    assert isinstance(state, DepositAccount), "a settled account was opened before"
    return state


def _stretches(
    event_id: str,
    account: DepositAccount,
    until: date,
    rates: Rates,
    history: Sequence[Entry[Any]],
) -> Iterable[Node]:
    start, terms = account.period_start, account.terms
    assert start is not None, "an account with interest has a period"
    assert terms is not None, "an account with interest has terms"
    agreed = agreement_terms(account, rates)
    for stretch in stretches(account.opening_balance, account.movements, start, until):
        if agreed is not None:
            tiers = tier_days([stretch], agreed)
            both = ((tiers[0], rates.demand), (tiers[1], agreed.agreement))
            for days, rate in both:
                if days:
                    yield Node(_part(event_id, "DEP-16", stretch, days * rate.daily, rate.percent))
            continue
        base = base_of(stretch[2], terms.base)
        exact = base.minor * (stretch[1] - stretch[0]).days * rates.demand.daily
        if exact:
            yield _stretch(_part(event_id, "DEP-02", stretch, exact, rates.demand.percent), stretch,
                           base, history)  # fmt: skip


def _part(event_id: str, rule: str, stretch: Stretched, exact: Fraction, percent: Fraction) -> Part:
    since, to, balance = stretch
    told = {"balance": balance, "rate": percent, "from": since, "until": to}
    days = (to - since).days
    return Part(event_id, rule, "同额天数", "Days of equal balance", exact, exact, days, told)


def _stretch(part: Part, stretch: Stretched, base: Money, history: Sequence[Entry[Any]]) -> Node:
    """A stretch; inside, what each movement before it earns, and the fen that bear nothing."""
    since, _, balance = stretch

    def inside() -> Iterable[Node]:
        whole = part.amount * balance.minor / base.minor
        moves = ((x, signed(x.event)) for x in history if x.value_date <= since)
        yield from shared(replace(part, amount=whole, exact=whole), moves, MOVED)
        if part.amount != whole:
            fen = part.amount - whole
            told = {"fen": balance - base}
            small = Part(part.event_id, "GEN-01", "元以下不计息", "Fen bear no interest", fen, fen)
            yield Node(replace(small, inputs=told))

    return Node(part, inside)
