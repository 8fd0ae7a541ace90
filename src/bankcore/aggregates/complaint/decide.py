"""What a complaint alone decides: whether a command fits its stage, and the redress it computes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bankcore.aggregates.complaint.kinds import RedressBasis, RedressFlow, RedressKind
from bankcore.aggregates.complaint.state import Complaint, Decided, Stage
from bankcore.rules.complaints.redress import (
    Flow,
    Missold,
    WrongItem,
    redress_missold,
    redress_wrong_amount,
)
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected


def need_running(complaint: Complaint) -> None:
    """Refuse `complaint_closed` when it is closed, withdrawn or merged."""
    if complaint.ended:
        raise Rejected(Reason.COMPLAINT_CLOSED, stage=complaint.stage.value)


def need_undecided(complaint: Complaint, command: str) -> None:
    """Refuse handling of a complaint that has ended or stands decided."""
    need_running(complaint)
    if complaint.stage in {Stage.DECIDED, Stage.REPLIED, Stage.IN_REVIEW}:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=complaint.stage.value, command=command)


def need_decision(complaint: Complaint) -> Decided:
    """The decision of a complaint, `no_decision_yet` without one."""
    if complaint.decided is None:
        raise Rejected(Reason.NO_DECISION_YET, state=complaint.stage.value)
    return complaint.decided


def need_stage(complaint: Complaint, command: str, *stages: Stage) -> None:
    """Refuse a command that the stage does not allow (`illegal_transition`)."""
    if complaint.stage not in stages:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state=complaint.stage.value, command=command)


@dataclass(frozen=True, slots=True)
class Redress:
    """What is owed by CMP-07: difference and time value, and what their rounding left in fen."""

    difference: Money
    time_value: Money
    remainder: Fraction

    @property
    def amount(self) -> Money:
        """The whole redress."""
        return self.difference + self.time_value


NOTHING = Redress(ZERO, ZERO, Fraction(0))


def redress_of(basis: RedressBasis, share_cap_pct: int | None = None) -> Redress:
    """Compute the redress of a basis; with a cap, a greater share is `share_above_cap`."""
    if basis.kind is RedressKind.MISSOLD:
        given = Missold(
            _flows(basis.paid_in),
            _flows(basis.received),
            basis.value_now,
            basis.customer_share_pct,
        )
        lost = redress_missold(given, basis.redress_date, basis.rate, share_cap_pct).redress
        return Redress(lost.amount, ZERO, lost.remainder)
    items = [WrongItem(i.on, i.charged, i.right) for i in basis.items]
    wrong = redress_wrong_amount(items, basis.sign, basis.redress_date, basis.rate)
    left = wrong.difference.remainder + wrong.time_value.remainder
    return Redress(wrong.difference.amount, wrong.time_value.amount, left)


def _flows(flows: tuple[RedressFlow, ...]) -> tuple[Flow, ...]:
    return tuple(Flow(f.on, f.amount) for f in flows)
