"""A finding explained: its events, the values compared, clause and row in force, severity."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from bankcore.audit.explain.evidence import Evidence, evidence
from bankcore.audit.explain.explanation import Explanation
from bankcore.audit.explain.finding import finding
from bankcore.audit.explain.spoken import spoken
from bankcore.audit.findings.finding import DEDUCTION
from bankcore.audit.findings.report import COVERING, rules
from bankcore.products.catalogue import shipped
from bankcore.projections.window import EVERYTHING
from bankcore.values.entry import Entry
from bankcore.values.errors import BadInput
from helpers.histories import HISTORIES, entries_of, found

COVERED = {light for lights in COVERING.values() for light in lights}


def explained(code: str, history: str = "") -> Explanation:
    entries = entries_of(history or HISTORIES[code]["fires"])
    return finding(seen(entries), code)


def seen(entries: list[Entry[Any]]) -> Evidence:
    """What a least history shows; it is read, not folded: it is no whole life."""
    return evidence(entries, EVERYTHING, shipped(), entries[-1].booking_date)


@pytest.mark.parametrize("code", sorted(set(HISTORIES) - COVERED))
def test_every_kind_of_finding_is_explained(code: str) -> None:
    why, kept = explained(code), found(entries_of(HISTORIES[code]["fires"]), code)
    assert why.adds_up
    assert why.value == sum((one.deduction for one in kept), Fraction(0))
    for part, one in zip(why.parts, kept, strict=True):
        assert part.inputs["severity"] == one.severity.value
        assert [inner.event_id for inner in part.parts][: 1 + len(one.cited)] == [
            one.trigger,
            *one.cited,
        ]
        assert part.parts[0].amount == DEDUCTION[one.severity]
        if rules()[code].rule[:3].isupper() and "-" in rules()[code].rule:
            assert part.grounds


@pytest.mark.parametrize(
    ("code", "held", "row", "source"),
    [
        # Cash of 50,000: art. 8 of 令〔2007〕第2号, since 2026 令〔2025〕第11号.
        ("F-KYC-08", "50,000.00 / 50,000.00", "compliance.cdd.cash.cny", "令〔2025〕第11号"),
        ("F-SUIT-04", "49,999.00 / 50,000.00", "deposit.min_opening.notice_7d", "银发〔1999〕3号"),
        # Twice 300,000; the limit is 500,000 since 2025-03-14.
        ("F-USE-02", "600,000.00 / 500,000.00", "loan.self_payment.consumer", "提振消费"),
        ("F-AUTH-10", " / ", "loan.authority.unsecured.1", ""),
    ],
)
def test_a_limit_names_its_row_and_source(code: str, held: str, row: str, source: str) -> None:
    (part,) = explained(code).parts
    assert any(held in str(value) for value in part.inputs.values())
    found_row = next(ground for ground in part.grounds if ground.id == row)
    assert source in found_row.source
    assert found_row.valid_from is not None


def test_an_undone_finding_gives_half_back() -> None:
    history = HISTORIES["F-DISC-01"]["undone"]
    why = explained("F-DISC-01", history)
    (part,) = why.parts
    whole = DEDUCTION[rules()["F-DISC-01"].severity]
    assert [inner.amount for inner in part.parts] == [whole, -whole / 2]
    assert why.value == whole / 2


def test_a_refused_attempt_shows_why_the_bank_refused() -> None:
    (part,) = explained("F-DISB-02").parts
    assert part.inputs["refused because"] == "entrusted_required"
    assert any(ground.id.startswith("LN-") for ground in part.grounds)


def test_one_of_several_is_named_by_its_key_and_unknown_ones_are_refused() -> None:
    entries = entries_of(HISTORIES["F-KYC-08"]["fires"])
    at = seen(entries)
    key = found(entries, "F-KYC-08")[0].key
    assert finding(at, f"F-KYC-08:{key}").parts == finding(at, "F-KYC-08").parts
    with pytest.raises(BadInput, match="no finding F-KYC-08:x"):
        finding(at, "F-KYC-08:x")
    with pytest.raises(BadInput, match="finding"):
        finding(at, "F-NONE-01")
    with pytest.raises(BadInput, match="not for customers"):
        spoken(finding(at, "F-KYC-08"), {}, "en")
