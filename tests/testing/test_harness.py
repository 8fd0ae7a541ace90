"""The harness must notice: each guard or formula is broken on purpose and must be found.

One break at a time is patched into the bank; the naive model knows nothing of it. A break that is
not found within the examples given here means that the harness is broken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bankcore.aggregates.card_line import decide as card_decide
from bankcore.aggregates.deposit_account import DepositAccount
from bankcore.aggregates.deposit_account import decide as account_decide
from bankcore.aggregates.deposit_account import interest as pricing
from bankcore.aggregates.time_deposit import decide as time_deposit_decide
from bankcore.aggregates.time_deposit import drawing
from bankcore.operations import (
    backdating,
    deposit_accounts,
    reversal,
    steps,
    time_deposit_days,
    time_deposit_holds,
    time_deposit_notice,
    time_deposit_payouts,
    time_deposits,
)
from bankcore.operations.cards import (
    arrears,
    crediting,
    plans,
    points,
    policies,
    risk,
    statement,
    use,
)
from bankcore.operations.loans import (
    classifying,
    collecting,
    facts,
    losses,
    penalties,
    prepaying,
    repricing,
    reviewing,
)
from bankcore.operations.payments import executing, incoming, transfers
from bankcore.products.catalogue import Catalogue
from bankcore.projections.accruals import card_line as card_accruals
from bankcore.projections.accruals import loan as loan_accruals
from bankcore.rules import account_choice
from bankcore.rules.cards import book as card_book
from bankcore.rules.cards import instalment_end
from bankcore.rules.cards import interest as card_interest
from bankcore.rules.cards import points as points_rule
from bankcore.rules.deposits import agreement, demand
from bankcore.rules.loans import allocation, classification, ecl, penalty, prepayment
from bankcore.rules.loans import pricing as pricing_rule
from bankcore.rules.loans import repricing as repricing_rule
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.store.bank import Bank
from bankcore.testing import acts, acts_time, cards, instalments, loans, savers
from bankcore.testing.acts import EVERY_DAY, SELDOM, Act
from bankcore.testing.acts_interbank import INTERBANK_ACTS
from bankcore.testing.acts_time import TIME_ACTS
from bankcore.testing.agreements import AgreementMachine
from bankcore.testing.cards import CardMachine
from bankcore.testing.collectors import CollectorMachine
from bankcore.testing.defaulters import (
    DefaulterMachine,
    default,
    fall_behind,
    long_default,
    pay_and_ask,
    pay_some,
)
from bankcore.testing.instalments import InstalmentMachine
from bankcore.testing.life import Difference
from bankcore.testing.loans import LoanMachine
from bankcore.testing.machine import LifeMachine
from bankcore.testing.savers import SaverMachine
from bankcore.values import figures
from bankcore.values.money import ZERO, Money, Rounded
from bankcore.values.rates import AnnualRate

DAY = timedelta(days=1)
BUDGET = settings(
    max_examples=60,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    print_blob=False,
)


@dataclass(frozen=True, slots=True)
class Break:
    """What is broken, how, and in which sort of lives it matters."""

    what: str
    patch: Callable[[pytest.MonkeyPatch], None]
    acts: tuple[Act, ...] = (*EVERY_DAY, *SELDOM)
    machine: type[LifeMachine | LoanMachine | CardMachine] = LifeMachine


def nothing(*_: Any, **__: Any) -> None:
    """Do not do it."""


def replacing(module: Any, name: str, other: Any) -> Callable[[pytest.MonkeyPatch], None]:
    """Replace an attribute."""
    return lambda patch: patch.setattr(module, name, other)


def without_step(kind: str) -> Callable[[pytest.MonkeyPatch], None]:
    """A step of the day that does nothing."""
    return lambda patch: patch.setitem(steps.STEPS, kind, nothing)


def any_amount(account: DepositAccount, amount: Money) -> None:
    """All that is checked of a debit but the money."""
    account_decide.check_amount(amount)
    account_decide.need_open(account)


_interest, _base, _row = demand.demand_interest, demand.base_of, Catalogue.row
_execute, _terms = Bank.execute, facts.signed_terms
_stretches = card_interest.stretches
_piece, _allocate = penalty.OverduePiece, allocation.allocate_payment
_refusal, _after, _index = prepayment.prepayment_refusal, prepayment._after, pricing_rule.index_on  # noqa: SLF001
_agreed, _drawing = time_deposits._terms, drawing.notice_drawing  # noqa: SLF001
_two_tiers = agreement.AgreementTerms
_cash_terms, _available = policies.cash_terms, card_decide.available_on
_allocation = card_book.allocation_of
_settle_early = instalment_end.settle_early
_through = points_rule.usable_through
_lifetime = ecl._lifetime  # noqa: SLF001
_floor, _stage = classification.class_floor, ecl.stage_of
_of_loan, _of_card = losses.exact_accrued, card_interest.interest_until


def one_day_more(opening: Any, moves: Any, start: date, end: date, *rest: Any) -> Any:
    return _interest(opening, moves, start, end + DAY, *rest)


def without_last_day(opening: Any, moves: Any, start: date, end: date, *rest: Any) -> Any:
    return _interest(opening, moves, start, max(start, end - DAY), *rest)


def rounded_up(balance: Money, base: str) -> Money:
    return _base(Money(max(balance.minor, 0) + 99), base)


def floored(exact: Fraction, currency: str = "CNY") -> Rounded:
    minor = exact.numerator // exact.denominator
    return Rounded(Money(minor, currency), exact)


def row_of_yesterday(self: Catalogue, param: str, on: date, known_at: date | None = None) -> Any:
    return _row(self, param, on - DAY if param == "deposit.rate.demand" else on, known_at)


def never_the_same(self: Bank, command: Any, frame: Any, **options: Any) -> Any:
    fresh = f"{frame.command_id}-{self.log.head()[0]}"
    return _execute(self, command, replace(frame, command_id=fresh), **options)


def thirty_days(start: date, months: int) -> date:
    return start + 30 * months * DAY


def long_grace(loan: Any) -> Any:
    return replace(_terms(loan), grace_days=365)


def no_grace(loan: Any) -> Any:
    return replace(_terms(loan), grace_days=0)


def doubled(amount: Money, since: date, until: date) -> Any:
    return _piece(amount + amount, since, until)


def turned(owed: Any, costs: Money, amount: Money, dpd: int, _: int) -> Any:
    return _allocate(owed, costs, amount, dpd, -1)


def any_notice(request: Any, policy: Any) -> Any:
    return _refusal(replace(request, notice_on=date.min), policy)


def never_shorter(left: Any, _: Any) -> Any:
    return _after(left, PrepaymentOption.REDUCE_INSTALMENT)


def index_of_yesterday(rows: Any, day: date) -> Any:
    return _index(rows, day - DAY)


def old_rate_to_the_end(remaining: Any, _: Any) -> Any:
    return [(remaining.periods[0].days, remaining.rate)]


def first_stage(*_: Any) -> int:
    return 1


def mentioned_at_most(facts: Any, policy: Any) -> Any:
    return _floor(replace(facts, dpd=min(facts.dpd, 90)), policy)


def second_stage(*given: Any) -> int:
    return min(_stage(*given), 2)


def row_by_row(owed: Any, costs: Money, amount: Money, *_: int) -> Any:
    return _allocate(owed, costs, amount, 0, 90)


def cured_at_once(_: int, found: int, *__: Any) -> int:
    return found


def of_first_year(exposure: Any, pd: Fraction) -> Fraction:
    return _lifetime(
        replace(exposure, ead_by_year=exposure.ead_by_year[:1], remaining_months=12), pd
    )


def no_threshold(_: Money, *rest: Any) -> Any:
    return _two_tiers(ZERO, *rest)


def endless(threshold: Money, low: AnnualRate, high: AnnualRate, _: date) -> Any:
    return _two_tiers(threshold, low, high, date.max)


def loan_day_short(draw: Any, on: date) -> Fraction:
    return _of_loan(draw, on - DAY)


def free(*_: Any) -> Money:
    return ZERO


def card_day_short(book: Any, until: date, rates: Any) -> Any:
    return _of_card(book, until - DAY, rates)


def any_step(patch: pytest.MonkeyPatch) -> None:
    """Points that are there may be redeemed, whole steps or not."""
    right = points_rule.check_redemption
    patch.setattr(points_rule, "check_redemption", lambda have, asked, _: right(have, asked, 1))


def free_cash(*given: Any) -> Any:
    return replace(_cash_terms(*given), fee_min=ZERO, fee_max=ZERO)


def whole_line(line: Any, on: date) -> Any:
    left = _available(line, on)
    return replace(left, cash=left.available)


def agreeing(**other: Any) -> Callable[[pytest.MonkeyPatch], None]:
    """Deposits that are opened on other terms."""
    return replacing(time_deposits, "_terms", lambda *given: replace(_agreed(*given), **other))


def nothing_lapsed(*given: Any) -> Any:
    return replace(_drawing(*given), lapsed=())


def saved(what: str, patch: Callable[[pytest.MonkeyPatch], None], *only: Act) -> Break:
    """A break that matters in the life of a saver, to whom only these things happen."""
    return Break(what, patch, only, SaverMachine)


def agreed(what: str, patch: Callable[[pytest.MonkeyPatch], None]) -> Break:
    """A break that matters to an account with two tiers."""
    return Break(what, patch, AgreementMachine.acts, AgreementMachine)


def borrowed(what: str, patch: Callable[[pytest.MonkeyPatch], None], *only: Act) -> Break:
    """A break that matters in the life of a borrower, to whom only these things happen."""
    return Break(what, patch, only or LoanMachine.acts, LoanMachine)


def defaulted(what: str, patch: Callable[[pytest.MonkeyPatch], None], *only: Act) -> Break:
    """A break that matters beyond 90 days past due, to a borrower who does only these things."""
    return Break(what, patch, only or (fall_behind, fall_behind, pay_some), DefaulterMachine)


def carded(what: str, patch: Callable[[pytest.MonkeyPatch], None]) -> Break:
    """A break that matters in the life of a cardholder."""
    return Break(what, patch, CardMachine.acts, CardMachine)


def neglected(what: str, patch: Callable[[pytest.MonkeyPatch], None]) -> Break:
    """A break that matters in the life of a cardholder who pays late or never."""
    return Break(what, patch, DEBTOR, CardMachine)


def collected(what: str, patch: Callable[[pytest.MonkeyPatch], None]) -> Break:
    """A break that matters in the life of a collector of points."""
    return Break(what, patch, CollectorMachine.acts, CollectorMachine)


def planned(what: str, patch: Callable[[pytest.MonkeyPatch], None]) -> Break:
    """A break that matters in the life of somebody who pays by instalments."""
    return Break(what, patch, InstalmentMachine.acts, InstalmentMachine)


def whole_month(parts: Any, finish: Any) -> Any:
    return _settle_early(parts, replace(finish, on=finish.next_statement))


def interest_first(book: Any, on: date, amount: Money, tolerance: Any, _: int) -> Any:
    """Allocated as if nobody were ever more than 90 days past due."""
    return _allocation(book, on, amount, tolerance, 9_999)


def all_of_it(liability: Money, *_: Any) -> Money:
    return liability


def month_too_long(lot: Any, months: int) -> date:
    return _through(lot, months + 1)


def longer(item: Any, until: date, rates: Any) -> Any:
    return _stretches(item, until + DAY, rates)


def uncapped(_: Money, __: Money, postings: Any) -> list[Money]:
    return list(postings)


TIME = (acts.deposit, acts.days, acts.close, *TIME_ACTS, *TIME_ACTS)
BETWEEN_BANKS = (*INTERBANK_ACTS, acts.deposit, acts.days)
FROZEN = (acts.freeze, acts.freeze, acts.lift, acts.deposit, acts.withdraw, acts.days)
LATE = (
    *(acts.spend_early, acts.deposit, acts.deposit_late, acts.withdraw_late),
    *(acts.reverse, acts.days, acts.to_settlement),
)
REPRICED = (loans.publish, loans.pay_in_time, loans.pay_in_time)
DEBTOR = (cards.buy, cards.draw_cash, cards.pay, cards.neglect, cards.neglect)
OVERPAID = (instalments.buy_in_parts, cards.pay, cards.give_back, instalments.end)
LATE_PAYER = (loans.spend, loans.some_days, loans.some_days)
BREAKS = [
    Break(
        "the available balance is not checked",
        replacing(deposit_accounts, "check_debit", any_amount),
    ),
    Break("holds are ignored", replacing(DepositAccount, "held", property(lambda _: ZERO))),
    Break("a period has one day too many", replacing(pricing, "demand_interest", one_day_more)),
    Break("a period lacks its last day", replacing(pricing, "demand_interest", without_last_day)),
    Break("the base is rounded up to yuan", replacing(demand, "base_of", rounded_up)),
    Break("fen bear interest", replacing(demand, "base_of", lambda balance, _: balance)),
    Break("interest is rounded down", replacing(figures, "round_to_money", floored)),
    Break(
        "interest is settled on the 21st",
        lambda patch: patch.setitem(
            demand.SETTLEMENT_DAYS,
            "quarterly",
            ((3, 21), (6, 21), (9, 21), (12, 21)),
        ),
    ),
    Break("the rate of the day before is taken", replacing(Catalogue, "row", row_of_yesterday)),
    Break("closing settles nothing", replacing(deposit_accounts, "settle", nothing)),
    Break("settled interest is not paid", without_step("interest_payment")),
    Break("a hold does not lapse", without_step("hold_expiry")),
    Break("a repeated command is done again", replacing(Bank, "execute", never_the_same)),
    Break("a late fact is not restated", replacing(deposit_accounts, "restate", nothing), LATE),
    Break("a reversal is not restated", replacing(reversal, "restate", nothing), LATE),
    Break(
        "a late debit may overdraw the past",
        replacing(deposit_accounts, "check_covered", nothing),
        LATE,
    ),
    Break("anybody may back-value", replacing(backdating, "check_value_date", nothing)),
    Break(
        "a full freeze lets money in",
        replacing(deposit_accounts, "check_credit", account_decide.need_open),
        FROZEN,
    ),
    Break("the mirror on the account is missing", replacing(time_deposits, "take", nothing), TIME),
    Break(
        "an early draw earns the time rate",
        replacing(time_deposit_payouts, "demand_rate", lambda _: AnnualRate.of("1.35")),
        TIME,
    ),
    Break(
        "parts may be drawn without end",
        replacing(time_deposit_payouts, "check_early", nothing),
        TIME,
    ),
    Break("a month has thirty days", replacing(time_deposits, "maturity_of", thirty_days), TIME),
    Break("an account closes under its deposit", replacing(time_deposits, "link", nothing), TIME),
    Break("a transfer does not arrive", replacing(executing, "give", nothing)),
    Break(
        "a payment that came back is not restated",
        replacing(executing, "restate", nothing),
        (*INTERBANK_ACTS, acts.deposit, acts.to_settlement),
    ),
    Break("a transfer to another bank is free", replacing(transfers, "_fee", free), BETWEEN_BANKS),
    Break("nothing leaves by itself", without_step("transfer_send"), BETWEEN_BANKS),
    Break(
        "money comes in for any name",
        replacing(incoming, "_is_holder", lambda *_: True),
        BETWEEN_BANKS,
    ),
    saved("many months may be missed", agreeing(makeups=99), savers.save_for_months),
    saved("no month may be made up", agreeing(makeups=0), savers.save_for_months),
    saved(
        "a lapsed notice costs nothing",
        replacing(time_deposit_notice, "notice_drawing", nothing_lapsed),
        savers.break_notices,
    ),
    saved("seven days' notice is one", agreeing(notice_days=1), savers.break_notices),
    saved(
        "the optional deposit earns the whole rate",
        agreeing(optional_share=Fraction(1)),
        *(savers.save, savers.wait, acts_time.pay_out),
    ),
    saved(
        "too much drawn interest stays drawn",
        replacing(time_deposit_payouts, "_claw_back", nothing),
        savers.break_off,
    ),
    saved(
        "the days between maturity and renewal earn nothing",
        replacing(time_deposit_days, "_fix_interest", nothing),
        *(savers.save, acts_time.to_maturity, acts_time.renew),
    ),
    Break(
        "what is frozen or pledged may leave",
        replacing(time_deposit_decide, "need_unfrozen", nothing),
        (acts_time.place, acts_time.stop, acts_time.draw_early),
    ),
    Break(
        "what waited for a freeze goes on waiting",
        replacing(time_deposit_holds, "catch_up", nothing),
        (acts_time.held_at_maturity,),
    ),
    saved(
        "an instruction may come too late",
        replacing(time_deposits, "check_change", nothing),
        *(savers.save, acts_time.to_maturity, acts_time.instruct),
    ),
    saved("planned draws are not paid", without_step("planned_draw"), savers.break_off),
    agreed(
        "all of an agreement account earns more",
        replacing(pricing, "AgreementTerms", no_threshold),
    ),
    agreed("a contract of two tiers never ends", replacing(pricing, "AgreementTerms", endless)),
    borrowed("grace costs nothing for ever", replacing(penalties, "signed_terms", long_grace)),
    borrowed("there is no grace", replacing(penalties, "signed_terms", no_grace)),
    borrowed("penalty counts twice", replacing(penalties, "OverduePiece", doubled)),
    borrowed("arrears are not debited", without_step("loan_collect")),
    borrowed("unpaid principal is not past due", without_step("loan_past_due")),
    borrowed(
        "principal is paid before interest", replacing(collecting, "allocate_payment", turned)
    ),
    borrowed(
        "a prepayment costs no interest",
        replacing(prepaying, "days_and_rates", lambda draw, _: [(0, draw.rate)]),
    ),
    borrowed("no notice is awaited", replacing(prepaying, "prepayment_refusal", any_notice)),
    borrowed("the term is never shortened", replacing(prepayment, "_after", never_shorter)),
    borrowed("no loan is repriced", without_step("loan_reprice")),
    borrowed(
        "the index is a day old",
        replacing(repricing, "index_on", index_of_yesterday),
        *REPRICED,
    ),
    borrowed(
        "the month of a new rate is at the old one",
        replacing(repricing_rule, "_segments", old_rate_to_the_end),
        *REPRICED,
    ),
    borrowed("no loan is reviewed", without_step("loan_review"), *LATE_PAYER),
    borrowed("delay is no worse stage", replacing(reviewing, "stage_of", first_stage), *LATE_PAYER),
    borrowed("a worse stage is cured at once", replacing(reviewing, "cured_stage", cured_at_once)),
    borrowed(
        "the losses of later years are forgotten",
        replacing(ecl, "_lifetime", of_first_year),
        *LATE_PAYER,
    ),
    borrowed(
        "accrued interest of a loan lacks a day",
        replacing(loan_accruals, "exact_accrued", loan_day_short),
    ),
    defaulted("a loan accrues for ever", without_step("loan_non_accrual")),
    defaulted(
        "interest is paid before principal for ever",
        replacing(collecting, "allocate_payment", row_by_row),
        *(default, pay_some),
    ),
    defaulted(
        "no class is below the second", replacing(reviewing, "class_floor", mentioned_at_most)
    ),
    defaulted("no stage is above the second", replacing(reviewing, "stage_of", second_stage)),
    defaulted(
        "a bad loan gets better by itself",
        replacing(LoanClass, "non_performing", property(lambda _: False)),
        long_default,
    ),
    defaulted(
        "default may last without a further loss",
        replacing(losses, "lgd_in_default", lambda lgd, *_: lgd),
        long_default,
    ),
    defaulted(
        "anybody may lead out of default at any time",
        replacing(classifying, "_check_upgrade", nothing),
        pay_and_ask,
    ),
    carded(
        "accrued interest of a card lacks a day",
        replacing(card_accruals, "interest_until", card_day_short),
    ),
    carded("card interest has a day too many", replacing(card_interest, "stretches", longer)),
    carded("card charges have no cap", replacing(statement, "capped", uncapped)),
    carded("refunds take no points back", replacing(points, "claw_back", nothing)),
    carded("points may be redeemed in any step", any_step),
    neglected("a card in arrears is not cancelled", replacing(arrears, "cancel_card", nothing)),
    neglected("delay of a card is no worse stage", replacing(risk, "stage_of", first_stage)),
    neglected("no card is reviewed", without_step("card_class")),
    neglected("points outlive their card", replacing(points, "end_with_card", nothing)),
    neglected(
        "interest is paid first, however late",
        replacing(crediting, "allocation_of", interest_first),
    ),
    collected("points never expire", without_step("points_expiry")),
    collected(
        "points are good for a month more",
        replacing(points_rule, "usable_through", month_too_long),
    ),
    collected(
        "the first points that go take all the worth",
        replacing(points_rule, "released", all_of_it),
    ),
    collected("a new year of a card costs nothing", without_step("card_annual_fee")),
    planned("no part of a plan is billed", replacing(statement, "_bill_plans", nothing)),
    planned("ending a plan costs a month", replacing(plans, "settle_early", whole_month)),
    planned(
        "all of a bill goes into a plan", replacing(plans, "eligible_bill", lambda fen, _: fen)
    ),
    planned("what is over the limit goes into a plan", replacing(plans, "_over_limit", free)),
    Break(
        "own money stays when a plan ends",
        replacing(plans, "use_credit_balance", nothing),
        OVERPAID,
        InstalmentMachine,
    ),
    carded("cash costs no fee", replacing(use, "cash_terms", free_cash)),
    carded("cash has no line of its own", replacing(use, "available_on", whole_line)),
    carded("own money is not used for purchases", replacing(use, "eaten", lambda *_: ZERO)),
    carded("credit balance is not used", replacing(statement, "use_credit_balance", nothing)),
    Break(
        "interest is booked to the wrong account",
        replacing(account_choice, "interest_expense", lambda _: "6411.02"),
    ),
]


@pytest.mark.parametrize("broken", BREAKS, ids=[broken.what for broken in BREAKS])
def test_the_machine_finds_that(broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is written down: here the differences are wanted.
    lives = type("Lives", (broken.machine,), {"folder": None, "acts": broken.acts})
    broken.patch(monkeypatch)
    with pytest.raises(Difference):
        run_state_machine_as_test(lives, settings=BUDGET)
