"""Adapters of the general rules GEN-01 to GEN-08."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, maybe_day, money
from bankcore.rules.day_order import AgendaItem, day_order
from bankcore.rules.idempotency import is_repeat
from bankcore.rules.value_date import BackValue, check_value_date
from bankcore.values.calendar import calendar_of
from bankcore.values.dated import DatedRow, row_in_force
from bankcore.values.dates import add_months, split
from bankcore.values.money import Money, allocate, round_to_money, whole_yuan
from bankcore.values.quotes import parse_rate
from bankcore.values.reasons import Reason, Rejected


def gen_01(given: Inputs) -> Inputs:
    """Round, allocate, or cut to the interest base."""
    match given["op"]:
        case "round":
            rounded = round_to_money(Fraction(given["value"]) * 100)
            return {"rounded": str(rounded.money), "remainder": str(rounded.remainder / 100)}
        case "allocate":
            weights = [Fraction(w) for w in given["weights"]]
            return {"parts": [str(p) for p in allocate(money(given["total"]), weights)]}
        case _:
            return {"base": str(whole_yuan(money(given["balance"])))}


def gen_02(given: Inputs) -> Inputs:
    """Parse a quote against the indices given."""
    index = {key: Fraction(pct) for key, pct in (given.get("lpr") or {}).items()}
    rate = parse_rate(given["quote"], index)
    parts = (rate.percent, rate.percent / 12, rate.percent / 360)
    names = ("annual_pct", "monthly_pct", "daily_pct")
    return {name: str(part) for name, part in zip(names, parts, strict=True)}


def gen_03(given: Inputs) -> Inputs:
    """Count a period, or step months from a date."""
    if given.get("op") == "add_months":
        return {"date": add_months(day(given["date"]), given["months"]).isoformat()}
    span = split(day(given["start"]), day(given["end"]))
    return {
        "months": span.months,
        "odd_days": span.odd_days,
        "days": span.days,
        "fraction_months": str(span.by_months),
        "fraction_actual": str(span.by_days),
    }


def gen_04(given: Inputs) -> Inputs:
    """Ask a calendar."""
    calendar = calendar_of(given["calendar"])
    if given.get("projection"):
        calendar = calendar.projecting()
    match given["op"]:
        case "is_business_day":
            on = day(given["date"])
            return {
                "business_day": calendar.is_business_day(on),
                "projected": calendar.projected(on),
            }
        case "add_business_days":
            start = day(given["date"])
            found = calendar.add_business_days(start, given["n"])
            passed = (found,) if given["n"] >= 0 else (start,)
            return {"date": found.isoformat(), "projected": calendar.projected(*passed)}
        case "between":
            return {"count": calendar.between(day(given["start"]), day(given["end"]))}
        case _:
            adjusted = calendar.adjust(day(given["date"]), given["convention"])
            return {"date": adjusted.isoformat()}


def gen_05(given: Inputs) -> Inputs:
    """Check the two dates of a command."""
    dates = (
        "booking_date",
        "open_day",
        "stream_last_booking",
        "value_date",
        "opened_on",
        "closed_on",
        "settled_to",
        "open_period_from",
    )
    words = ("approval", "ground", "maker", "approver")
    read: dict[str, Any] = {name: maybe_day(given[name]) for name in dates}
    asked = BackValue(**read, **{name: given[name] for name in words})
    try:
        effect = check_value_date(asked)
    except Rejected as no:
        return {
            "allowed": False,
            "reason": no.reason.value,
            "back_days": (asked.booking_date - asked.value_date).days,
            "restates": False,
            "adjust_settlement": False,
            "closed_period": False,
        }
    return {
        "allowed": True,
        "reason": None,
        "back_days": effect.back_days,
        "restates": effect.restates,
        "adjust_settlement": effect.adjust_settlement,
        "closed_period": effect.closed_period,
    }


def gen_06(given: Inputs) -> Inputs:
    """Choose the version in force."""
    rows = [DatedRow(day(r["valid_from"]), day(r["adopted_on"]), r["value"]) for r in given["rows"]]
    row = row_in_force(rows, day(given["on"]), day(given["known_at"]))
    return {
        "value": row.value,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to and row.valid_to.isoformat(),
    }


def gen_07(given: Inputs) -> Inputs:
    """Apply commands with ids to a balance, repeats included."""
    balance, booked, outcomes = money(given["opening_balance"]), dict[str, str](), list[str]()
    for command in given["commands"]:
        try:
            change = _signed(command)
            body = f"{command['kind']} {change}"
            if is_repeat(command["id"], body, booked.get(command["id"])):
                outcomes.append("duplicate")
                continue
            _check_change(balance, change)
        except Rejected as no:
            outcomes.append(f"refused:{_named(no.reason)}")
            continue
        balance, booked[command["id"]] = balance + change, body
        outcomes.append("applied")
    return {"outcomes": outcomes, "balance": str(balance)}


def _signed(command: Inputs) -> Money:
    amount = money(command["amount"])
    return amount if command["kind"] == "deposit" else -amount


def _check_change(balance: Money, change: Money) -> None:
    if balance.minor + change.minor < 0:
        raise Rejected(Reason.INSUFFICIENT_AVAILABLE_BALANCE, balance=balance)


def _named(reason: Reason) -> str:
    """The rulebook's shorter word for a withdrawal beyond the balance."""
    short = reason is Reason.INSUFFICIENT_AVAILABLE_BALANCE
    return "insufficient_funds" if short else reason.value


def gen_08(given: Inputs) -> Inputs:
    """Order the items of a day."""
    items = [
        AgendaItem(
            i["kind"],
            i["stream"],
            i["contract"],
            i.get("days_past_due", 0),
            maybe_day(i.get("due_date")),
        )
        for i in given["items"]
    ]
    return {"order": [item.contract for item in day_order(items)]}


ADAPTERS: Final[Mapping[str, Adapter]] = {
    "GEN-01": gen_01,
    "GEN-02": gen_02,
    "GEN-03": gen_03,
    "GEN-04": gen_04,
    "GEN-05": gen_05,
    "GEN-06": gen_06,
    "GEN-07": gen_07,
    "GEN-08": gen_08,
}
