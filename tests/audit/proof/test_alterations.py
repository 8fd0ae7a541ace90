"""Ten thousand alterations of a real log: every one is named, and blind verifiers are caught.

The log is checked from the altered position on, where the verifier stood before it: the same code
as `verify` runs, and fast enough to be run always.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, cast

import msgpack
import pytest

from bankcore.audit.checks import CHECKS, Fault
from bankcore.audit.links import Followed, Links
from bankcore.audit.proof.checkpoints import Checkpoint
from bankcore.audit.proof.merkle import Frontier, Head, leaf_hash
from bankcore.audit.proof.witness import Seal
from bankcore.audit.verify import verify
from bankcore.store.chain import LinkedRow
from bankcore.store.log import Log, open_log
from bankcore.store.recording import Reads
from helpers.bank_file import write_bank
from helpers.ground import Ground
from helpers.tampering import CLUMSY, PATIENT, Alteration, Rows, altered, cut_tail, drop_and_count

CLUMSY_COUNT, PATIENT_COUNT = 8_000, 2_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ground") / "bank.db"
    write_bank(made)
    return made


@pytest.fixture(scope="module")
def ground(path: Path) -> Ground:
    with open_log(str(path)) as log:
        return Ground(list(log.rows()))


Verifier = Callable[[Alteration], Fault | None]


def missed(ground: Ground, verifier: Verifier, hands: dict[str, Any], count: int) -> Counter[str]:
    """How many alterations of each kind a verifier does not name at or just after their place."""
    dice, misses = Random(20260301), Counter[str]()
    for _ in range(count):
        change = altered(ground.rows, hands, dice)
        fault = verifier(change)
        if fault is None or not change.position <= fault.position:
            misses[change.kind] += 1
    return misses


def test_every_clumsy_alteration_is_named(ground: Ground) -> None:
    assert missed(ground, ground.followed, CLUMSY, CLUMSY_COUNT) == Counter()


def test_a_clumsy_alteration_is_named_at_its_place(ground: Ground) -> None:
    """A copy of a row put just before it looks like itself: then the second one is named."""
    dice = Random(7)
    for _ in range(500):
        change = altered(ground.rows, CLUMSY, dice)
        fault = ground.followed(change)
        assert fault is not None
        assert fault.position in {change.position, change.position + 1}, change.kind


def test_every_patient_alteration_is_named_by_a_checkpoint(ground: Ground) -> None:
    hands = {**PATIENT, "cut_tail": cut_tail}
    dice = Random(11)
    for _ in range(PATIENT_COUNT):
        change = altered(ground.rows, hands, dice)
        fault = ground.witnessed(change)
        assert fault is not None, change.kind
        assert fault.check == ("cut" if len(change.rows) < len(ground.rows) else "root")


def test_a_verifier_that_does_not_hash_is_caught(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Links.follow

    def blind(self: Links, row: LinkedRow) -> Followed:
        entry, faults = right(self, row)
        if faults and faults[0].check == "chain":
            self.head, self.events = row[5], row[0]
            return None, []
        return entry, faults

    monkeypatch.setattr(Links, "follow", blind)
    misses = missed(ground, ground.followed, CLUMSY, 300)
    assert misses["edit_byte"] + misses["rename"] > 0


def test_a_tree_that_leaves_the_name_out_is_caught(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless(row: LinkedRow) -> bytes:
        return leaf_hash(msgpack.packb([row[1], row[2], row[4]]))

    monkeypatch.setattr("bankcore.audit.proof.witness.leaf_of", nameless)
    tree = Frontier()
    ground = copy.copy(ground)
    ground.trees = [tree.copy()]
    for row in ground.rows:
        tree.add(nameless(row))
        ground.trees.append(tree.copy())
    ground.seal = Seal(Checkpoint("test", Head(tree.size, tree.root())), signed=True)
    misses = missed(ground, ground.witnessed, PATIENT, 300)
    assert set(misses) == {"rename_rehashed"}


def _log_of(rows: Rows) -> Log:
    log = open_log(":memory:", create=True)
    cast("Reads", log.application.recorder).insert_linked(rows, [])
    return log


KINDS = {
    "rename": "renamed: it was written as business_day.DayOpened.1",
    "swap_payload": "swapped: its content is that of position ",
    "renumber": "renumbered: it was written as version ",
    "forge_head": "rehashed: ",
    "edit_byte": "edited: ",
    "drop": "dropped: ",
    "swap_next": "reordered: ",
}


@pytest.mark.parametrize("kind", KINDS)
def test_verify_says_which_change_explains_a_break(ground: Ground, kind: str) -> None:
    dice = Random(3)
    while True:
        at, rows = CLUMSY[kind](ground.rows, dice)
        opened = kind != "rename" or ground.rows[at - 1][3] == "business_day.DayOpened.1"
        unlike = kind != "edit_byte" or rows[at - 1][4] not in {row[4] for row in ground.rows}
        once = len({(row[1], row[2]) for row in rows}) == len(rows)
        if opened and unlike and once and 5 < at < len(ground.rows) - 5:
            break
    with _log_of(rows) as log:
        verdict = verify(log)
    fault = verdict.faults[0]
    assert fault.kind.startswith(KINDS[kind])
    assert verdict.altered
    assert verdict.trusted == at - 1


def test_verify_names_inserted_swapped_moved_and_dropped_events(ground: Ground) -> None:
    rows = ground.rows
    extra = (40, "account-A1", 999, rows[50][3], rows[50][4], bytes(32))
    inserted = [*rows[:39], extra, *((n, *r[1:]) for n, r in enumerate(rows[39:], 41))]
    with _log_of(inserted) as log:
        fault = verify(log).faults[0]
    assert (fault.position, fault.kind.split(":")[0]) == (40, "inserted")
    at = max(n for n, row in enumerate(rows) if row[1] == "account-A2")
    far = (at + 1, *rows[at][1:4], rows[90][4], rows[at][5])
    near = (91, *rows[90][1:4], rows[at][4], rows[90][5])
    with _log_of([*rows[:90], near, *rows[91:at], far, *rows[at + 1 :]]) as log:
        fault = verify(log).faults[0]
    assert fault.kind == f"swapped: its own content stands at position {at + 1}"
    moved = [*rows[:at], (at + 1, "account-A9", *rows[at][2:]), *rows[at + 1 :]]
    with _log_of(moved) as log:
        fault = verify(log).faults[0]
    assert (fault.position, fault.kind) == (at + 1, "moved: it was written in stream account-A2")
    dice = Random(1)
    at, made = drop_and_count(rows, dice)
    with _log_of(made) as log:
        fault = verify(log).faults[0]
    assert (fault.position, fault.check) == (at, "chain")
    assert fault.kind.split(":")[0] in {"dropped", "edited"}


def test_verify_names_every_patient_alteration_and_never_breaks(ground: Ground) -> None:
    """Rows that fit each other but not the bank: whatever folds and rules make of them."""
    dice, seen, done = Random(5), Counter[str](), 0
    while done < 60:
        change = altered(ground.rows, PATIENT, dice)
        if len({(row[1], row[2]) for row in change.rows}) < len(change.rows):
            continue  # the store itself refuses two events of one version
        if any(row[2] < 1 for row in change.rows):
            continue
        with _log_of(change.rows) as log:
            verdict = verify(log, seals=[ground.seal])
        assert verdict.altered, change.kind
        assert verdict.trusted < len(ground.rows)
        seen.update(fault.check for fault in verdict.faults)
        done += 1
    assert {"order", "bytes"} <= seen.keys() <= CHECKS.keys()


def test_an_untouched_log_passes(path: Path, ground: Ground) -> None:
    with open_log(str(path)) as log:
        verdict = verify(log, seals=[ground.seal])
    assert verdict.ok
    assert verdict.sealed == verdict.trusted == verdict.events == len(ground.rows)


def test_without_semantic_no_figure_is_recomputed(path: Path) -> None:
    with open_log(str(path)) as log:
        assert verify(log, semantic=False).recomputed == 0
        assert verify(log).recomputed > 0
