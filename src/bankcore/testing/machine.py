"""The state machine that plays whole lives on the bank and on the naive model (性质测试).

`LifeMachine` is a Hypothesis rule-based state machine; its rules draw commands that a customer
or the bank might give, on time, late, twice and out of order. `TestLives = LifeMachine.TestCase`
in a test module runs it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.customer import decide as customer
from bankcore.aggregates.deposit_account import commands as account
from bankcore.testing.acts import FEE, PRODUCTS, SELDOM
from bankcore.testing.life import Life
from bankcore.testing.naive.basics import ONE_DAY
from bankcore.testing.player import PICK, Late, Player, lateness
from bankcore.testing.strategies import STARTS, amounts
from bankcore.values.money import Money

QUARTER: Final = timedelta(days=93)


class LifeMachine(Player):
    """Lives of customers with demand accounts."""

    @initialize(start=st.sampled_from(STARTS), product=st.sampled_from(PRODUCTS))
    def begin(self, start: date, product: str) -> None:
        """A first day, a tariff, two customers and one account with money."""
        self.life = Life(start)
        fee = catalogue.AdoptRule(
            param=f"fee.{FEE}", value="5.00", valid_from=start, checker="boss"
        )
        self.life.prepare(fee)
        self.life.model.fees[FEE] = 500
        for key in ("C1", "C2"):
            self.life.give(customer.Register(customer=key, name=f"Customer {key}"))
            number = f"11010119900307{ord(key[1]):04d}"
            self.life.give(customer.VerifyIdentity(customer=key, document_no=number))
        self.open_account("A1", "C1", product, Money(100_000))

    @rule(data=st.data(), pick=PICK)
    def cash(self, data: st.DataObject, pick: int) -> None:
        """Cash over the counter: in, or out, often all of it."""
        key = self.key(pick)
        if data.draw(st.booleans()):
            self.give(account.Deposit(account=key, amount=data.draw(amounts(2_000_000))))
        else:
            self.give(account.Withdraw(account=key, amount=self.some(key, data)))

    @rule(data=st.data(), pick=PICK, late=lateness())
    def late_cash(self, data: st.DataObject, pick: int, late: Late) -> None:
        """Cash that came in or went out some time ago."""
        key = self.key(pick)
        if data.draw(st.booleans()):
            self.give_late(account.Deposit(account=key, amount=data.draw(amounts())), late)
        else:
            self.give_late(account.Withdraw(account=key, amount=self.some(key, data)), late)

    @rule(data=st.data(), pick=PICK)
    def office(self, data: st.DataObject, pick: int) -> None:
        """What happens more seldom: one of `SELDOM`."""
        data.draw(st.sampled_from(SELDOM))(self, self.key(pick), data)

    @rule(days=st.sampled_from([1, 1, 2, 7, 30, 40]))
    def advance(self, days: int) -> None:
        """Time goes by."""
        self.go(self.life.model.today + timedelta(days=days))

    @rule(past=st.sampled_from([0, 1, 1, 2]))
    def advance_to_settlement(self, past: int) -> None:
        """Time goes by until the next settlement day, or a day or two beyond it."""
        day = self.life.model.today + ONE_DAY
        while not self.life.model.accounts["A1"].is_settlement_day(day):
            day += ONE_DAY
        self.go(min(day + timedelta(days=past), self.life.model.today + QUARTER))
