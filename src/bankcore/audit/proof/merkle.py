"""The Merkle tree over a log (默克尔树), after RFC 9162 section 2.1: pure functions on hashes.

Leaf n is the row of position n + 1 in the bytes that the chain hashes too, msgpack of
`[stream, version, name, state]`. A leaf is hashed after a zero byte and a node after a one byte,
so that neither can stand for the other. Any size has a root; the empty tree's is SHA-256 of "".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(row: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 ‖ row)."""
    return sha256(b"\x00" + row).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """A growing tree, kept as the roots of its perfect subtrees, largest first: O(log n) bytes.

    `peaks` has one hash for each set bit of `size`, so a leaf is added in constant time on average
    and the root is at hand at every size.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        full = self.size
        while full & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            full >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root at the present size."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def copy(self) -> Frontier:
        """A tree that grows on its own from here."""
        return Frontier(self.size, list(self.peaks))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from a leaf to the root, lowest first (RFC 9162 2.1.3.1)."""
    assert 0 <= index < len(leaves), f"no leaf {index} in a tree of {len(leaves)}"
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
    return tuple(reversed(path))


def consistency_proof(leaves: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """The hashes that show a tree of `size` leaves to be the start of this one (2.1.4.1)."""
    assert 0 < size <= len(leaves), f"no tree of {size} in one of {len(leaves)}"
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while size < high:
        middle = low + _split(high - low)
        if size <= middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
    if low:
        path.append(root_of(leaves[low:high]))
    return tuple(reversed(path))


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)


@dataclass(frozen=True, slots=True)
class Head:
    """A tree as someone else knows it: how many leaves, and the root."""

    size: int
    root: bytes


def includes(tree: Head, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows a leaf hash to be in a tree at an index (2.1.3.2)."""
    if not 0 <= index < tree.size:
        return False
    at, last, found = index, tree.size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == tree.root


def extends(old: Head, new: Head, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows one tree to be the start of another (2.1.4.2).

    The empty tree is the start of every tree; a tree is the start of itself without a proof.
    """
    if old.size == 0:
        return old.root == EMPTY_ROOT and not proof
    if old.size >= new.size:
        return old == new and not proof
    whole = old.size & (old.size - 1) == 0
    path = [old.root, *proof] if whole else list(proof)
    return bool(path) and _climbed(old.size, new.size, path) == (old.root, new.root)


def _climbed(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a path leads to, or None when it is too long or too short."""
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        at, last = at >> 1, last >> 1
    return (first, second) if last == 0 else None
