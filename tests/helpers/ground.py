"""A log's rows to alter, and what verifiers know before each of them."""

from __future__ import annotations

from bankcore.audit.checks import Fault
from bankcore.audit.links import Links
from bankcore.audit.proof.checkpoints import Checkpoint
from bankcore.audit.proof.merkle import Frontier, Head
from bankcore.audit.proof.sealing import leaf_of
from bankcore.audit.proof.witness import Seal, Witness
from helpers.tampering import Alteration, Rows


class Ground:
    """A log's rows, and where links and tree stand before each of them."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        links, tree = Links(), Frontier()
        self.links, self.trees = [links.copy()], [tree.copy()]
        for row in rows:
            _, faults = links.follow(row)
            assert faults == []
            tree.add(leaf_of(row))
            self.links.append(links.copy())
            self.trees.append(tree.copy())
        self.seal = Seal(Checkpoint("test", Head(tree.size, tree.root())), signed=True)

    def followed(self, change: Alteration) -> Fault | None:
        """The first fault of links in altered rows."""
        links = self.links[change.position - 1].copy()
        for row in change.rows[change.position - 1 :]:
            _, faults = links.follow(row)
            if faults:
                return faults[0]
        return None

    def witnessed(self, change: Alteration) -> Fault | None:
        """The first fault that a checkpoint of the whole log shows in altered rows."""
        witness = Witness.of([self.seal])
        witness.tree = self.trees[change.position - 1].copy()
        for row in change.rows[change.position - 1 :]:
            for fault in witness.take(row):
                return fault
        return next(witness.cut(len(change.rows)), None)
