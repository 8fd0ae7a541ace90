"""Explaining deposit accounts: the balance, settled interest, accrued interest, a fee."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as e
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.operations.interest import signed
from bankcore.projections.accruals.deposit_account import accruals
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money


def _entries(evidence: Evidence, subject: str) -> list[Entry[Any]]:
    stream = ACCOUNT.stream(subject)
    found = evidence.of(stream)
    if not found:
        raise BadInput(f"no account {subject} at these dates", remedy="see `bankcore balances`")
    return found


def balance(evidence: Evidence, subject: str) -> Explanation:
    """Balance (余额): one part an event that moved it."""
    parts = []
    for entry in _entries(evidence, subject):
        change = signed(entry.event)
        if change:
            info = EVENTS[type(entry.event)]
            rule = "GL-02 " + " ".join(info.rows) if info.rows else "GL-02 mirror"
            amount = Fraction(change.minor)
            parts.append(
                Part(entry.id, rule, info.zh, info.en, amount, amount, inputs=_inputs(entry))
            )
    state = evidence.state(ACCOUNT, subject)
    assert state is not None, "entries were found, so there is a state"
    return Explanation(
        "balance",
        subject,
        Fraction(state.balance.minor),
        state.balance.grouped(),
        "fen",
        tuple(parts),
    )


def available(evidence: Evidence, subject: str) -> Explanation:
    """Available balance (可用余额), DEP-22: the balance less holds and frozen amounts."""
    entries = _entries(evidence, subject)
    account = evidence.state(ACCOUNT, subject)
    assert account is not None, "entries were found, so there is a state"
    stream, booked = entries[-1].id, Fraction(account.balance.minor)
    parts = [Part(stream, "GL-02", "账面余额", "Booked balance", booked, booked)]
    ties = [(x.hold, x.amount, "止付", "Held") for x in account.holds]
    ties += [(x.freeze, x.amount, "冻结", "Frozen") for x in account.freezes if x.amount]
    for key, amount, zh, en in ties:
        exact = Fraction(-amount.minor)
        parts.append(Part(stream, "DEP-22", zh, en, exact, exact, inputs={"of": key}))
    value = Fraction(account.available.minor)
    rest = value - sum((part.amount for part in parts), Fraction(0))
    if rest:
        parts.append(Part(stream, "DEP-22", "不低于零", "Never below zero", rest, rest))
    return Explanation("available", subject, value, _shown(value), "fen", tuple(parts))


def settled_interest(evidence: Evidence, subject: str) -> Explanation:
    """Settled interest (结息): one part a settlement or adjustment, with fraction and remainder."""
    parts = []
    for entry in _entries(evidence, subject):
        if isinstance(entry.event, e.InterestSettled):
            parts.append(settlement(entry.id, entry.event))
        elif isinstance(entry.event, e.InterestAdjusted):
            amount = Fraction(entry.event.difference.minor)
            causes: dict[str, object] = {"cause": ", ".join(entry.event.cause)}
            if entry.event.tax:
                causes["tax"] = entry.event.tax
            parts.append(
                Part(
                    entry.id,
                    "GL-05",
                    "利息补退",
                    "Interest adjusted",
                    amount,
                    amount,
                    inputs=causes,
                )
            )
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("settled-interest", subject, value, _shown(value), "fen", tuple(parts))


def settlement(event_id: str, event: e.InterestSettled) -> Part:
    """The part of one settlement: balance-days, rate and period, of both tiers of an agreement."""
    amount = Fraction(event.interest.minor)
    inputs: dict[str, object] = {
        "balance_days": event.balance_days,
        "rate": event.rate,
        "from": event.start,
        "until": event.until,
        "rate_valid_from": event.rate_valid_from,
    }
    upper = event.upper
    if upper is not None:
        inputs |= {"days_above": upper.balance_days, "rate_above": upper.rate}
    days = (event.until - event.start).days
    rule, exact = "DEP-16" if upper else "DEP-02", amount + event.remainder
    return Part(event_id, rule, "结息", "Interest settled", amount, exact, days, inputs)


def accrued_interest(evidence: Evidence, subject: str) -> Explanation:
    """Accrued interest (应计利息) at the end of the day: one part a stretch of equal balance."""
    account = evidence.state(ACCOUNT, subject)
    if account is None:
        raise BadInput(f"no account {subject} at these dates", remedy="see `bankcore balances`")
    stream = ACCOUNT.stream(subject)
    found = list(accruals(stream, account, evidence.on, evidence.catalogue))
    parts = tuple(
        Part(stream, a.rule, "应计利息", "Interest accrued", a.exact, a.exact, inputs=a.inputs)
        for a in found
    )
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("accrued-interest", subject, value, f"{value / 100}", "fen", parts)


def fee(evidence: Evidence, subject: str) -> Explanation:
    """Fees (收费): one part a fee charged, with its tariff code."""
    parts = tuple(
        Part(
            x.id,
            "GL-02 D17",
            "收费",
            "Fee charged",
            Fraction(x.event.fee.minor),
            Fraction(x.event.fee.minor),
            inputs={"code": x.event.code},
        )
        for x in _entries(evidence, subject)
        if isinstance(x.event, e.DepositFeeCharged)
    )
    value = sum((part.amount for part in parts), Fraction(0))
    return Explanation("fees", subject, value, _shown(value), "fen", parts)


def _shown(value: Fraction) -> str:
    return Money(int(value)).grouped()


def _inputs(entry: Entry[Any]) -> dict[str, object]:
    inputs: dict[str, object] = {"value_date": entry.value_date, "booking_date": entry.booking_date}
    posted_by = getattr(entry.event, "posted_by", None)
    if posted_by:
        inputs["posted_by"] = posted_by
    return inputs
