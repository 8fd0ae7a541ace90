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
from bankcore.audit.verify import verify
from bankcore.operations.decision import Frame
from bankcore.store.bank import Bank
from bankcore.testing.invariants import balanced
from bankcore.testing.life import NARRATOR, Difference, Life
from bankcore.testing.loans import LENDING, STARTS
from bankcore.testing.strategies import Known, commands_for, known_ids
from bankcore.values.declare import COMMANDS
from bankcore.values.reasons import Rejected

FRESH: Final = ("N1", "N2")
"""Keys that a command may begin a stream under."""

MORE: Final = """\
[[step]]
do = "routine.known_customer"
with = { customer = "C2", name = "C2", document_no = "110101199003070002" }

[[step]]
do = "routine.open_account"
with = { account = "A2", customer = "C2", opening_amount = "900000.00" }

[[step]]
do = "routine.card_in_hand"

[step.with]
card = "K1"
customer = "C2"
holder = "C2:customer"
limit = 10_000
income = 8_000
number = "6225880000001111"
papers = ["id_card", "application_form", "income_proof"]

[[step]]
do = "time_deposit.open"

[step.with]
deposit = "T1"
account = "A2"
product = "lump_lump"
amount = "50000.00"
term_months = 3
rollover = "principal_and_interest"

[[step]]
do = "complaint.register"

[step.with]
complaint = "P1"
customer = "C2"
channel = "counter"
facts = ["waited_90_minutes"]
matter = "queue"
"""
"""A second customer with everything that the bank sells."""

DAY_COMMANDS: Final = ("business_day.open", "business_day.close")
"""The days go on by themselves: they are given in order."""


class AnythingMachine(RuleBasedStateMachine):
    """Any commands in any order; the bank must stay whole."""

    bank: Bank
    count: int = 0

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: date) -> None:
        """Two customers with money, a loan, a card, a deposit and a complaint."""
        life = Life(start)
        terms = {"method": "level_payment", "spread": 135, "repricing": "jan1", "cycle": 12}
        life.play(LENDING.format(amount="12000.00", months=12, **terms))
        life.play(MORE)
        self.bank = life.bank

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
