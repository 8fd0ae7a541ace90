"""The trial balance (试算平衡表) and the tie-out (总分核对) of control accounts, GL-01, GL-04."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.projections.postings import Leg, journal, lines
from bankcore.projections.states import States
from bankcore.projections.window import EVERYTHING, Window
from bankcore.values.entry import Entry
from bankcore.values.streams import StreamKind


def trial_balance(entries: Iterable[Entry[Any]], window: Window = EVERYTHING) -> dict[str, int]:
    """Account -> Σ debit − Σ credit in minor units, accounts in order, zero ones left out."""
    return summed(journal(window.filter(entries)))


def summed(legs: Iterable[Leg]) -> dict[str, int]:
    """Add legs by account."""
    totals: Counter[str] = Counter()
    for leg in legs:
        totals[leg.account] += leg.minor
    return {account: totals[account] for account in sorted(totals) if totals[account]}


def subledgers(states: States) -> dict[str, int]:
    """Control account -> Σ over streams of what their folded states say, debit positive."""
    totals: Counter[str] = Counter()
    for stream, state in states.by_stream.items():
        totals.update(kind_of(stream).subledger(state))
    return {account: totals[account] for account in sorted(totals) if totals[account]}


@dataclass(slots=True)
class RunningBooks:
    """Ledger totals and sub-ledger totals carried forward.

    `shares` holds what each stream contributes to the control accounts; `subs` is their sum. A
    control account stays one once any stream has had it, so an account that only the ledger moves
    is found as a break too.
    """

    ledger: Counter[str] = field(default_factory=Counter)
    subs: Counter[str] = field(default_factory=Counter)
    shares: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def branch(self) -> RunningBooks:
        """A copy for one decision; the shares of untouched streams are not copied."""
        return RunningBooks(Counter(self.ledger), Counter(self.subs), _Layered(self.shares))

    def book(self, entry: Entry[Any]) -> None:
        """Add what an entry posts to the ledger."""
        for _, account, minor in lines(entry.event):
            self.ledger[account] += minor

    def restate(self, stream: str, share: Mapping[str, int]) -> None:
        """Replace what a stream contributes to its control accounts."""
        for account, minor in self.shares.get(stream, {}).items():
            self.subs[account] -= minor
        for account, minor in share.items():
            self.subs[account] += minor
        self.shares[stream] = share

    def emitted(self, kind: StreamKind[Any], entry: Entry[Any], state: Any) -> None:
        """Take one entry in: its legs, and the sub-ledger of the state it left."""
        self.book(entry)
        self.restate(entry.stream, kind.subledger(state))

    def breaks(self) -> dict[str, int]:
        """Control − sub-ledger where it is not zero (GL-04), in minor units."""
        gaps = {a: self.ledger[a] - self.subs[a] for a in sorted(self.subs)}
        return {account: gap for account, gap in gaps.items() if gap}

    def trial_balance(self) -> dict[str, int]:
        """Accounts that are not zero, in order."""
        return {a: self.ledger[a] for a in sorted(self.ledger) if self.ledger[a]}


class _Layered(dict[str, Mapping[str, int]]):
    """A dict that reads through to another one and writes to itself."""

    def __init__(self, below: Mapping[str, Mapping[str, int]]) -> None:
        """Start empty on top of `below`, which is never changed."""
        super().__init__()
        self._below = below

    def get(self, key: str, default: Any = None) -> Any:
        """The own value, else the one below."""
        return self[key] if key in self else self._below.get(key, default)
