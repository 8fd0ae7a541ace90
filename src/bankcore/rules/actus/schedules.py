"""Schedules of the bank contract types: which events happen when, shared where types share them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from bankcore.rules.actus.state import Event
from bankcore.rules.actus.terms import ArrayStep, CycleTerm, Terms
from bankcore.rules.actus.times import DAY, Moment


def at(terms: Terms, kind: str, day: datetime, value: Fraction | None = None) -> Event:
    """A cyclic event, moved by the contract's business-day convention."""
    return Event(kind, terms.conventions.moment(day), day, value)


def fixed(kind: str, day: datetime) -> Event:
    """An event that is never moved: IED, MD, PRD, TD, and interest at maturity."""
    return Event(kind, Moment(day, day), day)


def dates(terms: Terms, term: CycleTerm, end: datetime, default: datetime | None) -> list[datetime]:
    """Cyclic dates before `end` from the anchor, or after a default one; no cycle is one date."""
    anchor = term.anchor or default
    if anchor is None or anchor >= end:
        return []
    if term.cycle is None:
        return [anchor] if term.anchor else []
    days = terms.conventions.cycle(anchor, term.cycle, end)
    return days if term.anchor else days[1:]


def interest(terms: Terms, days: Iterable[datetime], maturity: datetime | None) -> list[Event]:
    """IP on the days and at maturity; up to the end of capitalisation they are IPCI."""
    until = terms.capitalization_end
    events = []
    for day in sorted(set(days)):
        kind = "IPCI" if until is not None and day < until else "IP"
        events.append(at(terms, kind, day))
    if until is not None:
        events = [e for e in events if e.unshifted != until]
        events.append(at(terms, "IPCI", until))
    if maturity is not None and terms.rate is not None:
        events = [e for e in events if e.unshifted < maturity]
        events.append(fixed("IP", maturity))
    return events


def resets(terms: Terms, end: datetime) -> list[Event]:
    """RR on the reset dates; the first after the status date is RRF when its rate is known."""
    events = [at(terms, "RR", day) for day in dates(terms, terms.reset, end, None)]
    if terms.next_reset is None:
        return events
    later = [e for e in events if e.unshifted > terms.status_date]
    if not later:
        return events
    known = at(terms, "RRF", later[0].unshifted, terms.next_reset)
    return [e for e in events if e is not later[0]] + [known]


def ends(terms: Terms) -> list[Event]:
    """IED, PRD and TD where the terms have them."""
    days = (
        ("IED", terms.initial_exchange),
        ("PRD", terms.purchase),
        ("TD", terms.termination),
    )
    return [fixed(kind, day) for kind, day in days if day is not None]


def redemption_dates(terms: Terms, end: datetime) -> list[datetime]:
    """PR dates before `end`; without an anchor they start one cycle after the exchange."""
    return dates(terms, terms.redemption, end, terms.initial_exchange)


def pam(terms: Terms, maturity: datetime) -> list[Event]:
    """Principal at maturity: interest on its cycle, resets, all principal at the end."""
    days = dates(terms, terms.interest, maturity, terms.initial_exchange)
    return [
        *ends(terms),
        *interest(terms, days, maturity),
        *resets(terms, maturity),
        fixed("MD", maturity),
    ]


def lam(terms: Terms, maturity: datetime) -> list[Event]:
    """Linear amortiser: as PAM with redemptions, base resets and scaling."""
    base = dates(terms, terms.base, maturity, None) if terms.base_mode == "NTL" else []
    return [
        *pam(terms, maturity),
        *(at(terms, "PR", d) for d in redemption_dates(terms, maturity)),
        *(at(terms, "IPCB", d) for d in base),
        *(at(terms, "SC", d) for d in dates(terms, terms.scaling, maturity, None)),
    ]


def nam(terms: Terms, maturity: datetime) -> list[Event]:
    """Negative amortiser: interest falls due with each redemption and on its cycle before."""
    redemptions = redemption_dates(terms, maturity)
    before = dates(terms, terms.interest, maturity, None)
    if redemptions and terms.redemption.cycle is not None:
        limit = terms.redemption.cycle.period.after(redemptions[0], -1)
        before = [d for d in before if d <= limit]
    base = dates(terms, terms.base, maturity, None) if terms.base_mode == "NTL" else []
    return [
        *ends(terms),
        *interest(terms, [*before, *redemptions], maturity),
        *resets(terms, maturity),
        *(at(terms, "PR", d) for d in redemptions),
        *(at(terms, "IPCB", d) for d in base),
        fixed("MD", maturity),
    ]


def ann(terms: Terms, maturity: datetime) -> list[Event]:
    """Annuity: as NAM; the payment is fixed a day before the first and after each reset."""
    events = nam(terms, maturity)
    redemptions = redemption_dates(terms, maturity)
    fixings = [at(terms, "PRF", e.unshifted) for e in events if e.kind in {"RR", "RRF"}]
    if terms.next_redemption is None and redemptions:
        fixings.append(at(terms, "PRF", redemptions[0] - DAY))
    return [*events, *fixings]


def _steps(
    terms: Terms, steps: tuple[ArrayStep, ...], end: datetime
) -> Iterable[tuple[ArrayStep, datetime]]:
    """The dates of array steps: each runs to the next anchor."""
    bounds = [step.anchor for step in steps[1:]] + [end]
    for step, until in zip(steps, bounds, strict=False):
        stop = min(until, end)
        if step.cycle is None:
            if step.anchor < stop or (step.anchor <= end and step.anchor < until):
                yield step, step.anchor
            continue
        for day in terms.conventions.cycle(step.anchor, step.cycle, stop):
            yield step, day


def lax(terms: Terms, maturity: datetime) -> list[Event]:
    """Exotic linear amortiser: redemptions, increases, interest and rates in steps."""
    moves = [
        at(terms, "PI" if step.increases else "PR", day, step.value)
        for step, day in _steps(terms, terms.redemption_steps, maturity)
    ]
    rates = [
        at(terms, "RRF" if step.fixed else "RR", day, step.value)
        for step, day in _steps(terms, terms.reset_steps, maturity)
    ]
    days = [day for _, day in _steps(terms, terms.interest_steps, maturity)]
    return [*ends(terms), *moves, *rates, *interest(terms, days, maturity), fixed("MD", maturity)]


def capitalising(terms: Terms, end: datetime) -> list[Event]:
    """UMP and CLM: interest joins the notional on its cycle from the exchange until the end."""
    term = terms.interest
    if term.anchor is None:
        term = CycleTerm(anchor=terms.initial_exchange, cycle=term.cycle)
    days = dates(terms, term, end, None) if term.cycle is not None else []
    return [*ends(terms), *(at(terms, "IPCI", d) for d in days), *resets(terms, end + DAY)]
