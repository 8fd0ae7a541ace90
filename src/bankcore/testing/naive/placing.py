"""Opening deposits beside the demand account in the naive model: DEP-01, DEP-09, D7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.testing.naive import deposit, notice, savings_plan
from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import Refused
from bankcore.testing.naive.demand import account_of, pays, positive
from bankcore.testing.naive.deposit import MODES, NaiveDeposit, may_give, put_in
from bankcore.testing.naive.draws import NaiveDraws, NaiveInterestDraws, NaivePrincipalDraws
from bankcore.testing.naive.notice import NaiveNotice, NaiveOptional
from bankcore.testing.naive.savings_plan import NaivePlan
from bankcore.testing.naive.time_deposit import NaiveTimeDeposit


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of DEP-01: which deposit it makes, the least amount, what it must be a multiple of."""

    makes: type[NaiveDeposit]
    minimum: int
    multiple: int = 1
    terms: tuple[int, ...] = ()
    steps: tuple[int, ...] = ()
    column: str = "plan"


LONG: Final = (12, 36, 60)
OFFERS: Final = {
    "lump_lump": Offer(NaiveTimeDeposit, 5_000, 1, (3, 6, 12, 24, 36, 60), column=""),
    "large_cd": Offer(
        NaiveTimeDeposit,
        20_000_000,
        1_000_000,
        (1, 3, 6, 9, 12, 18, 24, 36, 60),
        column="cd",
    ),
    "instal_lump": Offer(NaivePlan, 500, 100, LONG),
    "lump_instal": Offer(NaivePrincipalDraws, 100_000, 100, LONG, (1, 3, 6)),
    "interest_draw": Offer(NaiveInterestDraws, 500_000, 1, LONG, (1, 3, 6, 12)),
    "notice_1d": Offer(NaiveNotice, 5_000_000, 100),
    "notice_7d": Offer(NaiveNotice, 5_000_000, 100),
    "optional": Offer(NaiveOptional, 5_000),
}
ROLLING: Final = ("lump_lump", "large_cd")


def check(offer: Offer, c: Any) -> None:
    """The refusals of DEP-01 in their order."""
    fen = c.amount.minor
    positive(fen)
    if fen < offer.minimum:
        raise Refused("amount_below_minimum")
    if fen % offer.multiple:
        raise Refused("amount_not_whole_yuan" if offer.multiple == 100 else "amount_not_in_steps")
    if c.term_months not in (offer.terms or (None,)):
        raise Refused("term_not_offered")
    if c.step_months not in (offer.steps or (None,)):
        raise Refused("draw_step_not_offered")
    rolls = c.product in ROLLING
    if c.rollover not in (MODES if rolls else ("none", "linked_account")):
        raise Refused("rollover_mode_unknown")


def rate_of(bank: NaiveBank, offer: Offer, months: int | None) -> Fraction:
    """The rate that is fixed today, nothing where the day of leaving decides."""
    return bank.board.on(f"{offer.column}{months}", bank.today) if months else Fraction(0)


def open_deposit(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Place money on the terms of the day, from the account or in cash."""
    if c.deposit in bank.deposits:
        raise Refused("stream_exists")
    account, fen = account_of(bank, c.account), c.amount.minor
    pays(bank, account, "new")
    if c.product not in OFFERS:
        raise Refused("product_unknown")
    offer = OFFERS[c.product]
    check(offer, c)
    rate = rate_of(bank, offer, c.term_months)
    if not account.is_open:
        raise Refused("account_not_open")
    terms = (bank.today, rate, c.term_months or 0, c.rollover)
    made = offer.makes(c.deposit, c.account, c.product, *terms)
    may_give(bank, made, fen, c.source)
    begin(made, c, bank.today)
    bank.deposits[c.deposit] = made
    put_in(bank, made, fen, c.source)
    account.links.append(c.deposit)


def begin(made: NaiveDeposit, c: Any, today: date) -> None:
    """What a product keeps beside its terms."""
    fen = c.amount.minor
    if isinstance(made, NaivePlan):
        made.monthly = fen
        made.take(today)
    if isinstance(made, NaiveDraws):
        made.step, made.placed = c.step_months, fen
    if isinstance(made, NaiveNotice):
        made.tranches = [(today, fen)]


ANSWERS: Final[dict[str, Answer]] = {
    "time_deposit.open": open_deposit,
    "time_deposit.withdraw_early": deposit.withdraw_early,
    "time_deposit.pay_out": deposit.pay_out,
    "time_deposit.pay_instalment": savings_plan.pay_instalment,
    "time_deposit.give_notice": notice.give_notice,
    "time_deposit.cancel_notice": notice.cancel_notice,
    "time_deposit.draw": notice.draw,
}
