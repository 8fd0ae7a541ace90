"""The fidelity page (符合性说明): which figures rest on references, which on our rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bankcore.conformance.result import Summary

REFERENCES: Final[Mapping[str, str]] = {
    "GEN-03": "day counts (QuantLib), schedules (QuantLib)",
    "GEN-04": "calendars (QuantLib China.IB), State Council tables",
    "DEP-02": "worked example 活期, ACTUS UMP (capitalisation)",
    "DEP-05": "day counts (QuantLib)",
    "DEP-10": "worked example 零存整取",
    "DEP-12": "worked example 整存零取",
    "DEP-13": "worked example 存本取息",
    "DEP-03": "ACTUS UMP (days on which interest joins)",
    "DEP-14": "ACTUS CLM (`tests/rules/actus/test_mapping.py`)",
    "LN-08": "Regulation Z appendix J, EU APRC examples, XIRR (numpy, QuantLib)",
    "LN-10": "annuity (numpy-financial), ACTUS ANN, Fineract schedules, worked example 等额本息",
    "LN-11": "ACTUS LAM, Fineract equal principal, worked example 等额本金",
    "LN-12": "ACTUS PAM",
    "LN-17": "ACTUS ANN and LAM rate resets",
    "LN-19": "worked example 罚息",
    "LN-28": "worked example expected credit loss",
    "CC-04": "worked example 日息万分之五 (the rate alone)",
    "CC-08": "XIRR and effective rates (the annual cost alone)",
}
"""Rule id -> what outside our rulebook its arithmetic was checked against."""


def fidelity_page(summaries: Sequence[Summary], rules: Iterable[str]) -> str:
    """The page as Markdown: the table of kinds, what is not passed, and rules by their support."""
    lines = [
        "# Fidelity",
        "",
        "What bankcore's arithmetic was checked against, counted by `bankcore conformance`. The",
        "references are not part of this repository; their sources and licences are named in the",
        "files. This page is generated.",
        "",
        "| kind | cases | passed | failed | skipped |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {s.kind} | {s.cases:,} | {s.passed:,} | {s.failed:,} | {s.skipped:,} |"
        for s in summaries
    ]
    lines += ["", "## Not passed", ""]
    lines += [f"- {s.kind}: {reason}" for s in summaries for reason in _grouped(s)]
    lines += [
        "",
        "## What rests on whom",
        "",
        "| rule | checked against a reference |",
        "|---|---|",
    ]
    lines += [f"| {rule} | {REFERENCES.get(rule, 'only our own rulebook')} |" for rule in rules]
    return "\n".join(lines) + "\n"


def _grouped(summary: Summary) -> list[str]:
    """One line a reason; cases that share it are counted."""
    by_reason: dict[str, list[str]] = {}
    for line in summary.reasons:
        case, _, reason = line.partition(": ")
        by_reason.setdefault(reason, []).append(case)
    return [
        f"{cases[0] if len(cases) == 1 else f'{len(cases)} cases'}: {reason}"
        for reason, cases in by_reason.items()
    ]
