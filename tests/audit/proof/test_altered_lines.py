"""Ten thousand alterations before the stand-alone verifier: all named; broken ones are caught."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, cast

import msgpack
import pytest

from bankcore.audit.proof import verify_pack
from bankcore.audit.proof.tables import posting_table
from bankcore.store.chain import LinkedRow
from bankcore.store.lines import to_lines
from bankcore.store.log import open_log
from helpers.bank_file import write_bank
from helpers.ground import Ground
from helpers.tampering import CLUMSY, PATIENT, Alteration, altered, cut_tail

EVERY_HAND = {**CLUMSY, **PATIENT, "cut_tail": cut_tail}
COUNT = 10_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ground") / "bank.db"
    write_bank(made)
    return made


@pytest.fixture(scope="module")
def ground(path: Path) -> Ground:
    with open_log(str(path)) as log:
        return Ground(list(log.rows()))


def _line(row: LinkedRow, shown: str) -> str:
    """The line of a row; a state that cannot be read is shown as another row's line shows it."""
    try:
        return next(to_lines([row]))
    except (ValueError, TypeError, msgpack.UnpackException):
        raw = json.loads(shown) | dict(zip(("position", "stream", "version", "name"), row))  # noqa: B905  # four of six
        return json.dumps(raw | {"state": row[4].hex(), "head": row[5].hex()}, ensure_ascii=False)


def _walks(ground: Ground) -> Iterator[verify_pack.Walk]:
    walk = verify_pack.Walk(posting_table(), {}, {}, frozenset({len(ground.rows)}))
    yield copy.deepcopy(walk)
    for line in to_lines(ground.rows):
        walk.take(line)
        yield copy.deepcopy(walk)


def test_the_other_verifier_names_every_alteration_of_the_lines(ground: Ground) -> None:
    walks, dice = list(_walks(ground)), Random(13)
    whole = walks[-1]
    assert whole.roots[whole.events] == ground.seal.checkpoint.tree.root
    shown = next(to_lines(ground.rows[:1]))
    codes = Counter[str]()
    for _ in range(COUNT):
        change = altered(ground.rows, EVERY_HAND, dice)
        fault = _walked(ground, copy.deepcopy(walks[change.position - 1]), change, shown)
        assert fault is not None, change.kind
        assert fault.position >= change.position or fault.code == "E10"
        codes[fault.code] += 1
    assert codes.keys() >= {"E04", "E05", "E06", "E08", "E10"}


def _broken(ground: Ground, count: int) -> Counter[str]:
    """What a stand-alone verifier that was broken on purpose lets pass, by kind."""
    walks, dice = list(_walks(ground)), Random(17)
    shown, passed = next(to_lines(ground.rows[:1])), Counter[str]()
    for _ in range(count):
        change = altered(ground.rows, EVERY_HAND, dice)
        if _walked(ground, copy.deepcopy(walks[change.position - 1]), change, shown) is None:
            passed[change.kind] += 1
    return passed


def test_a_stand_alone_verifier_that_trusts_what_a_line_shows_is_caught(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Head and root are over `state`: only its comparison with what is shown names another text."""
    lines = list(to_lines(ground.rows))
    at = next(n for n, line in enumerate(lines) if '"Customer C1"' in line)
    shown = [*lines[:at], lines[at].replace('"Customer C1"', '"Customer C9"'), *lines[at + 1 :]]

    def walked() -> str:
        walk = verify_pack.Walk(posting_table(), {}, {}, frozenset({len(ground.rows)}))
        try:
            for line in shown:
                walk.take(line)
        except verify_pack.WrongError as no:
            return cast("verify_pack.Fault", no.args[0]).code
        return "" if walk.root() == ground.seal.checkpoint.tree.root else "E08"

    def trusting(_: int, line: str) -> tuple[Any, Any, Any]:
        raw = json.loads(line)
        return raw, raw["envelope"], raw["body"]

    assert walked() == "E04"
    monkeypatch.setattr(verify_pack, "_line", trusting)
    assert walked() == ""


def test_a_stand_alone_verifier_without_roots_lets_every_patient_hand_pass(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that never compares roots sees rehashed rows only where they break a rule."""
    root = ground.seal.checkpoint.tree.root
    monkeypatch.setattr(verify_pack.Walk, "root", lambda _: root)
    passed = _broken(ground, 600)
    assert passed
    assert all(kind.endswith("_rehashed") for kind in passed)


def _walked(
    ground: Ground, walk: verify_pack.Walk, change: Alteration, shown: str
) -> verify_pack.Fault | None:
    """The fault that a walk over altered lines ends in, or what the checkpoint makes of it."""
    try:
        for row in change.rows[change.position - 1 :]:
            walk.take(_line(row, shown))
    except verify_pack.WrongError as no:
        return cast("verify_pack.Fault", no.args[0])
    except (LookupError, ValueError, TypeError, AttributeError):
        return verify_pack.Fault("E11", walk.events + 1, "its body does not fit its name")
    if walk.events < len(ground.rows):
        return verify_pack.Fault("E10", walk.events, "cut")
    if walk.roots[len(ground.rows)] != ground.seal.checkpoint.tree.root:
        return verify_pack.Fault("E08", walk.events, "another root")
    return None
