"""Transfers between accounts, to other banks and back; figures from PAY-04 to PAY-06."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.bank import decide as treasury
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.deposit_account import events as a
from bankcore.aggregates.incoming_transfer import INCOMING
from bankcore.aggregates.incoming_transfer import commands as i
from bankcore.aggregates.transfer import TRANSFER
from bankcore.aggregates.transfer import commands as c
from bankcore.aggregates.transfer import events as e
from bankcore.projections.trial_balance import trial_balance
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.rules.payments.routing import Arrival, Rail
from bankcore.rules.payments.transfer_life import TransferState
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import Desk, bank, known_customer, open_account, sound


def two_banks(day: str = "2026-03-02", opening: str = "100000.00") -> Desk:
    """C1 with A1, C2 with A2."""
    desk = bank(day, opening=opening)
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    return desk


def inside(amount: str = "500", **how: object) -> c.Request:
    order = {"payee_name": "Customer C2", "payee_account": "A2", **how}
    return c.Request(transfer="T1", payer="A1", amount=yuan(amount), **order)  # type: ignore[arg-type]


def outside(amount: str, option: Arrival = Arrival.REALTIME) -> c.Request:
    return c.Request(
        transfer="T1",
        payer="A1",
        payee_name="Li Si",
        payee_account="6222",
        payee_bank="icbc",
        amount=yuan(amount),
        option=option,
    )


def money(desk: Desk, key: str) -> str:
    return str(desk.state(ACCOUNT, key).balance)


def stage(desk: Desk) -> TransferState:
    return desk.state(TRANSFER, "T1").state


def test_a_transfer_inside_the_bank_moves_both_accounts_in_one_decision() -> None:
    desk = two_banks()
    desk.do(inside())
    outcome = desk.do(c.Confirm(transfer="T1"))
    assert {x.stream for x in outcome.entries} == {"transfer-T1", "account-A1", "account-A2"}
    assert (money(desk, "A1"), money(desk, "A2")) == ("99500.00", "1500.00")
    assert stage(desk) is TransferState.SETTLED
    desk.refused(c.Confirm(transfer="T1"), Reason.ILLEGAL_TRANSITION)
    sound(desk)


def test_the_payees_name_must_be_that_of_the_account() -> None:
    desk = two_banks()
    desk.refused(inside(payee_name="Customer C3"), Reason.PAYEE_NAME_MISMATCH)
    desk.refused(inside(payee_account="A9"), Reason.PAYEE_NAME_MISMATCH)
    desk.do(inside(payee_name="customer　c2"))
    desk.refused(outside("1"), Reason.STREAM_EXISTS)


def test_money_for_another_bank_stands_in_clearing_until_it_is_sent() -> None:
    # Counter, 6,000.00 to another bank: fee 10.00 (PAY-04); real time up to 1,000,000: IBPS.
    desk = two_banks()
    desk.do(outside("6000"))
    desk.do(c.Confirm(transfer="T1"))
    routed = next(x for x in desk.events() if isinstance(x, e.TransferRouted))
    assert (routed.rail, routed.fee) == (Rail.IBPS, yuan("10"))
    assert money(desk, "A1") == "93990.00"
    assert trial_balance(desk.entries())["2241.02"] == -600_000
    desk.do(c.Send(transfer="T1"))
    desk.do(c.Settle(transfer="T1"))
    books = trial_balance(desk.entries())
    assert (books.get("2241.02", 0), books["3001.03"], books["6021.01"]) == (0, -600_000, -1000)
    desk.do(treasury.Clear(rail="ibps", amount=yuan("6000")))
    assert "3001.03" not in trial_balance(desk.entries())
    desk.do(c.GiveReceipt(transfer="T1"))
    sound(desk)


def test_the_day_sends_what_is_due_by_itself() -> None:
    desk = two_banks()
    desk.do(outside("6000", Arrival.NORMAL))
    desk.do(c.Confirm(transfer="T1"), at="10:05")
    assert money(desk, "A1") == "100000.00"
    state = desk.state(ACCOUNT, "A1")
    assert state.available == yuan("93990")
    events = desk.advance("2026-03-03")
    assert [type(x) for x in events if type(x).__module__.endswith("transfer.events")] == [
        e.TransferRouted,
        e.TransferSent,
    ]
    routed = next(x for x in events if isinstance(x, e.TransferRouted))
    # Executed at 12:05, in the batch of 12:30.
    assert (routed.rail, routed.sent_at) == (Rail.BEPS, "2026-03-02T12:30")
    sound(desk)


def test_a_returned_transfer_restores_amount_fee_and_interest() -> None:
    # 6,000.00 and 10.00 leave on 10 March and come back on 25 March, valued 10 March: interest of
    # the settlement of 20 March is what it would have been without the transfer.
    plain, returned = two_banks("2026-03-02"), two_banks("2026-03-02")
    returned.advance("2026-03-10")
    returned.do(outside("6000"))
    returned.do(c.Confirm(transfer="T1"))
    returned.do(c.Send(transfer="T1"))
    for desk in (plain, returned):
        desk.advance("2026-03-25")
    returned.do(c.Return(transfer="T1", reason="name_mismatch"))
    assert money(returned, "A1") == money(plain, "A1")
    assert [type(x) for x in returned.events()] == [
        e.TransferReturned,
        a.AccountCredited,
        a.InterestAdjusted,
    ]
    assert returned.outcomes[-1].entries[0].value_date == date(2026, 3, 10)
    returned.refused(c.Return(transfer="T1", reason="again"), Reason.ILLEGAL_TRANSITION)
    sound(returned)


def test_a_delayed_transfer_is_cancelled_in_time_and_not_a_minute_later() -> None:
    desk = two_banks()
    desk.do(inside(option=Arrival.NEXT_DAY))
    desk.do(c.Confirm(transfer="T1"), at="15:30")
    desk.do(c.Cancel(transfer="T1"), at="15:31")
    state = desk.state(ACCOUNT, "A1")
    assert (state.holds, stage(desk)) == ((), TransferState.CANCELLED)
    other = bank("2026-03-02", opening="5000.00")
    known_customer(other, "C2")
    open_account(other, "A2", "C2")
    other.do(inside(option=Arrival.NORMAL))
    other.do(c.Confirm(transfer="T1"), at="10:00")
    other.refused(c.Cancel(transfer="T1"), Reason.CANCEL_TOO_LATE, at="12:00")
    sound(desk)


def test_a_realtime_transfer_is_gone_and_cannot_be_cancelled() -> None:
    desk = two_banks()
    desk.do(inside())
    desk.do(c.Confirm(transfer="T1"))
    desk.refused(c.Cancel(transfer="T1"), Reason.ILLEGAL_TRANSITION)


def test_a_held_transfer_needs_a_call_back_by_somebody_else() -> None:
    desk = two_banks()
    desk.do(inside(option=Arrival.NEXT_DAY))
    desk.do(c.Confirm(transfer="T1"), at="10:00")
    desk.do(c.Hold(transfer="T1", until="2026-03-03T10:00", reason="first payee"))
    teller = Actor("teller", Role.TELLER_CASH)
    alone = c.Release(transfer="T1", callback_by="teller", note="genuine")
    desk.refused(alone, Reason.MAKER_IS_CHECKER, teller)
    desk.do(c.Release(transfer="T1", callback_by="supervisor", note="genuine"), teller)
    desk.advance("2026-03-05")
    assert stage(desk) is TransferState.SETTLED
    sound(desk)


def test_a_refused_transfer_frees_the_money() -> None:
    desk = two_banks()
    desk.do(inside(option=Arrival.NEXT_DAY))
    desk.do(c.Confirm(transfer="T1"))
    desk.do(c.Refuse(transfer="T1", reason="payee_listed"))
    state = desk.state(ACCOUNT, "A1")
    assert state.available == yuan("100000")
    sound(desk)


def test_an_account_frozen_before_execution_cancels_its_transfer() -> None:
    desk = two_banks()
    desk.do(inside(option=Arrival.NEXT_DAY))
    desk.do(c.Confirm(transfer="T1"))
    desk.do(
        account.Freeze(account="A1", freeze="F1", kind=FreezeKind.DEBIT_FREEZE, order="court 7")
    )
    desk.advance("2026-03-04")
    assert stage(desk) is TransferState.CANCELLED
    sound(desk)


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (outside("0"), Reason.AMOUNT_NOT_POSITIVE),
        (
            c.Request(
                transfer="T1",
                payer="A1",
                payee_name="Li Si",
                payee_account="6222",
                payee_bank="nowhere",
                amount=yuan("1"),
            ),
            Reason.PAYEE_BANK_UNKNOWN,
        ),
    ],
)
def test_a_request_is_refused_before_anything_is_held(request_: c.Request, reason: Reason) -> None:
    two_banks().refused(request_, reason)


def test_more_than_there_is_cannot_be_sent_and_the_fee_counts() -> None:
    desk = two_banks(opening="6005.00")
    desk.do(outside("6000"))
    desk.refused(c.Confirm(transfer="T1"), Reason.INSUFFICIENT_AVAILABLE_BALANCE)


def received(key: str = "r1", name: str = "Customer C1", number: str = "A1") -> i.Receive:
    return i.Receive(incoming=key, payee_account=number, payee_name=name, amount=yuan("300"))


def test_an_incoming_transfer_is_credited_once() -> None:
    desk = two_banks()
    desk.do(received())
    assert money(desk, "A1") == "100300.00"
    desk.refused(received(), Reason.STREAM_EXISTS)
    sound(desk)


@pytest.mark.parametrize(
    ("name", "number", "why"),
    [("Customer C9", "A1", "name_mismatch"), ("Customer C1", "A8", "account_not_found")],
)
def test_what_fits_nobody_waits_in_suspense_until_another_employee_finds_its_owner(
    name: str, number: str, why: str
) -> None:
    desk = two_banks()
    ledger = Actor("feng", Role.LEDGER)
    desk.do(received(name=name, number=number), ledger)
    state = desk.state(INCOMING, "r1")
    assert (state.state, state.suspense) == ("unmatched", yuan("300"))
    assert desk.events()[0].reason == why
    desk.refused(i.Resolve(incoming="r1", target="A2"), Reason.PAYEE_NAME_MISMATCH)
    if name == "Customer C1":
        desk.refused(i.Resolve(incoming="r1", target="A1"), Reason.MAKER_IS_CHECKER, ledger)
        desk.do(i.Resolve(incoming="r1", target="A1"), Actor("gao", Role.LEDGER))
        assert money(desk, "A1") == "100300.00"
    sound(desk)


def test_payer_and_payee_are_two_accounts_and_a_factor_is_given() -> None:
    desk = two_banks()
    same = inside(payee_account="A1", payee_name="Customer C1")
    desk.refused(same, Reason.PAYEE_NAME_MISMATCH)
    desk.do(inside())
    desk.refused(c.Confirm(transfer="T1", factor=""), Reason.ILLEGAL_TRANSITION)
    desk.do(c.Abandon(transfer="T1"))
    assert stage(desk) is TransferState.CANCELLED


def test_a_request_can_be_refused_before_it_is_confirmed() -> None:
    desk = two_banks()
    desk.do(inside())
    desk.do(c.Refuse(transfer="T1", reason="payee_listed"))
    desk.refused(c.Confirm(transfer="T1"), Reason.ILLEGAL_TRANSITION)
    sound(desk)


def test_a_hold_needs_a_call_back_only_before_its_time() -> None:
    desk = two_banks()
    desk.do(inside(option=Arrival.NEXT_DAY))
    desk.do(c.Confirm(transfer="T1"), at="10:00")
    desk.do(c.Hold(transfer="T1", until="2026-03-04T10:00", reason="first payee"))
    early = c.Release(transfer="T1", callback_by="", note="")
    desk.refused(early, Reason.ILLEGAL_TRANSITION)
    desk.advance("2026-03-05")
    desk.do(early)
    assert stage(desk) is TransferState.SETTLED
    sound(desk)


def test_execution_by_hand_waits_for_its_time_and_clearing_for_execution() -> None:
    desk = two_banks()
    desk.do(outside("600", Arrival.NORMAL))
    desk.do(c.Confirm(transfer="T1"), at="10:00")
    desk.refused(c.Route(transfer="T1"), Reason.ILLEGAL_TRANSITION, at="11:59")
    desk.refused(c.Send(transfer="T1"), Reason.ILLEGAL_TRANSITION)
    desk.refused(c.GiveReceipt(transfer="T1"), Reason.ILLEGAL_TRANSITION)
    desk.do(c.Route(transfer="T1"), at="12:00")
    desk.refused(c.Settle(transfer="T1"), Reason.ILLEGAL_TRANSITION)
    desk.refused(c.Return(transfer="T1", reason="early"), Reason.ILLEGAL_TRANSITION)
    sound(desk)


def test_a_payee_frozen_in_full_takes_nothing_in() -> None:
    desk = two_banks()
    desk.do(account.Freeze(account="A1", freeze="F1", kind=FreezeKind.FULL_FREEZE, order="court 7"))
    desk.do(received())
    assert desk.events()[0].reason == "credit_not_allowed"
    desk.do(account.Unfreeze(account="A1", freeze="F1", reason="lifted"))
    desk.do(i.Resolve(incoming="r1", target="A1"))
    desk.refused(i.Resolve(incoming="r1", target="A1"), Reason.ILLEGAL_TRANSITION)
    nothing = i.Receive(incoming="r2", payee_account="A1", payee_name="x", amount=yuan("0"))
    desk.refused(nothing, Reason.AMOUNT_NOT_POSITIVE)
    sound(desk)


def test_no_money_arrives_from_inside_the_bank() -> None:
    desk = two_banks()
    inner = i.Receive(
        incoming="I1",
        payee_account="A1",
        payee_name="Customer C1",
        amount=yuan("1.00"),
        rail=Rail.INTRA,
    )
    no = desk.refused(inner, Reason.RAIL_NOT_AVAILABLE)
    assert no.facts["rail"] == "intra"
