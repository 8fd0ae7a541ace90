"""Lives of savers: every deposit beside the lump sum, fed, drawn, announced, broken, matured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from hypothesis import strategies as st

from bankcore.aggregates.time_deposit import commands as c
from bankcore.testing import acts, acts_time
from bankcore.testing.acts import Act
from bankcore.testing.acts_time import PURSES
from bankcore.testing.machine import LifeMachine
from bankcore.testing.naive.basics import FOREVER, ONE_DAY, months_later
from bankcore.testing.naive.deposit import NaiveDeposit
from bankcore.testing.naive.draws import NaiveDraws
from bankcore.testing.naive.notice import NaiveNotice
from bankcore.testing.naive.savings_plan import NaivePlan
from bankcore.testing.player import Player
from bankcore.values.money import Money

KEYS: Final = tuple(f"S{n}" for n in range(1, 9))
MODES: Final = st.sampled_from(["none", "none", "linked_account", "principal_only"])
AMOUNTS: Final = {
    "instal_lump": (10_000, 33_300, 500, 400, 10_050),
    "lump_instal": (100_000, 1_000_100, 3_333_300, 99_900, 100_050),
    "interest_draw": (500_000, 1_234_567, 4_000_000, 499_999),
    "notice_1d": (5_000_000, 12_345_600, 20_000_000, 4_999_900, 5_000_050),
    "notice_7d": (10_000_000, 15_000_100, 20_000_000),
    "optional": (5_000, 123_456, 1_000_000, 4_999),
    "large_cd": (20_000_000, 41_000_000, 19_000_000, 20_500_000),
}
"""What is placed: some that a product takes, some just not."""

STEPS: Final = {"lump_instal": (1, 3, 6, 3, 12, None), "interest_draw": (1, 3, 6, 12, 2)}
TERMS: Final = {"large_cd": (1, 3, 6, 60), "notice_1d": (None,), "notice_7d": (None,)}
TERMS_LEFT: Final = (12, 12, 12, 12, 36, 24)


def save(m: Player, key: str, data: st.DataObject) -> None:
    """Place money in one of the products."""
    _open(m, key, data, data.draw(st.sampled_from(list(AMOUNTS))))


def _open(m: Player, key: str, data: st.DataObject, product: str) -> None:
    free = [k for k in KEYS if k not in m.life.model.deposits]
    terms = (None, None, None, 12) if product == "optional" else TERMS.get(product, TERMS_LEFT)
    opened = c.Open(
        deposit=free[0] if free else KEYS[0],
        account=key,
        product=product,
        amount=Money(data.draw(st.sampled_from(AMOUNTS[product]))),
        term_months=data.draw(st.sampled_from(terms)),
        step_months=data.draw(st.sampled_from(STEPS.get(product, (None,)))),
        source=data.draw(st.sampled_from(["cash", "cash", "account"])),
        rollover=data.draw(MODES),
    )
    m.give(opened)


def _living(m: Player, kind: type[Any]) -> list[Any]:
    found = [d for d in m.life.model.deposits.values() if d.ended_on == FOREVER]
    return [d for d in found if isinstance(d, kind)]


def feed(m: Player, _: str, data: st.DataObject) -> None:
    """Pay an instalment, mostly what was agreed, once or more often than allowed."""
    for plan in _living(m, NaivePlan):
        for _n in range(data.draw(st.sampled_from([0, 1, 1, 2, 3]))):
            fen = plan.monthly + data.draw(st.sampled_from([0] * 9 + [100]))
            source = data.draw(PURSES)
            m.give(c.PayInstalment(deposit=plan.key, amount=Money(fen), source=source))


def save_for_months(m: Player, key: str, data: st.DataObject) -> None:
    """A plan is opened and lived, month after month, paid once, twice or not at all in each."""
    _open(m, key, data, "instal_lump")
    plans = _living(m, NaivePlan)
    for month in range(1, data.draw(st.sampled_from([3, 12, 12])) + 1):
        for plan in plans:
            times = data.draw(st.sampled_from([1, 1, 1, 1, 2, 2, 0])) if month > 1 else 0
            paying = c.PayInstalment(deposit=plan.key, amount=Money(plan.monthly), source="cash")
            for _n in range(times):
                m.give(paying)
        if plans:
            offset = timedelta(days=data.draw(st.sampled_from([0, 0, 0, 1])))
            day = months_later(plans[-1].start, month) + offset
            m.go(max(day, m.life.model.today))


def break_off(m: Player, key: str, data: st.DataObject) -> None:
    """Deposits with planned payments are drawn whole before their time, some after a draw."""
    _open(m, key, data, data.draw(st.sampled_from(["interest_draw", "lump_instal"])))
    to_draw(m, key, data)
    for deposit in _living(m, NaiveDeposit):
        if deposit.product in {"interest_draw", "lump_instal", "instal_lump"}:
            m.give(c.WithdrawEarly(deposit=deposit.key, target=data.draw(PURSES)))


def break_notices(m: Player, key: str, data: st.DataObject) -> None:
    """Notices lapse or are cancelled, then a draw comes in time."""
    _open(m, key, data, "notice_7d")
    wait(m, key, data)
    for _n in range(data.draw(st.sampled_from([1, 2]))):
        announce(m, key, data)
        m.go(m.life.model.today + timedelta(days=data.draw(st.sampled_from([0, 7, 8, 9]))))
    announce(m, key, data)
    draw(m, key, data)


def to_draw(m: Player, _: str, data: st.DataObject) -> None:
    """Time goes by until a planned draw or a maturity, or a day before or after."""
    today, coming = m.life.model.today, []
    for deposit in _living(m, NaiveDraws):
        coming += [deposit.day_of(n) for n in range(1, deposit.count + 1)]
    coming = [day for day in coming if day > today + ONE_DAY]
    if coming:
        m.go(min(coming) + timedelta(days=data.draw(st.sampled_from([-1, 0, 0, 1]))))


def announce(m: Player, _: str, data: st.DataObject) -> None:
    """Give notice of a draw, or cancel it."""
    for deposit in _living(m, NaiveNotice):
        name = deposit.notice.name if deposit.notice else "nothing"
        if data.draw(st.sampled_from([False, False, False, True])):
            m.give(c.CancelNotice(deposit=deposit.key, notice=name))
        key, fen = f"N{len(m.life.steps)}", _announced(deposit, data)
        m.give(c.GiveNotice(deposit=deposit.key, notice=key, amount=Money(fen)))


def _announced(deposit: NaiveNotice, data: st.DataObject) -> int:
    most = deposit.principal()
    near = [most, most, most - 5_000_000, 5_000_000, 5_000_000, 6_000_000, most + 100, 4_999_900]
    return data.draw(st.sampled_from([fen for fen in near if fen > 0] or [1]))


def draw(m: Player, _: str, data: st.DataObject) -> None:
    """Draw on the announced day or about it: what was announced, less, more, all, too little."""
    for deposit in _living(m, NaiveNotice):
        most, notice = deposit.principal(), deposit.notice
        near = [most, most - 5_000_000, most - 4_999_900, 1_000_000, most + 100, 150]
        if notice is not None:
            later = data.draw(st.sampled_from([0, 0, 0, 0, -1, 1]))
            m.go(notice.draw_on + timedelta(days=later))
            near += [notice.fen] * 4 + [notice.fen - 1_000_000, notice.fen + 1_000_000] * 2
        fen = data.draw(st.sampled_from([fen for fen in near if fen > 0]))
        m.give(c.Draw(deposit=deposit.key, amount=Money(fen), target=data.draw(PURSES)))


def wait(m: Player, _: str, data: st.DataObject) -> None:
    """Weeks or months go by, up to the tiers of the deposit without a term."""
    today: date = m.life.model.today
    m.go(today + timedelta(days=data.draw(st.sampled_from([1, 6, 30, 89, 92, 183, 366]))))


SAVINGS_ACTS: Final[tuple[Act, ...]] = (
    *(save, save, save, feed, save_for_months, break_off, break_notices),
    *(to_draw, to_draw, announce, announce, draw, draw, wait, wait),
    *(acts_time.to_maturity, acts_time.draw_early, acts_time.pay_out, acts_time.pay_out),
    *(acts_time.instruct, acts_time.renew),
)


class SaverMachine(LifeMachine):
    """Lives with all deposits; little else happens in them."""

    acts: ClassVar[Sequence[Act]] = (*SAVINGS_ACTS, acts.deposit, acts.freeze, acts.lift)
