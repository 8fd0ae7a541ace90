"""Lives of cardholders who pay by instalments: bills, purchases and cash turned into plans."""

from __future__ import annotations

from typing import ClassVar

from hypothesis import strategies as st

from bankcore.aggregates.card_line import commands as c
from bankcore.aggregates.card_line import service_commands as s
from bankcore.testing.acts import Act
from bankcore.testing.cards import CardMachine, draw_cash, give_back, pay, some_days
from bankcore.testing.naive.card_plans import eligible
from bankcore.testing.player import Player
from bankcore.values.money import Money


def buy(m: Player, _: str, data: st.DataObject) -> None:
    """A purchase worth a plan, now and then one above the whole limit."""
    amount = data.draw(st.integers(50_000, 300_000).map(Money) | st.just(Money(1_200_050)))
    m.give(c.Post(card="K1", item=f"I{len(m.life.steps)}", amount=amount, merchant="shop"))


def ask(m: Player, _: str, data: st.DataObject) -> None:
    """Be shown the cost of a plan near its limits, and say yes, now and then twice."""
    kind = data.draw(st.sampled_from(["bill", "bill", "purchase", "cash"]))
    most = eligible(m.life.model.cards["K1"], kind)
    found = [most, most, most // 2, most + 1, 50_000, 49_999, 100_000, 99_999]
    fen = data.draw(st.sampled_from([fen for fen in found if fen > 0]))
    terms = data.draw(st.sampled_from([3, 3, 6, 9, 12, 18, 24, 4]))
    m.give(s.QuoteInstalment(card="K1", principal=Money(fen), terms=terms, kind=kind))
    for _again in range(data.draw(st.sampled_from([1, 1, 1, 2]))):
        m.give(s.ConfirmInstalment(card="K1", plan=f"P{len(m.life.steps) // 4}"))


def end(m: Player, _: str, data: st.DataObject) -> None:
    """End a plan early, whether it runs or not."""
    plans = [plan.key for plan in m.life.model.cards["K1"].plans] or ["P0"]
    m.give(s.SettleInstalmentEarly(card="K1", plan=data.draw(st.sampled_from(plans))))


def buy_in_parts(m: Player, key: str, data: st.DataObject) -> None:
    """A purchase, billed or not, that goes into a plan at once; some end theirs soon."""
    fen = data.draw(st.integers(120_000, 400_000))
    m.give(c.Post(card="K1", item=f"I{len(m.life.steps)}", amount=Money(fen), merchant="shop"))
    kind = data.draw(st.sampled_from(["purchase", "bill"]))
    for _day in range(data.draw(st.sampled_from([0, 1, 2]))):
        some_days(m, key, data)
    most = min(fen, eligible(m.life.model.cards["K1"], kind))
    terms = data.draw(st.sampled_from([3, 6, 12]))
    quoted = s.QuoteInstalment(card="K1", principal=Money(max(1, most)), terms=terms, kind=kind)
    m.give(quoted)
    m.give(s.ConfirmInstalment(card="K1", plan=f"P{len(m.life.steps)}"))
    if data.draw(st.booleans()):
        some_days(m, key, data)
        data.draw(st.sampled_from([end, give_back, pay]))(m, key, data)


class InstalmentMachine(CardMachine):
    """A life with plans."""

    acts: ClassVar[tuple[Act, ...]] = (
        *(buy, buy_in_parts, buy_in_parts, ask, end, pay, draw_cash, give_back),
        *(some_days, some_days, some_days),
    )
