"""Lives of borrowers: a loan paid in time, late, in parts, in cash or by auto debit.

The loan is brought to disbursement by the routines of the scenario library; from there on the
naive model predicts schedule, dues, auto debit, penalty, allocation and days past due.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.deposit_account import commands as account_commands
from bankcore.aggregates.loan import commands_running as c
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.testing import acts
from bankcore.testing.acts import Act
from bankcore.testing.life import Life
from bankcore.testing.naive.account import NaiveAccount
from bankcore.testing.naive.bank import NaiveCustomer
from bankcore.testing.naive.demand import cash_in
from bankcore.testing.naive.loan import Lent, NaiveLoan, disburse
from bankcore.testing.naive.loan_changes import repricing_days
from bankcore.testing.player import PICK, Player
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

STARTS: Final = tuple(
    date.fromisoformat(day)
    for day in ("2025-05-31", "2025-08-30", "2025-10-15", "2025-12-31", "2026-01-12", "2026-01-31")
)
"""The one-year LPR is 3.00 from 20 May 2025 on."""

LONGEST: Final = 85
"""Days past due up to which lives go on: beyond 90 other rules begin (LN-22, LN-24)."""

LENDING: Final = """\
[[step]]
do = "routine.known_customer"
with = {{ customer = "C1", name = "C1", document_no = "110101199003070001" }}

[[step]]
do = "routine.open_account"
with = {{ account = "A1", customer = "C1", opening_amount = "1000.00" }}

[[step]]
do = "routine.loan_file"

[step.with]
loan = "L1"
customer = "C1"
amount = "{amount}"
term_months = {months}
purpose = "renovation"
income = 100_000
rate = "3.00"
method = "{method}"

[[step]]
do = "routine.loan_decision"
with = {{ loan = "L1", amount = "{amount}", term_months = {months}, rate = "3.00" }}

[[step]]
do = "routine.loan_contract"
with = {{ loan = "L1", spread_bp = {spread}, repricing = "{repricing}", cycle_months = {cycle} }}

[[step]]
do = "routine.loan_draw"
with = {{ loan = "L1", amount = "{amount}", payee = "A1", target = "A1" }}

[[step]]
do = "loan.set_autodebit"
with = {{ loan = "L1", account = "A1" }}
"""


def repay(m: Player, _: str, data: st.DataObject) -> None:
    """Pay all that is owed, a fen less or more, a part, nothing."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    owed = loan.owed(m.life.model.today)
    found = [owed, owed, owed - 1, owed + 1, owed // 2, owed // 3, 1, 0, 5_000]
    amount = data.draw(st.sampled_from([Money(max(0, fen)) for fen in found]))
    m.give(c.Repay(loan="L1", amount=amount, source=data.draw(st.sampled_from(["cash", "A1"]))))


def spend(m: Player, _: str, __: st.DataObject) -> None:
    """The borrower spends everything, so that the next debit finds nothing."""
    fen = m.life.model.accounts["A1"].available(m.life.model.today)
    m.give(account_commands.Withdraw(account="A1", amount=Money(max(1, fen))))


def earn(m: Player, _: str, data: st.DataObject) -> None:
    """Some money comes in, not always enough."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    owed = max(1, loan.owed(m.life.model.today))
    found = [owed, owed + 1, owed - 1, owed // 2, 100, 50_000, 500_000]
    amount = data.draw(st.sampled_from([Money(max(1, fen)) for fen in found]))
    m.give(account_commands.Deposit(account="A1", amount=amount))


def some_days(m: Player, _: str, data: st.DataObject) -> None:
    """Days go by, to the next due day, about it, or to the end of grace."""
    today = m.life.model.today
    loan: NaiveLoan = m.life.model.loans["L1"]
    coming = [row.due for row in loan.rows if row.due > today]
    near = [min(coming) + timedelta(days=n) for n in (-1, 0, 1, 3, 4, 5)] if coming else []
    day = data.draw(st.sampled_from([*near, *near, today + timedelta(days=1)]))
    oldest = min((row.due for row in loan.dues), default=day)
    m.go(max(today, min(day, oldest + timedelta(days=LONGEST))))


def pay_in_time(m: Player, _: str, __: st.DataObject) -> None:
    """Enough money, and time passes to the day after the next due day."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    m.give(account_commands.Deposit(account="A1", amount=Money(2_500_000)))
    coming = min((row.due for row in loan.coming), default=m.life.model.today)
    m.go(coming + timedelta(days=1))


def notify(m: Player, _: str, data: st.DataObject) -> None:
    """Announce a prepayment for some day."""
    days = data.draw(st.sampled_from([0, 1, 14, 15, 16]))
    on = m.life.model.today + timedelta(days=days)
    m.give(c.GivePrepaymentNotice(loan="L1", amount=_part(m, data), on=on))


def prepay(m: Player, _: str, data: st.DataObject) -> None:
    """Prepay a part near the limits, or all."""
    asked = c.Prepay(
        loan="L1",
        amount=_part(m, data),
        option=data.draw(st.sampled_from(PrepaymentOption)),
        source=data.draw(st.sampled_from(["cash", "cash", "A1"])),
    )
    m.give(asked)


def prepay_as_announced(m: Player, key: str, data: st.DataObject) -> None:
    """Announce, wait, pay what fell due meanwhile, prepay."""
    loan: NaiveLoan = m.life.model.loans["L1"]
    today = m.life.model.today
    if not loan.dues:
        on = today + timedelta(days=15)
        m.give(c.GivePrepaymentNotice(loan="L1", amount=_part(m, data), on=on))
        m.go(on + timedelta(days=data.draw(st.integers(0, 20))))
        m.give(c.Repay(loan="L1", amount=Money(loan.owed(m.life.model.today))))
    prepay(m, key, data)


def _part(m: Player, data: st.DataObject) -> Money:
    loan: NaiveLoan = m.life.model.loans["L1"]
    balance = sum(row.principal for row in loan.rows if row.due > m.life.model.today)
    found = [balance, balance // 2, balance // 3, balance + 1, 100_000, 99_999, 300_001, 0]
    return Money(data.draw(st.sampled_from(found)))


def publish(m: Player, _: str, data: st.DataObject) -> None:
    """A new LPR from some day on, often the very day on which the loan is repriced."""
    model = m.life.model
    some = model.today + timedelta(days=data.draw(st.integers(0, 60)))
    coming = [day for day in repricing_days(model.loans["L1"]) if day > model.today][:1]
    day = data.draw(st.sampled_from([some, *coming]))
    if all(row[0] != day for row in model.board.rates["lpr"]):
        percent = data.draw(st.sampled_from(["2.00", "2.85", "3.45", "4.00"]))
        rate = AnnualRate.of(percent)
        m.life.prepare(catalogue.RecordLpr(tenor="1Y", rate=rate, effective_from=day))
        model.board.publish("lpr", day, Fraction(percent))


class LoanMachine(Player):
    """A borrower's life; `acts` is what may happen, weighted."""

    acts: ClassVar[tuple[Act, ...]] = (
        *(repay, repay, spend, spend, earn, earn, pay_in_time, acts.freeze, acts.lift),
        *(notify, prepay, prepay_as_announced, prepay_as_announced, publish, publish),
        *(some_days, some_days, some_days, some_days),
    )

    @initialize(
        start=st.sampled_from(STARTS),
        fen=st.sampled_from([1_200_000, 1_000_001, 3_333_333, 5_000_000]),
        months=st.sampled_from([3, 6, 12, 18, 18]),
        method=st.sampled_from(["level_payment", "level_principal"]),
        spread=st.sampled_from([60, 135, 400]),
        repricing=st.sampled_from([("anniversary", 3), ("anniversary", 6), ("jan1", 12)]),
    )
    def begin(  # noqa: PLR0913  # what a contract says
        self,
        start: date,
        fen: int,
        months: int,
        method: str,
        spread: int,
        repricing: tuple[str, int],
    ) -> None:
        """A customer with an account, and a loan paid out onto it."""
        self.life = Life(start)
        amount = str(Money(fen))
        kind, cycle = repricing
        terms = {"months": months, "method": method, "spread": spread}
        prologue = LENDING.format(amount=amount, repricing=kind, cycle=cycle, **terms)
        self.life.play(prologue)
        model = self.life.model
        model.customers["C1"] = NaiveCustomer("110101199003070001", date(2036, 1, 1))
        account = NaiveAccount("A1", "C1", "demand_q", "I", "active", start)
        model.accounts["A1"] = account
        cash_in(model, account, 100_000, start)
        over = Fraction(spread, 100)
        disburse(model, Lent("L1", "A1", fen, over, months, method, kind, cycle))

    @rule(data=st.data(), pick=PICK)
    def live(self, data: st.DataObject, pick: int) -> None:
        """One act."""
        data.draw(st.sampled_from(self.acts))(self, self.key(pick), data)
