"""A due day on which part was paid by hand: the machine of `bankcore.testing` found it."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.loan import Stage
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_repayment as e
from bankcore.values.money import yuan
from loan_desk import lent, loan_of
from spec import check_books


def test_what_is_left_after_a_payment_of_the_due_day_is_debited_that_evening() -> None:
    """The first instalment is 1,023.72 (980.22 and 43.50): 100.00 by hand, 923.72 by debit."""
    desk = lent()
    desk.advance("2026-02-12")
    desk.do(c.Repay(loan="L1", amount=yuan("100.00")))
    desk.advance("2026-02-13")
    received = desk.found(e.LoanRepaymentReceived)
    paid = [x.event.principal + x.event.interest_due for x in received]
    assert paid == [yuan("100.00"), yuan("923.72")]
    assert {x.booking_date for x in received} == {date(2026, 2, 12)}
    assert loan_of(desk).stage is Stage.REPAYING
    check_books(desk)
