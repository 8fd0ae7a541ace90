"""The tree: RFC 9162's own definition beside ours, the published test roots, proofs that hold."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from bankcore.audit.proof.merkle import (
    EMPTY_ROOT,
    Frontier,
    Head,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    root_of,
)

PUBLISHED_LEAVES = tuple(
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
# The roots of these eight leaves at sizes 1, 2, 3, 5 and 8 that implementations of Certificate
# Transparency test themselves with since 2013.
PUBLISHED_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
leaves = st.integers(1, 70).map(lambda n: tuple(leaf_hash(bytes([i])) for i in range(n)))


def mth(hashes: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1, word for word."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha256(b"\x01" + mth(hashes[:k]) + mth(hashes[k:])).digest()


def test_the_published_leaves_have_the_published_roots() -> None:
    hashes = [leaf_hash(row) for row in PUBLISHED_LEAVES]
    for size, root in PUBLISHED_ROOTS.items():
        assert root_of(hashes[:size]).hex() == root


@given(leaves)
def test_the_root_at_every_size_is_that_of_the_definition(hashes: tuple[bytes, ...]) -> None:
    tree = Frontier()
    assert tree.root() == EMPTY_ROOT
    for size, leaf in enumerate(hashes, 1):
        tree.add(leaf)
        assert tree.size == size
        assert tree.root() == mth(hashes[:size])


@given(leaves, st.data())
def test_every_leaf_is_shown_to_be_in_the_tree_and_nowhere_else(
    hashes: tuple[bytes, ...], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(hashes) - 1))
    tree, proof = Head(len(hashes), root_of(hashes)), inclusion_proof(hashes, index)
    assert includes(tree, index, hashes[index], proof)
    assert not includes(tree, index, leaf_hash(b"another"), proof)
    assert not includes(tree, index, hashes[index], (*proof, bytes(32)))
    other = data.draw(st.integers(-1, len(hashes)))
    assert includes(tree, other, hashes[index], proof) == (other == index)
    if proof:
        assert not includes(tree, index, hashes[index], proof[:-1])


@given(leaves, st.data())
def test_a_tree_is_shown_to_extend_an_earlier_one_and_no_other(
    hashes: tuple[bytes, ...], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(hashes)))
    new = Head(len(hashes), root_of(hashes))
    old = Head(size, root_of(hashes[:size]))
    proof = consistency_proof(hashes, size)
    assert extends(old, new, proof)
    assert not extends(Head(size, leaf_hash(b"forged")), new, proof)
    assert not extends(old, Head(new.size, leaf_hash(b"forged")), proof)
    assert not extends(old, new, (*proof, bytes(32)))
    if proof:
        assert not extends(old, new, proof[:-1])


def test_the_empty_tree_is_the_start_of_every_tree() -> None:
    assert extends(Head(0, EMPTY_ROOT), Head(3, bytes(32)), ())
    assert not extends(Head(0, bytes(32)), Head(3, bytes(32)), ())
    assert not extends(Head(4, bytes(32)), Head(3, bytes(32)), ())
