"""Notice deposits and 定活两便 of the naive model: DEP-14, DEP-15, DEP-17."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from bankcore.testing.naive.bank import NaiveBank
from bankcore.testing.naive.basics import ONE_DAY, Refused, half_up, months_later, whole_yuan
from bankcore.testing.naive.board import Board
from bankcore.testing.naive.demand import positive
from bankcore.testing.naive.deposit import NaiveDeposit, leave, may_pay, running, within

DAYS: Final = {"notice_1d": 1, "notice_7d": 7}
SMALLEST: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Notice:
    """An announced draw."""

    name: str
    fen: int
    draw_on: date


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a draw falls apart: pieces of what is paid out with their rates, and the shortfall."""

    pieces: tuple[tuple[int, Fraction], ...]
    shortfall: int = 0

    @property
    def paid(self) -> int:
        """All principal that is paid out."""
        return sum(fen for fen, _ in self.pieces)


@dataclass(slots=True)
class NaiveNotice(NaiveDeposit):
    """Tranches with their starts, oldest first; the open or late notice; notices that lapsed."""

    tranches: list[tuple[date, int]] = field(default_factory=list)
    notice: Notice | None = None
    lapsed: list[int] = field(default_factory=list)

    def grown(self, board: Board, on: date) -> Fraction:
        """All of it at the notice rate of the day."""
        fen_days = sum(fen * (on + ONE_DAY - start).days for start, fen in self.tranches)
        return fen_days * board.on(self.product, on) / 36000

    def may_leave(self, _fen: int) -> None:
        """It is drawn in another way."""
        raise Refused("illegal_transition")

    def lapse(self) -> None:
        """The notice is cancelled, or another one takes the place of a late one."""
        assert self.notice is not None
        self.lapsed = [*self.lapsed, self.notice.fen]
        self.notice = None

    def fall_apart(self, fen: int, board: Board, today: date) -> Drawing:
        """Steps 1 to 4 of DEP-15."""
        demand, nt = board.on("demand", today), self.notice
        held = (today - self.start).days >= DAYS[self.product]
        in_time = nt is not None and held and nt.draw_on == today
        pieces = [(fen, demand)]
        if in_time and nt and fen >= SMALLEST:
            pieces = [(min(fen, nt.fen), board.on(self.product, today))]
            pieces.append((max(0, fen - nt.fen), demand))
        rest = self.principal() - fen
        if 0 < rest < SMALLEST:
            return Drawing((*pieces, (rest, demand)))
        short = max(0, nt.fen - fen) if in_time and nt and rest else 0
        return Drawing(tuple(pieces), short)

    def interest(self, drawing: Drawing, demand: Fraction, today: date) -> int:
        """Steps 5 to 7: each yuan by its own tranche, rate and lost days."""
        rates = [*drawing.pieces, (drawing.shortfall, demand)]
        pieces, tranches = _ends([fen for fen, _ in rates]), _ends([f for _, f in self.tranches])
        total = pieces[-1]
        cuts = sorted({0, *pieces, *tranches, *self.lapsed})
        exact = Fraction(0)
        for low, high in pairwise([cut for cut in cuts if cut <= total]):
            rate = next(r for (_, r), end in zip(rates, pieces, strict=True) if low < end)
            start = next(s for (s, _), e in zip(self.tranches, tranches, strict=True) if low < e)
            lost = sum(low < fen for fen in self.lapsed) if low < drawing.paid else 0
            days = max(0, (today - start).days - lost * DAYS[self.product])
            exact += (high - low) * days * rate / 36000
        return half_up(exact)

    def settle(self, drawing: Drawing, today: date) -> None:
        """What stays: the oldest money has left, a shortfall begins anew."""
        stays: dict[date, int] = {}
        low = 0
        first, second = drawing.paid, drawing.paid + drawing.shortfall
        for start, fen in self.tranches:
            high = low + fen
            restarted = max(0, min(high, second) - max(low, first))
            left = max(0, high - max(low, second))
            stays[start] = stays.get(start, 0) + left
            stays[today] = stays.get(today, 0) + restarted
            low = high
        self.tranches = sorted((start, fen) for start, fen in stays.items() if fen)
        self.lapsed = [fen - drawing.paid for fen in self.lapsed if fen > drawing.paid]
        self.notice = None


def _ends(parts: list[int]) -> list[int]:
    return [sum(parts[: n + 1]) for n in range(len(parts))]


def _notice_deposit(deposit: NaiveDeposit) -> NaiveNotice:
    if not isinstance(deposit, NaiveNotice):
        raise Refused("illegal_transition")
    return deposit


def give_notice(bank: NaiveBank, c: Any, _: Any) -> None:
    """Announce a draw, DEP-14; a late notice lapses then."""
    deposit = _notice_deposit(running(bank, c.deposit))
    fen, late = c.amount.minor, deposit.notice
    if late is not None and bank.today <= late.draw_on:
        raise Refused("notice_already_open")
    if fen % 100:
        raise Refused("amount_not_whole_yuan")
    if fen < SMALLEST:
        raise Refused("amount_below_minimum")
    if fen > deposit.principal():
        raise Refused("amount_above_principal")
    if late is not None:
        deposit.lapse()
    draw_on = bank.today + timedelta(days=DAYS[deposit.product])
    deposit.notice = Notice(c.notice, fen, draw_on)


def cancel_notice(bank: NaiveBank, c: Any, _: Any) -> None:
    """Cancel the open notice until the end of its draw day."""
    deposit = running(bank, c.deposit)
    notice = deposit.notice if isinstance(deposit, NaiveNotice) else None
    if notice is None or notice.name != c.notice or bank.today > notice.draw_on:
        raise Refused("illegal_transition")
    _notice_deposit(deposit).lapse()


def draw(bank: NaiveBank, c: Any, _: Any) -> None:
    """Draw as announced or not, DEP-15."""
    deposit = bank.deposits.get(c.deposit)
    if deposit is not None:
        _notice_deposit(deposit)
    deposit = _notice_deposit(running(bank, c.deposit))
    fen = c.amount.minor
    positive(fen)
    if fen % 100:
        raise Refused("amount_not_whole_yuan")
    within(deposit, fen)
    may_pay(bank, deposit, c.target)
    drawing = deposit.fall_apart(fen, bank.board, bank.today)
    interest = deposit.interest(drawing, bank.board.on("demand", bank.today), bank.today)
    deposit.settle(drawing, bank.today)
    leave(bank, deposit, drawing.paid, interest, c.target)


@dataclass(slots=True)
class NaiveOptional(NaiveDeposit):
    """定活两便: 60 % of the rate that the time held reaches, on the day it leaves."""

    def until(self, board: Board, end: date, on: date) -> Fraction:
        """Interest up to a day at the rates of another."""
        rate = board.on("demand", on)
        for months in (3, 6, 12):
            if months_later(self.start, months) <= end:
                share = board.on(str(months), on) * Fraction(3, 5)
                rate = max(board.on("demand", on), share)
        return whole_yuan(self.principal()) * rate / 36000 * (end - self.start).days

    def grown(self, board: Board, on: date) -> Fraction:
        """As of the next morning, at the rates of the day."""
        return self.until(board, on + ONE_DAY, on)

    def may_leave(self, fen: int) -> None:
        """Whole only, any time."""
        within(self, fen)
        self.may_leave_early(fen)

    def late(self, board: Board, _fen: int, today: date) -> int:
        """All of its interest is beside a term."""
        return half_up(self.until(board, today, today))
