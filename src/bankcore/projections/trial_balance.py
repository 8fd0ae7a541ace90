"""The trial balance (试算平衡表) and the tie-out (总分核对) of control accounts, GL-01, GL-04."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bankcore.aggregates import kind_of
from bankcore.projections.postings import Leg, journal, post
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
    """Ledger totals and sub-ledger totals carried forward entry by entry.

    `controls` collects the control accounts seen in any sub-ledger, so that an account which only
    the ledger moves is found as a break too once a stream has ever had it.
    """

    ledger: Counter[str] = field(default_factory=Counter)
    subs: Counter[str] = field(default_factory=Counter)
    controls: set[str] = field(default_factory=set)

    def copy(self) -> RunningBooks:
        """An independent copy for one decision."""
        return RunningBooks(Counter(self.ledger), Counter(self.subs), set(self.controls))

    def emitted(self, kind: StreamKind[Any], old: Any, entry: Entry[Any], new: Any) -> None:
        """Take one entry in: its legs, and the change of its stream's sub-ledger."""
        for leg in post(entry):
            self.ledger[leg.account] += leg.minor
        before: Mapping[str, int] = kind.subledger(old) if old is not None else {}
        after = kind.subledger(new)
        for account, minor in before.items():
            self.subs[account] -= minor
        for account, minor in after.items():
            self.subs[account] += minor
        self.controls.update(after)

    def breaks(self) -> dict[str, int]:
        """Control − sub-ledger where it is not zero (GL-04), in minor units."""
        gaps = {a: self.ledger[a] - self.subs[a] for a in sorted(self.controls)}
        return {account: gap for account, gap in gaps.items() if gap}

    def trial_balance(self) -> dict[str, int]:
        """Accounts that are not zero, in order."""
        return {a: self.ledger[a] for a in sorted(self.ledger) if self.ledger[a]}
