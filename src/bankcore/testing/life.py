"""One life of a bank, played twice: on the real bank and on the naive one, compared throughout.

`Life.give` asks the model first and the bank second, and raises `Difference` where they disagree;
`check` compares what both say about balances, interest and the ledger. The steps are kept with
the answers expected, so that a difference can be written down as a script (`counterexample`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.aggregates.card_line import CARD
from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.operations.decision import Frame
from bankcore.projections.window import Window
from bankcore.scenarios.runner import play
from bankcore.scenarios.source import parse
from bankcore.store.bank import Bank, Outcome
from bankcore.testing.naive.bank import DONE, DUPLICATE, Asked, NaiveBank
from bankcore.testing.naive.card import accrued as card_interest
from bankcore.testing.naive.loan_changes import accrued as loan_interest
from bankcore.testing.naive.model import naive_bank
from bankcore.values.declare import COMMANDS
from bankcore.values.entry import Entry
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Actor, Role

NARRATOR: Final = Actor("script", Role.SCRIPT)
MONEY_EVENTS: Final = {
    "deposit_account.deposit": "FundsDeposited",
    "deposit_account.open": "FundsDeposited",
    "deposit_account.withdraw": "FundsWithdrawn",
    "deposit_account.charge_fee": "DepositFeeCharged",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of dates to ask at: what counted on `as_of`, as known at `known_at`."""

    as_of: date
    known_at: date

    @property
    def window(self) -> Window:
        """The same as a window of the read side."""
        return Window(self.as_of, self.known_at)

    def __str__(self) -> str:
        """As messages say it."""
        return f"{self.as_of} as known at {self.known_at}"


class Difference(AssertionError):  # noqa: N818  # a finding, whoever is wrong
    """The bank and the naive model disagree, or an invariant does not hold.

    `pair` is where they were asked, None where an answer to a command differs.
    """

    pair: Pair | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What was done: a command with its frame and the answer expected, or a day reached."""

    day: date
    command: Any = None
    frame: Frame | None = None
    expected: str = DONE


def same(what: str, bank: object, model: object) -> None:
    """Raise `Difference` unless both say the same."""
    if bank != model:
        raise Difference(f"{what}: the bank says {bank}, the model {model}")


@dataclass(slots=True)
class Life:
    """A bank in memory and its naive twin, both on the same open day."""

    start: date
    bank: Bank = field(init=False)
    model: NaiveBank = field(init=False)
    steps: list[Step] = field(default_factory=list)
    entries: list[Entry[Any]] = field(default_factory=list)
    prologue: str = ""

    def __post_init__(self) -> None:
        """Open the first day on both."""
        self.bank, self.model = Bank.memory(), naive_bank(self.start)
        self._take(self.bank.advance(self.start))

    def give(self, command: Any, *, command_id: str = "", **frame: Any) -> str:
        """Give one command to both; the answer they agree on."""
        asked = command_id or f"step-{len(self.steps) + 1}"
        full = Frame(actor=NARRATOR, command_id=asked, **frame)
        wire_name = COMMANDS[type(command)].wire_name
        expected = _canonical(self.model.answer(wire_name, command, _asked(full)))
        self.steps.append(Step(self.model.today, command, full, expected))
        head = self.bank.log.head()
        actual = self._play(wire_name, command, full)
        same(f"answer to {wire_name} {_shown(command)}", actual, expected)
        if expected != DONE:
            same("head of the log after a refusal or a repeat", self.bank.log.head(), head)
        return actual

    def prepare(self, command: Any) -> None:
        """Give the bank a command that the model is told about in another way."""
        frame = Frame(actor=NARRATOR, command_id=f"step-{len(self.steps) + 1}")
        self.steps.append(Step(self.model.today, command, frame))
        self._take([self.bank.execute(command, frame)])

    def play(self, steps: str) -> None:
        """Play steps in the script format on the bank; the model is told in another way."""
        words = 'title = { zh = "序", en = "Prologue" }\nstory.zh = "序"\nstory.en = "Prologue"'
        text = f'id = "prologue-{len(self.prologue)}"\n{words}\nstart = {self.start}\n{steps}'
        try:
            (result,) = play([parse(text, "prologue")], self.bank)
        finally:
            self.entries = list(self.bank.entries())
        assert result.ok, f"the prologue failed: {result.failures}"
        self.prologue += steps

    def again(self, step: Step) -> None:
        """Give a command a second time: the first result, nothing new, GEN-07."""
        assert step.frame is not None, "days are not repeated"
        head = self.bank.log.head()
        try:
            repeated = self.bank.execute(step.command, step.frame).duplicate
        except Rejected as no:
            raise Difference(f"a repeated command was refused: {no.reason.value}") from no
        if not repeated:
            raise Difference(f"a repeated command was carried out again: {_shown(step.command)}")
        same("head of the log after a repeat", self.bank.log.head(), head)

    def advance(self, to: date) -> None:
        """Close and open days on both until `to` is open."""
        self.model.advance(to)
        self.steps.append(Step(to))
        try:
            self._take(self.bank.advance(to))
        except Rejected as no:
            raise Difference(f"the day would not close: {no.reason.value} {no.facts}") from no

    def accrued(self, number: str, pair: Pair) -> Fraction:
        """Accrued interest of a demand account by the model, in exact fen."""
        account = self.model.accounts[number]
        return account.accrued(self.model.board, pair.as_of, pair.known_at)

    def contracts(self, pair: Pair) -> dict[str, Fraction]:
        """Accrued interest by the model of every contract, by stream, in exact fen."""
        lived = min(pair.as_of, pair.known_at)
        deposits, board = self.model.then("time_deposit", lived), self.model.board
        loans, cards = self.model.then("loan", lived), self.model.then("card_line", lived)
        grown = {LOAN.stream(key): loan_interest(x, pair.as_of) for key, x in loans.items()}
        grown |= {TIME_DEPOSIT.stream(k): x.accrued(board, pair.as_of) for k, x in deposits.items()}
        return grown | {CARD.stream(key): card_interest(x, pair.as_of) for key, x in cards.items()}

    def done(self) -> list[Step]:
        """The commands that were carried out."""
        return [s for s in self.steps if s.command is not None and s.expected == DONE]

    def close(self) -> None:
        """Close the bank."""
        self.bank.close()

    def _play(self, wire_name: str, command: Any, frame: Frame) -> str:
        try:
            outcome = self.bank.execute(command, frame)
        except Rejected as no:
            return no.reason.value
        except AssertionError as bug:
            raise Difference(f"{wire_name} broke the bank: {bug}") from bug
        if outcome.duplicate:
            return DUPLICATE
        self._take([outcome])
        self._name_movement(wire_name, command, outcome)
        return DONE

    def _take(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self.entries += outcome.entries

    def _name_movement(self, wire_name: str, command: Any, outcome: Outcome) -> None:
        """Tell the model the event id of the money it moved, so that it can be reversed."""
        wanted = MONEY_EVENTS.get(wire_name)
        ids = [entry.id for entry in outcome.entries if type(entry.event).__name__ == wanted]
        if ids:
            self.model.name_movement(command.account, ids[0])


def _canonical(code: str) -> str:
    """A code of the rulebook as the bank spells it; other answers as they are."""
    return code if code in {DONE, DUPLICATE} else Reason.of(code).value


def _asked(frame: Frame) -> Asked:
    return Asked(
        command_id=frame.command_id,
        maker=frame.actor.id,
        value_date=frame.value_date,
        ground=frame.ground,
        approval=frame.approval,
        approver=frame.approver,
    )


def _shown(command: Any) -> Mapping[str, object]:
    return {name: getattr(command, name) for name in command.__dataclass_fields__}
