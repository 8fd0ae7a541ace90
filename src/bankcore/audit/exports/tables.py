"""All tables of an export (审计数据表): the ledger's, users, customer accounts, index of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bankcore.audit.exports.ledger_tables import chart, detail, trial_balance
from bankcore.audit.exports.table import Kind, Row, Source, Table, own, standard
from bankcore.projections.balances import balances
from bankcore.projections.states import fold_states
from bankcore.values.entry import Entry

_USERS: Final = (
    standard("User_ID", Kind.TEXT, "用户", "who acted"),
    standard("Role_Responsibility", Kind.TEXT, "岗位", "roles acted in, separated by '; '"),
    own("Events", Kind.WHOLE, "事件数", "events entered"),
    own("First_Entered_Date", Kind.DATE, "首笔记账日", "booking date of the first event"),
    own("Last_Entered_Date", Kind.DATE, "末笔记账日", "booking date of the last event"),
)
_ACCOUNTS: Final = (
    own("Account_ID", Kind.TEXT, "存款账户", "deposit account"),
    own("Customer_ID", Kind.TEXT, "客户", "customer's id; no personal data"),
    own("Product", Kind.TEXT, "产品", "product code"),
    own("Stage", Kind.TEXT, "状态", "where the account is in its life"),
    own("Booked", Kind.MONEY, "账面余额", "credit positive"),
    own("Held", Kind.MONEY, "冻结止付", "what may not be used"),
    own("Available", Kind.MONEY, "可用余额", "what can be used"),
)
_EVENTS: Final = (
    own("Log_Position", Kind.WHOLE, "账本序号", "place in the log, from 1"),
    own("Event_ID", Kind.TEXT, "事件号", "stream@version"),
    own("Stream", Kind.TEXT, "事件流", "contract or customer"),
    own("Version", Kind.WHOLE, "版本", "place in the stream, from 1"),
    own("Event", Kind.TEXT, "事件", "name of the event"),
    own("Booking_Date", Kind.DATE, "记账日", "when the bank knew"),
    own("Value_Date", Kind.DATE, "起息日", "when it counts"),
    own("Time", Kind.TEXT, "时刻", "simulated time of day, where one matters"),
    own("User_ID", Kind.TEXT, "用户", "who acted"),
    own("Role", Kind.TEXT, "岗位", "in which role"),
    own("Channel", Kind.TEXT, "渠道", "by which channel"),
    own("Command_ID", Kind.TEXT, "命令号", "the command that it came from"),
    own("Caused_By", Kind.TEXT, "起因", "event that caused it"),
    own("Late_Entry", Kind.FLAG, "补记", "booked later than it counts"),
)


def tables(source: Source, day: date, lang: str) -> tuple[Table, ...]:
    """The tables in the order in which they are written; `day` is that of the balances."""
    return (
        detail(source, lang),
        trial_balance(source, day),
        chart(),
        _users(source),
        _accounts(source),
        _events(source),
    )


@dataclass(slots=True)
class _User:
    roles: set[str]
    first: date
    last: date
    events: int = 0


def _users(source: Source) -> Table:
    def rows() -> Iterator[Row]:
        found: dict[str, _User] = {}
        for entry in source():
            on = entry.booking_date
            user = found.setdefault(entry.actor.id, _User(set(), on, on))
            user.roles.add(entry.actor.role.value)
            user.events, user.last = user.events + 1, on
        for key, user in sorted(found.items()):
            yield (key, "; ".join(sorted(user.roles)), user.events, user.first, user.last)

    return Table("User_Listing", _USERS, rows)


def _accounts(source: Source) -> Table:
    def rows() -> Iterator[Row]:
        for row in balances(fold_states(source())):
            known = row.account, row.customer, row.product, row.stage
            yield (*known, row.booked, row.held, row.available)

    return Table("Customer_Accounts", _ACCOUNTS, rows)


def _events(source: Source) -> Table:
    def rows() -> Iterator[Row]:
        return (_event(entry) for entry in source())

    return Table("Event_Index", _EVENTS, rows)


def _event(entry: Entry[object]) -> Row:
    place = entry.position, entry.id, entry.stream, entry.version, type(entry.event).__name__
    who = entry.actor.id, entry.actor.role.value, entry.channel
    why = entry.command_id, entry.caused_by or "", entry.late_entry
    return (*place, entry.booking_date, entry.value_date, entry.at or "", *who, *why)
