"""Class II and III accounts (Ⅱ、Ⅲ类户): how many, what they take in and pay out; PAY-01, DEP-20."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.customer import decide as customer
from bankcore.aggregates.customer import standing_commands as standing
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.deposit_account import events as a
from bankcore.aggregates.guard import events as guard
from bankcore.aggregates.incoming_transfer import commands as i
from bankcore.aggregates.transfer import TRANSFER
from bankcore.aggregates.transfer import commands as c
from bankcore.rules.payments.routing import Arrival
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from spec import Desk, bank, known_customer, open_account, sound


def people(day: str = "2026-03-02", opening: str = "100000.00") -> Desk:
    """C1 with the Class I account A1, C2 with A2."""
    desk = bank(day, opening=opening)
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2", opening="90000.00")
    return desk


def opened(desk: Desk, key: str, account_class: str, opening: str | None = None) -> None:
    """An account of C1 in a class, opened with cash or without money."""
    desk.do(account.Apply(account=key, customer="C1"))
    desk.do(account.ChooseType(account=key, product="demand_q", account_class=account_class))
    desk.do(account.SignAgreement(account=key))
    desk.do(account.Open(account=key, opening_amount=yuan(opening) if opening else None))
    desk.do(account.Activate(account=key))


def order(key: str, payer: str, payee: str, amount: str) -> c.Request:
    """A transfer inside the bank; A2 is of C2, all others of C1."""
    name = "Customer C2" if payee == "A2" else "Customer C1"
    return c.Request(
        transfer=key, payer=payer, payee_name=name, payee_account=payee, amount=yuan(amount)
    )


def pay(desk: Desk, key: str, payer: str, payee: str, amount: str) -> None:
    """Order a transfer and confirm it."""
    desk.do(order(key, payer, payee, amount))
    desk.do(c.Confirm(transfer=key))


def no_pay(desk: Desk, asked: c.Request, reason: Reason) -> None:
    """Order a transfer that is refused when it is confirmed."""
    desk.do(asked)
    desk.refused(c.Confirm(transfer=asked.transfer), reason)


def balance(desk: Desk, key: str) -> str:
    return str(desk.state(ACCOUNT, key).balance)


@pytest.mark.parametrize(
    ("account_class", "reason"),
    [("II", Reason.CLASS_TWO_LIMIT_REACHED), ("III", Reason.CLASS_THREE_LIMIT_REACHED)],
)
def test_a_person_has_five_accounts_of_a_class_and_a_closed_one_does_not_count(
    account_class: str, reason: Reason
) -> None:
    desk = people()
    for number in range(5):
        opened(desk, f"B{number}", account_class)
    desk.do(account.Apply(account="B5", customer="C1"))
    desk.do(account.ChooseType(account="B5", product="demand_q", account_class=account_class))
    assert [w.reason for w in desk.outcomes[-1].warnings] == [reason]
    desk.do(account.SignAgreement(account="B5"))
    desk.refused(account.Open(account="B5"), reason)
    desk.do(account.Close(account="B2"))
    desk.do(account.Open(account="B5"))
    sound(desk)


def test_the_places_are_those_of_the_person_whatever_her_customer_number() -> None:
    desk = people()
    known_customer(desk, "C3", document_no="110101199003070116")
    known_customer(desk, "C4", document_no="110101199003070116")
    for number in range(5):
        open_account(desk, f"B{number}", "C3", opening="1.00", account_class="II")
    desk.do(account.Apply(account="B5", customer="C4"))
    desk.do(account.ChooseType(account="B5", product="demand_q", account_class="II"))
    desk.do(account.SignAgreement(account="B5"))
    desk.refused(account.Open(account="B5"), Reason.CLASS_TWO_LIMIT_REACHED)


def test_there_are_three_classes() -> None:
    desk = people()
    desk.do(account.Apply(account="B1", customer="C1"))
    desk.refused(
        account.ChooseType(account="B1", product="demand_q", account_class="IV"),
        Reason.PRODUCT_UNKNOWN,
    )


def test_cash_into_a_class_two_account_stops_at_ten_thousand_a_day() -> None:
    desk = people()
    opened(desk, "B1", "II", "4000.00")
    desk.do(account.Deposit(account="B1", amount=yuan("6000.00")))
    more = account.Deposit(account="B1", amount=yuan("0.01"))
    desk.refused(more, Reason.CLASS_DAY_LIMIT)
    desk.advance("2026-03-03")
    desk.do(more)
    sound(desk)


def test_cash_that_was_booked_in_error_no_longer_counts() -> None:
    desk = people()
    opened(desk, "B1", "II", "10000.00")
    placed = next(x for x in desk.outcomes[-2].entries if isinstance(x.event, a.FundsDeposited))
    undo = account.Reverse(account="B1", reverses=placed.id, reason="another's money")
    desk.do(undo, approver="head")
    desk.do(account.Deposit(account="B1", amount=yuan("10000.00")))
    sound(desk)


def test_two_hundred_thousand_a_year_and_a_new_year_begins_anew() -> None:
    desk = people("2026-12-01")
    opened(desk, "B1", "II", "10000.00")
    for day in range(2, 21):
        desk.advance(f"2026-12-{day:02}")
        desk.do(account.Deposit(account="B1", amount=yuan("10000.00")))
    desk.advance("2026-12-31")
    cent = account.Deposit(account="B1", amount=yuan("0.01"))
    desk.refused(cent, Reason.CLASS_YEAR_LIMIT)
    desk.advance("2027-01-01")
    desk.do(cent)


def test_a_class_two_account_pays_ten_thousand_a_day_to_others_and_any_sum_to_its_own() -> None:
    desk = people()
    opened(desk, "B1", "II")
    pay(desk, "T1", "A1", "B1", "50000")
    desk.do(account.Withdraw(account="B1", amount=yuan("1000")))
    pay(desk, "T2", "B1", "A1", "20000")
    pay(desk, "T3", "B1", "A2", "9000")
    no_pay(desk, order("T4", "B1", "A2", "0.01"), Reason.CLASS_DAY_LIMIT)
    desk.refused(account.Withdraw(account="B1", amount=yuan("0.01")), Reason.CLASS_DAY_LIMIT)
    assert balance(desk, "B1") == "20000.00"
    sound(desk)


def test_a_class_two_account_takes_ten_thousand_a_day_from_others() -> None:
    desk = people()
    opened(desk, "B1", "II")
    pay(desk, "T1", "A2", "B1", "10000")
    no_pay(desk, order("T2", "A2", "B1", "0.01"), Reason.CLASS_DAY_LIMIT)
    desk.do(
        i.Receive(incoming="r1", payee_account="B1", payee_name="Customer C1", amount=yuan("300"))
    )
    assert desk.events()[0].reason == "class_day_limit"
    desk.refused(i.Resolve(incoming="r1", target="B1"), Reason.CLASS_DAY_LIMIT)
    desk.advance("2026-03-03")
    desk.do(i.Resolve(incoming="r1", target="B1"))
    no_pay(desk, order("T3", "A2", "B1", "9700.01"), Reason.CLASS_DAY_LIMIT)
    sound(desk)


def test_a_returned_transfer_is_taken_out_of_its_day() -> None:
    desk = people()
    opened(desk, "B1", "II")
    pay(desk, "T1", "A1", "B1", "30000")
    asked = c.Request(
        transfer="T2",
        payer="B1",
        payee_name="Li Si",
        payee_account="6222",
        payee_bank="icbc",
        amount=yuan("9000"),
    )
    desk.do(asked)
    desk.do(c.Confirm(transfer="T2"))
    desk.do(c.Send(transfer="T2"))
    no_pay(desk, order("T3", "B1", "A2", "1000.01"), Reason.CLASS_DAY_LIMIT)
    desk.do(c.Return(transfer="T2", reason="name_mismatch"))
    pay(desk, "T4", "B1", "A2", "10000")
    sound(desk)


def test_a_transfer_that_waits_counts_on_its_day_and_is_cancelled_above_the_cap() -> None:
    desk = people()
    opened(desk, "B1", "II")
    pay(desk, "T1", "A1", "B1", "30000")
    for key in ("T2", "T3"):
        later = order(key, "B1", "A2", "6000")
        desk.do(
            c.Request(
                transfer=key,
                payer="B1",
                payee_name=later.payee_name,
                payee_account="A2",
                amount=later.amount,
                option=Arrival.NEXT_DAY,
            )
        )
        desk.do(c.Confirm(transfer=key), at="10:00")
    desk.advance("2026-03-04")
    states = [desk.bank.state(TRANSFER, key) for key in ("T2", "T3")]
    assert [s.state.value for s in states if s] == ["settled", "cancelled"]
    assert balance(desk, "B1") == "24000.00"
    sound(desk)


def test_a_customer_seen_only_by_video_pays_no_cash_into_a_class_two_account() -> None:
    desk = people()
    desk.do(customer.Register(customer="C3", name="Customer C3", birth_date="1990-03-07"))
    by_video = customer.VerifyIdentity(
        customer="C3", document_no="110101199003070117", valid_to=date(2036, 1, 1), method="video"
    )
    desk.do(by_video)
    desk.do(account.Apply(account="B1", customer="C3"))
    desk.do(account.ChooseType(account="B1", product="demand_q", account_class="II"))
    desk.do(account.SignAgreement(account="B1"))
    desk.do(account.Open(account="B1"))
    cash = account.Deposit(account="B1", amount=yuan("1.00"))
    desk.refused(cash, Reason.FACE_TO_FACE_MISSING)
    desk.refused(account.Withdraw(account="B1", amount=yuan("1.00")), Reason.FACE_TO_FACE_MISSING)
    desk.do(customer.VerifyIdentity(customer="C3", document_no="110101199003070117"))
    desk.do(cash)


def test_a_class_three_account_takes_no_cash_and_at_most_two_thousand() -> None:
    desk = people()
    desk.do(account.Apply(account="B1", customer="C1"))
    desk.do(account.ChooseType(account="B1", product="demand_q", account_class="III"))
    desk.do(account.SignAgreement(account="B1"))
    in_cash = account.Open(account="B1", opening_amount=yuan("100.00"))
    desk.refused(in_cash, Reason.CLASS_III_NO_CASH)
    desk.do(account.Open(account="B1"))
    desk.refused(account.Deposit(account="B1", amount=yuan("1.00")), Reason.CLASS_III_NO_CASH)
    desk.refused(account.Withdraw(account="B1", amount=yuan("1.00")), Reason.CLASS_III_NO_CASH)
    no_pay(desk, order("T1", "A1", "B1", "2000.01"), Reason.CLASS_III_BALANCE_LIMIT)
    pay(desk, "T2", "A1", "B1", "2000.00")
    assert balance(desk, "B1") == "2000.00"
    sound(desk)


def test_others_pay_into_a_class_three_account_after_consent_and_a_first_own_funding() -> None:
    desk = people()
    opened(desk, "B1", "III")
    no_pay(desk, order("T1", "A2", "B1", "100"), Reason.NON_BOUND_IN_NOT_ENABLED)
    desk.do(standing.GrantConsent(customer="C1", scope="non_bound_in"))
    no_pay(desk, order("T2", "A2", "B1", "100"), Reason.NON_BOUND_IN_NOT_ENABLED)
    pay(desk, "T3", "A1", "B1", "10")
    pay(desk, "T4", "A2", "B1", "100")
    assert balance(desk, "B1") == "110.00"
    sound(desk)


def test_a_class_one_account_has_no_limits() -> None:
    desk = people()
    desk.do(account.Deposit(account="A1", amount=yuan("500000")))
    pay(desk, "T1", "A1", "A2", "300000")
    sound(desk)


def test_before_there_were_classes_there_were_no_limits() -> None:
    desk = people("2016-11-30")
    opened(desk, "B1", "II", "50000.00")
    desk.advance("2016-12-01")
    desk.refused(account.Deposit(account="B1", amount=yuan("10000.01")), Reason.CLASS_DAY_LIMIT)


def test_a_new_document_gives_nobody_a_second_set_of_places() -> None:
    # DEP-20: one open Class I account per person, whatever document she shows meanwhile.
    desk = people()
    desk.do(
        customer.VerifyIdentity(customer="C1", document_no="E1234567", document_kind="passport")
    )
    desk.do(account.Apply(account="B1", customer="C1"))
    desk.do(account.ChooseType(account="B1", product="demand_q", account_class="I"))
    desk.do(account.SignAgreement(account="B1"))
    desk.refused(account.Open(account="B1"), Reason.CLASS_ONE_EXISTS)
    desk.do(account.Close(account="A1"))
    [freed] = desk.found(guard.ClassOneReleased)
    assert freed.event.account == "account-A1"
    desk.do(account.Open(account="B1"))
    sound(desk)
