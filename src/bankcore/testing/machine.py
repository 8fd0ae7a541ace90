"""The state machine that plays whole lives on the bank and on the naive model (性质测试).

`LifeMachine` is a Hypothesis rule-based state machine; its rules draw commands that a customer
or the bank might give, on time, late, twice and out of order. `TestLives = LifeMachine.TestCase`
in a test module runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.customer import decide as customer
from bankcore.testing.acts import EVERY_DAY, FEE, PRODUCTS, SELDOM, Act
from bankcore.testing.acts_interbank import INTERBANK_ACTS
from bankcore.testing.acts_time import TIME_ACTS
from bankcore.testing.life import Life
from bankcore.testing.player import PICK, Player
from bankcore.testing.strategies import STARTS
from bankcore.values.money import Money


class LifeMachine(Player):
    """Lives with demand accounts and time deposits; `acts` is what may happen, weighted."""

    acts: ClassVar[Sequence[Act]] = (*EVERY_DAY, *SELDOM, *TIME_ACTS, *INTERBANK_ACTS)

    @initialize(start=st.sampled_from(STARTS), product=st.sampled_from(PRODUCTS))
    def begin(self, start: date, product: str) -> None:
        """A first day, a tariff, two customers with an account each."""
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
        self.open_account("A2", "C2", "demand_q", Money(5_000_000))

    @rule(data=st.data(), pick=PICK)
    def live(self, data: st.DataObject, pick: int) -> None:
        """One act, on one of the accounts.

        A single rule draws from a weighted list: Hypothesis switches whole rules off in half of
        its examples, and a life without days that pass finds little.
        """
        data.draw(st.sampled_from(self.acts))(self, self.key(pick), data)
