"""Lives of those who collect points for years: a card with more money on it than they spend.

Nothing is ever owed, so the rules of arrears stay away; points grow old, and years of the card
begin that cost a fee.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from bankcore.aggregates.card_line import commands as c
from bankcore.testing.acts import Act
from bankcore.testing.cards import STARTS, CardMachine, give_back, redeem
from bankcore.testing.naive.points import last_day, points_of
from bankcore.testing.player import Player
from bankcore.values.money import Money


def buy(m: Player, _: str, data: st.DataObject) -> None:
    """A purchase that earns something."""
    amount = data.draw(st.integers(99, 300_000).map(Money))
    m.give(c.Post(card="K1", item=f"I{len(m.life.steps)}", amount=amount, merchant="shop"))


def grow_old(m: Player, _: str, data: st.DataObject) -> None:
    """Some days, the next year of the card, or the last day of the oldest points and about it."""
    today, start = m.life.model.today, m.life.start
    months = [month for month, left in points_of(m.life.model, "K1").lots.items() if left]
    last = [last_day(min(months), None) + timedelta(days=n) for n in (0, 1)] if months else []
    year = start.replace(year=today.year + 1, day=min(start.day, 28))
    near = [today + timedelta(days=n) for n in (1, 20)]
    m.go(max(today, data.draw(st.sampled_from([*near, *near, year, *last]))))


class CollectorMachine(CardMachine):
    """A collector's life."""

    lifetime: ClassVar[timedelta] = timedelta(days=1200)
    acts: ClassVar[tuple[Act, ...]] = (buy, buy, buy, give_back, redeem, grow_old)

    @initialize(start=st.sampled_from(STARTS), statement_day=st.sampled_from([1, 5, 28]))
    def begin(self, start: date, statement_day: int) -> None:
        """A card with a lot of own money on it."""
        CardMachine.begin(self, start, statement_day)
        self.give(c.Repay(card="K1", amount=Money(20_000_000), source="cash"))
