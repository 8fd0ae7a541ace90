"""Proof towards others (存证): Merkle tree, signed checkpoints, evidence packs, their verifier.

A chain shows what was altered to whoever kept its head. A tree over the same rows lets a stranger
check one event, or that a bank only ever appended, with a handful of hashes.
"""
