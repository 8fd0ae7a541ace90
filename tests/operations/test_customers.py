"""Customers: prospect, identity, due diligence, the file's review, agents."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.aggregates.customer import commands as c
from bankcore.aggregates.customer import events as e
from bankcore.aggregates.customer import standing_commands as standing
from bankcore.aggregates.customer.decide import Register, VerifyIdentity
from bankcore.aggregates.customer.state import AgentOnFile
from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.employee import commands as staff
from bankcore.rules.compliance.due_diligence import Service
from bankcore.rules.employees.appointment import Education
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import RM, Desk, bank, empty_bank, open_account

COMPLIANCE = Actor("co", Role.COMPLIANCE)
HR = Actor("hr1", Role.HR)


def state(desk: Desk, key: str = "C1") -> Customer:
    return desk.state(CUSTOMER, key)


def test_a_prospect_becomes_a_customer_once_the_identity_is_verified() -> None:
    desk = empty_bank()
    desk.do(c.RegisterProspect(customer="P1", name="何建平"), RM)
    again = c.RegisterProspect(customer="P1", name="何建平")
    desk.refused(again, Reason.STREAM_EXISTS, RM)
    desk.refused(c.Convert(customer="P1"), Reason.IDENTITY_NOT_VERIFIED, RM)
    desk.do(VerifyIdentity(customer="P1", document_no="110101199003074477"), RM)
    desk.do(c.Convert(customer="P1"), RM)
    assert not state(desk, "P1").prospect
    desk.refused(c.Convert(customer="P1"), Reason.ILLEGAL_TRANSITION, RM)


def test_a_bought_list_is_no_lawful_basis() -> None:
    desk = empty_bank()
    bought = c.RegisterProspect(customer="P1", name="x", basis="bought_list")
    desk.refused(bought, Reason.CONSENT_MISSING, RM)


def test_a_prospect_may_be_registered_as_a_customer_and_a_customer_only_once() -> None:
    desk = empty_bank()
    desk.do(c.RegisterProspect(customer="P1", name="何建平"), RM)
    desk.do(Register(customer="P1", name="何建平"), RM)
    desk.refused(Register(customer="P1", name="何建平"), Reason.STREAM_EXISTS, RM)


def test_a_document_may_be_shown_on_its_last_day() -> None:
    desk = bank("2026-01-05")
    last = VerifyIdentity(customer="C1", document_no="1", valid_to=date(2026, 1, 5))
    desk.do(last, RM)
    gone = VerifyIdentity(customer="C1", document_no="1", valid_to=date(2026, 1, 4))
    desk.refused(gone, Reason.IDENTITY_DOCUMENT_EXPIRED, RM)


def test_an_identity_is_not_verified_from_a_photo() -> None:
    desk = bank()
    photo = VerifyIdentity(customer="C1", document_no="1", method="photo")
    desk.refused(photo, Reason.IDENTITY_DOCUMENT_UNACCEPTABLE, RM)


def test_the_first_account_begins_the_relation_and_a_second_one_does_not() -> None:
    # Ten working days after Monday 5 January 2026 is Monday the 19th (AML-04).
    desk = bank("2026-01-05")
    begun = [x.event for x in desk.found(e.RelationOpened)]
    assert begun == [e.RelationOpened(first_product="account-A1", rate_by=date(2026, 1, 19))]
    open_account(desk, "A2", "C1", account_class="II")
    again = [x.event for x in desk.found(e.RelationOpened)]
    assert again == begun


def test_an_identity_proved_false_stops_everything_but_the_file() -> None:
    desk = bank()
    desk.do(c.ProveFalse(customer="C1", how="register"), COMPLIANCE)
    deposit = account.Deposit(account="A1", amount=yuan("10"))
    desk.refused(deposit, Reason.KYC_NONE)
    desk.do(c.RefreshKyc(customer="C1", document_no="110101199003074478"), RM)
    desk.do(deposit)


def expired_bank(day: str) -> Desk:
    """C1's document is good to 31 May 2026; the day is open."""
    desk = empty_bank("2026-05-20")
    desk.do(Register(customer="C1", name="x"), RM)
    verify = VerifyIdentity(
        customer="C1", document_no="110101199003074477", valid_to=date(2026, 5, 31)
    )
    desk.do(verify, RM)
    for command in (
        account.Apply(account="A1", customer="C1"),
        account.ChooseType(account="A1"),
        account.SignAgreement(account="A1"),
        account.Open(account="A1", opening_amount=yuan("100")),
        account.Activate(account="A1"),
    ):
        desk.do(command)
    desk.advance(day)
    return desk


DEPOSIT = account.Deposit(account="A1", amount=yuan("10"))
WITHDRAW = account.Withdraw(account="A1", amount=yuan("10"))
APPLY = account.Apply(account="A2", customer="C1")


def test_on_its_last_day_a_document_serves_everything() -> None:
    desk = expired_bank("2026-05-31")
    for command in (DEPOSIT, WITHDRAW, APPLY):
        desk.do(command)


def test_in_the_grace_nothing_new_is_opened_and_money_moves() -> None:
    desk = expired_bank("2026-06-01")
    desk.refused(APPLY, Reason.KYC_GRACE_NO_NEW_PRODUCT)
    desk.do(DEPOSIT)
    desk.do(WITHDRAW)


def test_after_the_grace_money_comes_in_and_does_not_go_out() -> None:
    desk = expired_bank("2026-08-30")
    desk.do(DEPOSIT)
    desk.refused(WITHDRAW, Reason.KYC_EXPIRED)
    expired = c.RefreshKyc(customer="C1", document_no="x", valid_to=date(2026, 8, 29))
    desk.refused(expired, Reason.IDENTITY_DOCUMENT_EXPIRED, RM)
    desk.do(c.RefreshKyc(customer="C1", document_no="x", valid_to=date(2046, 5, 31)), RM)
    desk.do(WITHDRAW)
    desk.do(APPLY)


def test_an_overdue_review_stops_new_products_until_it_is_done() -> None:
    desk = bank("2026-01-05")
    rate = standing.RateRisk(customer="C1", person=5, geography=5, product=5, occupation=5)
    desk.do(rate, COMPLIANCE)
    assert state(desk).next_review == date(2026, 7, 5)
    desk.advance("2026-07-05")
    desk.do(account.Apply(account="A2", customer="C1"))
    desk.advance("2026-07-06")
    desk.refused(
        account.Apply(account="A3", customer="C1"), Reason.KYC_REVIEW_OVERDUE_NO_NEW_PRODUCT
    )
    desk.do(DEPOSIT)
    desk.do(c.RefreshKyc(customer="C1", document_no="110101199003074477"), RM)
    assert state(desk).next_review == date(2027, 1, 6)
    desk.do(account.Apply(account="A3", customer="C1"))


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ((), Reason.SOURCE_OF_FUNDS_MISSING),
        (("source_of_funds",), Reason.PURPOSE_MISSING),
        (("source_of_funds", "purpose"), Reason.APPROVAL_MISSING),
        (("source_of_funds", "purpose", "approval"), None),
    ],
)
def test_an_unrated_customer_counts_as_high_in_due_diligence(
    items: tuple[str, ...], reason: Reason | None
) -> None:
    desk = bank()
    cash = c.PerformCdd(
        customer="C1", act="account-A1@6", service=Service.CASH, amount=yuan("50000"), items=items
    )
    if reason is None:
        desk.do(cash, RM)
        assert desk.events() == [
            e.CddPerformed(act="account-A1@6", level="enhanced", regime="2025-11", items=items)
        ]
    else:
        desk.refused(cash, reason, RM)


def test_a_low_risk_customer_is_not_asked_for_the_source() -> None:
    desk = bank()
    rate = standing.RateRisk(customer="C1", person=1, geography=1, product=1, occupation=1)
    desk.do(rate, COMPLIANCE)
    cash = c.PerformCdd(customer="C1", act="x", service=Service.CASH, amount=yuan("50000"))
    desk.do(cash, RM)
    assert desk.events()[0].level == "simplified"
    agent = c.PerformCdd(
        customer="C1", act="x", service=Service.CASH, amount=yuan("50000"), by_agent=True
    )
    desk.refused(agent, Reason.AGENT_NOT_VERIFIED, RM)


def test_a_new_company_names_its_beneficial_owner() -> None:
    desk = empty_bank()
    desk.do(Register(customer="F1", name="孙记建材", kind="firm"), RM)
    desk.do(VerifyIdentity(customer="F1", document_no="91330000", document_kind="licence"), RM)
    opening = c.PerformCdd(customer="F1", act="opening", service=Service.NEW_RELATION)
    desk.refused(opening, Reason.BENEFICIAL_OWNER_MISSING, RM)


def test_what_is_collected_asked_and_changed_is_kept() -> None:
    desk = bank()
    said = (
        c.CollectKyc(customer="C1", items=("id_copy",), values=("x",), purpose="salary"),
        c.AskSource(customer="C1", act="x", answer="sale of a flat", volunteered=True),
        c.ChangeDetails(customer="C1", field="phone", new="13900000000", old="13800000000"),
        c.ChangeDetails(customer="C1", field="name", new="何平"),
    )
    for command in said:
        desk.do(command, RM)
        assert len(desk.events()) == 1
    assert state(desk).name == "何平"


def test_an_agent_shows_his_document_and_his_authority() -> None:
    desk = bank()
    bare = c.VerifyAuthority(customer="C1", agent="何芸")
    desk.refused(bare, Reason.AGENT_IDENTITY_MISSING, RM)
    no_paper = c.VerifyAuthority(customer="C1", agent="何芸", agent_document_no="1")
    desk.refused(no_paper, Reason.AUTHORITY_MISSING, RM)
    full = c.VerifyAuthority(
        customer="C1", agent="何芸", agent_document_no="1", document="notarised"
    )
    desk.do(full, RM)
    assert state(desk).agents == (AgentOnFile("何芸", "account"),)


def test_the_newest_primary_manager_comes_first() -> None:
    desk = bank()
    desk.do(c.AssignRm(customer="C1", rm="bai"), RM)
    desk.do(c.AssignRm(customer="C1", rm="tang", primary=False), RM)
    desk.do(c.AssignRm(customer="C1", rm="rm"), RM)
    assert state(desk).rms == ("rm", "bai", "tang")


def test_an_employee_who_is_suspended_gets_no_customers() -> None:
    desk = bank()
    desk.do(staff.RecordEducation(employee="bai", level=Education.BACHELOR), HR)
    desk.refused(c.AssignRm(customer="C1", rm="bai"), Reason.EMPLOYEE_NOT_ACTIVE, RM)
