"""The statement day of a card (出账单), step 250: test, charges, instalments, statement.

The figures come from the rules (CC-02 … CC-06, CC-08); this module orders the events: interest
before late charge, both before the instalments that fall due, the statement last.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine
from bankcore.aggregates.card_line import events_billing as e
from bankcore.aggregates.card_line.decide import overdue
from bankcore.aggregates.card_line.service_commands import IssueStatement
from bankcore.aggregates.card_line.terms import InterestStretch, StatementLine
from bankcore.operations.cards.crediting import cure, use_credit_balance
from bankcore.operations.cards.restate import post_differences
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.rules.cards.book import Book
from bankcore.rules.cards.cycle import statement_after
from bankcore.rules.cards.interest import CardInterest, after_test, tested, yearly_rate
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.late_charge import LateCharge, cap_of, capped
from bankcore.rules.cards.limits import AnnualFeeTerms, annual_fee
from bankcore.rules.cards.statement import Charges, charges_of_cut, close_cycle
from bankcore.values.dates import add_months
from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due


def issue_by_hand(d: Decision, c_: IssueStatement) -> None:
    """Cut a statement on its day before the close; a second cut is `statement_already_issued`."""
    line = d.need(CARD, c_.card)
    if line.last_cut is not None and line.last_cut >= d.day:
        raise Rejected(Reason.STATEMENT_ALREADY_ISSUED, statement=line.last_cut)
    if line.next_cut != d.day:
        raise Rejected(Reason.ILLEGAL_TRANSITION, next_statement=line.next_cut)
    cut(d, c_.card)


def cut(d: Decision, card: str) -> None:
    """Close the cycle of a card today: everything that belongs on the statement, then it."""
    post_differences(d, card)
    line = d.need(CARD, card)
    charges = charges_of_cut(line.book, d.day, line.terms)
    episode = episode_of(line, charges, d.day)
    _post_charges(d, card, charges, room_left(line, episode))
    _bill_plans(d, card)
    use_credit_balance(d, card)
    _close(d, card, episode)
    cure(d, card)


def episode_of(line: CardLine, charges: Charges, day: date) -> Money | None:
    """Principal at the start of the overdue episode that runs on a cut day (CC-05), else None.

    An episode starts with the tolerance day that failed the minimum and lasts while anything is
    past due.
    """
    if not overdue(line, day).dpd:
        return None
    if line.arrears.episode_principal is not None:
        return line.arrears.episode_principal
    assert charges.tested is not None, "what is past due was billed on a statement"
    owed = [
        item.owed_on(charges.tested.last_day)
        for item in line.book.items
        if item.kind in {ItemKind.PURCHASE, ItemKind.CASH, ItemKind.INSTALMENT}
    ]
    return total(owed)


def room_left(line: CardLine, episode: Money | None) -> Money | None:
    """What may still be charged in an episode; None without one."""
    if episode is None:
        return None
    assert line.agreement is not None, "an issued card has terms"
    cap = cap_of(episode, line.agreement.charge_cap_pct)
    return max(ZERO, cap - line.arrears.episode_posted)


def _post_charges(d: Decision, card: str, charges: Charges, room: Money | None) -> None:
    amounts = [c.interest.amount for c in charges.interest]
    kept = d.need(CARD, card).arrears.plan_kept
    late = charges.late.charge.amount if charges.late is not None and not kept else ZERO
    allowed = [*amounts, late] if room is None else capped(room, ZERO, [*amounts, late])
    for found, amount in zip(charges.interest, allowed, strict=False):
        if amount:
            d.emit(CARD, card, _interest_event(found, amount, d.day))
    if charges.late is not None and allowed[-1]:
        d.emit(CARD, card, _late_event(charges.late, allowed[-1], d.need(CARD, card), d.day))


def _interest_event(found: CardInterest, amount: Money, day: date) -> e.CardInterestBilled:
    return e.CardInterestBilled(
        item=f"interest-{day}-{found.group}",
        group=found.group,
        interest=amount,
        uncapped=found.interest.amount,
        remainder=found.interest.remainder,
        days=tuple(
            InterestStretch(
                item=s.item, start=s.start, until=s.until, base=s.base, permyriad=s.permyriad
            )
            for s in found.stretches
        ),
        gl={},
    )


def _late_event(found: LateCharge, fee: Money, line: CardLine, day: date) -> e.LateFeeCharged:
    assert line.book.standing is not None, "a late charge belongs to a statement"
    return e.LateFeeCharged(
        item=f"late-{day}",
        statement=line.book.standing.statement_date,
        fee=fee,
        base=found.short,
        uncapped=found.charge.amount,
        gl={},
    )


def _bill_plans(d: Decision, card: str) -> None:
    """The next part of each running plan falls on this statement (CC-08)."""
    for plan in d.need(CARD, card).plans:
        if plan.running:
            part = plan.lines[plan.billed]
            billed = e.InstalmentBilled(
                plan=plan.plan,
                number=part.number,
                principal=part.principal,
                charge=part.charge,
                gl={},
            )
            d.emit(CARD, card, billed)


def tested_book(line: CardLine) -> Book:
    """The items as the test of the last statement leaves them."""
    return after_test(line.book, tested(line.book, line.terms.tolerance), line.terms.mode)


def _close(d: Decision, card: str, episode: Money | None) -> None:
    line = d.need(CARD, card)
    book = tested_book(line)
    made = close_cycle(book, d.day, line.limit.on(d.day), line.terms)
    standing, agreed = made.book.standing, line.agreement
    assert standing is not None, "a closed cycle has a statement"
    assert agreed is not None, "an issued card has terms"
    fresh = [x.open for x in made.book.queue if x.statement_date == d.day]
    issued = e.CardStatementIssued(
        statement_date=d.day,
        due=standing.due_date,
        balance=standing.balance,
        minimum=standing.minimum,
        purchase_share=standing.purchase_share,
        fresh_minimum=fresh[0] if fresh else ZERO,
        yearly_pct=yearly_rate(agreed.daily_permyriad),
        items=_lines(book),
        episode_principal=episode,
        next_cut=_next_cut(line, d.day),
    )
    d.emit(CARD, card, issued)


def _next_cut(line: CardLine, day: date) -> date:
    """The next statement date; a changed statement day holds from the date it named (CC-02)."""
    assert line.agreement is not None, "an issued card has terms"
    changed = line.statement_day_changed
    if changed is not None and changed > day:
        return changed
    return statement_after(day, line.agreement.statement_day)


def _lines(book: Book) -> tuple[StatementLine, ...]:
    return tuple(
        StatementLine(
            item=item.id,
            kind=item.kind,
            posted=item.posted,
            outstanding=item.outstanding,
            phase=item.phase,
            start=item.start,
            cap=item.cap,
        )
        for item in book.items
        if item.outstanding
    )


def charge_annual_fee(d: Decision, due: Due) -> None:
    """Step 230: the fee of the card year that begins, unless last year's purchases waive it."""
    line, item = d.need(CARD, due.stream), f"annual-{d.day.year}"
    if line.posted_item(item) is not None:
        return
    terms = AnnualFeeTerms(
        fee=d.catalogue.money(f"card.annual_fee.{line.product}", d.day),
        waiver_count=d.catalogue.number(f"card.annual_fee_waiver.{line.product}", d.day),
    )
    fee = annual_fee(line.plastic.activated_on, d.day, purchases_last_year(line, d.day), terms)
    if fee:
        charged = e.CardFeeCharged(
            item=item,
            kind=ItemKind.ANNUAL_FEE,
            fee=fee,
            base=ZERO,
            percent=Fraction(0),
            least=fee,
            most=fee,
            gl={},
        )
        d.emit(CARD, due.stream, charged)
        use_credit_balance(d, due.stream)


def purchases_last_year(line: CardLine, day: date) -> int:
    """Purchases of the card year that ends on a day, those refunded in full left out."""
    start = add_months(day, -12)
    return sum(
        p.kind is ItemKind.PURCHASE and start <= p.on < day and p.returned < p.amount
        for p in line.posted
    )


HANDLERS: Final[dict[type, Handler]] = {IssueStatement: by(issue_by_hand, Role.SYSTEM)}
STEPS: Final = {
    "card_statement": lambda d, due: cut(d, due.stream),
    "card_annual_fee": charge_annual_fee,
}
