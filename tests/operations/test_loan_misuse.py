"""Misused money (挪用): its surcharge from the day it went wrong until corrected or waived, LN-21.

The loan is 12,000.00 over 12 months from 12 January 2026 at 4.35 %: misused money bears 8.70 %,
overdue money 6.525 %. The first instalment is 980.22 and 43.50 of interest.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_repayment as pay
from bankcore.aggregates.loan import events_risk as risk
from bankcore.aggregates.loan.folding import evolve
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.loan import penalty
from bankcore.audit.verify import verify
from bankcore.projections.accruals.loan import accruals
from bankcore.projections.window import Window
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.repricing import RepricingKind
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason
from loan_desk import APPROVER, PLAIN, day, lent, loan_of
from spec import Desk, check_books

FLAG = c.FlagMisuse(loan="L1", misused=yuan("5000.00"), since=day("2026-01-12"), kind="shares")
CORRECT = c.SetPenaltyRate(loan="L1", until=day("2026-02-20"))
BACK: dict[str, Any] = {"ground": "late_information", "approval": "branch", "approver": "head"}


def charged(desk: Desk) -> list[tuple[int, str]]:
    """Number and amount of each charge in the log, in order."""
    kinds = (pay.PenaltyInterestCharged, pay.NonAccrualInterestFellDue)
    found = [x.event for x in desk.entries() if isinstance(x.event, kinds)]
    return [
        (e.number, str(e.penalty if isinstance(e, pay.PenaltyInterestCharged) else e.interest))
        for e in found
        if getattr(e, "until", None)
    ]


def flagged(misused: str, *, broke: bool = False) -> Desk:
    desk = lent()
    if broke:
        desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.do(replace(FLAG, misused=yuan(misused)))
    return desk


def sound_books(desk: Desk) -> None:
    check_books(desk)
    assert verify(desk.bank.log).ok


def test_the_surcharge_comes_with_the_instalment_and_ends_on_the_day_of_correction() -> None:
    # 5,000 × 31 days × (8.70 − 4.35) % / 360 = 18.729… with the instalment of 12 February;
    # then 8 days up to the 20th: 4.833…, debited the same evening.
    desk = flagged("5000.00")
    desk.advance("2026-02-13")
    assert charged(desk) == [(0, "18.73")]
    repaid = [x.event for x in desk.entries() if isinstance(x.event, pay.LoanRepaymentReceived)]
    assert repaid[0].penalty_due == yuan("18.73")
    desk.advance("2026-02-23")
    desk.refused(replace(CORRECT, until=day("2026-02-24")), Reason.VALUE_DATE_IN_FUTURE)
    desk.refused(replace(CORRECT, until=day("2026-02-11")), Reason.BACK_VALUE_BEYOND_LIMIT)
    assert loan_of(desk).risk.loan_class is LoanClass.SPECIAL_MENTION
    desk.do(CORRECT)
    desk.refused(CORRECT, Reason.ILLEGAL_TRANSITION)
    desk.advance("2026-03-13")
    loan = loan_of(desk)
    assert charged(desk) == [(0, "18.73"), (0, "4.83")]
    assert (loan.risk.misuse, loan.risk.loan_class, loan.dues) == (None, LoanClass.NORMAL, ())
    sound_books(desk)


def test_corrected_on_the_day_it_went_wrong_costs_nothing() -> None:
    desk = flagged("5000.00")
    desk.do(replace(CORRECT, until=day("2026-01-12")))
    desk.advance("2026-02-13")
    assert charged(desk) == []
    sound_books(desk)


def test_overdue_misused_money_bears_the_heavier_rate_and_never_both() -> None:
    # 11,500 × 31 × 4.35 % / 360 = 43.077…; from 12 February 980.22 is overdue: the other
    # 10,519.78 × 8 × 4.35 % / 360 = 10.169…, and 980.22 × 8 × 8.70 % / 360 = 1.895….
    # On the unpaid interest LN-20: 43.50 × 8 × 6.525 % / 360 = 0.063….
    desk = flagged("11500.00", broke=True)
    desk.advance("2026-02-20")
    desk.do(c.Repay(loan="L1", amount=yuan("1000.00"), source="cash"))
    assert charged(desk) == [(0, "43.08"), (0, "10.17"), (-1, "1.90"), (1, "0.06")]
    sound_books(desk)


def test_more_overdue_than_misused_leaves_the_rest_to_the_overdue_penalty() -> None:
    # 500 × 31 × 4.35 % / 360 = 1.872…; 500 × 8 × 8.70 % / 360 = 0.966…; the rest of the
    # instalment 480.22 × 8 × 6.525 % / 360 = 0.696… and compound 0.063….
    desk = flagged("500.00", broke=True)
    desk.advance("2026-02-20")
    desk.do(c.Repay(loan="L1", amount=yuan("0.00"), source="cash"))
    assert charged(desk) == [(0, "1.87"), (-1, "0.97"), (1, "0.76")]
    loan = loan_of(desk)
    assert [(x.number, x.penalty) for x in loan.dues] == [(0, yuan("1.87")), (1, yuan("1.67"))]
    sound_books(desk)


def test_nothing_overdue_is_charged_inside_grace() -> None:
    desk = flagged("500.00", broke=True)
    desk.advance("2026-02-15")
    desk.do(c.Repay(loan="L1", amount=yuan("0.00"), source="cash"))
    assert charged(desk) == [(0, "1.87")]


def test_after_a_waiver_only_the_overdue_penalty_goes_on() -> None:
    # Charged on 20 February as above; waived on the 24th: from the 20th on 980.22 bears LN-19
    # alone, 980.22 × 8 × 6.525 % / 360 = 1.421…, and its interest 0.063… up to the 28th.
    desk = flagged("11500.00", broke=True)
    desk.advance("2026-02-20")
    desk.do(c.Repay(loan="L1", amount=yuan("0.00"), source="cash"))
    desk.advance("2026-02-24")
    desk.do(c.WaiveMisuse(loan="L1", reason="returned"), APPROVER)
    desk.advance("2026-02-28")
    desk.do(c.Repay(loan="L1", amount=yuan("0.00"), source="cash"))
    assert charged(desk)[4:] == [(1, "1.48")]
    sound_books(desk)


def test_money_that_was_overdue_before_it_went_wrong_is_charged_up_to_that_day() -> None:
    # Overdue from 12 February, astray from the 20th, seen on the 24th: 8 days at 6.525 % on 980.22
    # and 43.50 (1.421… + 0.063…), then 8 days to the 28th: 500 at 8.70 % = 0.966…, 480.22 at
    # 6.525 % = 0.696… and compound 0.063….
    desk = lent()
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-02-24")
    desk.do(replace(FLAG, misused=yuan("500.00"), since=day("2026-02-20")))
    desk.advance("2026-02-28")
    desk.do(c.Repay(loan="L1", amount=yuan("0.00"), source="cash"))
    assert charged(desk) == [(1, "1.48"), (-1, "0.97"), (1, "0.76")]
    sound_books(desk)


def test_overdue_inside_grace_when_it_went_wrong_stays_with_the_overdue_penalty() -> None:
    # Astray on the third day: 16 days from 12 to 28 February at 6.525 % on the whole instalment,
    # 980.22 × 16 × 6.525 % / 360 = 2.842… and 43.50: 0.126…; and 19.78 of 1,000 misused not due,
    # 19.78 × 14 × 4.35 % / 360 = 0.033….
    desk = lent()
    desk.do(account.Withdraw(account="A1", amount=yuan("13000.00")))
    desk.advance("2026-02-14")
    desk.do(replace(FLAG, misused=yuan("1000.00"), since=day("2026-02-14")))
    desk.advance("2026-02-28")
    desk.do(c.Repay(loan="L1", amount=yuan("0.00"), source="cash"))
    assert charged(desk) == [(0, "0.03"), (1, "2.97")]
    sound_books(desk)


def test_a_flag_counts_neither_from_tomorrow_nor_from_before_the_draw() -> None:
    desk = lent()
    desk.refused(replace(FLAG, since=day("2026-01-13")), Reason.VALUE_DATE_IN_FUTURE)
    desk.refused(replace(FLAG, since=day("2026-01-11")), Reason.BACK_VALUE_BEYOND_LIMIT)
    desk.refused(CORRECT, Reason.ILLEGAL_TRANSITION)


def test_a_payment_from_before_a_charged_day_is_refused() -> None:
    desk = flagged("5000.00", broke=True)
    desk.advance("2026-02-10")
    desk.do(c.Repay(loan="L1", amount=yuan("100.00"), source="cash"))
    assert charged(desk) == [(0, "17.52")]  # 5,000 × 29 × 4.35 % / 360 = 17.520…
    desk.do(c.Repay(loan="L1", amount=yuan("10.00"), source="cash"))
    desk.advance("2026-02-11")
    late = {**BACK, "value_date": date(2026, 2, 9)}
    repay = c.Repay(loan="L1", amount=yuan("10.00"), source="cash")
    desk.refused(repay, Reason.BACK_VALUE_BEYOND_LIMIT, **late)
    sound_books(desk)


def test_the_surcharge_is_accrued_day_by_day_and_explained_once_charged() -> None:
    # End of 20 January: 9 days of 5,000 at 4.35 % = 5.4375.
    desk = flagged("5000.00")
    desk.advance("2026-01-20")
    found = [
        a
        for a in accruals("loan-L1", loan_of(desk), date(2026, 1, 20), desk.bank.catalogue)
        if a.rule == "LN-21"
    ]
    assert [a.exact for a in found] == [Fraction(54375, 100)]
    desk.advance("2026-02-13")
    seen = evidence(desk.entries(), Window(), desk.bank.catalogue, date(2026, 2, 13))
    told = penalty(seen, "L1")
    assert told.parts[0].amount == 1873
    assert told.adds_up


def test_a_prepayment_pays_the_surcharge_first_and_settles() -> None:
    # 15 days to the 27th: 5,000 × 15 × 4.35 % / 360 = 9.0625.
    desk = flagged("5000.00")
    desk.do(c.GivePrepaymentNotice(loan="L1", on=day("2026-01-27"), amount=yuan("12000.00")))
    desk.do(account.Deposit(account="A1", amount=yuan("1000.00")))
    desk.advance("2026-01-27")
    desk.do(c.Prepay(loan="L1", amount=yuan("12000.00"), source="A1"))
    assert charged(desk) == [(0, "9.06")]
    assert loan_of(desk).stage.value == "settled"
    sound_books(desk)


def test_the_misuse_rate_follows_the_contract_rate() -> None:
    # The rate falls on 20 June 2025 from 4.00 % to 3.55 %: misused money bears 8.00, then 7.10 %.
    draft = (("repricing", RepricingKind.ANNIVERSARY),)
    found = (*PLAIN.findings, "on_site")
    wish = replace(PLAIN, term_months=24, spread_bp=55, draft=draft, findings=found)
    desk = lent("2024-06-20", wish, opening="20000.00")
    desk.advance("2025-06-10")
    early = replace(FLAG, since=day("2025-06-01"))
    desk.do(early)
    desk.advance("2025-06-21")
    rates = [x.event for x in desk.entries() if isinstance(x.event, risk.PenaltyRateSet)]
    assert [(str(e.rate), e.since) for e in rates] == [
        ("8", day("2025-06-01")),
        ("7.1", day("2025-06-20")),
    ]
    # 5,000 × 19 × 4.00 % / 360 = 10.555… with the instalment of 20 June.
    assert charged(desk) == [(0, "10.56")]
    desk.do(c.WaiveMisuse(loan="L1", reason="seen again"), APPROVER)
    desk.do(early)
    rates = [x.event for x in desk.entries() if isinstance(x.event, risk.PenaltyRateSet)]
    assert [str(e.rate) for e in rates[2:]] == ["8", "7.1"]
    sound_books(desk)


def test_misused_money_of_a_non_accrual_loan_is_charged_off_book() -> None:
    desk = flagged("500.00", broke=True)
    desk.advance("2026-05-20")
    desk.do(c.Repay(loan="L1", amount=yuan("0.00"), source="cash"))
    off = [x.event for x in desk.entries() if isinstance(x.event, pay.NonAccrualInterestFellDue)]
    heavy = [e for e in off if e.number == -1]
    assert heavy[-1].principal == yuan("500.00")
    assert loan_of(desk).sums.memo > Money(0)
    sound_books(desk)


def test_a_fold_takes_misuse_events_of_a_loan_without_a_flag() -> None:
    # The fold is total: the events change no figure of a misuse that is not there.
    desk = flagged("5000.00")
    desk.advance("2026-02-13")
    entries = [x for x in desk.entries() if x.stream == "loan-L1"]
    plain = [x for x in entries if not isinstance(x.event, risk.FundMisuseFlagged)]
    loan: Any = None
    for entry in plain:
        loan = evolve(loan, entry)
    assert (loan.risk.misuse, loan.dues) == (None, ())
