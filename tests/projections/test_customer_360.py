"""Customer 360: one customer on a day, with what every desk may see."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.complaint import commands as complaint
from bankcore.aggregates.customer import commands as c
from bankcore.aggregates.customer import standing_commands as x
from bankcore.aggregates.customer.standing_events import RestrictionScope
from bankcore.aggregates.interaction import commands as talk
from bankcore.projections.customer_360 import CustomerView, customer_360, customers
from bankcore.projections.states import fold_states
from bankcore.projections.window import Window
from bankcore.rules.compliance.kyc_status import KycStatus
from bankcore.rules.compliance.measures import Basis
from bankcore.values.roles import Actor, Role
from spec import RM, Desk, bank, known_customer

COMPLIANCE = Actor("co", Role.COMPLIANCE)


def view(desk: Desk, on: date, window: Window | None = None) -> CustomerView:
    found = customer_360(
        fold_states(desk.entries(), window or Window()), "C1", on, desk.bank.catalogue
    )
    assert found is not None
    return found


def test_a_customer_shows_file_holdings_and_complaints() -> None:
    desk = bank("2026-06-08", opening="1000.00")
    known_customer(desk, "C2")
    desk.do(c.AssignRm(customer="C1", rm="bai"), RM)
    desk.do(x.GrantConsent(customer="C1", scope="survey"), RM)
    desk.do(talk.Open(interaction="I1", customer="C1"), RM)
    for key, customer in (("1", "C1"), ("2", "C2")):
        register = complaint.Register(
            complaint=key, customer=customer, channel="branch", facts=("fee",)
        )
        desk.do(register, RM)
    seen = view(desk, date(2026, 6, 8))
    assert (seen.kyc.status, seen.rms, seen.consents) == (KycStatus.VALID, ("bai",), ("survey",))
    assert [(h.stream, h.stage, h.positions) for h in seen.holdings] == [
        ("account-A1", "active", {"2011.01": -100_000})
    ]
    assert [row.complaint for row in seen.complaints] == ["complaint-1"]
    assert (seen.talks, seen.risk, seen.restricted) == (1, None, ())


def test_a_measure_shows_as_a_restriction_and_not_as_a_case() -> None:
    desk = bank("2026-06-08")
    restrict = x.Restrict(
        customer="C1",
        measure=RestrictionScope.NO_NEW_PRODUCT,
        basis=Basis.BANK_MEASURE,
        ground="AML24 art. 30",
    )
    desk.do(restrict, COMPLIANCE)
    seen = view(desk, date(2026, 6, 8))
    assert seen.restricted == ("no_new_product",)
    assert "bank_measure" not in repr(seen)


def test_grades_and_credit_blocks_stand_while_they_hold() -> None:
    desk = bank("2026-06-08")
    rate = x.RateCredit(customer="C1", grade="A", valid_to=date(2026, 12, 31), inputs={})
    desk.do(rate, RM)
    desk.do(x.RateRisk(customer="C1", person=1, geography=1, product=1, occupation=1), RM)
    desk.do(x.BlockCredit(customer="C1", risk_event="R1", likelihood=5, impact=5), RM)
    seen = view(desk, date(2026, 12, 31))
    assert (seen.credit_grade, seen.aml_grade, seen.credit_blocked) == ("A", "low", True)
    assert view(desk, date(2027, 1, 1)).credit_grade == ""


def test_the_list_holds_every_customer_known_by_then_and_nobody_else() -> None:
    desk = bank("2026-06-08")
    desk.advance("2026-06-10")
    known_customer(desk, "C2")
    catalogue, on = desk.bank.catalogue, date(2026, 6, 10)
    everyone = customers(fold_states(desk.entries()), on, catalogue)
    assert [seen.customer for seen in everyone] == ["customer-C1", "customer-C2"]
    early = fold_states(desk.entries(), Window(known_at=date(2026, 6, 9)))
    assert customer_360(early, "C2", on, catalogue) is None
