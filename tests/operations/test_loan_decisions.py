"""From request to contract: documents, four eyes, authority, splitting, disclosure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bankcore.aggregates.customer import standing_commands as standing
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.loan import Stage
from bankcore.aggregates.loan import commands_application as a
from bankcore.aggregates.loan import commands_contract as k
from bankcore.aggregates.loan import events_application as e
from bankcore.aggregates.loan import events_contract as contract
from bankcore.rules.loans.codes import Method, PaymentMode
from bankcore.values.money import yuan
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from loan_desk import (
    APPROVER,
    CHIEF,
    MAKER,
    PLAIN,
    REVIEWER,
    Wish,
    application,
    apply_for,
    approval,
    decide,
    disburse,
    investigate,
    loan_of,
    of_kind,
    sign,
)
from spec import Desk, bank

BIG = Wish(
    amount="180000.00",
    term_months=36,
    papers=(*PLAIN.papers[:-1], "purpose_contract"),
    income="60000.00",
)


def investigated(wish: Wish = PLAIN) -> Desk:
    desk = bank("2026-01-12")
    apply_for(desk, wish)
    investigate(desk, wish)
    return desk


def review_of(wish: Wish = PLAIN) -> a.Review:
    return a.Review(
        loan="L1", opinion="agree", amount=yuan(wish.amount), term_months=wish.term_months
    )


def test_the_prescreen_records_the_person_and_warns_of_the_rule() -> None:
    desk = bank("2026-01-12")
    desk.do(application(amount=yuan("600000.00"), purpose="gambling"))
    assert [w.reason for w in desk.outcomes[-1].warnings] == [Reason.AMOUNT_ABOVE_CAP]
    desk.do(a.Prescreen(loan="L1", result="eligible", monthly_income=yuan("0.00")))
    found = of_kind(desk.events(), e.LoanPrescreened)[0]
    assert (found.result, found.rule_result) == ("eligible", "refused")
    assert found.reasons == ("purpose_prohibited", "no_repayment_source")


def test_a_document_missing_unverified_or_expired_keeps_the_file_open() -> None:
    desk = bank("2026-01-12")
    desk.do(application())
    complete = a.MarkDocumentsComplete(loan="L1")
    desk.refused(complete, Reason.DOCUMENT_MISSING)
    for kind in PLAIN.papers:
        until = date(2026, 1, 15) if kind == "id_card" else None
        desk.do(a.SubmitDocument(loan="L1", document=kind, kind=kind, valid_to=until))
    desk.refused(complete, Reason.DOCUMENT_NOT_VERIFIED)
    for kind in PLAIN.papers:
        desk.do(a.VerifyDocument(loan="L1", document=kind))
    desk.advance("2026-01-16")
    desk.refused(complete, Reason.DOCUMENT_EXPIRED)
    desk.refused(a.VerifyDocument(loan="L1", document="id_card"), Reason.DOCUMENT_EXPIRED)
    desk.do(a.SubmitDocument(loan="L1", document="id-2", kind="id_card"))
    desk.do(a.VerifyDocument(loan="L1", document="id-2"))
    desk.do(complete)
    bad = a.VerifyDocument(loan="L1", document="id-2", result="rejected")
    desk.refused(bad, Reason.REASON_MISSING)
    desk.do(replace(bad, reason="forged"))
    assert loan_of(desk).stage is Stage.SUBMITTED
    assert of_kind(desk.events(), e.DocumentsReopened)[0].missing == ("id_card",)


def test_an_investigation_without_interview_is_incomplete() -> None:
    desk = bank("2026-01-12")
    apply_for(desk)
    close = a.CompleteInvestigation(loan="L1", salary=yuan("9000.00"))
    no = desk.refused(close, Reason.INTERVIEW_MISSING)
    gaps = no.facts["gaps"]
    assert isinstance(gaps, list)
    assert len(gaps) == 6
    desk.do(a.Interview(loan="L1", form="video"))
    desk.refused(close, Reason.FINDING_MISSING)


def test_maker_reviewer_and_approver_are_three_people() -> None:
    desk = investigated()
    desk.refused(approval(), Reason.NOT_INVESTIGATED, APPROVER)
    desk.refused(review_of(), Reason.MAKER_IS_REVIEWER, MAKER)
    desk.do(review_of(), REVIEWER)
    maker = Actor(MAKER.id, Role.LOAN_APPROVER)
    reviewer = Actor(REVIEWER.id, Role.LOAN_APPROVER)
    desk.refused(approval(), Reason.MAKER_IS_APPROVER, maker)
    desk.refused(approval(), Reason.REVIEWER_IS_APPROVER, reviewer)
    more = replace(approval(), amount=yuan("12000.01"))
    desk.refused(more, Reason.AMOUNT_ABOVE_RECOMMENDED, APPROVER)
    desk.do(approval(), APPROVER)
    approved = of_kind(desk.events(), e.LoanApproved)[0]
    assert (approved.level, approved.exposure) == (1, yuan("12000.00"))
    assert approved.valid_to == date(2026, 4, 12)
    desk.refused(approval(), Reason.ILLEGAL_TRANSITION, APPROVER)


def test_two_halves_of_one_loan_are_seen_as_a_split() -> None:
    # Level 2 decides up to 500,000.00 unsecured; 180,000 + 180,000 is within it, and a branch
    # head (level 1, 200,000.00) may decide one of them alone but not with the other (LN-07).
    head = Actor("head-1", Role.BRANCH_HEAD)
    desk = investigated(BIG)
    apply_for(desk, BIG, "L2")
    investigate(desk, BIG, "L2")
    desk.do(review_of(BIG), REVIEWER)
    desk.do(replace(review_of(BIG), loan="L2"), REVIEWER)
    desk.refused(approval(BIG), Reason.SPLIT_TO_STAY_UNDER_LIMIT, head)
    desk.do(approval(BIG), APPROVER)
    desk.refused(approval(BIG, "L2"), Reason.SPLIT_TO_STAY_UNDER_LIMIT, head)
    desk.do(a.Reject(loan="L2", reason="withdrawn"), APPROVER)
    guard = desk.state(GUARD, "exposure-C1")
    assert [r.contract for r in guard.reserved] == ["loan-L1"]


def test_a_loan_alone_above_the_limit_is_beyond_authority() -> None:
    desk = investigated(BIG)
    desk.do(review_of(BIG), REVIEWER)
    desk.refused(approval(BIG), Reason.BEYOND_AUTHORITY, Actor("rm-9", Role.RM))


def test_a_household_that_cannot_carry_it_needs_an_exception() -> None:
    # 180,000.00 over 36 months at 3.00 % is 5,234.62 a month: more than half of 9,000.00 (LN-04).
    poor = replace(BIG, income="9000.00")
    desk = investigated(poor)
    desk.do(review_of(poor), REVIEWER)
    desk.refused(approval(poor), Reason.TOTAL_RATIO_EXCEEDED, APPROVER)
    desk.refused(
        a.ApproveException(loan="L1", rule_id="LN-04", reason=""),
        Reason.REASON_MISSING,
        CHIEF,
    )
    desk.do(a.ApproveException(loan="L1", rule_id="LN-04", reason="bonus contract"), CHIEF)
    desk.do(approval(poor), APPROVER)
    assert loan_of(desk).stage is Stage.APPROVED


def test_an_approval_can_be_revoked_until_the_contract_is_signed() -> None:
    desk = investigated()
    decide(desk)
    revoke = a.RevokeApproval(loan="L1", reason="income changed")
    desk.refused(replace(revoke, reason=""), Reason.REASON_MISSING, APPROVER)
    desk.do(revoke, APPROVER)
    desk.do(approval(), APPROVER)
    sign(desk)
    desk.refused(revoke, Reason.CONTRACT_ALREADY_ACTIVE, APPROVER)


def test_a_draft_whose_approval_was_taken_back_is_not_signed() -> None:
    desk = investigated()
    decide(desk)
    desk.do(k.DraftContract(loan="L1", spread_bp=PLAIN.spread_bp), MAKER)
    desk.do(a.RevokeApproval(loan="L1", reason="income changed"), APPROVER)
    desk.refused(k.SignContract(loan="L1"), Reason.NOT_APPROVED)
    desk.refused(k.DraftContract(loan="L1", spread_bp=PLAIN.spread_bp), Reason.NOT_APPROVED)


def test_a_high_risk_event_stops_the_approval_and_the_signature_until_it_is_closed() -> None:
    # Likelihood 5 times impact 5 without a control is high (RSK-01).
    block = standing.BlockCredit(customer="C1", risk_event="R1", likelihood=5, impact=5)
    clear = standing.UnblockCredit(customer="C1", risk_event="R1", reason="court dropped it")
    desk = investigated()
    desk.do(review_of(), REVIEWER)
    desk.do(block)
    desk.refused(approval(), Reason.OPEN_HIGH_RISK_EVENT, APPROVER)
    desk.do(clear, Actor("head-1", Role.BRANCH_HEAD))
    desk.do(approval(), APPROVER)
    desk.do(replace(block, risk_event="R2"))
    desk.do(k.DraftContract(loan="L1", spread_bp=PLAIN.spread_bp), MAKER)
    desk.do(k.ShowAnnualisedRate(loan="L1"), MAKER)
    desk.do(k.ExplainTerms(loan="L1", items=("rate",)), MAKER)
    desk.do(k.AcknowledgeTerms(loan="L1"), MAKER)
    desk.refused(k.SignContract(loan="L1"), Reason.OPEN_HIGH_RISK_EVENT)
    desk.do(replace(clear, risk_event="R2"), Actor("head-1", Role.BRANCH_HEAD))
    desk.do(k.SignContract(loan="L1"))
    assert loan_of(desk).stage is Stage.CONTRACTED


def test_a_rejected_customer_is_told_without_betraying_words() -> None:
    desk = investigated()
    desk.do(a.Reject(loan="L1", reason="total_ratio_exceeded"), REVIEWER)
    told = a.NotifyRejection(loan="L1", text="Your income does not cover the instalments.")
    desk.do(told, MAKER)
    assert loan_of(desk).stage is Stage.REJECTED


def test_nothing_is_signed_before_it_was_shown_explained_and_acknowledged() -> None:
    desk = investigated()
    decide(desk)
    signing = k.SignContract(loan="L1")
    desk.refused(signing, Reason.ELEMENT_MISSING)
    desk.do(k.DraftContract(loan="L1", spread_bp=135))
    desk.refused(signing, Reason.TERMS_NOT_EXPLAINED)
    desk.refused(k.AcknowledgeTerms(loan="L1"), Reason.TERMS_NOT_EXPLAINED)
    desk.do(k.ExplainTerms(loan="L1", items=("rate",)))
    desk.refused(signing, Reason.TERMS_NOT_ACKNOWLEDGED)
    desk.do(k.AcknowledgeTerms(loan="L1"))
    desk.refused(signing, Reason.APR_NOT_SHOWN)
    desk.do(k.ShowAnnualisedRate(loan="L1"))
    shown = of_kind(desk.events(), contract.AnnualisedRateShown)[0]
    # Without fees the simple yearly cost of level payments is the contract rate (LN-08).
    assert str(shown.apr_simple) == "4.35"
    assert str(shown.apr_effective) == "4.44"
    desk.do(signing)
    assert loan_of(desk).undrawn == yuan("12000.00")


def test_a_new_draft_voids_what_was_said_about_the_old_one() -> None:
    desk = investigated()
    decide(desk)
    desk.do(k.DraftContract(loan="L1", spread_bp=135))
    desk.do(k.ExplainTerms(loan="L1"))
    desk.do(k.AcknowledgeTerms(loan="L1"))
    desk.do(k.ShowAnnualisedRate(loan="L1"))
    desk.do(k.DraftContract(loan="L1", spread_bp=140))
    desk.refused(k.SignContract(loan="L1"), Reason.TERMS_NOT_EXPLAINED)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount": yuan("12000.01")}, Reason.AMOUNT_ABOVE_APPROVAL),
        ({"term_months": 13}, Reason.TERM_ABOVE_APPROVAL),
        ({"spread_bp": -10}, Reason.RATE_BELOW_FLOOR),
        ({"purpose": "wedding"}, Reason.PURPOSE_DIFFERS),
        ({"missing_elements": ("purpose",)}, Reason.ELEMENT_MISSING),
        ({"upfront_costs": yuan("12000.00")}, Reason.FLOWS_NOT_A_LOAN),
    ],
)
def test_a_draft_lies_inside_the_approval(change: dict[str, object], reason: Reason) -> None:
    desk = investigated()
    decide(desk)
    draft = replace(k.DraftContract(loan="L1", spread_bp=135), **change)  # type: ignore[arg-type]
    desk.refused(draft, reason)


def test_an_approval_expires() -> None:
    desk = investigated()
    decide(desk)
    desk.do(k.DraftContract(loan="L1", spread_bp=135))
    desk.advance("2026-04-12")
    desk.refused(k.SignContract(loan="L1"), Reason.TERMS_NOT_EXPLAINED)
    desk.advance("2026-04-13")
    desk.refused(k.SignContract(loan="L1"), Reason.APPROVAL_EXPIRED)
    desk.refused(k.DraftContract(loan="L1", spread_bp=135), Reason.APPROVAL_EXPIRED)


def test_signed_terms_can_be_amended_before_the_first_draw() -> None:
    desk = investigated()
    decide(desk)
    sign(desk)
    amend = k.AmendContract(loan="L1", reason="payday", due_day=25)
    desk.refused(replace(amend, reason=""), Reason.REASON_MISSING)
    desk.do(amend)
    disburse(desk)
    rows = loan_of(desk).draws[0].rows
    # 12 to 25 January is under 15 days, so the first due date is 25 February; both ends are odd.
    assert (rows[0].due, rows[0].odd) == (date(2026, 2, 25), True)
    assert (rows[-1].due, rows[-1].odd) == (date(2027, 1, 12), True)


def test_the_cost_statement_is_asked_for_from_august_2026() -> None:
    desk = bank("2026-08-03")
    apply_for(desk)
    investigate(desk)
    decide(desk)
    desk.do(k.DraftContract(loan="L1", spread_bp=135))
    desk.do(k.ShowAnnualisedRate(loan="L1"))
    desk.do(k.ExplainTerms(loan="L1"))
    desk.do(k.AcknowledgeTerms(loan="L1"))
    desk.refused(k.SignContract(loan="L1"), Reason.COST_STATEMENT_NOT_CONFIRMED)
    desk.do(k.ConfirmCostStatement(loan="L1"))
    desk.do(k.SignContract(loan="L1"))


def test_a_draw_is_paid_once_and_inside_the_contract() -> None:
    desk = investigated()
    decide(desk)
    ask = k.RequestDrawdown(loan="L1", amount=yuan("12000.01"), mode=PaymentMode.SELF, payee="A1")
    desk.refused(ask, Reason.CONTRACT_NOT_SIGNED)
    sign(desk)
    desk.do(ask)
    desk.refused(ask, Reason.ILLEGAL_TRANSITION)
    desk.refused(k.Disburse(loan="L1", target="A1"), Reason.ABOVE_CONTRACT_AMOUNT)
    desk.do(k.RejectDrawdown(loan="L1", draw=1, reason="too much"))
    disburse(desk)
    assert loan_of(desk).undrawn == yuan("0.00")


def test_a_blocked_payee_gets_no_loan_money() -> None:
    desk = investigated()
    decide(desk)
    sign(desk)
    ask = k.RequestDrawdown(
        loan="L1",
        amount=yuan("12000.00"),
        mode=PaymentMode.SELF,
        payee="A1",
        payee_category="brokerage",
    )
    desk.do(ask)
    desk.refused(k.Disburse(loan="L1", target="A1"), Reason.PAYEE_BLOCKED)


def test_a_draw_comes_too_late_after_half_a_year() -> None:
    desk = investigated()
    decide(desk)
    sign(desk)
    desk.do(
        k.RequestDrawdown(loan="L1", amount=yuan("12000.00"), mode=PaymentMode.SELF, payee="A1")
    )
    desk.advance("2026-07-12")
    desk.refused(k.Disburse(loan="L1", target="A1"), Reason.OUTSIDE_AVAILABILITY)


def test_a_request_can_be_amended_before_it_is_decided() -> None:
    desk = bank("2026-01-12")
    apply_for(desk)
    amend = a.AmendRequest(
        loan="L1", amount=yuan("20000.00"), term_months=24, method=Method.LEVEL_PRINCIPAL
    )
    desk.do(amend)
    request = loan_of(desk).application
    assert (request.amount, request.term_months) == (yuan("20000.00"), 24)
    assert request.method is Method.LEVEL_PRINCIPAL
    desk.do(replace(amend, purpose="travel"))
    assert [x.field for x in of_kind(desk.events(), e.LoanApplicationAmended)] == ["purpose"]
