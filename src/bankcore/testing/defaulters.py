"""Lives of borrowers in default: beyond 90 days past due, and out of it again by good conduct."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from bankcore.aggregates.deposit_account import commands as account_commands
from bankcore.aggregates.loan import commands_running as c
from bankcore.rules.loans.codes import LoanClass
from bankcore.testing.acts import Act
from bankcore.testing.loans import STARTS, LoanMachine, pay_in_time, spend
from bankcore.testing.naive.basics import ONE_DAY, months_later
from bankcore.testing.naive.loan import NaiveLoan
from bankcore.testing.player import Player
from bankcore.values.money import Money

TURNS: Final = (90, 91, 92, 270, 271, 360, 361)
"""Days past due about which order, class, stage or accrual change."""

CLASSES: Final = (LoanClass.NORMAL, LoanClass.NORMAL, LoanClass.SUBSTANDARD, LoanClass.DOUBTFUL)


def fall_behind(m: Player, key: str, data: st.DataObject) -> None:
    """Nothing is paid until a day about a turn, a year of default, the next due day or later."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    today = m.life.model.today
    spend(m, key, data)
    oldest = min((row.due for row in loan.dues), default=None)
    if oldest is None:
        m.go(min((row.due for row in loan.coming), default=today) + ONE_DAY)
        return
    turns = [oldest + timedelta(days=days) for days in TURNS]
    if loan.stage > 2:  # the stage of default
        turns += [months_later(loan.staged_on, 12), months_later(loan.staged_on, 12) + ONE_DAY]
    coming = [row.due for row in loan.coming][:1]
    days = [day for day in (*turns[:3], *turns, *coming, today + timedelta(days=31)) if day > today]
    m.go(data.draw(st.sampled_from(days)))


def pay_some(m: Player, _: str, data: st.DataObject) -> None:
    """A part of the arrears: principal alone, all but the penalty, about an instalment, any."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    principal = sum(row.principal for row in loan.dues)
    first = loan.dues[0].open if loan.dues else 1
    interest = sum(row.interest for row in loan.dues)
    found = [principal, principal + 1, principal + interest, first, first + 1, first // 2, 5_000]
    fen = data.draw(st.sampled_from([fen for fen in found if fen > 0]))
    m.give(c.Repay(loan="L1", amount=Money(fen), source="cash"))


def classify(m: Player, _: str, data: st.DataObject) -> None:
    """A person looks at a bad loan, in earnest or not."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    if loan.grade in {"substandard", "doubtful", "loss"}:
        asked = c.Classify(
            loan="L1",
            new_class=data.draw(st.sampled_from(CLASSES)),
            assessment_ok=data.draw(st.sampled_from([True, True, True, False])),
            other_impaired=data.draw(st.sampled_from([False, False, False, True])),
        )
        m.give(asked)


def reform(m: Player, key: str, data: st.DataObject) -> None:
    """Everything is paid and half a year of good conduct follows, hardly ever with a lapse."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    today = m.life.model.today
    paid = loan.owed(today) - data.draw(st.sampled_from([0, 0, 0, 1]))
    m.give(c.Repay(loan="L1", amount=Money(max(0, paid)), source="cash"))
    end = months_later(today, 6) + timedelta(days=data.draw(st.sampled_from([0, 0, -1, 20])))
    for due in [row.due for row in loan.coming if row.due <= end]:
        lapse = data.draw(st.sampled_from([0] * 8 + [3, 4]))
        if lapse:
            spend(m, key, data)
            m.go(due + timedelta(days=lapse))
        m.give(account_commands.Deposit(account="A1", amount=Money(2_500_000)))
        m.go(max(due, m.life.model.today))
    m.go(max(end, m.life.model.today))
    classify(m, key, data)


def default(m: Player, key: str, data: st.DataObject) -> None:
    """Nothing is paid until the loan is in default."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    spend(m, key, data)
    first = min((row.due for row in [*loan.dues, *loan.coming]), default=m.life.model.today)
    m.go(max(first + timedelta(days=92), m.life.model.today))


def pay_and_ask(m: Player, key: str, data: st.DataObject) -> None:
    """All is paid, and a person looks at the class at once."""
    default(m, key, data)
    loan: NaiveLoan = m.life.model.loans["L1"]
    m.give(c.Repay(loan="L1", amount=Money(loan.owed(m.life.model.today)), source="cash"))
    classify(m, key, data)


def long_default(m: Player, key: str, data: st.DataObject) -> None:
    """All is paid for more than a year of default, and nobody looks at the class."""
    default(m, key, data)
    m.give(account_commands.Deposit(account="A1", amount=Money(9_000_000)))
    m.go(months_later(m.life.model.today, 13))


class DefaulterMachine(LoanMachine):
    """A life in and out of default."""

    lifetime: ClassVar[timedelta] = timedelta(days=900)
    acts: ClassVar[tuple[Act, ...]] = (
        *(fall_behind, fall_behind, fall_behind, fall_behind),
        *(pay_some, pay_some, pay_in_time, reform, classify, pay_and_ask),
        long_default,
    )

    @initialize(
        start=st.sampled_from(STARTS),
        fen=st.sampled_from([1_000_001, 5_000_000]),
        months=st.sampled_from([18, 36, 36]),
        method=st.sampled_from(["level_payment", "level_principal"]),
    )
    def begin(self, start: date, fen: int, months: int, method: str) -> None:
        """A loan that lasts."""
        LoanMachine.begin(self, start, fen, months, method, 135, ("jan1", 12))
