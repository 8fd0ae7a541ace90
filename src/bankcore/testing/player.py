"""What every life machine can do: give commands, look around, note differences, be compared.

A machine is a player with rules; the acts that rules draw from stand in modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from bankcore.aggregates.deposit_account import commands as account
from bankcore.testing import counterexample, invariants
from bankcore.testing.life import Difference, Life
from bankcore.testing.naive.account import NaiveAccount
from bankcore.testing.naive.basics import ONE_DAY
from bankcore.testing.naive.opening import places_taken
from bankcore.testing.strategies import amounts
from bankcore.values.money import Money

KEYS: Final = ("A1", "A2", "A3", "A4")
LIFETIME: Final = timedelta(days=500)
PICK: Final = st.integers(0, 39)


@dataclass(frozen=True, slots=True)
class Late:
    """When a late command is to count, and the papers it has; `pick` chooses among the days."""

    pick: int
    approval: str = "head_office"
    ground: str | None = "late_information"
    approver: str | None = "boss"


def lateness() -> st.SearchStrategy[Late]:
    """A day of the past, mostly with the papers it takes."""
    picks = st.integers(0, 59)
    good = st.builds(Late, picks, ground=st.sampled_from(["late_information", "legal_order"]))
    any_papers = st.builds(
        Late,
        picks,
        st.sampled_from(["teller", "supervisor", "branch", "head_office"]),
        st.sampled_from(["late_information", None]),
        st.sampled_from(["boss", "script", None]),
    )
    return st.one_of(good, good, any_papers)


class Player(RuleBasedStateMachine):
    """A life being played; `folder` is where a difference is written, None for nowhere."""

    life: Life
    folder: ClassVar[Path | None] = Path("counterexamples")
    lifetime: ClassVar[timedelta] = LIFETIME

    def __init__(self) -> None:
        """Nothing compared yet."""
        super().__init__()
        self.count = 0
        self.seen = 0

    def give(self, command: Any) -> str:
        """Give a command on time."""
        with self.noting():
            return self.life.give(command)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Write a difference down as a script before it is reported; the smallest comes last."""
        try:
            yield
        except Difference as difference:
            if self.folder is not None:
                name = type(self).__name__.lower()
                path = counterexample.write(self.life, difference, self.folder, name)
                difference.add_note(f"replay it: bankcore run {path}")
            raise

    def give_late(self, command: Any, late: Late) -> str:
        """Give a command with a value date of the past."""
        with self.noting():
            return self.life.give(
                command,
                value_date=self.value_date(command.account, late.pick),
                ground=late.ground,
                approval=late.approval,
                approver=late.approver,
            )

    def value_date(self, key: str, pick: int) -> date:
        """A day on which a late fact of the account matters: settlements, movements, limits."""
        today, model = self.life.model.today, self.life.model.accounts.get(key)
        limits = [today - timedelta(days=back) for back in (-1, 1, 7, 8, 90, 91, 365, 366)]
        if model is None or not model.is_open:
            return limits[pick % len(limits)]
        ends = [s.end for s in model.settlements]
        found = {model.opened_on, *ends, *(m.valued for m in model.movements)}
        found |= {day - ONE_DAY for day in found}
        inside = sorted(day for day in {*found, *limits} if model.opened_on <= day < today)
        days = inside or [today]
        if pick % 10 == 0:
            days = [limits[0], model.opened_on - ONE_DAY]
        return days[pick % len(days)]

    def open_account(self, key: str, owner: str, product: str, opening: Money | None) -> None:
        """All that opening takes; the first account of a person is of class I."""
        known = [a.account_class for a in self.accounts() if a.customer == owner]
        chosen = "II" if "I" in known else "I"
        self.give(account.Apply(account=key, customer=owner))
        first = places_taken(self.life.model, owner, "I") == 0
        chosen = "I" if first else "II"
        self.give(account.ChooseType(account=key, product=product, account_class=chosen))
        self.give(account.SignAgreement(account=key))
        self.give(account.Open(account=key, opening_amount=opening))
        self.give(account.Activate(account=key))

    def accounts(self) -> list[NaiveAccount]:
        """The accounts of the model."""
        return list(self.life.model.accounts.values())

    def key(self, pick: int) -> str:
        """One of the accounts, an open one if possible; now and then one that nobody has."""
        if pick % 20 == 19:
            return KEYS[-1]
        found = [a.number for a in self.accounts() if a.is_open] or ["A1"]
        return found[pick % len(found)]

    def ahead(self, data: st.DataObject) -> date | None:
        """A day some days ahead, or none."""
        days = data.draw(st.sampled_from([None, 1, 2, 5, 10, 40, 0]))
        return None if days is None else self.life.model.today + timedelta(days=days)

    def some(self, key: str, data: st.DataObject) -> Money:
        """An amount that may empty the account, now or on an earlier day, or any."""
        model, today = self.life.model.accounts.get(key), self.life.model.today
        if model is None or not model.is_open:
            return data.draw(amounts())
        most = max(1, model.balance())
        found = [most, most, most + 1, most - 100, most - 1, model.available(today)]
        found += [model.lowest_from(model.opened_on, today), model.lowest_from(today, today)]
        found += [s.interest for s in model.settlements]
        return data.draw(st.sampled_from([Money(f) for f in found if f > 0]) | amounts(most))

    @invariant()
    def agrees(self) -> None:
        """The bank and the model agree today, and at another pair of dates each step."""
        self.count += 1
        with self.noting():
            invariants.present(self.life, self.seen)
            self.seen = len(self.life.entries)
            for pair in invariants.pairs(self.life, self.count):
                invariants.at(self.life, pair)

    def teardown(self) -> None:
        """The log alone gives everything again."""
        if hasattr(self, "life"):
            with self.noting():
                invariants.whole(self.life)
            self.life.close()

    def go(self, day: date) -> None:
        """Advance, but not beyond the length of a life."""
        with self.noting():
            self.life.advance(max(self.life.model.today, min(day, self.life.start + self.lifetime)))
