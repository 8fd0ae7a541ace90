"""`bankcore tour`: a bank from its first day to its books, in a minute."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import click

from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account.events import InterestSettled
from bankcore.audit import ask
from bankcore.audit.verify import verify
from bankcore.commands.explain import show_explanation
from bankcore.commands.interest import show_interest
from bankcore.commands.ledger import show_balance
from bankcore.commands.options import View, view
from bankcore.commands.output import heading
from bankcore.commands.replay import tell
from bankcore.commands.risk import show_risk
from bankcore.commands.statement import show_statement
from bankcore.scenarios.runner import play
from bankcore.scenarios.source import Source, library
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput

QUIET: Final = ("business-day", "bank", "guard-", "catalogue-", "employee-", "interaction-")
LINES: Final = 12


@click.command()
@click.argument("file", default="", metavar="[FILE]")
@view(log=False, dates=False)
def tour(view: View, file: str) -> int:
    """Make a bank, live three customers' lives in it day by day, and show its books (看一圈).

    FILE is a new bank file; left out, one is made among the temporary files.

    Example: bankcore tour --lang zh
    """
    path = _new_file(file)
    lives = [source for source in library().values() if source.script.kind == "life"][:3]
    with Bank.open(str(path), create=True, durable=False) as bank:
        results = play(lives, bank)
        _show_lives(view, lives, bank)
        _show_books(view, bank)
    for failure in [str(f) for result in results for f in result.failures]:
        click.echo(failure, err=True)
    _show_next(view, path)
    return 0 if all(result.ok for result in results) else 1


def _new_file(file: str) -> Path:
    if not file:
        return Path(tempfile.mkdtemp(prefix="bankcore-tour-")) / "bank.db"
    if Path(file).exists():
        raise BadInput("is there already", place=file, remedy="name a new file for the tour")
    return Path(file)


def _show_lives(view: View, lives: list[Source], bank: Bank) -> None:
    for source in lives:
        script = source.script
        heading(script.title.said(view.lang))
        click.echo(script.story.said(view.lang).strip())
    heading(view.words("一天一天地过", "Day by day"))
    tell((entry for entry in bank.entries() if not entry.stream.startswith(QUIET)), view)


def _show_books(view: View, bank: Bank) -> None:
    account = _busiest_account(bank)
    lines = ask.statement(bank, account)
    heading(view.words(f"对账单 {account}(最后 {LINES} 行)", f"Statement of {account}, last lines"))
    show_statement(view, lines[-LINES:])
    heading(view.words("试算平衡表", "Trial balance"))
    show_balance(view, ask.trial_balance(bank))
    heading(view.words("应计利息(未记账,随时可推得)", "Accrued interest, derived and not stored"))
    show_interest(view, ask.interest(bank))
    heading(view.words("风险状态", "Risk state"))
    show_risk(view, ask.risk(bank))
    heading(view.words("这笔利息从何而来", "Where this interest comes from"))
    show_explanation(view, ask.explain(bank, "settled-interest", account))


def _busiest_account(bank: Bank) -> str:
    """The deposit account with most settlements of interest: it has most to explain."""
    counts = dict.fromkeys(bank.log.streams(ACCOUNT.prefix), 0)
    for entry in bank.entries():
        if isinstance(entry.event, InterestSettled):
            counts[entry.stream] += 1
    return max(counts, key=lambda stream: counts[stream])


def _show_next(view: View, path: Path) -> None:
    with Bank.open(str(path)) as bank:
        verdict = verify(bank.log)
    heading(view.words("证明", "Proof"))
    proof = view.words(
        "全部相符" if verdict.ok else "有错误", "all is right" if verdict.ok else "WRONG"
    )
    click.echo(
        f"{verdict.events:,} {view.words('个事件', 'events')}, {proof}, {verdict.head[:16]}…"
    )
    heading(view.words("接下来可以试", "Try next"))
    for words in (
        "verify {}",
        "customer {} --help",
        "replay {} --lang zh",
        "explain {} balance ID",
    ):
        click.echo(f"  bankcore {words.format(path)}")
