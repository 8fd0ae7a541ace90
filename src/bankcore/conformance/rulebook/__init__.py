"""Adapters of the rulebook: rule id -> function from a case's inputs to its expected shape.

Each family module keeps its own `ADAPTERS`; `bankcore.conformance.rulebook.table` merges them.
"""
