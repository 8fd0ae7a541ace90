"""Any command to a bank that lives: whatever is said, it answers, balances and can be proven.

Where `LifeMachine` knows the right answer, `AnythingMachine` knows none: it draws every declared
command with any fields and holds the bank to what must be true of all of them. A command is
carried out or refused with a reason; nothing else may happen.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bankcore.aggregates import kind_of
from bankcore.aggregates.customer import decide as customer
from bankcore.aggregates.deposit_account import commands as account
from bankcore.audit.verify import verify
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.testing.invariants import balanced
from bankcore.testing.life import NARRATOR, Difference
from bankcore.testing.strategies import STARTS, Known, commands_for, known_ids
from bankcore.values.declare import COMMANDS
from bankcore.values.money import Money
from bankcore.values.reasons import Rejected

FRESH: Final = ("N1", "N2")
"""Keys that a command may begin a stream under."""

DAY_COMMANDS: Final = ("business_day.open", "business_day.close")
"""The days go on by themselves: they are given in order."""


class AnythingMachine(RuleBasedStateMachine):
    """Any commands in any order; the bank must stay whole."""

    bank: Bank
    count: int = 0

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: date) -> None:
        """Two customers with money."""
        self.bank = Bank.memory()
        self.bank.advance(start)
        for nr in (1, 2):
            self.give(customer.Register(customer=f"C{nr}", name=f"C{nr}", birth_date="1990-03-07"))
            number = f"11010119900307000{nr}"
            self.give(customer.VerifyIdentity(customer=f"C{nr}", document_no=number))
            self.give(account.Apply(account=f"A{nr}", customer=f"C{nr}"))
            self.give(account.ChooseType(account=f"A{nr}", product="demand_q"))
            self.give(account.SignAgreement(account=f"A{nr}"))
            self.give(account.Open(account=f"A{nr}", opening_amount=Money(90_000_000)))
            self.give(account.Activate(account=f"A{nr}"))

    def give(self, command: Any, approver: str | None = None) -> bool:
        """Give a command; True when it was carried out."""
        self.count += 1
        frame = Frame(actor=NARRATOR, command_id=f"any-{self.count}", approver=approver)
        head = self.bank.log.head()
        try:
            outcome = self.bank.execute(command, frame)
        except Rejected:
            if self.bank.log.head() != head:
                raise Difference(f"refused, and yet written: {command}") from None
            return False
        except Exception as bug:  # noqa: BLE001  # whatever it is, it is no answer of a bank
            self.broken(command, bug)
            return False
        for entry in outcome.entries:
            balanced(entry)
        gaps = self.bank._reader.books().breaks()  # noqa: SLF001  # the running totals
        if gaps:
            raise Difference(f"control accounts and sub-ledgers differ by {gaps} after {command}")
        return True

    def broken(self, command: Any, bug: Exception) -> None:
        """Something that is no answer: a finding."""
        wire_name = COMMANDS[type(command)].wire_name
        raise Difference(f"{wire_name} broke the bank with {bug!r}: {command}") from bug

    def known(self) -> Known:
        """The ids that exist, by the field that names them, and two that do not."""
        keys: dict[str, list[str]] = {}
        for stream in self.bank.log.streams(""):
            kind = kind_of(stream)
            keys.setdefault(kind.name, list(FRESH)).append(stream.removeprefix(kind.prefix))
        assert self.bank.day is not None, "a day is open"
        return Known(self.bank.day, known_ids(keys))

    @rule(data=st.data(), approver=st.sampled_from(["boss", None]))
    def anything(self, data: st.DataObject, approver: str | None) -> None:
        """One command, whichever."""
        command = data.draw(commands_for(self.known()))
        if COMMANDS[type(command)].wire_name not in DAY_COMMANDS:
            self.give(command, approver)

    @rule(days=st.sampled_from([1, 1, 7, 31]))
    def advance(self, days: int) -> None:
        """Days go by; the bank must be able to close each of them."""
        assert self.bank.day is not None, "a day is open"
        to = self.bank.day + timedelta(days=days)
        try:
            self.bank.advance(to)
        except Rejected as no:
            raise Difference(f"the day would not close: {no.reason.value} {no.facts}") from no

    def teardown(self) -> None:
        """The log proves itself."""
        if hasattr(self, "bank"):
            verdict = verify(self.bank.log)
            self.bank.close()
            if not verdict.ok:
                raise Difference(f"verify: {verdict.faults[0]}")
