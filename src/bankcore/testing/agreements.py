"""Lives with an agreement account (协定存款): a threshold, two tiers, an end of the contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.customer import decide as customer
from bankcore.aggregates.deposit_account import commands as account
from bankcore.testing import acts
from bankcore.testing.acts import Act
from bankcore.testing.life import Life
from bankcore.testing.machine import LifeMachine
from bankcore.testing.naive.basics import months_later
from bankcore.testing.player import Player
from bankcore.testing.strategies import STARTS
from bankcore.values.money import Money

LEAST = 50_000_000


def near_threshold(m: Player, key: str, data: st.DataObject) -> None:
    """Cash in or out that brings the balance to the threshold or about it."""
    model = m.life.model.accounts.get(key)
    if model is None or model.contract is None or not model.is_open:
        return
    wanted = model.contract[0] + data.draw(st.sampled_from([0, 99, 100, -1, -100, 30_000_000]))
    change = wanted - model.balance()
    if change > 0:
        m.give(account.Deposit(account=key, amount=Money(change)))
    elif change < 0:
        m.give(account.Withdraw(account=key, amount=Money(-change)))


def to_the_end(m: Player, _: str, data: st.DataObject) -> None:
    """Time goes by until a contract ends, or a day before or after."""
    ends = [a.contract[1] for a in m.accounts() if a.contract is not None]
    today = m.life.model.today
    coming = [end for end in ends if end > today + timedelta(days=1)]
    if coming:
        m.go(min(coming) + timedelta(days=data.draw(st.sampled_from([-1, 0, 0, 1]))))


class AgreementMachine(LifeMachine):
    """Lives whose money lies on an agreement account."""

    acts: ClassVar[tuple[Act, ...]] = (
        *(near_threshold, near_threshold, acts.deposit, acts.withdraw, acts.deposit_late),
        *(acts.days, acts.to_settlement, acts.to_settlement, to_the_end, acts.close),
    )

    @initialize(
        start=st.sampled_from(STARTS),
        over=st.sampled_from([0, 0, 50, 10_000_000, -1]),
        months=st.sampled_from([None, 1, 2, 5, 12, 13]),
    )
    def begin(self, start: date, over: int, months: int | None) -> None:
        """A customer who signs, at first perhaps what the bank does not sign."""
        self.life = Life(start)
        fee = catalogue.AdoptRule(
            param=f"fee.{acts.FEE}", value="5.00", valid_from=start, checker="boss"
        )
        self.life.prepare(fee)
        self.life.model.fees[acts.FEE] = 500
        self.life.give(customer.Register(customer="C1", name="Customer C1"))
        self.life.give(customer.VerifyIdentity(customer="C1", document_no="110101199003070001"))
        self.give(account.Apply(account="A1", customer="C1"))
        self.give(account.ChooseType(account="A1", product="agreement", account_class="I"))
        until = None if months is None else months_later(start, months)
        self.give(account.SignAgreement(account="A1", threshold=Money(LEAST + over), until=until))
        self.give(account.SignAgreement(account="A1", threshold=Money(LEAST)))
        self.give(account.Open(account="A1", opening_amount=Money(80_000_000)))
        self.give(account.Activate(account="A1"))
