"""Late facts (追溯重述): what each of them changed, and what had been said or decided without it.

Closed periods are never edited: what a late fact changes is booked on the day it is known, by
adjusting events that name it as their cause. What was printed and decided meanwhile stands, and is
listed: somebody has to look at it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from bankcore.aggregates import kind_of
from bankcore.aggregates.customer import CUSTOMER
from bankcore.audit.explain.evidence import Evidence, evidence
from bankcore.audit.explain.registry import EXPLAINERS
from bankcore.products.catalogue import Catalogue
from bankcore.projections.postings import journal
from bankcore.projections.states import fold_states
from bankcore.projections.window import Window
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput

FIGURES: Final = (
    "balance",
    "settled-interest",
    "accrued-interest",
    "fees",
    "penalty",
    "days-past-due",
    "grade",
    "stage",
    "allowance",
)
"""Figures of a contract that a late fact may change."""

TOLD: Final = frozenset(
    {
        "InterestSettled",
        "CardStatementIssued",
        "CardInterestBilled",
        "DueReminderSent",
        "QuoteGiven",
        "PrepaymentQuoted",
        "InstalmentQuoted",
        "TimeDepositMatured",
        "LoanSettled",
    }
)
"""Events by which a figure left the house."""

DECIDED: Final = frozenset(
    {
        "LoanApproved",
        "LoanRejected",
        "CardApproved",
        "CardDeclined",
        "CreditRated",
        "CustomerRiskRated",
        "CreditBlocked",
        "CardBlocked",
        "TransferRefused",
        "LoanReclassified",
        "CardReclassified",
        "EclStageAssigned",
        "ProvisionPosted",
        "CardProvisionPosted",
        "LoanPlacedOnNonAccrual",
        "PrincipalBecamePastDue",
        "CardBecamePastDue",
        "PenaltyInterestCharged",
        "LateFeeCharged",
    }
)
"""Events by which something was decided on what was believed."""

_SAID: Final = TOLD | DECIDED


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure of the contract, before the late fact was known and after; fen, days or ordinal."""

    figure: str
    unit: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class Restatement:
    """A late fact and all that it changed.

    `adjusted` are the events it brought about, `ledger` what they and itself moved (debit
    positive, fen); `told` and `decided` what had gone out or been decided since its value date.
    """

    late: Entry[Any]
    days_late: int
    adjusted: tuple[Entry[Any], ...]
    figures: tuple[Changed, ...]
    ledger: tuple[tuple[str, int], ...]
    told: tuple[Entry[Any], ...]
    decided: tuple[Entry[Any], ...]


Again = Callable[[], Iterable[Entry[Any]]]
"""Entries from the first one, each time they are asked for."""


def restatements(entries: Again, catalogue: Catalogue) -> list[Restatement]:
    """Every fact valued before its booking day that no other event explains, in log order.

    The log is read three times and little of it is kept: late facts and what they caused, their
    own streams, and what was told or decided.
    """
    effects: dict[str, list[Entry[Any]]] = {}
    late = []
    for entry in entries():
        if entry.caused_by:
            effects.setdefault(entry.caused_by, []).append(entry)
        elif entry.value_date < entry.booking_date:
            late.append(entry)
    if not late:
        return []
    streams = {fact.stream for fact in late}
    kept = [e for e in entries() if e.stream in streams or _name(e) in _SAID]
    owners = _owners(entries())
    return [_restated(fact, effects.get(fact.id, []), kept, owners, catalogue) for fact in late]


def _restated(
    late: Entry[Any],
    adjusted: Sequence[Entry[Any]],
    entries: Sequence[Entry[Any]],
    owners: Mapping[str, str],
    catalogue: Catalogue,
) -> Restatement:
    sums: Counter[str] = Counter()
    for leg in journal([late, *adjusted]):
        sums[leg.account] += leg.minor
    own = [entry for entry in entries if entry.stream == late.stream]
    end = max([late.position, *(e.position for e in adjusted if e.stream == late.stream)])
    meanwhile = list(_meanwhile(late, entries, owners))
    return Restatement(
        late=late,
        days_late=(late.booking_date - late.value_date).days,
        adjusted=tuple(adjusted),
        figures=tuple(_changed(late, own, end, catalogue)),
        ledger=tuple((account, sums[account]) for account in sorted(sums) if sums[account]),
        told=tuple(e for e in meanwhile if _name(e) in TOLD),
        decided=tuple(e for e in meanwhile if _name(e) in DECIDED),
    )


def _name(entry: Entry[Any]) -> str:
    return EVENTS[type(entry.event)].name


def _owners(entries: Iterable[Entry[Any]]) -> dict[str, str]:
    """Stream -> the customer whom its state names."""
    found = {}
    for stream, state in fold_states(entries).by_stream.items():
        holder = getattr(getattr(state, "application", state), "customer", "")
        if stream.startswith(CUSTOMER.prefix) or holder:
            found[stream] = CUSTOMER.stream(holder) if holder else stream
    return found


def _meanwhile(
    late: Entry[Any], entries: Sequence[Entry[Any]], owners: Mapping[str, str]
) -> Iterator[Entry[Any]]:
    """What happened to the same customer between the value date and the day it became known."""
    owner = owners.get(late.stream)
    for entry in entries:
        mine = entry.stream == late.stream or (owner and owners.get(entry.stream) == owner)
        if mine and entry.position < late.position and entry.booking_date >= late.value_date:
            yield entry


def _changed(
    late: Entry[Any], own: Sequence[Entry[Any]], end: int, catalogue: Catalogue
) -> Iterator[Changed]:
    on, window = late.booking_date, Window()
    before = evidence([e for e in own if e.position < late.position], window, catalogue, on)
    after = evidence([e for e in own if e.position <= end], window, catalogue, on)
    kind = kind_of(late.stream).name
    for figure in FIGURES:
        if (figure, kind) in EXPLAINERS:
            old, new = _value(before, figure, late.stream), _value(after, figure, late.stream)
            if old is not None and new is not None and old[0] != new[0]:
                yield Changed(figure, new[1], old[0], new[0])


def _value(seen: Evidence, figure: str, stream: str) -> tuple[Fraction, str] | None:
    try:
        found = EXPLAINERS[figure, kind_of(stream).name](seen, stream)
    except BadInput:
        return None  # the contract was not there yet, or has no such figure so far
    return found.value, found.unit
