"""The customer's standing: rating, lists, measures, consents, credit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bankcore.aggregates.customer import CUSTOMER, Customer
from bankcore.aggregates.customer import commands as c
from bankcore.aggregates.customer import standing_commands as x
from bankcore.aggregates.customer import standing_events as e
from bankcore.aggregates.customer.decide import VerifyIdentity
from bankcore.aggregates.customer.standing_events import RestrictionScope, Screening
from bankcore.aggregates.customer.state import Restriction
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import commands as account
from bankcore.rules.compliance.due_diligence import RiskGrade
from bankcore.rules.compliance.measures import Basis
from bankcore.values.money import ZERO, yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import RM, Desk, bank, check_books, known_customer, open_account

COMPLIANCE = Actor("co", Role.COMPLIANCE)
CUSTOMER_SELF = Actor("C1", Role.CUSTOMER)
DEPOSIT = account.Deposit(account="A1", amount=yuan("10"))
WITHDRAW = account.Withdraw(account="A1", amount=yuan("10"))
HIGH = x.RateRisk(customer="C1", person=5, geography=5, product=5, occupation=5)
LOW = x.RateRisk(customer="C1", person=1, geography=1, product=1, occupation=1)
COURT = x.Restrict(
    customer="C1",
    measure=RestrictionScope.NO_DEBIT,
    basis=Basis.COURT,
    ground="enforcement",
    order="(2026) 17",
    until=date(2026, 2, 1),
)


def state(desk: Desk) -> Customer:
    return desk.state(CUSTOMER, "C1")


def test_a_rating_carries_score_grade_and_next_review() -> None:
    desk = bank("2026-01-05")
    desk.do(LOW, RM)
    event = desk.events()[0]
    assert isinstance(event, e.CustomerRiskRated)
    assert (event.score, event.grade, event.late) == (Fraction(20), RiskGrade.LOW, False)
    assert event.next_review == date(2028, 1, 5)


def test_a_first_rating_after_ten_working_days_is_late() -> None:
    desk = bank("2026-01-05")
    desk.advance("2026-01-20")
    desk.do(LOW, RM)
    assert desk.events()[0].late
    desk.do(LOW, RM)
    assert not desk.events()[0].late


def test_an_element_left_out_and_an_override_without_a_reason_are_refused() -> None:
    desk = bank()
    missing = x.RateRisk(customer="C1", person=1, geography=1, product=1)
    desk.refused(missing, Reason.ELEMENT_MISSING, RM)
    override = x.RateRisk(
        customer="C1", person=1, geography=1, product=1, occupation=1, overrides=("foreign_pep",)
    )
    desk.refused(override, Reason.REASON_MISSING, RM)


def test_the_manager_of_a_customer_never_lowers_the_grade() -> None:
    desk = bank()
    desk.do(c.AssignRm(customer="C1", rm="rm"), RM)
    desk.do(HIGH, RM)
    desk.refused(LOW, Reason.RATER_IS_RM_OF_CUSTOMER, RM)
    desk.do(LOW, COMPLIANCE)
    assert state(desk).risk is RiskGrade.LOW


def test_a_list_hit_stops_debits_and_freezes_the_accounts_in_one_save() -> None:
    desk = bank()
    hit = x.Screen(
        customer="C1", list_version="un-7", result=Screening.HIT, matches=("m1",), accounts=("A1",)
    )
    desk.refused(hit, Reason.NOT_COMPETENT, RM)
    desk.do(hit, COMPLIANCE)
    assert len(desk.events()) == 3
    frozen = desk.state(ACCOUNT, "A1")
    assert frozen.available == ZERO
    desk.refused(WITHDRAW, Reason.LISTED_PERSON)
    desk.refused(account.Apply(account="A2", customer="C1"), Reason.LISTED_PERSON)
    desk.do(DEPOSIT)
    clear = x.ClearHit(customer="C1", list_version="un-7", reason="other birth date",
                       accounts=("A1",))  # fmt: skip
    desk.refused(clear, Reason.NOT_COMPETENT, RM)
    desk.do(clear, COMPLIANCE)
    desk.do(WITHDRAW)
    check_books(desk)


def test_a_hit_freezes_only_accounts_of_the_person() -> None:
    desk = bank()
    known_customer(desk, "C2")
    open_account(desk, "A2", "C2")
    hit = x.Screen(customer="C1", list_version="un-7", result=Screening.HIT, accounts=("A2",))
    desk.refused(hit, Reason.LINKED_ACCOUNT_NOT_OWN, COMPLIANCE)


def test_a_clear_or_possible_result_restricts_nobody() -> None:
    desk = bank()
    for result in (Screening.CLEAR, Screening.POSSIBLE):
        desk.do(x.Screen(customer="C1", list_version="un-7", result=result), RM)
        assert len(desk.events()) == 1
    clear = x.ClearHit(customer="C1", list_version="un-7", reason="name only", accounts=("A1",))
    desk.do(clear, COMPLIANCE)
    assert len(desk.events()) == 1
    desk.do(WITHDRAW)


def test_a_listed_prospect_never_becomes_a_customer() -> None:
    desk = bank()
    desk.do(c.RegisterProspect(customer="P1", name="x"), RM)
    desk.do(VerifyIdentity(customer="P1", document_no="9"), RM)
    hit = x.Screen(customer="P1", list_version="un-7", result=Screening.HIT)
    desk.do(hit, COMPLIANCE)
    desk.refused(c.Convert(customer="P1"), Reason.LISTED_PERSON, RM)


def test_a_court_order_ends_by_itself_on_its_day() -> None:
    desk = bank("2026-01-05")
    desk.do(COURT, COMPLIANCE)
    desk.refused(WITHDRAW, Reason.CUSTOMER_RESTRICTED)
    desk.do(DEPOSIT)
    desk.do(account.Apply(account="A2", customer="C1"))
    desk.advance("2026-01-31")
    desk.refused(WITHDRAW, Reason.CUSTOMER_RESTRICTED)
    events = desk.advance("2026-02-01")
    lifted = [event for event in events if isinstance(event, e.CustomerRestrictionLifted)]
    assert [event.reason for event in lifted] == ["expired"]
    desk.do(WITHDRAW)


def test_a_measure_without_an_end_stays_over_the_days() -> None:
    desk = bank("2026-01-05")
    hit = x.Screen(customer="C1", list_version="un-7", result=Screening.HIT)
    desk.do(hit, COMPLIANCE)
    desk.do(COURT, COMPLIANCE)
    desk.advance("2026-02-02")
    assert [r.basis for r in state(desk).restrictions] == [Basis.LIST_HIT]


def test_a_renewed_order_takes_the_place_of_the_one_before() -> None:
    desk = bank("2026-01-05")
    desk.do(COURT, COMPLIANCE)
    renewed = x.Restrict(
        customer="C1",
        measure=RestrictionScope.NO_DEBIT,
        basis=Basis.COURT,
        ground="enforcement",
        order="(2026) 18",
        until=date(2026, 3, 1),
    )
    desk.do(renewed, COMPLIANCE)
    desk.advance("2026-02-02")
    desk.refused(WITHDRAW, Reason.CUSTOMER_RESTRICTED)


@pytest.mark.parametrize(
    ("command", "actor", "reason"),
    [
        (COURT, RM, Reason.NOT_COMPETENT),
        (
            x.Restrict(customer="C1", measure=RestrictionScope.NO_DEBIT, basis=Basis.COURT),
            COMPLIANCE,
            Reason.LEGAL_GROUND_MISSING,
        ),
        (
            x.Restrict(
                customer="C1", measure=RestrictionScope.NO_DEBIT, basis=Basis.POLICE, ground="x"
            ),
            COMPLIANCE,
            Reason.PAPERS_MISSING,
        ),
        (
            x.Restrict(
                customer="C1",
                measure=RestrictionScope.FULL,
                basis=Basis.BANK_MEASURE,
                ground="x",
            ),
            COMPLIANCE,
            Reason.MEASURE_DISPROPORTIONATE,
        ),
        (
            x.Restrict(
                customer="C1",
                measure=RestrictionScope.NO_DEBIT,
                basis=Basis.COURT,
                ground="x",
                order="1",
                told_before=True,
            ),
            COMPLIANCE,
            Reason.PRIOR_NOTICE_FORBIDDEN,
        ),
    ],
)
def test_measures_that_the_law_does_not_carry_are_refused(
    command: x.Restrict, actor: Actor, reason: Reason
) -> None:
    bank().refused(command, reason, actor)


def test_an_order_may_freeze_to_its_last_legal_day() -> None:
    # `until` is exclusive: frozen to 5 January 2027 is a year to the day, one day more is not.
    desk = bank("2026-01-05")
    for until, reason in ((date(2027, 1, 7), Reason.ORDER_LONGER_THAN_LEGAL_MAXIMUM),):
        longer = x.Restrict(
            customer="C1",
            measure=RestrictionScope.NO_DEBIT,
            basis=Basis.COURT,
            ground="x",
            order="1",
            until=until,
        )
        desk.refused(longer, reason, COMPLIANCE)
    year = x.Restrict(
        customer="C1",
        measure=RestrictionScope.NO_DEBIT,
        basis=Basis.COURT,
        ground="x",
        order="1",
        until=date(2027, 1, 6),
    )
    desk.do(year, COMPLIANCE)


def test_the_bank_s_own_measure_needs_high_risk() -> None:
    desk = bank()
    own = x.Restrict(
        customer="C1",
        measure=RestrictionScope.NO_NEW_PRODUCT,
        basis=Basis.BANK_MEASURE,
        ground="AML24 art. 30",
    )
    desk.do(own, COMPLIANCE)
    desk.do(LOW, COMPLIANCE)
    desk.refused(own, Reason.MEASURE_DISPROPORTIONATE, COMPLIANCE)
    desk.do(HIGH, COMPLIANCE)
    desk.do(own, COMPLIANCE)


def test_only_measures_of_compliance_in_force_are_kept_secret() -> None:
    desk = bank("2026-01-05")
    desk.do(COURT, COMPLIANCE)
    assert not state(desk).under_measure(date(2026, 1, 5))
    temporary = Restriction(
        RestrictionScope.FULL, Basis.PBOC_TEMPORARY, "", date(2026, 1, 5), date(2026, 1, 7)
    )
    customer = Customer(restrictions=(temporary,))
    days = [date(2026, 1, day) for day in (4, 5, 6, 7)]
    assert [customer.under_measure(day) for day in days] == [False, True, True, False]


def test_a_court_order_is_no_list_hit() -> None:
    desk = bank()
    desk.do(c.RegisterProspect(customer="P1", name="x"), RM)
    desk.do(VerifyIdentity(customer="P1", document_no="9"), RM)
    order = x.Restrict(
        customer="P1",
        measure=RestrictionScope.NO_DEBIT,
        basis=Basis.COURT,
        ground="enforcement",
        order="1",
    )
    desk.do(order, COMPLIANCE)
    desk.do(c.Convert(customer="P1"), RM)


def test_only_a_measure_in_force_is_lifted_with_a_reason() -> None:
    desk = bank()
    lift = x.LiftRestriction(
        customer="C1", measure=RestrictionScope.NO_DEBIT, basis=Basis.COURT, reason="lifted"
    )
    silent = x.LiftRestriction(
        customer="C1", measure=RestrictionScope.NO_DEBIT, basis=Basis.COURT, reason=" "
    )
    desk.refused(lift, Reason.ILLEGAL_TRANSITION, COMPLIANCE)
    desk.do(COURT, COMPLIANCE)
    desk.refused(lift, Reason.NOT_COMPETENT, RM)
    desk.refused(silent, Reason.REASON_MISSING, COMPLIANCE)
    desk.do(lift, COMPLIANCE)
    desk.do(WITHDRAW)


def test_only_a_high_residual_risk_blocks_credit_and_another_person_lifts_it() -> None:
    desk = bank()
    medium = x.BlockCredit(customer="C1", risk_event="R1", likelihood=4, impact=4, control_pct=40)
    desk.refused(medium, Reason.SCORE_OUT_OF_RANGE, RM)
    high = x.BlockCredit(customer="C1", risk_event="R1", likelihood=5, impact=2)
    desk.do(high, RM)
    assert [b.risk_event for b in state(desk).credit_blocks] == ["R1"]
    close = x.UnblockCredit(customer="C1", risk_event="R1", reason="paid back")
    unknown = x.UnblockCredit(customer="C1", risk_event="R9", reason="paid back")
    desk.refused(unknown, Reason.STREAM_NOT_FOUND, COMPLIANCE)
    desk.refused(close, Reason.CLOSER_IS_RAISER, Actor("rm", Role.COMPLIANCE))
    desk.do(close, COMPLIANCE)
    assert state(desk).credit_blocks == ()


def test_a_consent_lives_24_months_unless_it_is_taken_back() -> None:
    desk = bank("2026-01-05")
    desk.do(x.GrantConsent(customer="C1", scope="survey"), CUSTOMER_SELF)
    assert state(desk).consents_to("survey", date(2028, 1, 5))
    assert not state(desk).consents_to("survey", date(2028, 1, 6))
    assert not state(desk).consents_to("recording", date(2026, 1, 5))
    desk.do(x.RevokeConsent(customer="C1", scope="survey"), CUSTOMER_SELF)
    assert not state(desk).consents_to("survey", date(2026, 1, 5))
    desk.do(x.GrantConsent(customer="C1", scope="survey", until=date(2026, 1, 5)), CUSTOMER_SELF)
    assert state(desk).consents_to("survey", date(2026, 1, 5))


def test_the_credit_register_is_queried_once_per_authorisation_and_in_time() -> None:
    desk = bank("2026-01-05")
    query = x.QueryCredit(customer="C1", purpose="loan", report="r1", overdue_count=1)
    desk.refused(query, Reason.QUERY_NOT_AUTHORISED, RM)
    authorise = x.AuthoriseCreditQuery(customer="C1", purpose="loan")
    desk.do(authorise, CUSTOMER_SELF)
    desk.do(query, RM)
    desk.refused(query, Reason.QUERY_NOT_AUTHORISED, RM)
    desk.do(authorise, CUSTOMER_SELF)
    desk.advance("2026-02-05")
    desk.refused(query, Reason.QUERY_NOT_AUTHORISED, RM)


def test_a_credit_grade_has_an_end() -> None:
    desk = bank()
    rate = x.RateCredit(customer="C1", grade="A", valid_to=date(2027, 1, 4), inputs={"score": "82"})
    desk.do(rate, RM)
    assert (state(desk).credit_grade, state(desk).credit_grade_valid_to) == (
        "A",
        date(2027, 1, 4),
    )
