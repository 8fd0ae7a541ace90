"""`bankcore verify`: proof that a log is whole and its figures are right."""

from __future__ import annotations

import click

from bankcore.audit.verify import Verdict
from bankcore.audit.verify import verify as prove
from bankcore.commands.bank import opened_log
from bankcore.commands.failures import DAMAGED, REFUSED
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import show_json, show_pairs


@click.command(cls=LogCommand)
@view(dates=False)
@click.option("--head", help="The head written down elsewhere that the log must end with.")
def verify(view: View, head: str | None) -> int:
    """Verify a log (校验): chain, bytes, legs, sub-ledgers, and every settled figure anew.

    Exit code 0: all is right; 1: a figure or a tie is wrong; 5: the log was altered.

    Example: bankcore verify bank.db
    """
    with opened_log(view) as log:
        verdict = prove(log, expected_head=head)
    if view.json:
        show_json({"ok": verdict.ok, "altered": verdict.altered} | _fields(verdict))
    else:
        show_verdict(view, verdict)
    if verdict.ok:
        return 0
    return DAMAGED if verdict.altered else REFUSED


def _fields(verdict: Verdict) -> dict[str, object]:
    return {name: getattr(verdict, name) for name in Verdict.__dataclass_fields__}


def show_verdict(view: View, verdict: Verdict) -> None:
    """Print what was checked, every fault, and the verdict."""
    show_pairs(
        [
            (view.words("事件", "events"), f"{verdict.events:,}"),
            (view.words("重新计算的数字", "figures recomputed"), f"{verdict.recomputed:,}"),
            (view.words("核对的营业日", "days tied"), f"{verdict.days_tied:,}"),
            (view.words("链头", "head"), verdict.head),
        ]
    )
    for fault in verdict.faults:
        place = f"{fault.position} {fault.event_id}".strip()
        click.echo(f"{view.words('错误', 'WRONG')}: {fault.check} {place}: {fault.problem}")
    if verdict.ok:
        click.echo(view.words("全部相符", "all is right"))
