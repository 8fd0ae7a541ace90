"""Chart, posting table, tie-out, agency, accrual: properties of GL-01 to GL-06."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.ledger.accrual import Accruing, accrued, virtual_legs
from bankcore.rules.ledger.agency import AgencyBooks, FundsShort, agency_fee, book_agency
from bankcore.rules.ledger.chart import CHART
from bankcore.rules.ledger.posting_rows import legs, patterns
from bankcore.rules.ledger.posting_table import ROWS
from bankcore.rules.ledger.tie_out import check_tied, find_breaks
from bankcore.values.money import Money, yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected

MONEY_ROWS = sorted(code for code in ROWS if patterns(code))
AMOUNTS = st.integers(-(10**9), 10**9)


@st.composite
def postings(draw: st.DrawFn) -> tuple[str, dict[str, int], dict[str, str]]:
    """Any row with any amounts, on accounts of the balance sheet."""
    code = draw(st.sampled_from(MONEY_ROWS))
    names = sorted({name for p in patterns(code) for _, name in p.terms})
    places = sorted({p.account for p in patterns(code) if not p.account[0].isdigit()})
    on_balance = st.sampled_from(sorted(a for a in CHART if a[0] != "8"))
    return code, {n: draw(AMOUNTS) for n in names}, {p: draw(on_balance) for p in places}


@given(postings())
def test_every_row_balances_on_and_off_the_balance_sheet(
    posting: tuple[str, dict[str, int], dict[str, str]],
) -> None:
    lines = legs(*posting)
    assert sum(minor for account, minor in lines if account[0] == "8") == 0
    assert sum(minor for account, minor in lines if account[0] != "8") == 0
    assert all(minor for _, minor in lines)


@given(postings())
def test_a_reversal_undoes_an_entry_on_every_account(
    posting: tuple[str, dict[str, int], dict[str, str]],
) -> None:
    code, amounts, accounts = posting
    red = legs(code, {name: -minor for name, minor in amounts.items()}, accounts)
    assert red == tuple((account, -minor) for account, minor in legs(*posting))


def test_every_account_of_the_table_is_in_the_chart() -> None:
    fixed = {p.account for code in ROWS for p in patterns(code) if p.account[0].isdigit()}
    assert fixed <= CHART.keys()


@pytest.mark.parametrize(
    ("amounts", "accounts", "reason"),
    [
        ({}, {"source": "1001", "deposit": "2011.01"}, Reason.AMOUNT_MISSING),
        ({"amount": 1}, {"source": "1001", "deposit": "9999"}, Reason.ACCOUNT_UNKNOWN),
        ({"amount": 1}, {"source": "1001"}, Reason.ACCOUNT_UNKNOWN),
    ],
)
def test_what_cannot_be_posted_is_refused(
    amounts: dict[str, int], accounts: dict[str, str], reason: Reason
) -> None:
    with pytest.raises(Rejected) as no:
        legs("D1", amounts, accounts)
    assert no.value.reason is reason


def test_a_row_whose_legs_do_not_sum_to_zero_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROWS, "uneven", "Dr 1001 amount; Cr 2011.01 amount; Cr 2231 fee")
    assert legs("uneven", {"amount": 7}, {}) == (("1001", 7), ("2011.01", -7))
    with pytest.raises(Rejected) as no:
        legs("uneven", {"amount": 7, "fee": 1}, {})
    assert no.value.reason is Reason.UNBALANCED_ENTRY


def test_every_row_of_the_table_balances_in_every_amount() -> None:
    for code in ROWS:
        sums: dict[str, int] = {}
        for pattern in patterns(code):
            for sign, name in pattern.terms:
                sums[name] = sums.get(name, 0) + pattern.side * sign
        assert not any(sums.values()), code


BOOKS = st.dictionaries(st.sampled_from(["2011.01", "2231", "1303.01"]), AMOUNTS)


@given(BOOKS, BOOKS)
def test_a_break_is_the_whole_difference(control: dict[str, int], sub: dict[str, int]) -> None:
    found = find_breaks(control, sub)
    for account in control.keys() | sub.keys():
        assert found.get(account, 0) == control.get(account, 0) - sub.get(account, 0)
    assert 0 not in found.values()


def test_a_day_with_a_break_does_not_close() -> None:
    check_tied({"2231": 5}, {"2231": 5})
    with pytest.raises(Rejected) as no:
        check_tied({"2231": 5}, {})
    assert no.value.reason is Reason.LEDGER_BREAK


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2", "A4"]),
        st.fixed_dictionaries({"amount": st.integers(0, 10**6).map(Money)}),
    ),
    max_size=10,
)


@given(EVENTS)
def test_entrusted_loans_never_exceed_entrusted_funds(
    events: list[tuple[str, dict[str, Money]]],
) -> None:
    books = book_agency(events)
    if isinstance(books, FundsShort):
        books = book_agency(events[: books.index])
    assert isinstance(books, AgencyBooks)
    assert books.entrusted_loans <= books.entrusted_funds


def test_the_agent_earns_five_percent_of_the_interest() -> None:
    # 650.00 × 5 % = 32.50.
    assert agency_fee(yuan("650.00"), Fraction(5, 100)).amount == yuan("32.50")


START = date(2026, 1, 31)
KINDS = st.sampled_from(["demand", "time", "notice"])


@given(KINDS, st.integers(0, 10**9).map(Money), st.integers(0, 800))
def test_time_interest_grows_and_stops_at_its_term(kind: str, amount: Money, days: int) -> None:
    account = Accruing(kind, amount, START, AnnualRate.of("0.95"), 12 if kind == "time" else None)
    today = accrued(account, START + timedelta(days=days))
    tomorrow = accrued(account, START + timedelta(days=days + 1))
    assert 0 <= today <= tomorrow
    if kind == "time":
        assert tomorrow <= amount.minor * account.rate.yearly


@given(st.lists(st.tuples(st.sampled_from(["6411.01", "6411.02"]), st.fractions(0, 10**6))))
def test_virtual_legs_do_not_depend_on_how_accounts_are_batched(
    parts: list[tuple[str, Fraction]],
) -> None:
    split = [(account, exact / 3) for account, exact in parts for _ in range(3)]
    whole, batched = virtual_legs(parts), virtual_legs(reversed(split))
    assert {a: f.exact for a, f in whole.items()} == {a: f.exact for a, f in batched.items()}
