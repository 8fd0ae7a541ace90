"""A consumer loan from application to settlement; figures of LN-10 case ln-10-01 and by hand."""

from __future__ import annotations

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.loan import LOAN, Stage
from bankcore.aggregates.loan import events_changes as change
from bankcore.aggregates.loan import events_contract as contract
from bankcore.aggregates.loan import events_repayment as pay
from bankcore.values.money import yuan
from loan_desk import lent, loan_of, of_kind
from spec import check_books


def test_a_year_of_level_payments_is_debited_and_settled() -> None:
    # 12,000.00 at 3.00 % + 1.35 points = 4.35 % over 12 months is the rulebook's ln-10-01:
    # instalment 1,023.72, first interest 43.50, first principal 980.22.
    desk = lent("2026-01-12", opening="1000.00")
    built = of_kind([x.event for x in desk.entries()], contract.RepaymentScheduleBuilt)[0]
    first = built.rows[0]
    assert (built.level, first.principal, first.interest) == (
        yuan("1023.72"),
        yuan("980.22"),
        yuan("43.50"),
    )
    events = desk.advance("2026-02-13")
    fell = of_kind(events, pay.InstalmentFellDue)[0]
    assert (fell.principal, fell.interest) == (yuan("980.22"), yuan("43.50"))
    received = of_kind(events, pay.LoanRepaymentReceived)[0]
    assert (received.principal, received.interest_due) == (yuan("980.22"), yuan("43.50"))
    # Auto debit offers what is owed, not the whole account.
    assert received.unapplied == yuan("0.00")
    check_books(desk)
    events = desk.advance("2027-01-13")
    assert len(of_kind(events, change.LoanSettled)) == 1
    assert loan_of(desk).stage is Stage.SETTLED
    account = desk.state(ACCOUNT, "A1")
    assert not account.links
    check_books(desk)


def test_the_loan_stands_on_its_own_stream() -> None:
    desk = lent()
    assert {x.stream for x in desk.entries() if x.stream.startswith("loan")} == {LOAN.stream("L1")}
