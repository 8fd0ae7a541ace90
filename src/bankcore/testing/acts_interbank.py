"""Acts with other banks: money sent, answered or sent back, money received and looked after."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from bankcore.aggregates.incoming_transfer import commands as incoming
from bankcore.aggregates.transfer import commands as c
from bankcore.rules.payments.routing import Rail
from bankcore.testing.acts import Act
from bankcore.testing.naive.interbank import NaiveIncoming, NaiveOutgoing
from bankcore.testing.player import Player
from bankcore.testing.strategies import amounts
from bankcore.values.money import Money

MOST: Final = Money(90_000_000)
"""Below the limit of the rail that never closes."""

RAILS: Final = (Rail.BEPS, Rail.HVPS, Rail.IBPS)
EDGES: Final = tuple(
    Money(fen + over) for fen in (200_000, 500_000, 1_000_000, 5_000_000) for over in (0, 1)
)


def send_away(m: Player, key: str, data: st.DataObject) -> None:
    """Money to somebody at another bank, about the tiers of the fee."""
    payer, number = "A2" if key == "A2" else "A1", f"O{len(m.life.steps)}"
    amount = min(data.draw(st.just(m.some(payer, data)) | st.sampled_from(EDGES)), MOST)
    bank = data.draw(st.sampled_from(["icbc", "icbc", "cmb", "nowhere"]))
    asked = c.Request(
        transfer=number,
        payer=payer,
        payee_name="somebody",
        payee_account="622000",
        amount=amount,
        payee_bank=bank,
    )
    m.give(asked)
    m.give(c.Confirm(transfer=number))


def hear_back(m: Player, _: str, data: st.DataObject) -> None:
    """What becomes of an order, in order or not; nothing comes back to an account that is gone."""
    model = m.life.model
    known = [key for key, order in model.transfers.items() if isinstance(order, NaiveOutgoing)]
    key = data.draw(st.sampled_from([*known[-3:], "O0"]))
    order = model.transfers.get(key)
    answers = [c.Send(transfer=key), c.Settle(transfer=key)]
    if order is None or model.accounts[order.payer].is_open:
        answers += [c.Return(transfer=key, reason="name_mismatch")] * 3
    m.give(data.draw(st.sampled_from(answers)))


def get_money(m: Player, _: str, data: st.DataObject) -> None:
    """Money comes in for an account or for none, with the right name or another."""
    payee = data.draw(st.sampled_from(["A1", "A2", "A2", "A4"]))
    owner = m.life.model.accounts.get(payee)
    name = m.life.model.names[owner.customer] if owner else "nobody"
    asked = incoming.Receive(
        incoming=f"R{len(m.life.steps)}",
        payee_account=payee,
        payee_name=data.draw(st.sampled_from([name, name, "Customer C1"])),
        amount=data.draw(amounts()),
        rail=data.draw(st.sampled_from(RAILS)),
    )
    m.give(asked)


def find_owner(m: Player, _: str, data: st.DataObject) -> None:
    """Somebody looks after what came in without an owner."""
    model = m.life.model
    known = [key for key, money in model.transfers.items() if isinstance(money, NaiveIncoming)]
    key = data.draw(st.sampled_from([*known[-3:], "R0"]))
    target = data.draw(st.sampled_from(["A1", "A1", "A2"]))
    m.give(incoming.Resolve(incoming=key, target=target))


INTERBANK_ACTS: Final[tuple[Act, ...]] = (send_away, hear_back, hear_back, get_money, find_owner)
