"""Adapters of LN-18 to LN-23: days past due, penalty, misuse, allocation, collateral."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, text_of
from bankcore.conformance.rulebook.loans.reading import (
    amount,
    code,
    day,
    percent,
    policies,
    rate,
    shown,
)
from bankcore.rules.loans.allocation import Dues, Parts, allocate_payment
from bankcore.rules.loans.arrears import Owed, Paid, days_past_due, missed_instalments
from bankcore.rules.loans.codes import LoanClass, PaymentMode, Product
from bankcore.rules.loans.misuse import MisusePolicy, misuse_surcharge, payee_blocked
from bankcore.rules.loans.penalty import (
    Overcharge,
    OverduePiece,
    PenaltyPolicy,
    RateStep,
    compound_interest,
    penalty_interest,
)
from bankcore.rules.loans.release import (
    Outstanding,
    PartialRelease,
    partial_release_refusal,
    release_refusal,
    top_up,
)
from bankcore.values.money import total

Charge = Callable[[OverduePiece, Sequence[RateStep], PenaltyPolicy], Overcharge]
_KINDS: Final = ("principal", "interest", "penalty", "compound")


def past_due(given: Inputs) -> dict[str, Any]:
    """LN-18."""
    owed = [Owed(day(i, "due"), amount(i, "amount")) for i in given["instalments"]]
    paid = [Paid(day(p, "date"), amount(p, "amount")) for p in given["payments"]]
    as_of, grace = day(given, "as_of"), given["grace_days"]
    if given["function"] == "missed":
        missed = missed_instalments(owed, paid, as_of, grace)
        return {"missed_total": missed.total, "missed_consecutive": missed.consecutive}
    found = days_past_due(owed, paid, as_of, grace)
    return {
        "dpd": found.strict,
        "dpd_reported": found.reported,
        "oldest_due": text_of(found.oldest_due),
        "overdue_amount": str(found.overdue),
        "bucket": found.bucket,
    }


def _overdue_terms(given: Inputs) -> tuple[list[RateStep], PenaltyPolicy]:
    rates = [RateStep(day(r, "from"), rate(r)) for r in given["rates"]]
    on = max(day(piece, "paid") for piece in given["pieces"])
    policy = replace(
        policies(on).penalty(),
        surcharge=percent(given, "surcharge_pct"),
        grace_days=given["grace_days"],
        cap=rate(given, "cap_pct"),
    )
    return rates, policy


def _charged(given: Inputs, charge: Charge, bearing: str, answer: str) -> dict[str, Any]:
    """What a charge makes of each piece, in which the `bearing` amount is overdue."""
    rates, policy = _overdue_terms(given)
    made = [
        charge(OverduePiece(amount(p, bearing), day(p, "due"), day(p, "paid")), rates, policy)
        for p in given["pieces"]
    ]
    return {
        "rows": [{"days": m.days, answer: str(m.figure.amount)} for m in made],
        "total": str(total([m.figure.amount for m in made])),
    }


def penalty(given: Inputs) -> dict[str, Any]:
    """LN-19."""
    return _charged(given, penalty_interest, "principal", "penalty")


def compound(given: Inputs) -> dict[str, Any]:
    """LN-20."""
    return _charged(given, compound_interest, "interest", "compound")


def misuse(given: Inputs) -> dict[str, Any]:
    """LN-21."""
    if given["function"] == "payee":
        blocked = given["params"]["blocked"]
        product, mode = Product(given["product"]), PaymentMode(given["mode"])
        return {"blocked": payee_blocked(product, given["category"], mode, blocked)}
    policy = MisusePolicy(
        misuse_surcharge=percent(given, "misuse_surcharge_pct"),
        overdue_surcharge=percent(given, "overdue_surcharge_pct"),
        cap=rate(given, "cap_pct"),
    )
    made = misuse_surcharge(
        amount(given, "misused"),
        amount(given, "overdue_part"),
        rate(given),
        (day(given, "to") - day(given, "from")).days,
        policy,
    )
    return {
        "days": made.days,
        "extra_not_due": str(made.extra_not_due.amount),
        "penalty_overdue": str(made.penalty_overdue.amount),
        "total": str(made.total),
    }


def allocation(given: Inputs) -> dict[str, Any]:
    """LN-22."""
    dues = [
        Dues(d["k"], day(d, "due"), Parts(**{kind: amount(d, kind) for kind in _KINDS}))
        for d in given["dues"]
    ]
    made = allocate_payment(
        dues, amount(given, "costs"), amount(given, "payment"), given["dpd"], switch_after=90
    )
    return {
        "costs_paid": str(made.costs),
        "rows": [
            {"k": due.number, **{kind: str(got.part(kind)) for kind in _KINDS}}
            for due, got in made.rows
        ],
        "unapplied": str(made.unapplied),
    }


def collateral(given: Inputs) -> dict[str, Any]:
    """LN-23."""
    if given["function"] == "topup":
        asked = top_up(
            amount(given, "balance"),
            amount(given, "value"),
            percent(given, "approved_ltv_pct"),
            percent(given, "trigger_add_pct"),
        )
        return {
            "ltv_pct": shown(asked.ltv),
            "prepay_needed": str(asked.prepay_needed),
            "collateral_needed": str(asked.collateral_needed),
        }
    if given["function"] == "release":
        kinds = (*_KINDS, "costs", "undrawn")
        reason = release_refusal(Outstanding(**{kind: amount(given, kind) for kind in kinds}))
    else:
        wish = PartialRelease(
            balance=amount(given, "balance"),
            remaining_value=amount(given, "remaining_value"),
            approved_ltv=percent(given, "approved_ltv_pct"),
            dpd=given["dpd"],
            loan_class=LoanClass(given["class"]),
        )
        reason = partial_release_refusal(wish)
    return {"allowed": reason is None, "reason": code(reason)}


ADAPTERS: Final[dict[str, Adapter]] = {
    "LN-18": past_due,
    "LN-19": penalty,
    "LN-20": compound,
    "LN-21": misuse,
    "LN-22": allocation,
    "LN-23": collateral,
}
