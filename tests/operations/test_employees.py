"""Employees: appointment, roles, delegations, certificates, and what they allow."""

from __future__ import annotations

from datetime import date

import pytest

from bankcore.aggregates.deposit_account import commands as account
from bankcore.aggregates.employee import EMPLOYEE, Employee
from bankcore.aggregates.employee import commands as c
from bankcore.aggregates.employee import events as e
from bankcore.operations.decision import Decision, Frame
from bankcore.operations.staff import (
    Waiver,
    check_certified,
    grade_of,
    superiors_of,
    waive,
)
from bankcore.projections.live import Live
from bankcore.rules.employees.appointment import Education
from bankcore.store.reader import LiveReader
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Actor, Role
from spec import Desk, bank, empty_bank

HR = Actor("hr1", Role.HR)


def hire(desk: Desk, key: str, role: Role, grade: int, reports_to: str = "") -> None:
    """Record, verify, declare and appoint."""
    desk.do(c.RecordEducation(employee=key, level=Education.BACHELOR), HR)
    desk.do(c.VerifyEducation(employee=key), HR)
    desk.do(c.Declare(employee=key), Actor(key, Role.RM))
    desk.do(c.Appoint(employee=key, name=key, role=role, grade=grade, reports_to=reports_to), HR)


def file_of(desk: Desk, key: str) -> Employee:
    return desk.state(EMPLOYEE, key)


def deciding(desk: Desk, actor: Actor) -> Decision:
    """A decision of its own on the bank's present state."""
    return Decision(LiveReader(desk.bank.log, Live()), Frame(actor=actor, command_id="x"))


def test_an_appointment_gives_a_post_and_its_role() -> None:
    desk = empty_bank()
    hire(desk, "bai", Role.RM, 2)
    assert [type(x) for x in desk.events()] == [e.EmployeeAppointed, e.RoleGranted]
    assert file_of(desk, "bai").holds("rm", date(2026, 1, 5))
    assert not file_of(desk, "bai").holds("rm", date(2026, 1, 4))


def test_a_candidate_without_diploma_or_declaration_is_refused() -> None:
    desk = empty_bank()
    appoint = c.Appoint(employee="bai", name="bai", role=Role.RM, grade=2)
    desk.refused(appoint, Reason.DIPLOMA_NOT_VERIFIED, HR)
    desk.do(c.RecordEducation(employee="bai", level=Education.SECONDARY), HR)
    desk.do(c.VerifyEducation(employee="bai"), HR)
    desk.refused(appoint, Reason.EDUCATION_TOO_LOW, HR)
    exception = c.ApproveException(employee="bai", reason="twenty years of sales")
    desk.do(exception, Actor("head", Role.HEAD_OFFICE))
    desk.refused(appoint, Reason.DECLARATION_MISSING, HR)
    desk.do(c.Declare(employee="bai"), Actor("bai", Role.RM))
    desk.do(appoint, HR)


def test_an_exception_comes_from_a_third_person_of_high_grade_with_a_reason() -> None:
    desk = empty_bank()
    hire(desk, "luo", Role.BRANCH_HEAD, 5)
    desk.do(c.RecordEducation(employee="bai", level=Education.SECONDARY), HR)
    asked = c.ApproveException(employee="bai", reason="sales")
    own = c.ApproveException(employee="luo", reason="sales")
    desk.refused(c.ApproveException(employee="bai", reason=" "), Reason.REASON_MISSING, HR)
    desk.refused(own, Reason.MAKER_IS_CHECKER, Actor("luo", Role.BRANCH_HEAD))
    desk.refused(asked, Reason.APPOINTER_LEVEL_TOO_LOW, Actor("luo", Role.BRANCH_HEAD))
    hire(desk, "gao", Role.HEAD_OFFICE, 6)
    desk.do(asked, Actor("gao", Role.HEAD_OFFICE))


def test_an_appointer_on_file_stands_above_the_grade_he_gives() -> None:
    desk = empty_bank()
    hire(desk, "luo", Role.BRANCH_HEAD, 5)
    hire(desk, "bai", Role.RM, 2)
    promote = c.Appoint(employee="bai", name="bai", role=Role.RM, grade=5)
    desk.refused(promote, Reason.APPOINTER_LEVEL_TOO_LOW, Actor("luo", Role.BRANCH_HEAD))
    lower = c.Appoint(employee="bai", name="bai", role=Role.RM, grade=4)
    desk.do(lower, Actor("luo", Role.BRANCH_HEAD))
    assert [type(x) for x in desk.events()] == [e.EmployeeAppointed]
    assert file_of(desk, "bai").grade == 4


def test_a_toxic_pair_is_refused_at_the_grant_and_at_the_appointment() -> None:
    desk = empty_bank()
    hire(desk, "bai", Role.RM, 2)
    toxic = c.GrantRole(employee="bai", role=Role.LOAN_APPROVER)
    desk.refused(toxic, Reason.TOXIC_ROLE_COMBINATION, HR)
    approver = c.Appoint(employee="bai", name="bai", role=Role.LOAN_APPROVER, grade=3)
    desk.refused(approver, Reason.TOXIC_ROLE_COMBINATION, HR)
    desk.do(c.WithdrawRole(employee="bai", role=Role.RM, reason="moves"), HR)
    desk.do(toxic, HR)


def test_a_role_ends_on_the_day_before_it_is_withdrawn() -> None:
    desk = empty_bank()
    hire(desk, "bai", Role.RM, 2)
    desk.advance("2026-01-07")
    gone = c.WithdrawRole(employee="bai", role=Role.RM, reason="leaves")
    desk.refused(c.WithdrawRole(employee="bai", role=Role.RM, reason=""), Reason.REASON_MISSING, HR)
    desk.do(gone, HR)
    file = file_of(desk, "bai")
    assert file.holds("rm", date(2026, 1, 6))
    assert not file.holds("rm", date(2026, 1, 7))
    desk.refused(gone, Reason.ROLE_NOT_HELD, HR)


def test_an_employee_acts_only_in_a_role_that_he_holds_today() -> None:
    desk = bank()
    hire(desk, "bai", Role.RM, 2)
    deposit = account.Deposit(account="A1", amount=yuan("10"))
    desk.do(deposit, Actor("bai", Role.RM))
    desk.refused(deposit, Reason.ROLE_NOT_HELD, Actor("bai", Role.TELLER_CASH))
    desk.do(c.Suspend(employee="bai", role=Role.RM, reason="inquiry"), HR)
    desk.refused(deposit, Reason.EMPLOYEE_NOT_ACTIVE, Actor("bai", Role.RM))
    desk.do(deposit, Actor("somebody", Role.TELLER_CASH))


def test_a_suspension_ends_with_a_new_appointment() -> None:
    desk = empty_bank()
    hire(desk, "bai", Role.RM, 2)
    desk.refused(c.Suspend(employee="bai", role=Role.RM, reason=""), Reason.REASON_MISSING, HR)
    desk.do(c.Suspend(employee="bai", role=Role.RM, reason="inquiry"), HR)
    assert grade_of(deciding(desk, HR), "bai") == 0
    desk.do(c.Appoint(employee="bai", name="bai", role=Role.RM, grade=2), HR)
    assert grade_of(deciding(desk, HR), "bai") == 2


def test_certificates_serve_from_their_first_to_their_last_day() -> None:
    desk = empty_bank("2026-01-05")
    hire(desk, "bai", Role.RM, 2)
    with pytest.raises(Rejected) as refused:
        check_certified(deciding(desk, HR), "bai", "open_account")
    assert refused.value.reason is Reason.QUALIFICATION_MISSING
    desk.do(c.GrantQualification(employee="bai", kind="aml"), HR)
    check_certified(deciding(desk, HR), "bai", "open_account")
    assert file_of(desk, "bai").certificates[0].valid_to == date(2027, 1, 4)
    check_certified(deciding(desk, HR), "nobody", "open_account")


def test_a_delegation_is_lent_downward_for_ninety_days_at_most() -> None:
    desk = empty_bank()
    hire(desk, "luo", Role.BRANCH_HEAD, 5)
    hire(desk, "bai", Role.RM, 2, reports_to="luo")
    luo = Actor("luo", Role.BRANCH_HEAD)
    lend = c.Delegate(employee="bai", kind="fee_waiver", limit=yuan("500"), until=date(2026, 4, 4))
    too_long = c.Delegate(
        employee="bai", kind="fee_waiver", limit=yuan("500"), until=date(2026, 4, 5)
    )
    desk.refused(too_long, Reason.DELEGATION_EXPIRED, luo)
    desk.refused(lend, Reason.MAKER_IS_CHECKER, Actor("bai", Role.RM))
    upward = c.Delegate(employee="luo", kind="fee_waiver", limit=yuan("50"), until=date(2026, 4, 4))
    desk.refused(upward, Reason.ABOVE_AUTHORITY, Actor("bai", Role.RM))
    hire(desk, "gao", Role.BRANCH_HEAD, 5)
    sideways = c.Delegate(
        employee="gao", kind="fee_waiver", limit=yuan("500"), until=date(2026, 4, 4)
    )
    desk.do(sideways, luo)
    whole = c.Delegate(
        employee="bai", kind="cash_withdrawal_authorisation", limit=yuan("1000000"),
        until=date(2026, 4, 4),
    )  # fmt: skip
    more = c.Delegate(
        employee="bai", kind="cash_withdrawal_authorisation", limit=yuan("1000000.01"),
        until=date(2026, 4, 4),
    )  # fmt: skip
    desk.refused(more, Reason.ABOVE_AUTHORITY, luo)
    desk.do(whole, luo)
    desk.do(lend, luo)
    assert superiors_of(deciding(desk, HR), ["bai", "nobody"]) == {"luo"}

    bai = Actor("bai", Role.RM)
    small = Waiver("fee_waiver", "C1", "account-A1", yuan("50"))
    assert waive(deciding(desk, bai), small) == 2
    lent = Waiver("fee_waiver", "C1", "account-A1", yuan("500"))
    waive(deciding(desk, bai), lent)
    for amount, reason in (("500.01", Reason.ABOVE_AUTHORITY),):
        with pytest.raises(Rejected) as refused:
            waive(deciding(desk, bai), Waiver("fee_waiver", "C1", "A1", yuan(amount)))
        assert refused.value.reason is reason


def test_an_expired_delegation_takes_nothing_from_the_own_authority() -> None:
    desk = empty_bank("2026-01-05")
    hire(desk, "luo", Role.BRANCH_HEAD, 5)
    hire(desk, "bai", Role.RM, 2)
    lend = c.Delegate(employee="bai", kind="fee_waiver", limit=yuan("500"), until=date(2026, 1, 6))
    desk.do(lend, Actor("luo", Role.BRANCH_HEAD))
    desk.advance("2026-01-07")
    bai = deciding(desk, Actor("bai", Role.RM))
    assert waive(bai, Waiver("fee_waiver", "C1", "A1", yuan("50"))) == 2
    with pytest.raises(Rejected) as refused:
        waive(bai, Waiver("fee_waiver", "C2", "A2", yuan("500")))
    assert refused.value.reason is Reason.DELEGATION_EXPIRED


def test_waivers_of_thirty_days_count_together_and_nobody_waives_his_own_request() -> None:
    desk = empty_bank()
    hire(desk, "bai", Role.RM, 2)
    decision = deciding(desk, Actor("bai", Role.RM))
    waive(decision, Waiver("fee_waiver", "C1", "A1", yuan("30")))
    with pytest.raises(Rejected) as refused:
        waive(decision, Waiver("fee_waiver", "customer-C1", "A1", yuan("30")))
    assert refused.value.reason is Reason.ABOVE_AUTHORITY
    with pytest.raises(Rejected) as refused:
        waive(decision, Waiver("fee_waiver", "C2", "A2", yuan("30"), makers=("bai",)))
    assert refused.value.reason is Reason.MAKER_IS_CHECKER


def test_a_role_may_be_granted_for_a_while_and_education_recorded_anew() -> None:
    desk = empty_bank()
    hire(desk, "bai", Role.RM, 2)
    grant = c.GrantRole(
        employee="bai", role=Role.COLLECTOR, since=date(2026, 2, 1), until=date(2026, 2, 28)
    )
    desk.do(grant, HR)
    assert not file_of(desk, "bai").holds("collector", date(2026, 1, 31))
    assert file_of(desk, "bai").holds("collector", date(2026, 2, 28))
    desk.do(c.RecordEducation(employee="bai", level=Education.MASTER), HR)
    assert not file_of(desk, "bai").diploma_verified
