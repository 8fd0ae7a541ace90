"""Tie-out (总分核对): each control account equals the sum of its sub-ledger, GL-04."""

from __future__ import annotations

from collections.abc import Mapping

from bankcore.values.reasons import Reason, Rejected


def find_breaks(control: Mapping[str, int], subledger: Mapping[str, int]) -> dict[str, int]:
    """Control minus sub-ledger by account in minor units, only where it is not zero.

    Both have the same sign convention; an account that only one side knows counts zero on the
    other. Positive means that the control account is too high. The tolerance is nil.
    """
    accounts = sorted(control.keys() | subledger.keys())
    differences = {a: control.get(a, 0) - subledger.get(a, 0) for a in accounts}
    return {account: minor for account, minor in differences.items() if minor}


def check_tied(control: Mapping[str, int], subledger: Mapping[str, int]) -> None:
    """Refuse `ledger_break`: the day cannot close before it is explained."""
    if breaks := find_breaks(control, subledger):
        raise Rejected(Reason.LEDGER_BREAK, **breaks)
