"""Opening and feeding time deposits (定期开立、续存、约定): DEP-01, DEP-09 to DEP-11."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account.decide import need_open
from bankcore.aggregates.time_deposit import TIME_DEPOSIT, TimeDeposit
from bankcore.aggregates.time_deposit import commands as c
from bankcore.aggregates.time_deposit import events as e
from bankcore.aggregates.time_deposit.decide import NOTICE, check_instruction, need_active
from bankcore.aggregates.time_deposit.plans import savings_plan
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.money import Purse, check_source, link, placeholders, purse, take
from bankcore.operations.pricing import Bargain, Posted, agree, posted
from bankcore.operations.service import serve
from bankcore.products.deposits import DepositOffer, deposit_offer
from bankcore.rules import account_choice as choose
from bankcore.rules.deposits.instalments import check_instalment
from bankcore.rules.deposits.lump import maturity_of
from bankcore.rules.deposits.opening import OpeningAsked, check_opening
from bankcore.rules.deposits.rollover import check_change
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

OWN_ACCOUNT: Final = "account"
LINK: Final = "time_deposit"
TIME_PRODUCTS: Final = (
    "lump_lump",
    "large_cd",
    "instal_lump",
    "lump_instal",
    "interest_draw",
    "notice_1d",
    "notice_7d",
    "optional",
)


def own_purse(d: Decision, account: str, where: str) -> Purse:
    """The purse of a word: `account` is the linked account, else cash or an account number."""
    return purse(d, account if where == OWN_ACCOUNT else where)


def today_only(d: Decision) -> None:
    """Time deposits are valued on the day they are booked: `back_value_beyond_limit`."""
    if d.value_date != d.day:
        raise Rejected(Reason.BACK_VALUE_BEYOND_LIMIT, value_date=d.value_date, limit=0)


def open_deposit(d: Decision, command: c.Open) -> None:
    """Open and place the first money; the refusals stand in the order of DEP-01, DEP-09, DEP-24."""
    if d.load(TIME_DEPOSIT, command.deposit) is not None:
        raise Rejected(Reason.STREAM_EXISTS, deposit=command.deposit)
    today_only(d)
    account = d.need(ACCOUNT, command.account)
    serve(d, account.customer, new_product=True)
    offer = _offer(d, command)
    check_instruction(command.product, command.rollover)
    rate = _rate(d, command)
    need_open(account)
    source = own_purse(d, command.account, command.source)
    check_source(d, source, command.amount)
    maturity = maturity_of(d.day, command.term_months) if command.term_months else None
    opened = e.TimeDepositOpened(
        customer=account.customer,
        account=ACCOUNT.stream(command.account),
        product=command.product,
        terms=_terms(d, command, offer),
        rate=rate.rate if rate else None,
        rate_valid_from=rate.valid_from if rate else None,
        start=d.day,
        maturity=maturity,
        rollover=command.rollover,
    )
    d.emit(TIME_DEPOSIT, command.deposit, opened)
    _place(d, command.deposit, command.amount, source)
    link(d, command.account, TIME_DEPOSIT.stream(command.deposit), LINK)


def _offer(d: Decision, command: c.Open) -> DepositOffer:
    if command.product not in TIME_PRODUCTS:
        raise Rejected(Reason.PRODUCT_UNKNOWN, product=command.product, known=TIME_PRODUCTS)
    offer = deposit_offer(d.catalogue, command.product, d.day)
    check_opening(offer, OpeningAsked(command.amount, command.term_months, command.step_months))
    return offer


def _rate(d: Decision, command: c.Open) -> Posted | None:
    """The rate fixed at opening; notice and optional deposits take that of the withdrawal day."""
    if command.product in NOTICE:
        posted(d, command.product)
        return None
    if command.product == "optional":
        return None
    bargain = Bargain(
        command.product,
        command.term_months,
        command.rate,
        command.level,
        command.inducement,
    )
    return agree(d, bargain)


def _terms(d: Decision, command: c.Open, offer: DepositOffer) -> e.TimeTerms:
    """The parameters of the day, copied so that replay needs no catalogue."""
    notice = command.product in NOTICE
    return e.TimeTerms(
        term_months=command.term_months,
        step_months=command.step_months,
        max_partials=d.catalogue.number("deposit.max_partials", d.day),
        min_remainder=offer.min_opening,
        notice_days=d.catalogue.number(f"deposit.notice_days.{command.product}", d.day)
        if notice
        else 0,
        min_draw=d.catalogue.money("deposit.notice_min_draw", d.day) if notice else ZERO,
        min_balance=d.catalogue.money("deposit.notice_min_balance", d.day) if notice else ZERO,
        makeups=d.catalogue.number("deposit.plan_makeups", d.day),
        optional_share=d.catalogue.fraction("deposit.optional_share", d.day),
    )


def _place(d: Decision, key: str, amount: Money, source: Purse) -> None:
    deposit = d.need(TIME_DEPOSIT, key)
    gl = placeholders(deposit=choose.deposit_account(deposit.product), source=source.gl)
    word = "cash" if source.account is None else source.account
    placed = e.TimeDepositPlaced(amount=amount, source=word, nr=len(deposit.payments) + 1, gl=gl)
    entry = d.emit(TIME_DEPOSIT, key, placed)
    take(d, source, amount, entry, "time deposit")


def pay_instalment(d: Decision, command: c.PayInstalment) -> None:
    """Pay a month of a savings plan (DEP-10, DEP-11)."""
    today_only(d)
    deposit = need_running(d, command.deposit)
    if deposit.product != "instal_lump":
        raise Rejected(Reason.ILLEGAL_TRANSITION, product=deposit.product)
    plan = savings_plan(deposit)
    check_instalment(plan, deposit.payments, command.amount, d.day)
    source = own_purse(d, deposit.account, command.source)
    check_source(d, source, command.amount)
    _place(d, command.deposit, command.amount, source)


def need_running(d: Decision, key: str) -> TimeDeposit:
    """The deposit, which must have money in it, and whose customer may be served."""
    deposit = d.need(TIME_DEPOSIT, key)
    serve(d, deposit.customer)
    need_active(deposit)
    return deposit


def set_instruction(d: Decision, command: c.SetInstruction) -> None:
    """Agree what happens at maturity; it must be booked before that day (DEP-08)."""
    deposit = need_running(d, command.deposit)
    if deposit.maturity is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, product=deposit.product)
    check_change(d.day, deposit.maturity)
    check_instruction(deposit.product, command.rollover)
    check_term(d, deposit, command.term_months)
    event = e.MaturityInstructionSet(
        rollover=command.rollover, term_months=command.term_months, account=deposit.account
    )
    d.emit(TIME_DEPOSIT, command.deposit, event)


def check_term(d: Decision, deposit: TimeDeposit, term_months: int | None) -> None:
    """Refuse `term_not_offered` for a term that the product does not have today."""
    offered = deposit_offer(d.catalogue, deposit.product, d.day).terms
    if term_months is not None and term_months not in offered:
        raise Rejected(Reason.TERM_NOT_OFFERED, term=term_months, offered=offered)


def seek_instruction(d: Decision, command: c.SeekInstruction) -> None:
    """Note that the customer was asked what is to happen at maturity."""
    need_running(d, command.deposit)
    d.emit(TIME_DEPOSIT, command.deposit, e.MaturityInstructionSought(channel=command.channel))


_COUNTER = (Role.RM, Role.TELLER_CASH, Role.CUSTOMER)
HANDLERS: Final[dict[type, Handler]] = {
    c.Open: by(open_deposit, *_COUNTER),
    c.PayInstalment: by(pay_instalment, *_COUNTER),
    c.SetInstruction: by(set_instruction, *_COUNTER),
    c.SeekInstruction: by(seek_instruction, Role.RM, Role.TELLER_CASH),
}
