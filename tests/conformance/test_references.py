"""References that nobody here wrote: every kind that is claimed passes whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bankcore.conformance.files import FORMATS, run_folder
from bankcore.conformance.result import Status, summarise
from helpers.references import need_references


@pytest.mark.parametrize("kind", [form.name for form in FORMATS])
def test_every_case_of_the_kind_passes(kind: str) -> None:
    results = list(run_folder(need_references(), kind))
    assert results, f"no {kind} cases were found"
    failed = [f"{r.case}: {r.difference}" for r in results if r.status is Status.FAILED]
    assert not failed, failed[:10]


def test_a_case_that_cannot_be_read_is_failed_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{"rows": [{"d1": "x", "d2": "y", "values": {}}]}')
    (summary,) = summarise(run_folder(tmp_path))
    assert (summary.cases, summary.failed) == (1, 1)
    assert "cannot be read" in summary.reasons[0]


def test_a_wrong_figure_is_found(tmp_path: Path) -> None:
    row = '{"d1": "2026-01-31", "d2": "2026-03-01", "values": {"ACT/360": {"days": 28, "yf": "1"}}}'
    (tmp_path / "wrong.json").write_text(f'{{"rows": [{row}]}}')
    (result,) = run_folder(tmp_path)
    assert result.status is Status.FAILED
    assert "29" in result.difference
