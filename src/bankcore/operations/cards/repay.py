"""Paying a card (还款): by hand and by autopay, CC-10, CC-11."""

from __future__ import annotations

from datetime import date
from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine, Stage
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_life as life
from bankcore.aggregates.card_line import events_use as e
from bankcore.aggregates.card_line.decide import check_positive, need_stage
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.operations.cards.crediting import credit, cure
from bankcore.operations.cards.use import posting_date
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import Purse, check_source, link, placeholders, purse, take, unlink
from bankcore.operations.service import serve
from bankcore.rules.cards.autopay import Target, autopay_need
from bankcore.rules.compliance.kyc_status import ServiceNeed
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due

AUTOPAY: Final = "card_autopay"


def repay(d: Decision, c_: c.Repay) -> None:
    """Pay an amount; what is over becomes credit balance."""
    check_positive(c_.amount)
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ACTIVE, Stage.CANCELLED)
    serve(d, line.customer, need=ServiceNeed.CREDIT)
    source = purse(d, c_.source)
    check_source(d, source, c_.amount)
    receive(d, c_.card, c_.amount, source, posting_date(d, line))


def receive(d: Decision, card: str, amount: Money, source: Purse, on: date) -> None:
    """Book a payment on a posting date: allocation, mirror on the account, cure of arrears."""
    parts = credit(d.need(CARD, card), on, amount)
    paid = e.CardPaymentReceived(
        source=source.account or "cash", gl=placeholders(source=source.gl), **parts.fields()
    )
    entry = d.emit(CARD, card, paid, value_date=on)
    take(d, source, amount, entry, "card_repayment")
    cure(d, card)


def set_autopay(d: Decision, c_: c.SetAutopay) -> None:
    """Pay the line from the cardholder's own account; a former one is unlinked."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ISSUED, Stage.DELIVERED, Stage.ACTIVE)
    account = d.need(ACCOUNT, c_.account)
    if account.customer.removeprefix("customer-") != line.customer.removeprefix("customer-"):
        raise Rejected(Reason.LINKED_ACCOUNT_NOT_OWN, account=c_.account)
    if account.account_class == "III":
        raise Rejected(Reason.LINKED_ACCOUNT_NOT_OWN, account_class=account.account_class)
    if not account.is_open:
        raise Rejected(Reason.LINKED_ACCOUNT_CLOSED, account=c_.account)
    contract = CARD.stream(c_.card)
    if line.autopay is not None:
        unlink(d, line.autopay.account, contract, AUTOPAY)
    d.emit(CARD, c_.card, life.CardAutopaySet(account=c_.account, mode=c_.mode))
    link(d, c_.account, contract, AUTOPAY)


def autopay(d: Decision, due: Due) -> None:
    """Step 210: draw what is still missing, as far as the account can give it."""
    line = d.need(CARD, due.stream)
    assert line.autopay is not None, "autopay days need an agreement"
    amount = min(_missing(line, d.day), line.book.debt)
    account = d.need(ACCOUNT, line.autopay.account)
    amount = min(amount, account.available) if account.is_open else Money(0)
    if amount:
        receive(d, due.stream, amount, purse(d, line.autopay.account), d.day)


def _missing(line: CardLine, on: date) -> Money:
    last, agreed = line.book.standing, line.autopay
    assert last is not None, "autopay days belong to a statement"
    assert agreed is not None, "autopay days need an agreement"
    target = Target(
        mode=agreed.mode,
        statement_date=last.statement_date,
        due_date=last.due_date,
        balance=last.balance,
        minimum=last.minimum,
    )
    return autopay_need(target, line.book.credits, on)


HANDLERS: Final[dict[type, Handler]] = {
    c.Repay: by(repay, Role.CUSTOMER, Role.TELLER_CASH, Role.RM, Role.COLLECTOR),
    c.SetAutopay: by(set_autopay, Role.CUSTOMER, Role.RM),
}
STEPS: Final = {"card_autopay": autopay}
