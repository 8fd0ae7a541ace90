"""Running a contract: schedule, then each event in order against the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Final

from bankcore.rules.actus import schedules, state
from bankcore.rules.actus.annuity import annuity
from bankcore.rules.actus.maturity import derived
from bankcore.rules.actus.state import Event, Row, State
from bankcore.rules.actus.terms import Observed, Terms
from bankcore.rules.actus.times import DAY

LATE: Final = datetime(9000, 1, 1)  # noqa: DTZ001  # business time has no zone
_WITH_MATURITY: Final[dict[str, Callable[[Terms, datetime], list[Event]]]] = {
    "PAM": schedules.pam,
    "LAM": schedules.lam,
    "NAM": schedules.nam,
    "ANN": schedules.ann,
    "LAX": schedules.lax,
}
BANK_TYPES: Final = (*_WITH_MATURITY, "CLM", "UMP", "CSH", "STK")


def run(terms: Terms, observed: Observed, to: datetime | None) -> list[Row]:
    """The events after the status date up to `to`, with payoff and the state after each."""
    maturity = derived(terms) if terms.contract_type in _WITH_MATURITY else None
    terms = _complete(terms, maturity)
    events = sorted(
        schedule(terms, observed, to, maturity),
        key=lambda e: (e.moment.at, state.ORDER[e.kind]),
    )
    current, rows = opening(terms), []
    for event in events:
        if event.moment.at <= terms.status_date or (to is not None and event.moment.at > to):
            continue
        if terms.termination is not None and event.moment.at > terms.termination:
            continue
        payoff, current = apply(terms, observed, current, event)
        row = Row(event.moment.at, event.kind, payoff, current)
        if terms.purchase is None or event.kind == "PRD" or event.moment.at > terms.purchase:
            rows.append(row)
        if event.kind in {"STD", "TD"}:
            break
    return rows


def schedule(
    terms: Terms, observed: Observed, to: datetime | None, maturity: datetime | None
) -> list[Event]:
    """All events of a contract by its type."""
    if maturity is not None:
        return _WITH_MATURITY[terms.contract_type](terms, maturity)
    kind = terms.contract_type
    if kind == "CSH":
        return [schedules.fixed(name, at) for at, name, _ in observed.events]
    end = to or LATE
    if kind == "STK":
        days = schedules.dates(terms, terms.dividend, end + DAY, None)
        return [*schedules.ends(terms), *(schedules.at(terms, "DV", d) for d in days)]
    if kind == "UMP":
        return schedules.capitalising(terms, end)
    return _call_money(terms, observed, end)


def _call_money(terms: Terms, observed: Observed, end: datetime) -> list[Event]:
    """CLM: until maturity or until called, then settled after the notice (通知存款)."""
    called = next((at for at, name, _ in observed.events if name == "XD"), None)
    if called is not None and (terms.maturity is None or called < terms.maturity):
        assert terms.notice is not None, "a contract that is called has a notice"
        settled = terms.notice.after(called)
        events = [e for e in schedules.capitalising(terms, settled) if e.moment.at < settled]
        ending = (("XD", called), ("IP", settled), ("STD", settled))
        return [*events, *(schedules.fixed(kind, at) for kind, at in ending)]
    stop = terms.maturity or end
    events = [
        e
        for e in schedules.capitalising(terms, stop)
        if e.kind == "IED" or terms.maturity is None or e.moment.at < stop
    ]
    if terms.maturity is not None:
        events += [schedules.fixed("IP", terms.maturity), schedules.fixed("MD", terms.maturity)]
    return events


def _complete(terms: Terms, maturity: datetime | None) -> Terms:
    """A linear amortiser without a redemption amount spreads the notional over its dates."""
    if terms.contract_type != "LAM" or terms.next_redemption is not None or maturity is None:
        return terms
    count = len(schedules.redemption_dates(terms, maturity)) + 1
    return replace(terms, next_redemption=terms.notional / count)


def opening(terms: Terms) -> State:
    """The state at the status date: empty before the exchange, else as if it had run until then."""
    start = terms.status_date
    blank = State(at=start, next_redemption=terms.role * (terms.next_redemption or Fraction(0)))
    if terms.contract_type == "CSH":
        return replace(blank, notional=terms.role * terms.notional)
    exchanged = terms.initial_exchange
    if terms.contract_type == "STK" or exchanged is None or exchanged > start:
        return blank
    _, begun = state.exchange(terms, replace(blank, at=exchanged), exchanged)
    return replace(begun, at=start, accrued=_accrued_at_start(terms, begun))


def _accrued_at_start(terms: Terms, begun: State) -> Fraction:
    """`accruedInterest` where given, else from the last interest date before the status date."""
    if terms.accrued is not None:
        return terms.role * terms.accrued
    if terms.contract_type == "CLM":
        return Fraction(0)
    days = schedules.dates(terms, terms.interest, terms.status_date + DAY, terms.initial_exchange)
    last = max((d for d in days if d < terms.status_date), default=None)
    if last is None:
        return Fraction(0)
    return terms.conventions.years(last, terms.status_date) * begun.rate * begun.base


def apply(terms: Terms, observed: Observed, current: State, event: Event) -> tuple[Fraction, State]:
    """Payoff of an event and the state after it."""
    if event.kind == "IED":
        return state.exchange(terms, current, event.moment.counts)
    grown = state.accrue(terms, current, event.moment.counts)
    match event.kind:
        case "IP":
            return state.pay_interest(grown)
        case "IPCI":
            return state.capitalise(terms, grown)
        case "PR" | "PI":
            return state.redeem(terms, grown, redemption(terms, grown, event))
        case "PRD" | "TD" | "MD" | "STD" | "DV":
            return _ending(terms, observed, grown, event)
        case _:
            return Fraction(0), _fixing(terms, observed, grown, event)


def _fixing(terms: Terms, observed: Observed, grown: State, event: Event) -> State:
    """Events without payoff: rates, payments, bases and scalings are fixed; AD and XD observe."""
    match event.kind:
        case "RR" | "RRF":
            return _reset(terms, observed, grown, event)
        case "PRF":
            return replace(grown, next_redemption=annuity(terms, grown))
        case "IPCB":
            return replace(grown, base=grown.notional)
        case "SC":
            return state.scale(terms, observed, grown, event)
        case _:
            return grown


def _ending(terms: Terms, observed: Observed, grown: State, event: Event) -> tuple[Fraction, State]:
    match event.kind:
        case "PRD":
            return state.buy(terms, grown)
        case "TD":
            return state.terminate(terms, grown)
        case "MD" | "STD":
            return state.mature(grown)
        case _:
            dividend = observed.value(terms.dividend_market, event.unshifted)
            return terms.role * dividend, grown


def _reset(terms: Terms, observed: Observed, grown: State, event: Event) -> State:
    """LAX names the spread of a variable step in the step itself."""
    if event.kind == "RR" and event.value is not None:
        market = observed.value(terms.reset_market, event.unshifted)
        return replace(grown, rate=market * terms.reset_multiplier + event.value)
    return state.reset(terms, observed, grown, event)


def redemption(terms: Terms, grown: State, event: Event) -> Fraction:
    """The signed principal of a redemption: fixed, in steps, or what interest leaves of it."""
    if terms.contract_type == "LAX":
        amount = terms.role * (event.value or Fraction(0))
        return -amount if event.kind == "PI" else amount
    if terms.contract_type == "LAM":
        return grown.next_redemption
    return grown.next_redemption - grown.accrued
