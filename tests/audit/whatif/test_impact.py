"""What a changed rate would have moved, against figures computed by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from bankcore.aggregates.catalogue import commands as catalogue
from bankcore.aggregates.deposit_account import commands as c
from bankcore.audit.branching import fork_point
from bankcore.audit.verify import verify
from bankcore.audit.whatif.changes import Change
from bankcore.audit.whatif.futures import Wish, fork_of, live_on
from bankcore.audit.whatif.impact import Impact, impact
from bankcore.products.catalogue import shipped
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput
from bankcore.values.money import yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Rejected
from spec import Desk, bank

DEMAND = "deposit.rate.demand"


def quarter() -> Desk:
    """12,345.67 from 5 January, 2,000.00 more from 10 February, to 1 April 2026."""
    desk = bank("2026-01-05", opening="12345.67")
    desk.advance("2026-02-10")
    desk.do(c.Deposit(account="A1", amount=yuan("2000.00")))
    desk.advance("2026-04-01")
    return desk


def moved(found: Impact, figure: str) -> tuple[object, object]:
    (item,) = [x for x in found.moved if x.figure == figure and x.stream == "account-A1"]
    return item.old, item.new


def test_twice_the_rate_settles_twice_the_interest_and_says_what_to_book() -> None:
    # 12,345 x 75 days + 2,000 x 39 days = 1,003,875 yuan-days to 21 March (DEP-02):
    # at 0.05 % over 360 they are 1.394…, at 0.10 % 2.788…
    desk = quarter()
    before = desk.bank.log.digest()
    found = impact(desk.bank, [Change(DEMAND, "0.10")])
    assert moved(found, "settled-interest") == (139, 279)
    assert moved(found, "balance") == (14347_06, 14348_46)
    # 12 days at 14,347 and at 14,348 yuan: 14,347 x 12 x 5 / 36,000 fen and twice the rate.
    assert moved(found, "accrued-interest") == (
        Fraction(14347 * 12 * 5, 36_000),
        Fraction(14348 * 12 * 10, 36_000),
    )
    assert [(r.stream, r.account, r.minor) for r in found.journal] == [
        ("account-A1", "2011.01", -140),
        ("account-A1", "6411.01", 140),
    ]
    totals = {(t.product, t.figure): [t.contracts, t.difference] for t in found.totals}
    assert totals["demand_q", "settled-interest"] == [1, 140]
    assert found.departures == ()
    assert desk.bank.log.digest() == before


def test_a_rate_from_a_day_on_counts_for_periods_settled_under_it() -> None:
    # The rate of the settlement day counts for the whole quarter (DEP-02), so a rate from 1 April
    # changes nothing that was settled on 20 March, only what accrues.
    desk = quarter()
    found = impact(desk.bank, [Change(DEMAND, "0.10", date(2026, 4, 1))])
    assert {item.figure for item in found.moved} == {"accrued-interest"}
    assert found.journal == ()


def test_the_rate_that_there_is_moves_nothing() -> None:
    desk = quarter()
    found = impact(desk.bank, [Change.of_rule(f"{DEMAND}=2026-01-05", shipped())])
    assert (found.moved, found.journal, found.departures) == ((), (), ())


def test_rates_published_meanwhile_give_way_to_one_that_is_held_fast() -> None:
    desk = quarter()
    rate = catalogue.PublishRate(
        product="demand",
        rate=AnnualRate.of("0.07"),
        effective_from=date(2026, 4, 2),
        checker="head",
    )
    desk.do(rate)
    desk.advance("2026-06-22")
    assert "0.07" in str(desk.bank.catalogue.row(DEMAND, date(2026, 6, 20)).value)
    found = impact(desk.bank, [Change(DEMAND, "0.05")])
    (item,) = [x for x in found.moved if x.figure == "settled-interest"]
    # 14,347 x 92 days to 21 June at 0.07 % are 2.566…, at 0.05 % 1.833…: 2.57 and 1.83.
    assert [item.old, item.new] == [139 + 257, 139 + 183]


def test_a_bank_without_a_past_has_nothing_to_move() -> None:
    with Bank.memory() as empty:
        found = impact(empty, [Change(DEMAND, "0.10")])
    assert (found.moved, found.totals, found.journal) == ((), (), ())


def test_a_fork_that_lives_on_under_another_rate_verifies_like_any_log(tmp_path: Path) -> None:
    desk = quarter()
    log = desk.bank.log
    position = fork_of(log, "2026-03-10", "")
    with Bank(log.copy_prefix(str(tmp_path / "fork.db"), position)) as fork:
        lived = live_on(fork, log, position, Wish([Change(DEMAND, "0.10")]))
        assert lived.departures == []
        assert fork_point(log, fork.log) >= position
        assert fork.day == desk.bank.day
        paid = [x.event for x in fork.entries() if type(x.event).__name__ == "InterestPaid"]
        assert [event.interest for event in paid] == [yuan("2.79")]
        assert verify(fork.log).ok


def test_a_fork_without_a_command_begins_just_before_it(tmp_path: Path) -> None:
    desk = quarter()
    log = desk.bank.log
    (deposit,) = [x for x in desk.entries() if x.booking_date == date(2026, 2, 10)
                  and x.stream == "account-A1"]  # fmt: skip
    position = fork_of(log, "", deposit.id)
    assert position == deposit.position - 1
    with Bank(log.copy_prefix(str(tmp_path / "fork.db"), position)) as fork:
        lived = live_on(fork, log, position, Wish(without=deposit.id))
        assert [d.reason for d in lived.departures] == ["left out"]
        # 12,345 yuan x 75 days at 0.05 % over 360: 1.286…
        settled = [x for x in fork.entries() if type(x.event).__name__ == "InterestSettled"]
        assert [x.event.interest for x in settled] == [yuan("1.29")]
        assert verify(fork.log).ok
    assert fork_of(log, "2026-01-31", deposit.id) == fork_of(log, "2026-01-31", "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("deposit.rate.demand", "changes nothing"),
        ("deposit.rate.deman=0.1", "no parameter 'deposit.rate.deman'; did you mean"),
        ("deposit.rate.demand=much", "'much' is no value of deposit.rate.demand; write it like"),
        ("deposit.rate.demand=0.1@2026-02-30", "there is no day 2026-02-30"),
    ],
)
def test_a_change_that_cannot_be_is_bad_input(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as bad:
        Change.of_rate(text, shipped())
    assert sentence in str(bad.value)
    assert bad.value.place == "--rate"


def test_a_rule_names_the_day_of_its_version() -> None:
    found = Change.of_rule(f"{DEMAND}=2024-01-05", shipped())
    assert (found.param, found.value, found.since) == (DEMAND, "0.2", None)
    with pytest.raises(BadInput, match="is a table"):
        Change.of_rule("card.points_excluded=2024-01-05", shipped())
    with pytest.raises(Rejected):
        Change.of_rule(f"{DEMAND}=1900-01-05", shipped())


def test_a_fork_needs_a_place() -> None:
    desk = bank("2026-01-05")
    with pytest.raises(BadInput, match="no place to fork at"):
        fork_of(desk.bank.log, "", "")
    with pytest.raises(BadInput, match="nothing comes before it"):
        fork_of(desk.bank.log, "", "business-day@1")


BOARD = """
[[param]]
id = "deposit.rate.demand"
zh = "活期"
source = "ours"
mark = "convention"
rows = [
  { valid_from = 2025-05-20, value = 0.05 },
  { valid_from = 2026-03-01, value = 0.10 },
]
"""


def test_a_folder_of_catalogue_files_changes_what_it_says_otherwise(tmp_path: Path) -> None:
    (tmp_path / "board.toml").write_text(BOARD, encoding="utf-8")
    changes = Change.of_catalogue(tmp_path, shipped())
    assert changes == [Change(DEMAND, "0.1", date(2026, 3, 1))]
    found = impact(quarter().bank, changes)
    # The rate of the settlement day counts for the whole quarter (DEP-02).
    assert moved(found, "settled-interest") == (139, 279)
    with pytest.raises(BadInput, match="there is no such folder"):
        Change.of_catalogue(tmp_path / "nowhere", shipped())
