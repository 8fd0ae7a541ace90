"""Inside a posting (分录): the other legs of its event, and inside a leg what it settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any, Final

from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.loan import events_repayment as r
from bankcore.audit.explain.explanation import Part
from bankcore.audit.explain.inside import demand, loans
from bankcore.audit.explain.inside.node import Node, Scene, scaled
from bankcore.projections.postings import Leg, post
from bankcore.rules.ledger.chart import CHART
from bankcore.values.entry import Entry

PAYABLE: Final = "2231"
RECEIVABLE: Final = "1132.01"


def posted(scene: Scene, part: Part, own: Collection[str]) -> Iterable[Node]:
    """A part that is an amount on one account: the sum of the other legs with the other sign.

    A mirror in an account unfolds into the legs of the event that moved the money.
    """
    entry = scene.entry(part.event_id)
    if entry is None:
        return ()
    posting = scene.entry(getattr(entry.event, "posted_by", None) or entry.id) or entry
    legs = post(posting)
    for account in own:
        moved = sum(leg.minor for leg in legs if leg.account == account)
        if moved and abs(moved) == abs(part.amount):
            # Debits and credits of the others add up to what moved, turned round.
            sign = 1 if part.amount == -moved else -1
            return [_leg(scene, posting, leg, sign) for leg in legs if leg.account != account]
    return ()


def _leg(scene: Scene, posting: Entry[Any], leg: Leg, sign: int) -> Node:
    known, amount = CHART[leg.account], Fraction(sign * leg.minor)
    told = {"account": leg.account}
    part = Part(leg.event_id, f"GL-02 {leg.row}", known.zh, known.en, amount, amount, inputs=told)
    return Node(part, lambda: _settling(scene, posting, part))


def _settling(scene: Scene, posting: Entry[Any], part: Part) -> list[Node]:
    """What a leg of interest paid or collected settles, where that is exactly its amount."""
    event, account = posting.event, part.inputs["account"]
    if isinstance(event, e.InterestPaid) and account == PAYABLE:
        found = demand.unpaid(scene, posting)
    elif isinstance(event, r.LoanRepaymentReceived) and account == RECEIVABLE:
        found = loans.paid(scene, posting)
    else:
        return []
    whole = sum((node.part.amount for node in found), Fraction(0))
    if not whole or abs(whole) != abs(part.amount):
        return []
    return [scaled(node, part.amount / whole) for node in found]
