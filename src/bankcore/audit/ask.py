"""The questions one can ask of a bank (查询): one function a question, the command line's twin.

Each takes an open `Bank` and a `Window` of two dates; nothing is written. An id that nobody has
is `BadInput` with the nearest known ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from bankcore.aggregates import KINDS, kind_of, named_streams
from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.operations.day import DAY
from bankcore.projections import account_statement
from bankcore.projections.balances import balances
from bankcore.projections.postings import Leg, journal
from bankcore.projections.rows import BalanceRow, LedgerRow, StatementLine, ledger_row
from bankcore.projections.states import fold_states
from bankcore.projections.trial_balance import summed
from bankcore.projections.window import EVERYTHING, Window
from bankcore.rules.ledger.chart import CHART
from bankcore.store.bank import Bank
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.reading import known_id

if TYPE_CHECKING:
    from bankcore.audit.explain.evidence import Evidence
    from bankcore.audit.explain.explanation import Explanation
    from bankcore.projections.accruals.accrual import Accrual
    from bankcore.projections.customer_360 import CustomerView
    from bankcore.projections.risks.row import RiskRow

# The questions about interest, risk, customers and causes import what they need themselves: with
# the modules of all contracts it takes longer than most answers, and balances need none of it.


def day_of(bank: Bank, window: Window = EVERYTHING) -> date:
    """The day of a question: `as_of`, else `known_at`, else the open or last closed day."""
    asked = window.as_of or window.known_at
    if asked is not None:
        return asked
    state = bank.state(BUSINESS_DAY, DAY)
    day = (state.open_day or state.closed_day) if state else None
    if day is None:
        raise BadInput("no day was ever opened", remedy="name a day with --as-of")
    return day


def stream_of(bank: Bank, given: str, prefix: str = "") -> str:
    """The stream id of what a person calls it: the id itself, or its key without the prefix."""
    known = bank.log.streams(prefix)
    same = named_streams(given, known)
    if len(same) == 1:
        return same[0]
    if same:
        raise BadInput(f"{given!r} may be {' or '.join(same)}", remedy="write it in full")
    keys = {stream: stream.removeprefix(kind_of(stream).prefix) for stream in known}
    near = [
        stream
        for key in get_close_matches(given, keys.values(), 3, 0.5)
        for stream, own in keys.items()
        if own == key
    ]
    remedy = f"did you mean {' or '.join(near[:3])}?" if near else f"known: {', '.join(known[:5])}"
    raise BadInput(f"no {prefix.rstrip('-') or 'stream'} {given!r} in this log", remedy=remedy)


def booked_balances(bank: Bank, window: Window = EVERYTHING) -> list[BalanceRow]:
    """Booked and available balance of every deposit account (余额)."""
    return list(balances(fold_states(bank.entries(), window)))


def statement(bank: Bank, account: str, window: Window = EVERYTHING) -> list[StatementLine]:
    """The lines of one account in booking order with running balance (对账单)."""
    stream = stream_of(bank, account, ACCOUNT.prefix)
    return list(account_statement.statement(bank.log.stream(stream), stream, window))


def interest(bank: Bank, window: Window = EVERYTHING, subject: str | None = None) -> list[Accrual]:
    """Exact interest accrued and not yet settled at the end of the day (应计利息), GL-06."""
    from bankcore.projections.accrued import accrued  # noqa: PLC0415

    stream = stream_of(bank, subject) if subject else None
    states = fold_states(bank.entries(), window)
    found = accrued(states, day_of(bank, window), bank.catalogue)
    return [accrual for accrual in found if stream is None or accrual.stream == stream]


def risk(bank: Bank, window: Window = EVERYTHING, subject: str | None = None) -> list[RiskRow]:
    """Risk state of every contract with credit used, or of one contract or customer (风险状态)."""
    from bankcore.projections.risk import risks  # noqa: PLC0415

    stream = stream_of(bank, subject) if subject else None
    states = fold_states(bank.entries(), window)
    found = risks(states, day_of(bank, window), bank.catalogue)
    return [row for row in found if stream is None or stream in _named(row)]


def _named(row: RiskRow) -> tuple[str, str]:
    return row.contract, CUSTOMER.stream(row.customer)


def customer(bank: Bank, customer: str, window: Window = EVERYTHING) -> CustomerView:
    """All that the bank knows of one customer on a day (客户全景)."""
    from bankcore.projections.customer_360 import customer_360  # noqa: PLC0415

    stream = stream_of(bank, customer, CUSTOMER.prefix)
    states = fold_states(bank.entries(), window)
    found = customer_360(states, stream, day_of(bank, window), bank.catalogue)
    if found is None:
        raise BadInput(f"{stream} was not known at these dates", remedy="ask for a later day")
    return found


def trial_balance(
    bank: Bank, window: Window = EVERYTHING, *, with_accrued: bool = False
) -> list[LedgerRow]:
    """Every account that is not zero (试算平衡); with accrued interest as virtual legs, GL-06."""
    totals = summed(journal(window.filter(bank.entries())))
    if with_accrued:
        from bankcore.projections.accrued import virtual_legs  # noqa: PLC0415

        legs = virtual_legs(
            fold_states(bank.entries(), window), day_of(bank, window), bank.catalogue
        )
        for account, minor in legs.items():
            totals[account] = totals.get(account, 0) + minor
    return [ledger_row(account, totals[account]) for account in sorted(totals)]


def legs(bank: Bank, window: Window = EVERYTHING, account: str | None = None) -> Iterator[Leg]:
    """The journal (分录) in log order, of one ledger account if asked."""
    if account is not None:
        known_id("ledger account", account, CHART)
    found = journal(window.filter(bank.entries()))
    return (leg for leg in found if account is None or leg.account == account)


def life(
    bank: Bank, window: Window = EVERYTHING, subject: str | None = None
) -> Iterator[Entry[Any]]:
    """The entries that a window sees, in order: the life of the bank, or of one subject."""
    of_subject = only(bank, [subject] if subject else [])
    return (entry for entry in window.filter(bank.entries()) if of_subject(entry))


def only(bank: Bank, subjects: Iterable[str]) -> Callable[[Entry[Any]], bool]:
    """Which entries are of one of the subjects: a stream, all of a customer, or a kind of stream.

    With no subject it is all of them; an unknown one is bad input.
    """
    wanted: set[str] = set()
    kinds: set[str] = set()
    for subject in subjects:
        if subject in {kind.name for kind in KINDS}:
            kinds.add(subject)
            continue
        stream = stream_of(bank, subject)
        wanted.add(stream)
        if stream.startswith(CUSTOMER.prefix):
            wanted |= set(_streams_of(bank, stream))
    if not wanted and not kinds:
        return lambda _: True
    return lambda entry: entry.stream in wanted or kind_of(entry.stream).name in kinds


def _streams_of(bank: Bank, customer: str) -> Iterator[str]:
    """The streams whose state names a customer: contracts, talks, complaints."""
    for stream, state in fold_states(bank.entries()).by_stream.items():
        holder = getattr(getattr(state, "application", state), "customer", "")
        if holder and CUSTOMER.stream(holder) == customer:
            yield stream


def evidence_of(bank: Bank, window: Window = EVERYTHING) -> Evidence:
    """What a window sees of a bank, read from the log as it is asked for."""
    from bankcore.audit.explain.evidence import Evidence  # noqa: PLC0415

    return Evidence(bank.log, window, bank.catalogue, day_of(bank, window))


def explain(
    bank: Bank, figure: str, subject: str, window: Window = EVERYTHING, *, depth: int = 1
) -> Explanation:
    """Where a figure of a stream comes from, to the last fraction (数字溯源).

    The figure `ledger` is that of a ledger account, `finding` that of a finding by its id. With a
    depth above 1 the parts unfold into theirs, so many levels deep or as far as they go.
    """
    from bankcore.audit.explain.registry import OF_THE_BANK  # noqa: PLC0415
    from bankcore.audit.explain.registry import explain as explain_figure  # noqa: PLC0415
    from bankcore.audit.explain.unfolding import unfolded  # noqa: PLC0415

    seen = evidence_of(bank, window)
    if figure in OF_THE_BANK:
        found = OF_THE_BANK[figure](seen, subject)
    else:
        found = explain_figure(figure, _figured(bank, figure, subject), seen)
    return unfolded(found, seen, depth)


def _figured(bank: Bank, figure: str, subject: str) -> str:
    """The stream that is meant: of several with that key the one that has the figure."""
    from bankcore.audit.explain.registry import EXPLAINERS  # noqa: PLC0415

    same = named_streams(subject, bank.log.streams(""))
    having = [stream for stream in same if (figure, kind_of(stream).name) in EXPLAINERS]
    return having[0] if len(having) == 1 else stream_of(bank, subject)
