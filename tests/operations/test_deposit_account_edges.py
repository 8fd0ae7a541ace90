"""Edges of deposit accounts: order of refusals, orders of authorities, closing with little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.customer import commands as file
from bankcore.aggregates.customer import decide as customer
from bankcore.aggregates.customer import standing_commands as standing
from bankcore.aggregates.deposit_account import ACCOUNT, DepositAccount, Stage
from bankcore.aggregates.deposit_account import commands as c
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.deposit_account.agenda import agenda, subledger
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.audit.recompute.deposit_account import interest_settled
from bankcore.projections.window import Window
from bankcore.rules.deposits.availability import FreezeKind
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from bankcore.values.money import Money, yuan
from bankcore.values.reasons import Reason
from spec import Desk, bank, empty_bank, known_customer, open_account, sound

LATE: dict[str, Any] = {"ground": "correction", "approval": "branch", "approver": "head"}


def account(desk: Desk, key: str = "A1") -> DepositAccount:
    return desk.state(ACCOUNT, key)


def applied(product: str = "demand_q", account_class: str = "I") -> Desk:
    desk = empty_bank("2026-01-05")
    known_customer(desk, "C1")
    desk.do(c.Apply(account="A1", customer="C1"))
    desk.do(c.ChooseType(account="A1", product=product, account_class=account_class))
    return desk


def test_an_application_is_rejected_with_a_reason_and_goes_no_further() -> None:
    desk = applied()
    desk.refused(c.Apply(account="A1", customer="C1"), Reason.STREAM_EXISTS)
    desk.refused(c.Reject(account="A1", reason=""), Reason.REASON_MISSING)
    desk.do(c.Reject(account="A1", reason="incomplete"))
    assert account(desk).stage is Stage.REJECTED
    desk.refused(c.SignAgreement(account="A1"), Reason.ILLEGAL_TRANSITION)


def test_only_demand_products_are_opened_as_accounts() -> None:
    desk = empty_bank("2026-01-05")
    known_customer(desk, "C1")
    desk.do(c.Apply(account="A1", customer="C1"))
    desk.refused(c.ChooseType(account="A1", product="lump_lump"), Reason.PRODUCT_UNKNOWN)


def test_the_agreement_comes_before_opening_and_before_activating() -> None:
    desk = applied()
    desk.refused(c.Activate(account="A1"), Reason.AGREEMENT_NOT_SIGNED)
    desk.refused(c.Open(account="A1", opening_amount=yuan("0.50")), Reason.AGREEMENT_NOT_SIGNED)
    desk.do(c.SignAgreement(account="A1"))
    desk.refused(c.Open(account="A1", opening_amount=yuan("0.50")), Reason.AMOUNT_BELOW_MINIMUM)
    desk.do(c.Open(account="A1"))
    assert account(desk).balance == yuan("0.00")
    desk.do(c.Activate(account="A1"))
    desk.refused(c.Activate(account="A1"), Reason.ILLEGAL_TRANSITION)


def test_a_class_three_account_starts_with_little() -> None:
    desk = applied(account_class="III")
    desk.do(c.SignAgreement(account="A1"))
    desk.refused(
        c.Open(account="A1", opening_amount=yuan("2000.01")), Reason.BALANCE_ABOVE_CLASS_LIMIT
    )


def test_before_there_were_classes_one_account_a_person_was_the_limit() -> None:
    desk = bank("2016-11-30")
    desk.do(c.Apply(account="A2", customer="C1"))
    desk.do(c.ChooseType(account="A2", product="demand"))
    desk.do(c.SignAgreement(account="A2"))
    desk.refused(c.Open(account="A2"), Reason.CLASS_ONE_EXISTS)


def test_a_child_needs_a_guardian() -> None:
    desk = empty_bank("2026-01-05")
    desk.do(customer.Register(customer="C1", name="Kid", birth_date="2012-01-06"))
    desk.do(customer.VerifyIdentity(customer="C1", document_no="1", valid_to=date(2030, 1, 1)))
    mother = {"agent": "mother", "agent_document_no": "2", "document": "household book"}
    for key, agent, reason in (
        ("A1", None, Reason.GUARDIAN_REQUIRED),
        ("A2", "mother", Reason.AGENT_IDENTITY_MISSING),
        ("A3", "mother", Reason.GUARDIAN_REQUIRED),
        ("A4", "mother", None),
    ):
        if key in {"A3", "A4"}:
            scope = "account" if key == "A3" else "guardian"
            desk.do(file.VerifyAuthority(customer="C1", scope=scope, **mother))
        desk.do(c.Apply(account=key, customer="C1", agent=agent))
        desk.do(c.ChooseType(account=key, product="demand_q"))
        desk.do(c.SignAgreement(account=key))
        if reason is None:
            desk.do(c.Open(account=key))
        else:
            desk.refused(c.Open(account=key), reason)


@pytest.mark.parametrize(
    ("kind", "born", "reason"),
    [
        ("library_card", "1990-03-07", Reason.IDENTITY_DOCUMENT_UNACCEPTABLE),
        ("household_book", "1990-03-07", Reason.IDENTITY_DOCUMENT_UNACCEPTABLE),
        ("household_book", "2012-01-06", Reason.GUARDIAN_REQUIRED),
        ("passport", "1990-03-07", None),
    ],
)
def test_the_document_on_file_decides(kind: str, born: str, reason: Reason | None) -> None:
    desk = empty_bank("2026-01-05")
    desk.do(customer.Register(customer="C1", name="Somebody", birth_date=born))
    desk.do(customer.VerifyIdentity(customer="C1", document_no="1", document_kind=kind))
    desk.do(c.Apply(account="A1", customer="C1"))
    desk.do(c.ChooseType(account="A1", product="demand_q"))
    desk.do(c.SignAgreement(account="A1"))
    if reason is None:
        desk.do(c.Open(account="A1"))
    else:
        desk.refused(c.Open(account="A1"), reason)


def test_a_customer_of_high_risk_is_asked_for_the_purpose() -> None:
    desk = applied()
    desk.do(standing.RateRisk(customer="C1", person=5, geography=5, product=5, occupation=5))
    desk.do(c.SignAgreement(account="A1"))
    desk.refused(c.Open(account="A1"), Reason.PURPOSE_MISSING)
    desk.do(file.CollectKyc(customer="C1", items=("purpose",), purpose="salary"))
    desk.do(c.Open(account="A1"))


def test_a_fee_of_the_tariff_is_taken_and_explained() -> None:
    desk = bank("2026-01-05")
    desk.do(
        catalogue.AdoptRule(
            param="fee.sms",
            value="2.00",
            valid_from=date(2026, 1, 5),
            source="tariff",
            mark="convention",
            checker="head",
        )
    )
    desk.do(c.ChargeFee(account="A1", code="sms"))
    assert account(desk).balance == yuan("998.00")
    seen = evidence(desk.entries(), Window(), desk.bank.catalogue, date(2026, 1, 5))
    for figure, value in (("fees", 200), ("balance", 99_800), ("settled-interest", 0)):
        found = explain(figure, "account-A1", seen)
        assert found.value == value
        assert found.adds_up
    desk.refused(c.ChargeFee(account="A1", code="moon"), Reason.RULE_NOT_IN_FORCE)
    sound(desk)


def test_an_order_needs_papers_and_takes_no_more_than_there_is() -> None:
    desk = bank("2026-01-05")
    order = "(2026) Zhi 7"
    desk.refused(
        c.Freeze(account="A1", freeze="F1", kind=FreezeKind.DEBIT_FREEZE), Reason.PAPERS_MISSING
    )
    desk.do(c.Freeze(account="A1", freeze="F1", kind=FreezeKind.FULL_FREEZE, order=order))
    assert account(desk).available == yuan("0.00")
    desk.refused(c.Deposit(account="A1", amount=yuan("1.00")), Reason.CREDIT_NOT_ALLOWED)
    desk.refused(c.Deduct(account="A1", amount=yuan("1.00"), order=""), Reason.PAPERS_MISSING)
    desk.refused(
        c.Deduct(account="A1", amount=yuan("1000.01"), order=order),
        Reason.INSUFFICIENT_AVAILABLE_BALANCE,
    )
    desk.do(c.Deduct(account="A1", amount=yuan("400.00"), order=order))
    desk.refused(c.Close(account="A1"), Reason.ACCOUNT_FROZEN)
    desk.refused(c.Unfreeze(account="A1", freeze="F9", reason="x"), Reason.ILLEGAL_TRANSITION)
    desk.do(c.Unfreeze(account="A1", freeze="F1", reason="lifted"))
    desk.do(c.PlaceHold(account="A1", hold="H1", amount=yuan("1.00"), purpose="order"))
    desk.refused(c.Close(account="A1"), Reason.HOLDS_PRESENT)
    desk.refused(c.ReleaseHold(account="A1", hold="H9"), Reason.ILLEGAL_TRANSITION)
    desk.do(c.ReleaseHold(account="A1", hold="H1"))
    sound(desk)


def test_an_amount_freeze_names_its_amount_and_the_other_kinds_stop_the_whole_account() -> None:
    desk = bank("2026-01-05")
    part = c.Freeze(account="A1", freeze="F1", kind=FreezeKind.AMOUNT_FREEZE, order="court 7")
    desk.refused(part, Reason.AMOUNT_NOT_POSITIVE)
    desk.do(replace(part, amount=yuan("400.00")))
    assert account(desk).available == yuan("600.00")
    desk.do(replace(part, freeze="F2", kind=FreezeKind.DEBIT_FREEZE, amount=yuan("1.00")))
    assert account(desk).available == yuan("0.00")
    desk.do(c.Deposit(account="A1", amount=yuan("1.00")))
    sound(desk)


def test_an_account_without_a_fen_closes_without_payment() -> None:
    desk = applied(account_class="II")
    desk.do(c.SignAgreement(account="A1"))
    desk.do(c.Open(account="A1"))
    desk.do(c.RequestClose(account="A1"))
    assert account(desk).stage is Stage.CLOSING
    desk.do(c.Close(account="A1"))
    assert e.DepositAccountClosed(reason="customer") in desk.events()
    assert not [x for x in desk.events() if isinstance(x, e.FundsWithdrawn)]
    desk.refused(c.Deposit(account="A1", amount=yuan("1.00")), Reason.ACCOUNT_NOT_OPEN)
    desk.refused(c.Withdraw(account="A1", amount=yuan("1.00")), Reason.ACCOUNT_NOT_OPEN)
    desk.refused(c.RequestClose(account="A1"), Reason.ILLEGAL_TRANSITION)


def test_a_late_withdrawal_needs_the_money_on_each_day_since() -> None:
    desk = bank("2026-01-05", opening="100.00")
    desk.advance("2026-01-10")
    desk.do(c.Deposit(account="A1", amount=yuan("900.00")))
    late = {**LATE, "value_date": date(2026, 1, 6)}
    desk.refused(
        c.Withdraw(account="A1", amount=yuan("100.01")),
        Reason.INSUFFICIENT_FUNDS_AT_VALUE_DATE,
        **late,
    )
    desk.do(c.Withdraw(account="A1", amount=yuan("100.00")), **late)
    sound(desk)


def test_a_late_fact_too_small_for_a_fen_books_no_adjustment() -> None:
    desk = bank("2026-03-02")
    desk.advance("2026-03-25")
    desk.do(
        c.Deposit(account="A1", amount=yuan("0.50")), **{**LATE, "value_date": date(2026, 3, 5)}
    )
    assert [type(x) for x in desk.events()] == [e.FundsDeposited]
    sound(desk)


def test_a_settlement_of_nothing_pays_nothing() -> None:
    desk = bank("2026-03-19", opening="1.00")
    events = desk.advance("2026-03-21")
    assert [x.interest for x in events if isinstance(x, e.InterestSettled)] == [yuan("0.00")]
    assert not [x for x in events if isinstance(x, e.InterestPaid)]
    sound(desk)


def test_only_cash_and_fees_are_reversed_by_two_people_within_a_year() -> None:
    desk = bank("2026-01-05")
    opened = desk.found(e.DepositAccountOpened)[0].id
    placed = desk.found(e.FundsDeposited)[0].id

    def reverse(entry: str, reason: str = "error") -> c.Reverse:
        return c.Reverse(account="A1", reverses=entry, reason=reason)

    desk.refused(reverse(placed, ""), Reason.REASON_MISSING)
    desk.refused(reverse(placed), Reason.MAKER_IS_CHECKER)
    desk.refused(reverse(opened), Reason.ILLEGAL_TRANSITION, approver="head")
    desk.do(c.Withdraw(account="A1", amount=yuan("10.00")))
    taken = desk.found(e.FundsWithdrawn)[0].id
    desk.do(reverse(taken), approver="head")
    assert account(desk).balance == yuan("1000.00")
    desk.refused(reverse(taken), Reason.ILLEGAL_TRANSITION, approver="head")
    desk.advance("2027-01-06")
    desk.refused(reverse(placed), Reason.BACK_VALUE_BEYOND_LIMIT, approver="head")
    sound(desk)


def test_a_dormant_account_is_not_corrected_before_it_wakes() -> None:
    desk = bank("2023-01-10", opening="500.00")
    desk.advance("2026-01-10")
    placed = desk.found(e.FundsDeposited)[0].id
    undo = c.Reverse(account="A1", reverses=placed, reason="error")
    desk.refused(undo, Reason.ACCOUNT_DORMANT, approver="head")


def test_an_account_before_its_type_owes_nothing() -> None:
    assert subledger(DepositAccount()) == {}
    assert list(agenda("account-A1", DepositAccount())) == []


@pytest.mark.parametrize("figure", ["balance", "settled-interest", "accrued-interest", "fees"])
def test_an_account_that_does_not_exist_is_not_explained(figure: str) -> None:
    desk = bank("2026-01-05")
    seen = evidence(desk.entries(), Window(), desk.bank.catalogue, date(2026, 1, 5))
    with pytest.raises(BadInput, match="no account"):
        explain(figure, "account-A9", seen)


def settled() -> tuple[DepositAccount, Entry[Any]]:
    """The state before a settlement, and the settlement."""
    desk = bank("2026-03-02", opening="10000.00")
    desk.advance("2026-03-20")
    before = account(desk)
    desk.advance("2026-03-21")
    entry = desk.found(e.InterestSettled)[0]
    return before, entry


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("interest", Money(99), "recomputed"),
        ("start", date(2026, 3, 3), "period starts"),
        ("remainder", 1, "remainder"),
    ],
)
def test_a_forged_settlement_is_noticed(field: str, value: object, word: str) -> None:
    before, entry = settled()
    assert interest_settled(before, entry) is None
    forged = replace(entry, event=replace(entry.event, **{field: value}))
    assert word in (interest_settled(before, forged) or "")
    assert interest_settled(None, entry) == "interest settled before the account was opened"


def test_the_second_class_one_account_is_seen_early_and_refused_late() -> None:
    desk = bank("2026-01-05")
    desk.do(c.Apply(account="A2", customer="C1"))
    desk.do(c.ChooseType(account="A2", product="demand"))
    assert [w.reason for w in desk.outcomes[-1].warnings] == [Reason.CLASS_ONE_EXISTS]
    desk.do(c.SignAgreement(account="A2"))
    desk.refused(c.Open(account="A2"), Reason.CLASS_ONE_EXISTS)
    desk.do(c.Close(account="A1"))
    desk.do(c.Open(account="A2"))
    open_account(desk, "A3", "C1", account_class="II")
    sound(desk)
