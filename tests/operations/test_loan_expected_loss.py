"""What is held against a loan (LN-28): months left and months in default, to the day."""

from __future__ import annotations

from dataclasses import replace

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.loan import commands_running as c
from bankcore.rules.loans.codes import LoanClass, Method
from bankcore.values.money import yuan
from loan_desk import PLAIN, lent, loan_of


def test_a_month_begun_is_one_month_left_also_when_the_loan_ends_in_this_month() -> None:
    # Due 31 January, 28 February, 31 March, nothing paid: 31 days past due on 3 March, stage 2,
    # 28 days left. ECL over one month: PD 0.3 × (0.6 + 0.2 × 0.8 + 0.2 × 1.5) / 12 = 0.0265 on
    # 50,310.14 (principal, 181.25 and 120.83 due, 8.06 accrued), × 65 % / 1.0435 = 830.47; at
    # least 2 % of 50,000.00. With twelve months left it would be ten times as much.
    wish = replace(PLAIN, amount="50000.00", term_months=3, income="100000.00")
    wish = replace(wish, method=Method.LEVEL_PRINCIPAL)
    desk = lent("2025-12-31", wish)
    desk.do(account.Withdraw(account="A1", amount=yuan("51000.00")))
    desk.advance("2026-03-04")
    assert loan_of(desk).risk.stage == 2
    assert loan_of(desk).sums.allowance == yuan("1000.00")


def test_more_than_twelve_months_in_default_begin_on_the_day_after() -> None:
    # In default from 2 May 2026 (91 days after 31 January), arrears paid on 4 May, every later
    # instalment in time, nobody raises the class. On 31 May 2027 the default has lasted twelve
    # months and 29 days: LGD 65 + 15 = 80 % of the 19,000.00 that 17 instalments have left.
    wish = replace(PLAIN, amount="36000.00", term_months=36, method=Method.LEVEL_PRINCIPAL)
    desk = lent("2025-12-31", wish)
    desk.do(account.Withdraw(account="A1", amount=yuan("37000.00")))
    desk.advance("2026-05-04")
    desk.do(c.Repay(loan="L1", amount=yuan("10000.00"), source="cash"))
    desk.do(account.Deposit(account="A1", amount=yuan("60000.00")))
    desk.advance("2027-05-31")
    # 30 April: 65 % of 20,000.00.
    assert loan_of(desk).sums.allowance == yuan("13000.00")
    desk.advance("2027-06-01")
    assert loan_of(desk).risk.loan_class is LoanClass.SUBSTANDARD
    assert loan_of(desk).sums.allowance == yuan("15200.00")
