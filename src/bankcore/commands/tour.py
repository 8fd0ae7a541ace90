"""`bankcore tour`: a bank from its first day to its books, in a minute."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from os.path import relpath
from pathlib import Path
from shutil import which
from typing import Final

import click

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
from bankcore.commands.verify import show_verdict
from bankcore.projections.postings import rows_of
from bankcore.projections.window import Window
from bankcore.scenarios.runner import play
from bankcore.scenarios.source import Source, library
from bankcore.store.bank import Bank
from bankcore.values.errors import BadInput

LIVES: Final = ("life-renovation-year", "life-loan-repriced", "life-first-card")
ACCOUNT: Final = "account-la-a"
DAY: Final = date(2026, 6, 30)
LINES: Final = 12
NEXT: Final = (
    "customer {log} la-tang",
    "explain {log} balance loan-la-l --as-of {day}",
    "replay {log} --of la-tang",
    "train early-withdrawal-quote",
)


@click.command()
@click.argument("file", default="", metavar="[FILE]")
@view(log=False, dates=False)
def tour(view: View, file: str) -> int:
    """Make a bank, live three customers' lives in it day by day, and show its books (看一圈).

    FILE is a new bank file; left out, one is made among the temporary files.

    Example: bankcore tour --lang zh
    """
    path = _new_file(file)
    lives = [library()[life] for life in LIVES]
    with Bank.open(str(path), create=True, durable=False) as bank:
        results = play(lives, bank)
        _show_lives(view, lives, bank)
        _show_books(view, bank)
        _show_proof(view, bank)
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
    heading(view.words("一天一天地过:钱怎么动", "Day by day: how the money moved"))
    tell((entry for entry in bank.entries() if rows_of(entry.event)), view)


def _show_books(view: View, bank: Bank) -> None:
    """The questions of an ordinary day in the middle of it all, as the bank knew it then."""
    then = Window(DAY, DAY)
    heading(view.words(f"{DAY} 的对账单 {ACCOUNT}", f"Statement of {ACCOUNT} on {DAY}"))
    show_statement(view, ask.statement(bank, ACCOUNT, then)[-LINES:])
    heading(view.words("试算平衡表", "Trial balance"))
    show_balance(view, ask.trial_balance(bank, then))
    heading(view.words("应计利息(不记账,随时可推得)", "Accrued interest, derived and not stored"))
    show_interest(view, ask.interest(bank, then))
    heading(view.words("风险状态", "Risk state"))
    show_risk(view, ask.risk(bank, then))
    heading(view.words("一个数字从何而来", "Where one figure comes from"))
    show_explanation(view, ask.explain(bank, "settled-interest", ACCOUNT, then))


def _show_proof(view: View, bank: Bank) -> None:
    heading(view.words("证明", "Proof"))
    show_verdict(view, verify(bank.log))


def _show_next(view: View, path: Path) -> None:
    heading(view.words("接下来可以试", "Try next"))
    for words in NEXT:
        click.echo(f"  {_called()} {words.format(log=path, day=DAY)}")


def _called() -> str:
    """How to call bankcore from here: by its name if the shell knows it, else by its place."""
    return "bankcore" if which("bankcore") else relpath(Path(sys.executable).parent / "bankcore")
