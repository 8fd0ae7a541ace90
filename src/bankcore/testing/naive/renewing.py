"""What happens at maturity is agreed, or a matured deposit is renewed late; DEP-07, DEP-08."""

from __future__ import annotations

from typing import Any, Final

from bankcore.testing.naive.bank import Answer, Asked, NaiveBank
from bankcore.testing.naive.basics import Refused
from bankcore.testing.naive.demand import PAYABLE
from bankcore.testing.naive.deposit import MODES, running, unheld
from bankcore.testing.naive.placing import OFFERS, ROLLING
from bankcore.testing.naive.time_deposit import NaiveTimeDeposit

WITHOUT_ROLLING: Final = ("none", "linked_account")
ROLLS: Final = ("principal_and_interest", "principal_only")


def set_instruction(bank: NaiveBank, c: Any, _: Asked) -> None:
    """Agree before the day of maturity what happens on it, and for how long it goes on."""
    deposit = running(bank, c.deposit)
    if deposit.maturity is None:
        raise Refused("illegal_transition")
    if bank.today >= deposit.maturity:
        raise Refused("rollover_already_done")
    if c.rollover not in (MODES if deposit.product in ROLLING else WITHOUT_ROLLING):
        raise Refused("rollover_mode_unknown")
    offered(deposit.product, c.term_months)
    deposit.rollover = c.rollover
    if isinstance(deposit, NaiveTimeDeposit):
        deposit.next_months = c.term_months


def offered(product: str, months: int | None) -> None:
    """Refuse a term that the product does not have."""
    if months is not None and months not in OFFERS[product].terms:
        raise Refused("term_not_offered")


def renew(bank: NaiveBank, c: Any, _: Asked) -> None:
    """A new term from today; the days since maturity earn the demand rate, which joins as well."""
    deposit = running(bank, c.deposit)
    lump = deposit if isinstance(deposit, NaiveTimeDeposit) else None
    if lump and lump.rolled and lump.start == bank.today:
        raise Refused("rollover_already_done")
    if lump is None or c.mode not in ROLLS:
        raise Refused("rollover_mode_unknown")
    offered(lump.product, c.term_months)
    if not lump.matured:
        raise Refused("not_matured")
    unheld(lump, lump.principal())
    interest = lump.late(bank.board, lump.principal(), bank.today)
    bank.post(bank.today, {lump.expense: interest, PAYABLE: -interest})
    lump.payable += interest
    lump.rollover, lump.next_months = c.mode, c.term_months
    lump.renew(bank)


ANSWERS: Final[dict[str, Answer]] = {
    "time_deposit.set_instruction": set_instruction,
    "time_deposit.renew": renew,
}
