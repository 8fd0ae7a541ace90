"""What must hold after every step of a life, whatever was done: design.md section 10.

Each check raises `Difference`. The cheap ones look at the present; `at` asks both models about
any pair of dates; `whole` proves at the end of a life that the log alone gives all of it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.audit.explain.evidence import evidence
from bankcore.audit.explain.registry import explain
from bankcore.audit.verify import verify
from bankcore.operations.loans.collecting import owed_on
from bankcore.projections.accrued import accrued
from bankcore.projections.live import Live
from bankcore.projections.postings import post
from bankcore.projections.states import States, fold_states
from bankcore.projections.trial_balance import subledgers, trial_balance
from bankcore.testing.life import Difference, Life, Pair, same
from bankcore.values.entry import Entry


def present(life: Life, since: int) -> None:
    """The latest entries balance, and the present is the same on both sides."""
    for entry in life.entries[since:]:
        balanced(entry)
    for number, model in life.model.accounts.items():
        account = life.bank.state(ACCOUNT, number)
        assert account is not None, "the bank has every account of the model"
        same(f"balance of {number}", account.balance.minor, model.balance())
        available = model.available(life.model.today)
        same(f"available balance of {number}", account.available.minor, available)
        same(f"settled and unpaid interest of {number}", account.payable.minor, model.payable())
    for key, expected in life.model.deposits.items():
        deposit = life.bank.state(TIME_DEPOSIT, key)
        assert deposit is not None, "the bank has every deposit of the model"
        same(f"principal of {key}", deposit.principal.minor, expected.principal())
        same(f"payable interest of {key}", deposit.payable.minor, expected.payable)
        same(f"maturity of {key}", deposit.maturity, expected.maturity)
    books = life.bank._reader.books()  # noqa: SLF001  # the running totals are what is checked
    same("control accounts less sub-ledgers", dict(books.breaks()), {})
    same(
        "running trial balance",
        books.trial_balance(),
        life.model.trial_balance(),
    )
    loans(life)


def loans(life: Life) -> None:
    """What each loan owes, due and not, how many days it is past due, and what may be lost."""
    today = life.model.today
    for key, model in life.model.loans.items():
        loan = life.bank.state(LOAN, key)
        assert loan is not None, "the bank has every loan of the model"
        found = [(d.number, d.principal.minor, d.interest.minor) for d in loan.dues]
        expected = [(d.number, d.principal, d.interest) for d in model.dues]
        same(f"dues of {key}", found, expected)
        same(f"owed on {key}", owed_on(loan, today).minor, model.owed(today))
        same(f"days past due of {key}", loan.days_past_due(today), model.days_past_due(today))
        same(f"class of {key}", loan.risk.loan_class.value, model.grade)
        same(f"stage of {key}", loan.risk.stage, model.stage)
        same(f"allowance of {key}", loan.sums.allowance.minor, model.allowance)


def balanced(entry: Entry[Any]) -> None:
    """Legs sum to zero, on and off the balance sheet each, GL-01."""
    legs = post(entry)
    for part in (True, False):
        total = sum(leg.minor for leg in legs if leg.account.startswith("8") is part)
        same(f"sum of the legs of {entry.id}", total, 0)


def at(life: Life, pair: Pair) -> None:
    """Everything that can be asked at a pair of dates."""
    try:
        _at(life, pair)
    except Difference as difference:
        difference.pair = pair
        raise


def _at(life: Life, pair: Pair) -> None:
    seen = list(pair.window.filter(life.entries))
    states = fold_states(seen)
    ledger = trial_balance(seen)
    expected = life.model.trial_balance(pair.as_of, pair.known_at)
    same(f"trial balance at {pair}", ledger, expected)
    subs = subledgers(states)
    gaps = {a: m - ledger.get(a, 0) for a, m in subs.items() if m != ledger.get(a, 0)}
    same(f"control accounts less sub-ledgers at {pair}", gaps, {})
    _accounts_at(life, states, pair)
    if pair.as_of.day % 3 == 0:
        explained(life, pair)


def _accounts_at(life: Life, states: States, pair: Pair) -> None:
    every = list(accrued(states, pair.as_of, life.bank.catalogue))
    found = {a.stream: a.exact for a in every}
    lived = min(pair.as_of, pair.known_at, life.model.today)
    for number, model in life.model.accounts.items():
        account = states.get(ACCOUNT, number)
        if account is None:
            continue
        balance = model.balance(pair.as_of, pair.known_at)
        same(f"balance of {number} at {pair}", account.balance.minor, balance)
        available = model.available(lived, pair.as_of, pair.known_at)
        same(f"available balance of {number} at {pair}", account.available.minor, available)
        exact = found.get(ACCOUNT.stream(number), Fraction(0))
        same(f"accrued interest of {number} at {pair}", exact, life.accrued(number, pair))
    for stream, expected in life.contracts(pair).items():
        grown = sum((a.exact for a in every if a.stream == stream), Fraction(0))
        same(f"accrued interest of {stream} at {pair}", grown, expected)


def explained(life: Life, pair: Pair) -> None:
    """Every explanation adds up to what the model says, to the last fraction."""
    found = evidence(life.entries, pair.window, life.bank.catalogue, pair.as_of)
    for stream, value in life.contracts(pair).items():
        if stream in found.states.by_stream:
            explanation = explain("accrued-interest", stream, found)
            same(f"accrued interest of {stream} at {pair}, explained", explanation.value, value)
    for number, model in life.model.accounts.items():
        stream = ACCOUNT.stream(number)
        if stream not in found.states.by_stream:
            continue
        expected = {
            "balance": Fraction(model.balance(pair.as_of, pair.known_at)),
            "accrued-interest": life.accrued(number, pair),
        }
        for figure, value in expected.items():
            explanation = explain(figure, stream, found)
            same(f"{figure} of {number} at {pair}, explained", explanation.value, value)
            if not explanation.adds_up:
                raise Difference(f"{figure} of {number} at {pair} does not add up")


def pairs(life: Life, step: int) -> Iterator[Pair]:
    """One or two pairs of dates, another choice at every step: today, or days of the past."""
    days = sorted({d for e in life.entries for d in (e.value_date, e.booking_date)})
    early, late = days[step * 7 % len(days)], days[step * 5 % len(days)]
    yield Pair(early, late)
    if step % 3 == 0:
        yield Pair(life.model.today, life.model.today)
    if step % 3 == 1:
        yield Pair(life.model.today + timedelta(days=step % 40), life.model.today)


def whole(life: Life) -> None:
    """The log alone gives the whole bank again: stored = seen, folded in one go and in pieces."""
    stored = list(life.bank.entries())
    same("entries in the log", stored, life.entries)
    once, pieces = Live(), Live()
    once.take(stored)
    for start in range(0, len(stored), 7):
        pieces.take(stored[start : start + 7])
        pieces.books()
    running = life.bank._reader.live  # noqa: SLF001  # what was caught up step by step
    running.take(stored[running.position :])
    for name, other in (("caught up", running), ("folded in pieces", pieces)):
        same(f"states {name}", other.states, once.states)
        same(f"ledger {name}", other.books().trial_balance(), once.books().trial_balance())
        same(f"sub-ledgers {name}", +other.books().subs, +once.books().subs)
    verdict = verify(life.bank.log)
    if not verdict.ok:
        raise Difference(f"verify: {verdict.faults[0]}")
