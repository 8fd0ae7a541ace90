"""The vectors of the specification: both verifiers, and the program that seals, agree with them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgpack
import pytest

from bankcore.audit.proof import verify_pack
from bankcore.audit.proof.checkpoints import parse
from bankcore.audit.proof.keys import PublicKey
from bankcore.audit.proof.merkle import (
    Head,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    root_of,
)
from bankcore.audit.proof.notes import notes_of
from bankcore.audit.proof.sealing import leaf_of
from bankcore.store.lines import from_lines, to_lines

VECTORS = Path(__file__).parents[3] / "docs" / "spec" / "vectors"


def vectors(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((VECTORS / name).read_text("utf-8"))
    return made


def test_msgpack_is_spelt_as_short_as_can_be() -> None:
    for case in vectors("msgpack.json")["values"]:
        raw = bytes.fromhex(case["hex"])
        assert verify_pack.pack(case["value"]) == raw == msgpack.packb(case["value"])
        assert verify_pack.unpack(raw) == case["value"]
    assert verify_pack.pack(b"x" * 300) == msgpack.packb(b"x" * 300)
    for bad in vectors("msgpack.json")["refused"]:
        with pytest.raises(ValueError):  # noqa: PT011  # that it is refused, whatever it says
            verify_pack.unpack(bytes.fromhex(bad["hex"]))


def test_lines_rows_heads_and_leaves() -> None:
    events = vectors("chain.json")["events"]
    rows = list(from_lines([event["line"] for event in events]))
    assert list(to_lines(rows)) == [event["line"] for event in events]
    assert [msgpack.packb(row[1:5]).hex() for row in rows] == [event["row"] for event in events]
    assert [row[5].hex() for row in rows] == [event["head"] for event in events]
    assert [leaf_of(row).hex() for row in rows] == [event["leaf"] for event in events]
    table: dict[str, Any] = {"events": {}, "rows": {}, "chart": [], "reversals": {}}
    walk = verify_pack.Walk(table, {}, {}, frozenset())
    for event in events:
        walk.take(event["line"])
    leaves = [bytes.fromhex(event["leaf"]) for event in events]
    assert walk.head.hex() == events[-1]["head"]
    assert walk.root() == root_of(leaves)


def test_roots_and_proofs() -> None:
    case = vectors("merkle.json")
    leaves = [leaf_hash(bytes.fromhex(text)) for text in case["leaves"]]
    roots = [bytes.fromhex(text) for text in case["roots"]]
    assert [root_of(leaves[:size]) for size in range(9)] == roots
    for part in case["inclusion"]:
        index, size, proof = part["index"], part["size"], tuple(map(bytes.fromhex, part["proof"]))
        assert inclusion_proof(leaves[:size], index) == proof
        assert includes(Head(size, roots[size]), index, leaves[index], proof)
    for part in case["consistency"]:
        old, new, proof = part["from"], part["to"], tuple(map(bytes.fromhex, part["proof"]))
        assert consistency_proof(leaves[:new], old) == proof
        assert extends(Head(old, roots[old]), Head(new, roots[new]), proof)


def test_signatures() -> None:
    for case in vectors("ed25519.json")["signatures"]:
        public, message, signature = (
            bytes.fromhex(case[word]) for word in ("public", "message", "signature")
        )
        assert verify_pack.signed(public, message, signature) == case["good"], case.get("why")
        if len(signature) == 64 and "point" not in case.get("why", ""):
            assert PublicKey("x", public).signed(signature, message) == case["good"]


def test_notes_and_checkpoints() -> None:
    for case in vectors("notes.json")["notes"]:
        key, own = verify_pack.read_key(case["key"]), PublicKey.parse(case["key"])
        ((text, signatures),) = verify_pack.notes(case["note"])
        (note,) = notes_of(case["note"])
        assert note.text == text
        assert verify_pack.note_signed(text, signatures, key) == case["good"]
        assert note.signed_by(own) == case["good"]
        if "checkpoint" in case:
            (seal,) = verify_pack.checkpoints(case["note"], key)
            told = case["checkpoint"]
            assert (seal.size, seal.root.hex(), seal.also) == tuple(told.values())
            assert parse(text).tree == Head(told["size"], bytes.fromhex(told["root"]))


def test_postings() -> None:
    case = vectors("postings.json")
    for part in case["postings"]:
        chosen = {1: part["rows"]} if part["rows"] else {}
        walk = verify_pack.Walk(case["table"], chosen, {}, frozenset())
        if part["legs"] is None:
            with pytest.raises(verify_pack.WrongError):
                walk.post(1, part["name"], part["body"])
            continue
        walk.post(1, part["name"], part["body"])
        assert walk.ledger == Counter(part["legs"])
        assert walk.legs == len(part["legs"])
