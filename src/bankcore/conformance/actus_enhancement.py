"""ACTUS contract tests of guarantees and collateral (CEG, CEC)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bankcore.conformance.actus_rows import Computed, side_by_side
from bankcore.conformance.actus_terms import conventions_of, cycle_of, number, terms_of, time
from bankcore.conformance.result import CaseResult, compared
from bankcore.rules.actus.enhancement import (
    CreditEvent,
    Enhancement,
    EnhancementRow,
    enhancement_rows,
)
from bankcore.rules.actus.terms import Observed
from bankcore.rules.actus.times import Period

FIELDS: Final = ("payoff", "notionalPrincipal", "exerciseAmount")
Data = Mapping[str, Any]


def enhancement_case(label: str, name: str, case: Data, observed: Observed) -> CaseResult:
    """Run one guarantee or collateral case."""
    credit = [
        CreditEvent(time(e["time"]), str(e["contractId"]), e["states"]["contractPerformance"])
        for e in case.get("eventsObserved") or ()
        if e["type"] == "CE"
    ]
    to = time(case["to"]) if case.get("to") else None
    rows = [
        row for row in enhancement_rows(enhancement_of(case["terms"]), observed, credit)
        if to is None or row.at <= to
    ]  # fmt: skip
    pairs = side_by_side(case["results"], [_row(row) for row in rows], FIELDS)
    return compared(label, name, case["terms"], pairs)


def _row(row: EnhancementRow) -> Computed:
    values = (row.payoff, row.notional, row.exercised)
    return Computed(row.at, row.kind, dict(zip(FIELDS, values, strict=True)))


def enhancement_of(raw: Data) -> Enhancement:
    """Typed terms of a guarantee or collateral with the contracts it covers."""
    links = raw["contractStructure"]
    covered = [x["object"] for x in links if x["referenceRole"] == "COVE"]
    pledged = [x["object"] for x in links if x["referenceRole"] == "COVI"]
    contracts = [terms_of(o) for o in covered if "contractType" in o]
    ids = {str(o.get("contractID") or o.get("contractIdentifier")) for o in covered}
    return Enhancement(
        role=-1 if raw["contractRole"] == "SEL" else 1,
        status_date=time(raw["statusDate"]),
        conventions=conventions_of(raw),
        covered=contracts,
        covered_ids=frozenset(ids),
        notional=number(raw.get("notionalPrincipal", 0)),
        coverage=number(raw.get("coverageOfCreditEnhancement", 1)),
        with_interest=raw.get("guaranteedExposure") == "NI",
        event_type=str(raw.get("creditEventTypeCovered", "DF")),
        settlement=Period.parse(raw["settlementPeriod"]) if raw.get("settlementPeriod") else None,
        purchase=time(raw["purchaseDate"]) if raw.get("purchaseDate") else None,
        price=number(raw.get("priceAtPurchaseDate", 0)),
        maturity=time(raw["maturityDate"]) if raw.get("maturityDate") else None,
        fee=cycle_of(raw, "Fee"),
        fee_rate=number(raw.get("feeRate", 0)),
        fee_on_notional=raw.get("feeBasis") == "N",
        collateral=[(str(o["marketObjectCode"]), number(o.get("quantity", 1))) for o in pledged],
    )
