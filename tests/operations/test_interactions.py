"""Interactions: what is said is kept, warned of and never refused; what the bank sends may be."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from bankcore.aggregates.customer import standing_commands as standing
from bankcore.aggregates.customer.standing_events import RestrictionScope
from bankcore.aggregates.interaction import INTERACTION, Interaction
from bankcore.aggregates.interaction import advice_commands as y
from bankcore.aggregates.interaction import advice_events as a
from bankcore.aggregates.interaction import commands as c
from bankcore.aggregates.interaction import events as e
from bankcore.rules.compliance.measures import Basis
from bankcore.rules.relations.contact import Purpose
from bankcore.values.money import ZERO, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason
from bankcore.values.roles import Actor, Role
from spec import RM, Desk, bank

CUSTOMER = Actor("C1", Role.CUSTOMER)


def talk() -> Desk:
    desk = bank("2026-06-08")
    desk.do(c.Open(interaction="I1", customer="C1"), RM)
    return desk


def state(desk: Desk) -> Interaction:
    return desk.state(INTERACTION, "I1")


def warned(desk: Desk) -> list[Reason]:
    return [warning.reason for warning in desk.outcomes[-1].warnings]


def measured(desk: Desk) -> None:
    restrict = standing.Restrict(
        customer="C1",
        measure=RestrictionScope.NO_NEW_PRODUCT,
        basis=Basis.BANK_MEASURE,
        ground="AML24 art. 30",
    )
    desk.do(restrict, Actor("co", Role.COMPLIANCE))


SAID: tuple[tuple[Any, Any], ...] = (
    (
        c.Ask(interaction="I1", topic="other_money", answer="90,000 on 5 June"),
        e.CustomerAnswered(topic="other_money", answer="90,000 on 5 June"),
    ),
    (
        c.RecordQuestion(interaction="I1", topic="interest", question="how much?"),
        e.CustomerAsked(question="how much?", topic="interest"),
    ),
    (c.Warn(interaction="I1", kind="fraud"), e.CustomerWarned(kind="fraud")),
    (
        c.AdviseChannel(interaction="I1", channel="app", function="transfer", told=False),
        e.ChannelAdvised(channel="app", function="transfer", cut_off_told=False),
    ),
    (
        c.AdviseChannel(interaction="I1", channel="app", function="repayment"),
        e.RepaymentChannelAdvised(channel="app", lag_told=True),
    ),
    (
        c.RequestDocument(interaction="I1", kind="income", purpose="loan"),
        e.DocumentRequested(kind="income", purpose="loan"),
    ),
    (
        c.ExplainFlag(interaction="I1", flag="round_amounts", evidence=("x@1",)),
        e.FlagExplained(flag="round_amounts", evidence=("x@1",)),
    ),
    (
        c.TakeOrder(interaction="I1", kind="buy", product="F1", amount=yuan("5")),
        e.OrderTaken(kind="buy", product="F1", amount=yuan("5")),
    ),
    (c.AcceptPower(interaction="I1", kind="pin"), e.PowerAccepted(kind="pin")),
    (
        c.Turn(interaction="I1", text="好", option="A", skill="listen", tags=("x",)),
        e.InteractionTurnTaken(
            option="A", skill="listen", tags=("x",), text="好", instructed_by=""
        ),
    ),
    (
        y.Explain(interaction="I1", product="lump_lump", items=("partial_used",)),
        a.ProductExplained(product="lump_lump", items=("partial_used",)),
    ),
    (
        y.Quote(
            interaction="I1",
            quote="q1",
            rule_id="DEP-06",
            figure=Fraction("196.39"),
            inputs={"b": "2", "a": "1"},
        ),
        a.QuoteGiven(
            quote="q1",
            rule_id="DEP-06",
            inputs={"a": "1", "b": "2"},
            figure=Fraction(19639, 100),
            unit="yuan",
        ),
    ),
    (
        y.OfferLoan(interaction="I1", product="consumer", amount=yuan("80000")),
        a.LoanOffered(product="consumer", amount=yuan("80000"), term_months=12),
    ),
    (
        y.Recommend(interaction="I1", product="lump_lump", need="n1"),
        a.ProductRecommended(
            product="lump_lump", amount=ZERO, term="", reason="", need="n1", tied_to=""
        ),
    ),
    (
        y.OfferPlan(interaction="I1", product="lump_lump.12", rate=AnnualRate.of("0.95")),
        a.DepositPlanOffered(product="lump_lump.12", rate=AnnualRate.of("0.95"), inducement=ZERO),
    ),
    (y.Correct(interaction="I1", about="q1"), a.CorrectionTold(about="q1")),
)


@pytest.mark.parametrize(("command", "event"), SAID)
def test_what_is_said_is_kept_as_it_was_said(command: Any, event: Any) -> None:
    desk = talk()
    desk.do(command, RM)
    assert desk.events() == [event]
    assert warned(desk) == []


@pytest.mark.parametrize("command", [command for command, _ in SAID[:-1]])
def test_a_talk_that_ended_takes_no_more_turns(command: Any) -> None:
    desk = talk()
    desk.do(c.Close(interaction="I1"), RM)
    desk.refused(command, Reason.ILLEGAL_TRANSITION, RM)


def test_a_talk_begins_once_and_with_a_known_customer() -> None:
    desk = talk()
    desk.refused(c.Open(interaction="I1", customer="C1"), Reason.STREAM_EXISTS, RM)
    desk.refused(c.Open(interaction="I2", customer="C9"), Reason.STREAM_NOT_FOUND, RM)
    desk.refused(c.Close(interaction="I9"), Reason.STREAM_NOT_FOUND, RM)


def test_an_answer_uncovers_a_topic() -> None:
    desk = talk()
    desk.do(c.Ask(interaction="I1", topic="deadline", answer="10 April"), RM)
    assert state(desk).topics == {"deadline"}


def test_a_grievance_is_settled_only_where_it_was_voiced() -> None:
    desk = talk()
    settle = c.ResolveOnTheSpot(interaction="I1", grievance="g1")
    desk.refused(settle, Reason.STREAM_NOT_FOUND, RM)
    desk.do(c.VoiceGrievance(interaction="I1", grievance="g1", facts=("fee",)), CUSTOMER)
    assert state(desk).grievances == {"g1"}
    desk.do(settle, RM)
    assert state(desk).grievances == frozenset()


def test_a_quote_and_a_recommendation_may_be_put_right_after_the_talk() -> None:
    desk = talk()
    wrong = y.CorrectQuote(interaction="I1", quote="q1", figure=Fraction("196.39"))
    desk.refused(wrong, Reason.STREAM_NOT_FOUND, RM)
    quote = y.Quote(
        interaction="I1", quote="q1", rule_id="DEP-06", figure=Fraction(3063), inputs={}
    )
    desk.do(quote, RM)
    desk.do(y.Recommend(interaction="I1", product="wealth"), RM)
    said = desk.outcomes[-1].entries[-1].id
    desk.do(c.Close(interaction="I1"), RM)
    desk.do(wrong, RM)
    desk.do(y.WithdrawRecommendation(interaction="I1", recommendation=said), RM)
    assert state(desk).recommendations == frozenset()
    gone = y.WithdrawRecommendation(interaction="I1", recommendation=said)
    desk.refused(gone, Reason.STREAM_NOT_FOUND, RM)


def test_words_that_betray_a_measure_are_said_and_warned_of() -> None:
    desk = talk()
    betrays = c.Turn(interaction="I1", text="系统提示您的交易可疑")
    desk.do(betrays, RM)
    assert warned(desk) == []
    measured(desk)
    desk.do(betrays, RM)
    assert warned(desk) == [Reason.FORBIDDEN_WORDING]
    desk.do(c.Turn(interaction="I1", text="业务需进一步核实"), RM)
    assert warned(desk) == []


@pytest.mark.parametrize(
    ("rate", "inducement", "actor", "reason"),
    [
        ("0.95", "100", RM, Reason.DEPOSIT_INDUCEMENT),
        ("2.26", "0", RM, Reason.RATE_ABOVE_CEILING),
        ("1.00", "0", RM, Reason.RATE_ABOVE_AUTHORITY),
        ("1.00", "0", Actor("xu", Role.BRANCH_HEAD), None),
        ("2.25", "0", Actor("ho", Role.HEAD_OFFICE), None),
    ],
)
def test_a_rate_beyond_board_and_authority_is_offered_and_warned_of(
    rate: str, inducement: str, actor: Actor, reason: Reason | None
) -> None:
    # Board of 1 year 0.95 %, ceiling 1.50 % + 75 bp = 2.25 %; a sub-branch head adds 5 bp.
    desk = talk()
    offer = y.OfferPlan(
        interaction="I1",
        product="lump_lump.12",
        rate=AnnualRate.of(rate),
        inducement=yuan(inducement),
    )
    desk.do(offer, actor)
    expected = [] if reason is None else [reason]
    assert warned(desk) == expected


def test_a_product_that_is_not_sold_is_recommended_and_warned_of() -> None:
    desk = talk()
    desk.do(y.Recommend(interaction="I1", product="education"), RM)
    assert warned(desk) == [Reason.PRODUCT_NOT_ON_SALE]


def ad(key: str = "N1") -> c.Notify:
    return c.Notify(interaction=key, customer="C1", text="新产品", purpose=Purpose.MARKETING)


def test_marketing_needs_consent_and_service_does_not() -> None:
    desk = bank("2026-06-08")
    desk.refused(ad(), Reason.NO_MARKETING_CONSENT, RM)
    desk.do(c.Notify(interaction="N1", customer="C1", text="证件将到期"), RM, at="22:30")
    desk.do(standing.GrantConsent(customer="C1", scope="marketing_sms"), CUSTOMER)
    desk.do(ad(), RM)
    desk.do(standing.RevokeConsent(customer="C1", scope="marketing_sms"), CUSTOMER)
    desk.refused(ad(), Reason.NO_MARKETING_CONSENT, RM)


def test_marketing_keeps_to_hours_and_caps() -> None:
    desk = bank("2026-06-08")
    desk.do(standing.GrantConsent(customer="C1", scope="marketing_sms"), CUSTOMER)
    desk.refused(ad(), Reason.OUTSIDE_CONTACT_HOURS, RM, at="20:01")
    desk.do(ad(), RM, at="20:00")
    desk.do(ad(), RM)
    desk.refused(ad(), Reason.WEEKLY_CAP_REACHED, RM)
    desk.advance("2026-06-15")
    desk.do(ad(), RM)
    desk.do(ad(), RM)
    desk.advance("2026-06-22")
    desk.refused(ad(), Reason.MONTHLY_CAP_REACHED, RM)


def test_a_message_of_the_bank_never_betrays_a_measure() -> None:
    desk = bank("2026-06-08")
    betrays = c.Notify(interaction="N1", customer="C1", text="您的交易已上报")
    measured(desk)
    desk.refused(betrays, Reason.FORBIDDEN_WORDING, RM)
    desk.do(c.Notify(interaction="N1", customer="C1", text="业务需进一步核实"), RM)
