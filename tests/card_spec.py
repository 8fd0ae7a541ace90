"""Given, when, then for cards: a bank with an active card K1 of customer C1 beside account A1."""

from __future__ import annotations

from typing import Any

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.employee import commands as staff
from bankcore.rules.employees.appointment import Education
from bankcore.values.money import yuan
from bankcore.values.roles import Actor, Role
from spec import Desk, bank

HR = Actor("hr", Role.HR)
PAPERS = ("id_card", "application_form", "income_proof")


def apply_for(desk: Desk, product: str = "gold", key: str = "K1", owner: str = "C1") -> None:
    """A complete application, forwarded to the approval unit."""
    desk.do(c.Submit(card=key, customer=owner, product=product, limit_asked=yuan("20000")))
    for kind in PAPERS:
        desk.do(c.Attach(card=key, document=kind, kind=kind))
    desk.do(c.Sign(card=key))
    desk.do(c.Forward(card=key))


def approval(limit: str | None = "20000", key: str = "K1", **facts: Any) -> c.Approve:
    """An approval of a customer with 8,000.00 a month and score 700."""
    told: dict[str, Any] = {"score": 700, "income": yuan("8000"), **facts}
    return c.Approve(card=key, limit=None if limit is None else yuan(limit), **told)


def card_bank(
    day: str = "2024-03-01", product: str = "gold", limit: str = "20000", opening: str = "10000.00"
) -> Desk:
    """A bank with an active card: statement day 5, due after 20 days, tolerance 3 days, 10.00."""
    desk = bank(day, opening=opening)
    apply_for(desk, product)
    desk.do(approval(limit))
    desk.do(c.Issue(card="K1", number="6225880000000001"))
    desk.do(c.Deliver(card="K1"))
    desk.do(c.Activate(card="K1"))
    return desk


def card(desk: Desk, key: str = "K1") -> CardLine:
    """The line as it stands."""
    line = desk.bank.state(CARD, key)
    assert line is not None
    return line


def buy(desk: Desk, day: str, amount: str, item: str = "", key: str = "K1") -> None:
    """A purchase that is posted on a day."""
    desk.advance(day)
    item = item or f"p-{day}"
    desk.do(c.Post(card=key, item=item, amount=yuan(amount), merchant="shop"))


def draw(desk: Desk, day: str, amount: str, key: str = "K1") -> None:
    """Cash over the counter on a day."""
    desk.advance(day)
    desk.do(c.CashAdvance(card=key, item=f"c-{day}", amount=yuan(amount)))


def repay(desk: Desk, day: str, amount: str, source: str = "cash", key: str = "K1") -> None:
    """A payment on a day."""
    desk.advance(day)
    desk.do(c.Repay(card=key, amount=yuan(amount), source=source))


def found(events: list[Any], kind: type[Any]) -> list[Any]:
    """The events of a class."""
    return [event for event in events if isinstance(event, kind)]


def history(desk: Desk, kind: type[Any], key: str = "K1") -> list[Any]:
    """All events of a class in the card's stream."""
    stream = CARD.stream(key)
    return [x.event for x in desk.entries() if x.stream == stream and isinstance(x.event, kind)]


def appoint(desk: Desk, actor: Actor, grade: int) -> None:
    """Take on a graduate of a grade."""
    desk.do(staff.RecordEducation(employee=actor.id, level=Education.BACHELOR), HR)
    desk.do(staff.VerifyEducation(employee=actor.id), HR)
    desk.do(staff.Declare(employee=actor.id), HR)
    desk.do(staff.Appoint(employee=actor.id, name=actor.id, role=actor.role, grade=grade), HR)
