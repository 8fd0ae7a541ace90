"""Every figure unfolds down to events, clauses and rows, and adds up at each level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, Phase, settings

from bankcore.aggregates import kind_of
from bankcore.audit import ask
from bankcore.audit.explain.evidence import Evidence, evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.audit.explain.registry import EXPLAINERS, explain
from bankcore.audit.explain.unfolding import unfolded
from bankcore.projections.window import Window
from bankcore.testing.cards import CardMachine
from bankcore.testing.loans import LoanMachine
from bankcore.testing.machine import LifeMachine
from bankcore.values.errors import BadInput
from bankcore.values.reasons import Rejected
from loan_desk import lent
from spec import bank

GROWN = ("settled-interest", "accrued-interest", "penalty")
LEAVES = {
    "Rounding",
    "Charge cap",
    "Card interest waived",
    "Card interest restated",
    "Interest adjusted",
    "Non-accrual interest fell due",
    "Loan prepaid",
}
BUDGET = settings(
    max_examples=12,
    phases=[Phase.generate],
    stateful_step_count=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def levels(part: Part) -> int:
    return 1 + max((levels(inner) for inner in part.parts), default=0)


def ends(part: Part) -> Iterator[Part]:
    for inner in part.parts:
        yield from ends(inner)
    if not part.parts:
        yield part


def every_figure(at: Evidence) -> Iterator[Explanation]:
    for stream in at.states.by_stream:
        for figure, kind in EXPLAINERS:
            if kind_of(stream).name == kind:
                try:
                    yield explain(figure, stream, at)
                except (BadInput, Rejected):  # nothing to explain there yet
                    continue


def check(at: Evidence) -> None:
    """All figures of a bank add up to the last fraction on every level."""
    for found in every_figure(at):
        whole = unfolded(found, at, 99)
        assert whole.adds_up, (found.figure, found.subject)
        assert [part.amount for part in whole.parts] == [part.amount for part in found.parts]
        if found.figure in GROWN and not found.subject.startswith("time-"):
            flat = {part.label_en for part in whole.parts if part.amount and not part.parts}
            assert flat <= LEAVES, (found.figure, found.subject, flat)


class Deep(LifeMachine):
    """A life at whose end everything is explained as deep as it goes."""

    def teardown(self) -> None:
        explain_life(self)

    def agrees(self) -> None:
        """Bank and naive model are compared elsewhere."""


class DeepLoans(LoanMachine):
    """The same for borrowers."""

    def teardown(self) -> None:
        explain_life(self)

    def agrees(self) -> None:
        """Bank and naive model are compared elsewhere."""


class DeepCards(CardMachine):
    """The same for cardholders."""

    def teardown(self) -> None:
        explain_life(self)

    def agrees(self) -> None:
        """Bank and naive model are compared elsewhere."""


def explain_life(machine: LifeMachine | LoanMachine | CardMachine) -> None:
    life = machine.life
    last = life.bank.day
    assert last is not None, "a life has a day open"
    for on in (life.start + (last - life.start) / 2, last):
        check(evidence(life.entries, Window(on, on), life.bank.catalogue, on))
    life.close()


Deep.TestCase.settings = BUDGET
DeepLoans.TestCase.settings = BUDGET
DeepCards.TestCase.settings = BUDGET
TestDeep = Deep.TestCase
TestDeepLoans = DeepLoans.TestCase
TestDeepCards = DeepCards.TestCase


def test_a_balance_goes_down_to_the_movement_and_the_posted_rate() -> None:
    desk = bank("2026-03-02", opening="36000.50")
    desk.advance("2026-03-22")
    found = ask.explain(desk.bank, "balance", "A1", depth=9)
    paid = next(part for part in found.parts if part.label_en == "Interest paid")
    (leg,) = paid.parts
    (settled,) = leg.parts
    (stretch,) = settled.parts
    movement, fen = stretch.parts
    # 36,000 × 19 days × 0.05 % / 360 = 0.95 exactly; the 50 fen bear nothing (GEN-01), and what
    # they would bear at that rate is shown beside what the whole deposit would.
    exact = Fraction(36000_00 * 19 * 5, 100 * 36000)
    assert exact == 95
    assert (stretch.amount, stretch.days) == (exact, 19)
    assert movement.amount == Fraction(36000_50 * 19 * 5, 100 * 36000)
    assert fen.amount == exact - movement.amount
    assert movement.event_id == found.parts[0].event_id
    clause, row = settled.grounds
    assert clause.id == "DEP-02"
    assert (row.id, Fraction(row.value)) == ("deposit.rate.demand", Fraction(5, 100))
    assert row.valid_from is not None
    assert row.valid_from <= date(2026, 3, 20)
    assert row.source


def test_a_repayment_goes_down_to_the_instalment_and_the_draw() -> None:
    # 12,000.00 at 4.35 % over 12 months: 43.50 of the first 1,023.72 are interest (LN-10).
    desk = lent(opening="20000.00")
    desk.advance("2026-02-13")
    found = ask.explain(desk.bank, "balance", "A1", depth=9)
    debit = next(part for part in found.parts if part.amount == -1023_72)
    interest = next(part for part in debit.parts if part.amount == -43_50)
    (instalment,) = interest.parts
    assert instalment.inputs["number"] == 1
    drawn = instalment.parts[0]
    assert drawn.label_en == "Principal moved"
    assert drawn.amount == -43_50
    assert drawn.event_id.startswith("loan-L1@")


def test_depth_says_how_many_levels_and_one_is_the_parts_alone() -> None:
    desk = bank("2026-03-02", opening="36000.00")
    desk.advance("2026-03-22")
    for depth in (1, 2, 3, 4, 5):
        found = ask.explain(desk.bank, "balance", "A1", depth=depth)
        assert max(levels(part) for part in found.parts) == depth
        assert found.adds_up
    flat = ask.explain(desk.bank, "balance", "A1")
    assert not any(part.grounds for part in flat.parts)
    deep = ask.explain(desk.bank, "settled-interest", "A1", depth=9)
    assert all(end.event_id for part in deep.parts for end in ends(part))
