"""A home secures its mortgage: registered before money flows, released when nothing is owed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bankcore.aggregates.collateral import COLLATERAL
from bankcore.aggregates.collateral import commands as c
from bankcore.aggregates.collateral import events as e
from bankcore.aggregates.loan import Stage
from bankcore.aggregates.loan import commands_application as a
from bankcore.aggregates.loan import commands_contract as k
from bankcore.aggregates.loan import commands_running as r
from bankcore.aggregates.loan import events_repayment as pay
from bankcore.rules.loans.codes import PaymentMode, Product, Security
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from loan_desk import (
    APPROVER,
    CHIEF,
    FINDINGS,
    HOME_PAPERS,
    REVIEWER,
    Wish,
    apply_for,
    approval,
    day,
    investigate,
    loan_of,
    of_kind,
    sign,
)
from spec import Desk, bank, check_books, known_customer, open_account

HOME = Wish(
    amount="700000.00",
    term_months=240,
    product=Product.MORTGAGE,
    purpose="buy_home",
    security=Security.RESIDENTIAL,
    spread_bp=-30,
    papers=HOME_PAPERS,
    findings=(*FINDINGS, "collateral", "on_site"),
    home="first",
    ltv_key="mortgage_first",
    price="1000000.00",
    draft=(("counterparty", "A2"), ("payment_mode", PaymentMode.ENTRUSTED)),
)


def signed() -> Desk:
    """A mortgage of 700,000.00 on a home of 1,000,000.00, signed, not yet registered."""
    desk = bank("2026-01-12", opening="50000.00")
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    apply_for(desk, HOME)
    investigate(desk, HOME)
    review = a.Review(loan="L1", opinion="agree", amount=yuan("700000.00"), term_months=240)
    desk.do(review, REVIEWER)
    desk.do(replace(approval(HOME), conditions=("mortgage_registered",)), CHIEF)
    sign(desk, HOME)
    desk.do(c.Value(collateral="K1", value=yuan("1000000.00"), appraiser="valuer"))
    return desk


def draw(desk: Desk) -> None:
    desk.do(
        k.RequestDrawdown(
            loan="L1",
            amount=yuan("700000.00"),
            mode=PaymentMode.ENTRUSTED,
            payee="A2",
            payee_category="real_estate_developer",
        )
    )


def test_no_money_before_the_mortgage_is_registered() -> None:
    desk = signed()
    draw(desk)
    disburse = k.Disburse(loan="L1", target="A2")
    desk.refused(disburse, Reason.CONDITIONS_NOT_MET)
    desk.do(c.Register(collateral="K1", loan="L1", certificate="2026-1"))
    desk.do(disburse)
    assert loan_of(desk).stage is Stage.REPAYING
    check_books(desk)


def test_a_fallen_value_asks_for_a_top_up() -> None:
    # Approved at 70 %; 700,000 / 870,000 = 80.46 % is above 80 %. To be back at 70 %:
    # prepay 700,000 − 609,000 = 91,000.00, or add 1,000,000 − 870,000 = 130,000.00 (LN-23).
    desk = signed()
    draw(desk)
    desk.do(c.Register(collateral="K1", loan="L1"))
    desk.do(k.Disburse(loan="L1", target="A2"))
    desk.do(c.Value(collateral="K1", value=yuan("875000.00")))
    assert not of_kind(desk.events(), e.CollateralTopUpDemanded)
    desk.do(c.Value(collateral="K1", value=yuan("870000.00")))
    asked = of_kind(desk.events(), e.CollateralTopUpDemanded)[0]
    assert (asked.prepay_needed, asked.collateral_needed) == (
        yuan("91000.00"),
        yuan("130000.00"),
    )
    desk.refused(c.Value(collateral="K1", value=yuan("0.00")), Reason.VALUE_NOT_POSITIVE)


def test_a_release_waits_for_the_last_fen() -> None:
    desk = signed()
    draw(desk)
    desk.do(c.Register(collateral="K1", loan="L1"))
    desk.do(k.Disburse(loan="L1", target="A2"))
    desk.refused(c.Release(collateral="K1", loan="L1"), Reason.PRINCIPAL_OUTSTANDING)
    part = c.Release(collateral="K1", loan="L1", value=yuan("1.00"))
    desk.refused(part, Reason.LTV_AFTER_RELEASE_EXCEEDED)
    wish = r.GivePrepaymentNotice(loan="L1", amount=yuan("700000.00"), on=day("2026-01-27"))
    desk.do(wish)
    desk.advance("2026-01-27")
    desk.do(r.Prepay(loan="L1", amount=yuan("700000.00")))
    assert loan_of(desk).stage is Stage.SETTLED
    desk.do(c.Release(collateral="K1", loan="L1"))
    held = desk.state(COLLATERAL, "K1")
    assert not held.registrations
    check_books(desk)


def test_a_home_taken_over_pays_past_due_principal() -> None:
    desk = signed()
    draw(desk)
    desk.do(c.Register(collateral="K1", loan="L1"))
    desk.do(k.Disburse(loan="L1", target="A2"))
    desk.do(r.Recall(loan="L1", due_on=day("2026-01-20"), reason="collateral_seized"), APPROVER)
    desk.advance("2026-01-22")
    take = r.Repossess(loan="L1", collateral="K1", value=yuan("650000.00"))
    desk.do(take, APPROVER)
    assert loan_of(desk).sums.past_due == yuan("50000.00")
    check_books(desk)


def test_taking_a_home_over_charges_the_penalty_so_far_on_what_it_pays() -> None:
    desk = signed()
    draw(desk)
    desk.do(c.Register(collateral="K1", loan="L1"))
    desk.do(k.Disburse(loan="L1", target="A2"))
    desk.do(r.Recall(loan="L1", due_on=day("2026-01-20"), reason="collateral_seized"), APPROVER)
    desk.advance("2026-01-26")
    desk.do(r.Repossess(loan="L1", collateral="K1", value=yuan("650000.00")), APPROVER)
    charged = desk.found(pay.PenaltyInterestCharged)[-1].event
    # Six days after the recall at one and a half times the contract rate (LN-19), on all of it.
    percent = loan_of(desk).draws[0].rate.percent * 3 / 2
    exact = Fraction(700_000_00 * 6 * percent, 36_000)
    simple = charged.penalty - charged.of_which_compound
    assert charged.until == day("2026-01-26")
    assert abs(simple.minor - exact) <= Fraction(1, 2)
    check_books(desk)
