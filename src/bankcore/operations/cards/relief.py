"""Waivers, write-off and recovery of a card (减免、核销), CC-05, LN-30."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine, Stage
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line import service_commands as c
from bankcore.aggregates.card_line.decide import check_positive, need_reason, need_stage
from bankcore.operations.cards.crediting import cure
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import check_source, placeholders, purse, take
from bankcore.operations.staff import Waiver, waive
from bankcore.rules.cards.book import Item
from bankcore.rules.cards.kinds import FEES, ItemKind
from bankcore.rules.loans.codes import LoanClass
from bankcore.values.dates import add_months
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role


def _open_item(line: CardLine, key: str) -> Item:
    item = line.book.item(key)
    if item is None or not item.outstanding:
        raise Rejected(Reason.STREAM_NOT_FOUND, item=key)
    return item


def waive_fee(d: Decision, c_: c.WaiveFee) -> None:
    """Give up an open fee within authority (EMP-03); a second in a year asks for more (CC-05)."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    item = _open_item(line, c_.item)
    if item.kind not in FEES:
        raise Rejected(Reason.ILLEGAL_TRANSITION, kind=item.kind.value)
    free = d.catalogue.number("card.waivers_per_year", d.day)
    recent = [on for on in line.waived_on if on > add_months(d.day, -12)]
    higher = d.frame.actor.role in {Role.BRANCH_HEAD, Role.HEAD_OFFICE}
    if len(recent) >= free and not higher:
        raise Rejected(Reason.ABOVE_AUTHORITY, waived=len(recent))
    kind = "card_late_fee_waiver" if item.kind is ItemKind.LATE_FEE else "fee_waiver"
    contract = CARD.stream(c_.card)
    waive(d, Waiver(kind, line.customer, contract, item.outstanding))
    waived = b.CardFeeWaived(
        item=item.id,
        kind=item.kind,
        fee=item.outstanding,
        approver=d.frame.actor.id,
        reason=c_.reason,
        gl={},
    )
    d.emit(CARD, c_.card, waived)
    cure(d, c_.card)


def waive_interest(d: Decision, c_: c.WaiveInterest) -> None:
    """Give up billed interest within the authority for fees (EMP-03)."""
    check_positive(c_.amount)
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    item = _open_item(line, c_.item)
    if item.kind is not ItemKind.INTEREST:
        raise Rejected(Reason.ILLEGAL_TRANSITION, kind=item.kind.value)
    if c_.amount > item.outstanding:
        raise Rejected(Reason.AMOUNT_ABOVE_ITEM, item=item.outstanding)
    waive(d, Waiver("fee_waiver", line.customer, CARD.stream(c_.card), c_.amount))
    waived = b.CardInterestWaived(
        item=item.id,
        interest=c_.amount,
        approver=d.frame.actor.id,
        reason=c_.reason,
        gl={},
    )
    d.emit(CARD, c_.card, waived)
    cure(d, c_.card)


def write_off(d: Decision, c_: c.WriteOff) -> None:
    """Take a loss-class debt off the books; the allowance is raised to it first (LN-30)."""
    line = d.need(CARD, c_.card)
    need_reason(c_.reason)
    need_stage(line, Stage.CANCELLED)
    if line.arrears.loan_class != LoanClass.LOSS.value:
        raise Rejected(Reason.NOT_LOSS_CLASS, loan_class=line.arrears.loan_class)
    for plan in line.plans:
        if plan.running:
            # The whole debt is callable: what is left of a plan falls due without a charge.
            rest = b.InstalmentSettledEarly(
                plan=plan.plan, principal=plan.unbilled, charge=Money(0), gl={}
            )
            d.emit(CARD, c_.card, rest)
    totals = d.need(CARD, c_.card).totals
    gone = totals.revolving + totals.interest + totals.fees
    missing = gone - totals.allowance
    if missing:
        raised = r.CardProvisionPosted(
            increase=missing, stage=3, allowance=gone, exposure=totals.debt, gl={}
        )
        d.emit(CARD, c_.card, raised)
    written = r.CardWrittenOff(
        principal=totals.revolving,
        interest=totals.interest,
        fees=totals.fees,
        approver=d.frame.actor.id,
        gl={},
    )
    d.emit(CARD, c_.card, written)


def recover(d: Decision, c_: c.Recover) -> None:
    """Money on a written-off claim; never more than is still claimed."""
    check_positive(c_.amount)
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.WRITTEN_OFF)
    if c_.amount > line.totals.written_off:
        raise Rejected(Reason.AMOUNT_ABOVE_ITEM, claimed=line.totals.written_off)
    source = purse(d, c_.source)
    check_source(d, source, c_.amount)
    received = r.CardRecoveryReceived(
        source=source.account or "cash", amount=c_.amount, gl=placeholders(source=source.gl)
    )
    entry = d.emit(CARD, c_.card, received)
    take(d, source, c_.amount, entry, "card_recovery")


_DECIDES = (Role.CARD_APPROVER, Role.BRANCH_HEAD, Role.HEAD_OFFICE)
HANDLERS: Final[dict[type, Handler]] = {
    c.WaiveFee: by(waive_fee, Role.RM, *_DECIDES),
    c.WaiveInterest: by(waive_interest, Role.RM, *_DECIDES),
    c.WriteOff: by(write_off, Role.BRANCH_HEAD, Role.HEAD_OFFICE),
    c.Recover: by(recover, Role.COLLECTOR, Role.RM, Role.CUSTOMER, Role.TELLER_CASH),
}
