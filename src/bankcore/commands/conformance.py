"""`bankcore conformance`: the arithmetic against references that nobody here wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bankcore.commands.failures import REFUSED
from bankcore.commands.options import View, view
from bankcore.commands.output import Column, progress, show_json, show_table
from bankcore.conformance.fidelity import fidelity_page
from bankcore.conformance.files import run_folder
from bankcore.conformance.result import CaseResult, Status, Summary, summarise
from bankcore.conformance.rulebook import ADAPTERS
from bankcore.values.errors import BadInput


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@view(log=False, dates=False)
@click.option("--kind", help="Only kinds whose name begins so, like ACTUS or rulebook.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first case that fails.")
@click.option("--case", "case_id", help="Only this case.")
@click.option("--page", type=click.Path(path_type=Path), help="Write docs/fidelity.md to FILE.")
@click.option("-v", "--verbose", is_flag=True, help="Inputs and rows of each case side by side.")
def conformance(  # noqa: PLR0913  # one parameter an option
    view: View,
    folder: Path,
    kind: str | None,
    case_id: str | None,
    page: Path | None,
    *,
    fail_fast: bool,
    verbose: bool,
) -> int:
    """Run every reference file below FOLDER (符合性检验).

    Prints by kind how many cases there are, how many passed, failed and were skipped. Exit code
    1 when a case failed.

    Example: bankcore conformance oracles --kind ACTUS --case pam01 -v
    """
    results = list(_chosen(folder, kind, case_id, fail_fast=fail_fast))
    if case_id is not None and not results:
        raise BadInput(f"no case {case_id!r} below {folder}", remedy="see the ids with --json -v")
    summaries = summarise(results)
    if page is not None:
        page.write_text(fidelity_page(summaries, ADAPTERS), encoding="utf-8")
    if view.json:
        show_json([_fields(s, results, verbose=verbose) for s in summaries])
    else:
        if verbose:
            for result in results:
                _show_case(result)
        _show_table(summaries, view)
    return REFUSED if any(s.failed for s in summaries) else 0


def _chosen(
    folder: Path, kind: str | None, case_id: str | None, *, fail_fast: bool
) -> Iterator[CaseResult]:
    for result in progress(run_folder(folder), "conformance"):
        if kind is not None and not result.kind.startswith(kind):
            continue
        if case_id is not None and result.case != case_id:
            continue
        yield result
        if fail_fast and result.status is Status.FAILED:
            return


def _fields(summary: Summary, results: list[CaseResult], *, verbose: bool) -> dict[str, object]:
    fields: dict[str, object] = {
        "kind": summary.kind,
        "cases": summary.cases,
        "passed": summary.passed,
        "failed": summary.failed,
        "skipped": summary.skipped,
        "reasons": list(summary.reasons),
    }
    if verbose:
        fields["results"] = [
            {"case": r.case, "status": r.status.value, "inputs": r.inputs, "rows": r.rows}
            for r in results
            if r.kind == summary.kind
        ]
    return fields


def _show_case(result: CaseResult) -> None:
    """Inputs, then the rows side by side; the first difference is marked."""
    click.echo(f"{result.kind} {result.case}: {result.status.value}")
    for name, value in (result.inputs or {}).items():
        click.echo(f"  {name} = {value}")
    marked = False
    for expected, computed in result.rows:
        differs = not marked and f"expected {expected}," in result.difference
        marked = marked or differs
        click.echo(f"{'>>' if differs else '  '} {expected}  |  {computed}")
    if result.difference:
        click.echo(f"  {result.difference}")


def _show_table(summaries: list[Summary], view: View) -> None:
    columns = [
        Column(view.words("种类", "kind"), key=True),
        Column(view.words("案例", "cases"), number=True),
        Column(view.words("通过", "passed"), number=True),
        Column(view.words("失败", "failed"), number=True),
        Column(view.words("跳过", "skipped"), number=True),
    ]
    rows = [(s.kind, s.cases, s.passed, s.failed, s.skipped) for s in summaries]
    show_table(columns, rows)
    for summary in summaries:
        for reason in sorted(set(summary.reasons))[:20]:
            click.echo(f"{summary.kind}: {reason}", err=True)
