"""Lives of cardholders: purchases, payments in full, in part and late, statement by statement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line.events_billing import CardStatementIssued
from bankcore.aggregates.card_line.service_commands import Unblock
from bankcore.aggregates.points_account import POINTS
from bankcore.aggregates.points_account.commands import Redeem
from bankcore.testing.acts import Act
from bankcore.testing.life import Life, same
from bankcore.testing.naive.account import NaiveAccount
from bankcore.testing.naive.bank import NaiveCustomer
from bankcore.testing.naive.card_cash import available_cash
from bankcore.testing.naive.card_loss import note_lines
from bankcore.testing.naive.card_state import NaiveCard
from bankcore.testing.naive.demand import cash_in
from bankcore.testing.naive.points import points_of
from bankcore.testing.player import PICK, Player
from bankcore.testing.strategies import amounts
from bankcore.values.money import Money

STARTS: Final = tuple(
    date.fromisoformat(day) for day in ("2024-01-31", "2024-03-06", "2025-06-05", "2025-12-04")
)
LONGEST: Final = timedelta(days=230)
"""Length of a life: enough for arrears until the card is cancelled, and for what comes after."""

LARGE: Final = st.just(Money(3_000_050))
"""Beyond the limit: clearing is always booked, and points have a limit of their own."""

LIMIT: Final = 1_000_000
CARD: Final = """\
[[step]]
do = "routine.known_customer"
with = {{ customer = "C1", name = "C1", document_no = "110101199003070001" }}

[[step]]
do = "routine.open_account"
with = {{ account = "A1", customer = "C1", opening_amount = "50000.00" }}

[[step]]
do = "routine.card_in_hand"

[step.with]
card = "K1"
customer = "C1"
holder = "C1:customer"
limit = 10_000
income = 8_000
statement_day = {statement_day}
number = "6225880000001111"
papers = ["id_card", "application_form", "income_proof"]
"""


def buy(m: Player, _: str, data: st.DataObject) -> None:
    """A purchase."""
    amount = data.draw(amounts(300_000) | st.integers(20_000, 300_000).map(Money) | LARGE)
    m.give(c.Post(card="K1", item=f"I{len(m.life.steps)}", amount=amount, merchant="shop"))


def pay(m: Player, _: str, data: st.DataObject) -> None:
    """A payment: all, all but the tolerance, the minimum, a fen less, too much, any."""
    card: NaiveCard = m.life.model.cards["K1"]
    owed = sum(item.outstanding() for item in card.items)
    found = [owed, owed + 5_000, owed - 1_000, owed - 1_001, owed // 2]
    if card.statements:
        last = card.statements[-1]
        paid = card.credited(last.on, m.life.model.today)
        found += [last.balance - paid, last.minimum - paid, last.balance - paid - 1_000]
        found += [last.minimum - paid - 1_000, last.minimum - paid - 1_001]
    chosen = data.draw(st.sampled_from([Money(fen) for fen in found if fen > 0] or [Money(1)]))
    m.give(c.Repay(card="K1", amount=chosen, source=data.draw(st.sampled_from(["cash", "A1"]))))


def draw_cash(m: Player, _: str, data: st.DataObject) -> None:
    """Cash from the card, to the limits of the day and the line."""
    card: NaiveCard = m.life.model.cards["K1"]
    left = available_cash(card) // 10_000 * 10_000
    found = [left, left + 10_000, 10_000, 100_000, 250_000, 1_000_000, 5_050]
    amount = Money(data.draw(st.sampled_from([fen for fen in found if fen > 0])))
    where = data.draw(st.sampled_from(["cash", "cash", "A1"]))
    m.give(c.CashAdvance(card="K1", item=f"I{len(m.life.steps)}", amount=amount, target=where))


def give_back(m: Player, _: str, data: st.DataObject) -> None:
    """A merchant gives all, a part, or a fen too much of a purchase back."""
    bought = [item for item in m.life.model.cards["K1"].items if item.kind == "purchase"]
    if bought:
        item = data.draw(st.sampled_from(bought))
        rest = item.posted_fen - item.returned
        fen = data.draw(st.sampled_from([rest, rest, rest // 2, rest + 1]))
        m.give(c.Refund(card="K1", item=item.key, amount=Money(max(1, fen))))


def take_own(m: Player, _: str, data: st.DataObject) -> None:
    """Own money off the card."""
    own = m.life.model.cards["K1"].credit_balance
    fen = data.draw(st.sampled_from([own, own, own // 2, own + 1]))
    where = data.draw(st.sampled_from(["cash", "A1"]))
    m.give(c.WithdrawCreditBalance(card="K1", amount=Money(max(1, fen)), target=where))


def redeem(m: Player, _: str, data: st.DataObject) -> None:
    """Points become goods: some, all, a step too many, no whole step."""
    balance = points_of(m.life.model, "K1").balance
    most = balance // 500 * 500
    points = data.draw(st.sampled_from([most, most, 500, most + 500, 499, 0]))
    m.give(Redeem(card="K1", points=points))


def unblock(m: Player, _: str, __: st.DataObject) -> None:
    """Somebody lifts the block for arrears, whether there is one or not."""
    m.give(Unblock(card="K1", kind="overdue", reason="paid"))


def some_days(m: Player, _: str, data: st.DataObject) -> None:
    """Days go by: some, to a cut, or to the days about the last day of tolerance."""
    card, today = m.life.model.cards["K1"], m.life.model.today
    found = [today + timedelta(days=n) for n in (1, 2, 7)]
    if card.statements:
        found += [card.statements[-1].on + timedelta(days=n) for n in (20, 22, 23, 24)]
    coming = today + timedelta(days=1)
    while coming.day != card.statement_day:
        coming += timedelta(days=1)
    found += [coming, coming + timedelta(days=1), coming + timedelta(days=1)]
    day = data.draw(st.sampled_from(found))
    m.go(max(today, min(day, m.life.start + LONGEST)))


def neglect(m: Player, _: str, data: st.DataObject) -> None:
    """A month or three in which nobody looks at the card."""
    day = m.life.model.today + timedelta(days=data.draw(st.sampled_from([31, 62, 93])))
    m.go(max(m.life.model.today, min(day, m.life.start + LONGEST)))


class CardMachine(Player):
    """A cardholder's life."""

    acts: ClassVar[tuple[Act, ...]] = (
        *(buy, buy, pay, pay, draw_cash, give_back, give_back, take_own, redeem, unblock),
        *(some_days, some_days, some_days, some_days),
    )

    @initialize(start=st.sampled_from(STARTS), statement_day=st.sampled_from([1, 5, 28]))
    def begin(self, start: date, statement_day: int) -> None:
        """A customer with an account and a card in her hand."""
        self.life = Life(start)
        self.life.play(CARD.format(statement_day=statement_day))
        model = self.life.model
        model.customers["C1"] = NaiveCustomer("110101199003070001", date(2036, 1, 1))
        model.accounts["A1"] = NaiveAccount("A1", "C1", "demand_q", "I", "active", start)
        cash_in(model, model.accounts["A1"], 5_000_000, start)
        model.cards["K1"] = NaiveCard("K1", LIMIT, statement_day, active_from=start)
        note_lines(model)

    @rule(data=st.data(), pick=PICK)
    def live(self, data: st.DataObject, pick: int) -> None:
        """One act."""
        data.draw(st.sampled_from(self.acts))(self, self.key(pick), data)

    @invariant()
    def points_the_same(self) -> None:
        """As many points, or as many owed."""
        points = self.life.bank.state(POINTS, "K1")
        with self.noting():
            expected = points_of(self.life.model, "K1").balance
            same("points of K1", points.balance if points else 0, expected)

    @invariant()
    def bills_the_same(self) -> None:
        """Every statement that was sent has the balance and minimum of the model."""
        model = {s.on: s.sent for s in self.life.model.cards["K1"].statements}
        issued = [x.event for x in self.life.entries if isinstance(x.event, CardStatementIssued)]
        with self.noting():
            for bill in issued:
                found = (bill.balance.minor, bill.minimum.minor)
                same(f"statement of {bill.statement_date}", found, model[bill.statement_date])
