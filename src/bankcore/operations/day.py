"""The business day (日初、日终): what is due, in the order of GEN-08, all or nothing.

Opening runs steps 20 to 60, closing 200 to 300. Each product adds its step handlers to `STEPS`
under the kinds that its agenda names; nothing else has to change here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Final

from bankcore.aggregates.bank import BANK
from bankcore.aggregates.bank.events import PeriodClosed
from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.aggregates.business_day import decide as c
from bankcore.aggregates.business_day.events import DayClosed, DayOpened
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due

DAY: Final = "business-day"
OPENING: Final = (20, 30, 40, 50, 60)
CLOSING: Final = (200, 210, 220, 230, 240, 250, 260, 270, 280)

Step = Callable[[Decision, Due], None]


def run_steps(d: Decision, steps: Sequence[int], table: Mapping[str, Step]) -> None:
    """Do what is due today, step by step; each item sees the results of the earlier ones.

    An item that an earlier one made superfluous is skipped; items that earlier ones brought about
    for the same step are done too. The order is total: step, days past due, due date, stream.
    """
    for step in steps:
        done: set[Due] = set()
        while items := [x for x in d.due(d.day, step) if x not in done]:
            for item in sorted(items, key=order):
                done.add(item)
                if d.still_due(item):
                    table[item.kind](d, item)


def order(due: Due) -> tuple[int, date, bytes, bytes]:
    """Sort key within a step: most days past due first, then earliest due date, then ids."""
    debt_from = due.due_date or date.max
    return (-due.days_past_due, debt_from, due.stream.encode(), due.contract.encode())


def open_day(d: Decision, command: c.Open, table: Mapping[str, Step]) -> None:
    """Open a day and do steps 20 to 60."""
    state = d.load(BUSINESS_DAY, DAY)
    c.check_open(command.day, state)
    d.begin_day(command.day)
    previous = state.closed_day if state else None
    effective = tuple(d.catalogue.effective_on(command.day))
    opened = DayOpened(day=command.day, previous_day=previous, rules_effective=effective)
    d.emit(BUSINESS_DAY, DAY, opened)
    run_steps(d, OPENING, table)


def close_day(d: Decision, command: c.Close, table: Mapping[str, Step]) -> None:
    """Do steps 200 to 290 and close; a ledger break keeps the day open."""
    c.check_close(command.day, d.load(BUSINESS_DAY, DAY))
    run_steps(d, CLOSING, table)
    books = d.books()
    breaks = books.breaks()
    if breaks:
        raise Rejected(Reason.LEDGER_BREAK, **dict(sorted(breaks.items())))
    digest = trial_balance_digest(books.trial_balance())
    position, head = d.reader.head()
    if command.day.day == monthrange(command.day.year, command.day.month)[1]:
        closed = PeriodClosed(
            month=f"{command.day:%Y-%m}", position=position, trial_balance_digest=digest
        )
        d.emit(BANK, "bank", closed)
    event = DayClosed(day=command.day, position=position, head=head, trial_balance_digest=digest)
    d.emit(BUSINESS_DAY, DAY, event)


def trial_balance_digest(balances: Mapping[str, int]) -> str:
    """SHA-256 over `account amount` lines in account order, hex."""
    text = "\n".join(f"{account} {minor}" for account, minor in sorted(balances.items()))
    return sha256(text.encode()).hexdigest()


def handlers(table: Mapping[str, Step]) -> dict[type, Handler]:
    """The two commands of the day over a step table."""
    return {
        c.Open: by(lambda d, x: open_day(d, x, table), Role.SYSTEM, Role.LEDGER),
        c.Close: by(lambda d, x: close_day(d, x, table), Role.SYSTEM, Role.LEDGER),
    }
