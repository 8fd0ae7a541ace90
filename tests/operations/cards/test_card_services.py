"""Serving a card: arrears and blocks, limits, instalments, disputes, late facts, losses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.card_line import Stage
from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_life as life
from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line import service_commands as s
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.guard import GUARD
from bankcore.audit.verify import verify
from bankcore.rules.cards.autopay import AutopayMode
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from card_spec import appoint, buy, card, card_bank, draw, history, repay
from spec import Desk, check_books

HEAD = Actor("wei", Role.HEAD_OFFICE)


def sound(desk: Desk) -> None:
    """The books tie at every pair of dates and every figure is derived again."""
    check_books(desk)
    assert verify(desk.bank.log).faults == ()


def account_balance(desk: Desk, key: str = "A1") -> str:
    state = desk.bank.state(ACCOUNT, key)
    assert state is not None
    return str(state.balance)


def test_autopay_takes_the_full_amount_on_the_due_date() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    buy(desk, "2024-03-10", "8000")
    desk.advance("2024-04-26")
    assert card(desk).totals.debt == yuan("0")
    assert account_balance(desk).startswith("20")
    sound(desk)


def test_autopay_takes_what_is_there_and_the_rest_in_the_tolerance_days() -> None:
    # 8,000.00 due on 25 April; 3,000.00 there, 5,000.00 come on the 27th: still in time (CC-11).
    desk = card_bank(opening="3000.00")
    desk.do(c.SetAutopay(card="K1", account="A1"))
    buy(desk, "2024-03-10", "8000")
    desk.advance("2024-04-27")
    desk.do(account.Deposit(account="A1", amount=yuan("5000")))
    desk.advance("2024-05-06")
    assert card(desk).totals.debt == yuan("0")
    assert history(desk, b.CardInterestBilled) == []
    sound(desk)


def test_autopay_of_the_minimum_leaves_the_rest_to_bear_interest() -> None:
    desk = card_bank(product="standard", limit="10000")
    desk.do(c.SetAutopay(card="K1", account="A1", mode=AutopayMode.MINIMUM))
    buy(desk, "2024-03-10", "8000")
    desk.advance("2024-05-06")
    # 8,000 × 46 days to 25 April, 7,200 × 10 days to 5 May, at 5‱: 184.00 + 36.00 (CC-04).
    assert [x.interest for x in history(desk, b.CardInterestBilled)] == [yuan("220.00")]
    assert history(desk, b.LateFeeCharged) == []
    sound(desk)


def test_autopay_needs_an_own_open_account_and_keeps_it_from_closing() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    desk.refused(account.Close(account="A1"), Reason.LINKED_PRODUCTS)
    sound(desk)


def overdue_desk(to: str, product: str = "standard") -> Desk:
    """8,000.00 bought on 10 March 2024 and never paid: due 25 April."""
    desk = card_bank(product=product, limit="10000")
    buy(desk, "2024-03-10", "8000")
    desk.advance(to)
    return desk


def test_days_past_due_begin_after_the_tolerance_and_block_the_card_from_31() -> None:
    desk = overdue_desk("2024-04-29")
    assert history(desk, r.CardBecamePastDue) == []
    desk.advance("2024-04-30")
    rolled = history(desk, r.CardBecamePastDue)
    assert [(x.bucket, x.dpd, str(x.past_due)) for x in rolled] == [("M1", 4, "800.00")]
    asked = c.Authorise(card="K1", authorisation="a", amount=yuan("10"), merchant="shop")
    desk.do(asked)
    cash = c.CashAdvance(card="K1", item="c", amount=yuan("100"))
    desk.refused(cash, Reason.CASH_NOT_ALLOWED)
    desk.advance("2024-05-26")
    assert card(desk).blocks == ()
    desk.advance("2024-05-27")
    assert card(desk).blocks == ("overdue",)
    desk.refused(asked, Reason.ACCOUNT_OVERDUE_BLOCK)
    unblock = s.Unblock(card="K1", kind="overdue", reason="promised to pay")
    desk.refused(unblock, Reason.UNBLOCK_WHILE_OVERDUE)
    sound(desk)


def test_paying_what_is_past_due_cures_and_the_block_can_be_lifted() -> None:
    desk = overdue_desk("2024-05-28")
    repay(desk, "2024-05-28", "3000")
    assert history(desk, r.CardPastDueCured) == [r.CardPastDueCured(on=date(2024, 5, 28))]
    desk.do(s.Unblock(card="K1", kind="overdue", reason="arrears paid"))
    assert card(desk).blocks == ()
    sound(desk)


def test_from_91_days_the_card_is_cancelled_and_debts_stay() -> None:
    desk = overdue_desk("2024-07-26")
    line = card(desk)
    assert (line.stage, line.arrears.bucket) == (Stage.CANCELLED, "M4")
    assert line.arrears.loan_class == "substandard"
    guard = desk.bank.state(GUARD, "exposure-C1")
    assert guard is not None
    assert guard.reserved == ()
    repay(desk, "2024-07-27", "20000")
    assert card(desk).totals.credit > yuan("0")
    assert card(desk).totals.unused == yuan("0")
    sound(desk)


def test_charges_of_an_episode_never_exceed_its_principal() -> None:
    # 100.00 owed: interest and late charges of 10.00 a statement stop at 100.00 in all (CC-05).
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "100")
    desk.advance("2025-06-06")
    charges = [x.interest for x in history(desk, b.CardInterestBilled)]
    charges += [x.fee for x in history(desk, b.LateFeeCharged)]
    assert sum(m.minor for m in charges) == 10_000
    sound(desk)


def test_a_lost_debt_is_written_off_and_recovered() -> None:
    desk = overdue_desk("2025-04-20")
    write = s.WriteOff(card="K1", reason="no assets found")
    desk.refused(write, Reason.NOT_LOSS_CLASS, HEAD)
    desk.advance("2025-05-20")
    owed = card(desk).totals.debt
    desk.do(write, HEAD)
    line = card(desk)
    assert (line.totals.debt, line.totals.allowance) == (yuan("0"), yuan("0"))
    assert line.totals.written_off == owed
    desk.do(s.Recover(card="K1", amount=yuan("500")))
    assert card(desk).totals.written_off == owed - yuan("500")
    sound(desk)


def test_a_fee_that_no_statement_has_shown_is_waived_and_changes_none() -> None:
    desk = card_bank()
    chief = Actor("mei", Role.BRANCH_HEAD)
    appoint(desk, chief, 5)
    buy(desk, "2024-03-10", "500")
    desk.advance("2024-04-06")
    draw(desk, "2024-04-10", "1000")
    standing = card(desk).book.standing
    # 1 % of 1,000.00, at least 10.00.
    assert card(desk).totals.fees == yuan("10")
    desk.do(s.WaiveFee(card="K1", item="c-2024-04-10-fee", reason="machine was wrong"), chief)
    assert (card(desk).totals.fees, card(desk).book.standing) == (yuan("0"), standing)
    sound(desk)


def test_a_late_fee_is_waived_within_authority_and_once_a_year() -> None:
    desk = overdue_desk("2024-05-06")
    rm, chief = Actor("bai", Role.RM), Actor("mei", Role.BRANCH_HEAD)
    appoint(desk, rm, 2)
    appoint(desk, chief, 5)
    fee = history(desk, b.LateFeeCharged)[0]
    assert fee.fee == yuan("40.00")
    desk.refused(s.WaiveFee(card="K1", item=fee.item, reason=""), Reason.REASON_MISSING, rm)
    desk.do(s.WaiveFee(card="K1", item=fee.item, reason="first time, long abroad"), rm)
    assert card(desk).totals.fees == yuan("0")
    desk.advance("2024-06-06")
    second = history(desk, b.LateFeeCharged)[1]
    again = s.WaiveFee(card="K1", item=second.item, reason="again")
    desk.refused(again, Reason.ABOVE_AUTHORITY, rm)
    desk.do(again, chief)
    sound(desk)


def test_billed_interest_is_waived_no_further_than_it_stands() -> None:
    desk = overdue_desk("2024-05-06")
    chief = Actor("mei", Role.BRANCH_HEAD)
    appoint(desk, chief, 5)
    item = history(desk, b.CardInterestBilled)[0].item
    waive = s.WaiveInterest(card="K1", item=item, amount=yuan("9999"), reason="hardship")
    desk.refused(waive, Reason.AMOUNT_ABOVE_ITEM, chief)
    desk.do(s.WaiveInterest(card="K1", item=item, amount=yuan("50"), reason="hardship"), chief)
    sound(desk)


def test_an_instalment_plan_bills_its_parts_and_shows_its_true_cost() -> None:
    # 12,000.00 in 12 parts at 0.60 % a month: 1,000.00 + 72.00 a part, 13.03 % a year (CC-08).
    desk = card_bank(limit="20000")
    buy(desk, "2024-03-10", "15000")
    desk.advance("2024-04-10")
    confirm = s.ConfirmInstalment(card="K1", plan="P1")
    desk.refused(confirm, Reason.APR_NOT_SHOWN)
    desk.do(s.QuoteInstalment(card="K1", principal=yuan("12000"), terms=12))
    shown = desk.events()[0]
    assert (shown.apr * 100, shown.charge) == (1303, yuan("864.00"))
    auto = s.ConfirmInstalment(card="K1", plan="P1", by="bank")
    desk.refused(auto, Reason.NOT_CONFIRMED_BY_CUSTOMER)
    desk.do(confirm)
    assert card(desk).totals.plans == yuan("12000")
    # Of the statement 3,000.00 are left to pay.
    repay(desk, "2024-04-25", "3000")
    desk.advance("2024-05-06")
    billed = history(desk, b.InstalmentBilled)
    assert [(x.number, x.principal, x.charge) for x in billed] == [(1, yuan("1000"), yuan("72"))]
    statement = history(desk, b.CardStatementIssued)[-1]
    assert (statement.balance, statement.minimum) == (yuan("1072"), yuan("1072"))
    assert history(desk, b.CardInterestBilled) == []
    repay(desk, "2024-05-20", "1072")
    desk.advance("2024-06-10")
    # Two parts are billed; five of the 30 days to 5 July used: 72.00 × 5/30 = 12.00.
    desk.do(s.SettleInstalmentEarly(card="K1", plan="P1"))
    settled = desk.events()[0]
    assert (settled.principal, settled.charge) == (yuan("10000"), yuan("12.00"))
    desk.advance("2024-07-06")
    assert len(history(desk, b.InstalmentBilled)) == 2
    sound(desk)


@pytest.mark.parametrize(
    ("principal", "terms", "reason"),
    [
        ("999", 12, Reason.BELOW_MINIMUM_PLAN),
        ("14000", 12, Reason.ABOVE_ELIGIBLE_BALANCE),
    ],
)
def test_a_plan_is_refused_below_its_minimum_and_above_nine_tenths_of_the_bill(
    principal: str, terms: int, reason: Reason
) -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "15000")
    desk.advance("2024-04-10")
    desk.refused(
        s.QuoteInstalment(card="K1", principal=yuan("5000"), terms=7), Reason.TERM_NOT_OFFERED
    )
    desk.do(s.QuoteInstalment(card="K1", principal=yuan(principal), terms=terms))
    desk.refused(s.ConfirmInstalment(card="K1", plan="P1"), reason)


def test_a_won_dispute_takes_back_interest_in_the_next_cut() -> None:
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "1000", item="mine")
    buy(desk, "2024-03-10", "500", item="theirs")
    desk.advance("2024-05-06")
    # 1,500.00 × 56 days × 5‱ = 42.00, of which 14.00 came from the disputed 500.00.
    assert [x.interest for x in history(desk, b.CardInterestBilled)] == [yuan("42.00")]
    late = s.OpenDispute(card="K1", dispute="D1", item="theirs", amount=yuan("500"))
    desk.refused(late, Reason.DISPUTE_TOO_LATE)
    sound(desk)


def test_a_dispute_in_time_is_suspended_then_won() -> None:
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "1000", item="mine")
    buy(desk, "2024-03-10", "500", item="theirs")
    desk.advance("2024-04-20")
    desk.refused(
        s.OpenDispute(card="K1", dispute="D1", item="theirs", amount=yuan("600")),
        Reason.AMOUNT_ABOVE_ITEM,
    )
    desk.do(s.OpenDispute(card="K1", dispute="D1", item="theirs", amount=yuan("500")))
    # The rest is the whole statement now: paying it is paying in full.
    repay(desk, "2024-04-25", "1000")
    desk.advance("2024-05-06")
    assert history(desk, b.CardInterestBilled) == []
    desk.do(s.DecideDispute(card="K1", dispute="D1", outcome="won"))
    desk.advance("2024-06-06")
    assert card(desk).totals.debt == yuan("0")
    sound(desk)


def test_a_lost_dispute_is_owed_again_free_of_interest_until_its_own_due_date() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "500", item="theirs")
    desk.do(s.OpenDispute(card="K1", dispute="D1", item="theirs", amount=yuan("500")))
    assert card(desk).totals.debt == yuan("0")
    desk.do(s.PostponeDispute(card="K1", dispute="D1"))
    desk.advance("2024-04-20")
    desk.do(s.DecideDispute(card="K1", dispute="D1", outcome="lost"))
    repay(desk, "2024-05-25", "500")
    desk.advance("2024-07-06")
    assert history(desk, b.CardInterestBilled) == []
    sound(desk)


def test_a_late_payment_is_restated_in_the_next_cut() -> None:
    # Full amount mode: 3,000.00 of 10 March. The payment of 25 April reaches the bank on 7 May,
    # after 3,000 × 56 days × 5‱ = 84.00 were billed; all of it and the late charge come back.
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "3000")
    desk.advance("2024-05-07")
    assert [x.interest for x in history(desk, b.CardInterestBilled)] == [yuan("84.00")]
    assert [x.fee for x in history(desk, b.LateFeeCharged)] == [yuan("15.00")]
    late: dict[str, Any] = {
        "value_date": date(2024, 4, 25),
        "ground": "late_information",
        "approval": "branch",
        "approver": "head",
    }
    desk.do(c.Repay(card="K1", amount=yuan("3000")), **late)
    desk.advance("2024-06-06")
    back = history(desk, b.CardRestated)
    assert [(x.paid, x.fee, len(x.cause)) for x in back] == [(yuan("99.00"), yuan("15.00"), 1)]
    assert card(desk).totals.debt == yuan("0")
    sound(desk)


def test_a_late_purchase_is_charged_in_the_next_cut() -> None:
    desk = card_bank(product="standard", limit="10000")
    buy(desk, "2024-03-10", "1000")
    desk.advance("2024-05-07")
    late: dict[str, Any] = {
        "value_date": date(2024, 4, 1),
        "ground": "late_information",
        "approval": "branch",
        "approver": "head",
    }
    desk.do(c.Post(card="K1", item="late", amount=yuan("200"), merchant="shop"), **late)
    desk.advance("2024-06-06")
    # It would have stood on the statement of 5 April: 200 × 34 days to 5 May × 5‱ = 3.40 of
    # interest; the late charge of 10.00 at least on 100.00 short is 10.00 on 120.00 short too.
    restated = history(desk, b.CardRestated)
    assert [(x.paid, x.fee) for x in restated] == [(yuan("-3.40"), yuan("0"))]
    sound(desk)


def test_the_statement_day_changes_after_the_next_cut() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "300")
    desk.refused(s.ChangeStatementDay(card="K1", day=29), Reason.STATEMENT_DAY_INVALID)
    desk.do(s.ChangeStatementDay(card="K1", day=12))
    changed = desk.events()[0]
    # 5 April is cut; 12 April is only 7 days later, so the first new one is 12 May (CC-02).
    assert changed == life.StatementDayChanged(day=12, since=date(2024, 5, 12))
    desk.advance("2024-06-13")
    days = [x.statement_date.isoformat() for x in history(desk, b.CardStatementIssued)]
    assert days == ["2024-04-05", "2024-05-12", "2024-06-12"]
    again = s.ChangeStatementDay(card="K1", day=3)
    desk.refused(again, Reason.STATEMENT_DAY_CHANGE_TOO_SOON)
    sound(desk)


def test_a_limit_is_raised_within_product_and_bank_and_never_while_overdue() -> None:
    desk = card_bank()
    raise_ = s.AdjustLimit(card="K1", limit=yuan("60000"), reason="salary rose")
    desk.refused(raise_, Reason.ABOVE_AUTHORITY)
    desk.do(s.AdjustLimit(card="K1", limit=yuan("50000"), reason="salary rose"))
    assert card(desk).totals.unused == yuan("50000")
    desk.do(s.AdjustLimit(card="K1", limit=yuan("5000"), reason="risk"))
    buy(desk, "2024-03-10", "8000")
    asked = c.Authorise(card="K1", authorisation="a", amount=yuan("1"), merchant="shop")
    desk.refused(asked, Reason.LIMIT_EXCEEDED)
    desk.do(s.GrantTemporaryLimit(card="K1", increase=yuan("2500"), until=date(2024, 4, 30)))
    sound(desk)


def test_an_authorisation_holds_until_it_is_posted_or_thirty_days_have_passed() -> None:
    desk = card_bank()
    hold = c.Authorise(card="K1", authorisation="a1", amount=yuan("19000"), merchant="shop")
    desk.do(hold)
    more = c.Authorise(card="K1", authorisation="a2", amount=yuan("1001"), merchant="shop")
    desk.refused(more, Reason.LIMIT_EXCEEDED)
    desk.advance("2024-03-31")
    assert len(card(desk).holds) == 1
    desk.advance("2024-04-01")
    assert card(desk).holds == ()
    desk.do(more)
    post = c.Post(card="K1", item="p", amount=yuan("990"), merchant="shop", authorisation="a2")
    desk.do(post)
    assert card(desk).holds == ()
    sound(desk)


def test_a_refund_counts_as_a_payment_and_never_exceeds_its_item() -> None:
    desk = card_bank()
    buy(desk, "2024-03-10", "500", item="coat")
    desk.do(c.Refund(card="K1", item="coat", amount=yuan("300")))
    desk.refused(c.Refund(card="K1", item="coat", amount=yuan("201")), Reason.AMOUNT_ABOVE_ITEM)
    assert card(desk).totals.debt == yuan("200")
    sound(desk)


def test_a_personalised_plan_stops_interest_until_it_is_broken() -> None:
    desk = overdue_desk("2024-08-01")
    before = len(history(desk, b.CardInterestBilled))
    desk.do(s.AgreePlan(card="K1", parts=12, due_day=10))
    agreed = desk.events()[0]
    assert (len(agreed.parts), agreed.parts[0].due) == (12, date(2024, 9, 10))
    desk.advance("2024-10-15")
    # The days to 31 July are still billed on 5 August; afterwards nothing bears interest.
    assert len(history(desk, b.CardInterestBilled)) == before + 1
    assert history(desk, r.PersonalisedInstalmentBreached) == []
    desk.advance("2024-10-16")
    broken = history(desk, r.PersonalisedInstalmentBreached)
    assert [x.on for x in broken] == [date(2024, 10, 15)]
    desk.refused(s.AgreePlan(card="K1", parts=6, due_day=1), Reason.PLAN_EXISTS)
    sound(desk)


def test_a_dormant_card_is_cancelled_after_notice_and_closed_after_45_days() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    cancel = s.Cancel(card="K1", reason="dormant")
    desk.refused(cancel, Reason.CARD_NOT_DORMANT)
    desk.advance("2025-09-01")
    desk.refused(cancel, Reason.NOTICE_MISSING)
    desk.do(s.Cancel(card="K1", reason="dormant", notified=date(2025, 8, 1)))
    desk.refused(s.CloseLine(card="K1"), Reason.ILLEGAL_TRANSITION)
    desk.advance("2025-10-16")
    desk.do(s.CloseLine(card="K1"))
    assert card(desk).stage is Stage.CLOSED
    sound(desk)


def test_the_annual_fee_is_charged_on_the_anniversary_unless_six_purchases_waive_it() -> None:
    desk = card_bank()
    desk.do(c.SetAutopay(card="K1", account="A1"))
    for number in range(5):
        buy(desk, f"2024-0{number + 4}-01", "10", item=f"x{number}")
    draw(desk, "2024-09-01", "100")
    desk.advance("2025-03-02")
    fees = [x for x in history(desk, b.CardFeeCharged) if x.item == "annual-2025"]
    assert [x.fee for x in fees] == [yuan("160.00")]
    sound(desk)


def test_a_lost_card_is_blocked_at_once() -> None:
    desk = card_bank()
    desk.do(s.Block(card="K1", reason="lost on the train"))
    asked = c.Authorise(card="K1", authorisation="a", amount=yuan("1"), merchant="shop")
    desk.refused(asked, Reason.CARD_BLOCKED)
    desk.do(s.Unblock(card="K1", kind="loss", reason="found again"))
    desk.do(asked)
