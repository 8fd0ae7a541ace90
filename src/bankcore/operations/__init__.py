"""Decisions that see several streams; pure, they emit events and do no I/O.

`table.HANDLERS` is the closed table of what the bank can be told to do. It is not imported here:
whoever only reads a log does not pay for every product's decisions.
"""
