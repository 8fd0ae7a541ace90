"""Writing a difference down as a scenario script that `bankcore run` replays (反例剧本).

The script holds the steps of the life with the refusals that were expected, and what the naive
model says at the dates where the two disagreed, so the run fails in the same place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from bankcore.projections.trial_balance import trial_balance
from bankcore.scenarios.binding import unbind
from bankcore.testing.life import Difference, Life, Pair, Step
from bankcore.testing.naive.bank import DONE, DUPLICATE
from bankcore.values.money import Money

HEAD: Final = """\
# {problem}
id = "{name}"
kind = "counterexample"
title = {{ zh = "反例", en = "A counterexample" }}
story.zh = "两个模型在这里说法不同。"
story.en = "Here the bank and the naive model say different things."
start = {start}
end = {end}
"""


def write(life: Life, difference: Difference, folder: Path, name: str) -> Path:
    """Write the script of a life that ended in a difference; an older one is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(script(life, difference, name), encoding="utf-8")
    return path


def script(life: Life, difference: Difference, name: str) -> str:
    """The text of the script: head, steps, expectations."""
    problem = " ".join(str(difference).split())
    end = max(life.model.today, life.start)
    parts = [HEAD.format(problem=problem, name=name, start=life.start, end=end)]
    parts += [life.prologue] if life.prologue else []
    parts += [_step(step) for step in life.steps if step.expected != DUPLICATE]
    parts += _expected(life, difference.pair or Pair(end, end))
    return "\n".join(parts)


def _step(step: Step) -> str:
    lines = ["[[step]]", f"on = {step.day}"]
    if step.command is not None and step.frame is not None:
        wire_name, given = unbind(step.command)
        lines += [f'do = "{wire_name}"', f"with = {_toml(given)}"]
        frame = step.frame
        words: dict[str, object] = {"ground": frame.ground, "approver": frame.approver}
        if frame.value_date is not None:
            words |= {"value_date": frame.value_date, "approval": frame.approval}
        lines += [f"{key} = {_toml(word)}" for key, word in words.items() if word is not None]
        if step.expected != DONE:
            lines.append(f'refused = "{step.expected}"')
    return "\n".join(lines) + "\n"


def _expected(life: Life, pair: Pair) -> Iterator[str]:
    """What the model says at a pair of dates: ledger, balances, accrued interest in exact fen."""
    seen = pair.window.filter(life.entries)
    ledger = dict.fromkeys(trial_balance(seen), 0)
    for gl, fen in (ledger | life.model.trial_balance(pair.as_of, pair.known_at)).items():
        yield _expect("ledger", gl, str(Money(fen)), pair)
    lived = min(pair.as_of, pair.known_at, life.model.today)
    for number, account in life.model.accounts.items():
        if account.opened_on > lived:
            continue
        balance = Money(account.balance(pair.as_of, pair.known_at))
        yield _expect("balance", number, str(balance), pair)
        available = Money(account.available(lived, pair.as_of, pair.known_at))
        yield _expect("state.available", number, str(available), pair)
        exact = life.accrued(number, pair)
        yield _expect("accrued-interest", number, _exact(exact), pair)
    for stream, exact in life.contracts(pair).items():
        yield _expect("accrued-interest", stream, _exact(exact), pair)


def _exact(fen: Fraction) -> str:
    return f"{fen.numerator}/{fen.denominator}"


def _expect(what: str, of: str, answer: str, pair: Pair) -> str:
    dates = f"as_of = {pair.as_of}\nknown_at = {pair.known_at}"
    return f'[[expect]]\nwhat = "{what}"\nof = "{of}"\nis = "{answer}"\n{dates}\n'


def _toml(value: Any) -> str:
    """A plain field value in TOML: dates bare, texts quoted, tables and lists in line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
