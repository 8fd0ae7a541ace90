"""`bankcore risk`: days past due, grade, stage and allowance of the book."""

from __future__ import annotations

import click

from bankcore.audit import ask
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_table
from bankcore.projections.risk import by_customer
from bankcore.projections.risks.row import RiskRow


@click.command(cls=LogCommand)
@view()
@click.argument("subject", required=False)
def risk(view: View, subject: str | None) -> None:
    """Show the risk state (风险状态) of SUBJECT, a contract or a customer, or of all.

    Example: bankcore risk bank.db --as-of 2026-06-30
    """
    with opened(view) as bank:
        rows = ask.risk(bank, view.window, subject)
    if view.json:
        show_json(rows)
    else:
        show_risk(view, rows)


def show_risk(view: View, rows: list[RiskRow]) -> None:
    """Print the contracts, then each customer's overall risk."""
    _show_contracts(view, rows)
    if rows:
        heading(view.words("客户整体", "By customer"))
        _show_customers(view, rows)


def _show_contracts(view: View, rows: list[RiskRow]) -> None:
    columns = [
        Column(view.words("合同", "contract"), key=True),
        Column(view.words("余额", "owed"), number=True),
        Column(view.words("逾期额", "past due"), number=True),
        Column(view.words("天数", "days"), number=True),
        Column(view.words("分段", "band"), key=True),
        Column(view.words("分类", "grade")),
        Column(view.words("阶段", "ECL"), number=True),
        Column(view.words("准备金", "allowance"), number=True),
    ]
    shown = [
        (
            *(r.contract, r.outstanding, r.past_due, r.days_past_due),
            *(r.bucket, r.grade, r.ecl_stage, r.allowance),
        )
        for r in rows
    ]
    show_table(columns, shown)


def _show_customers(view: View, rows: list[RiskRow]) -> None:
    columns = [
        Column(view.words("客户", "customer")),
        Column(view.words("合同数", "contracts"), number=True),
        Column(view.words("余额", "outstanding"), number=True),
        Column(view.words("最长逾期", "longest past due"), number=True),
        Column(view.words("最差分类", "worst grade")),
        Column(view.words("最高阶段", "highest stage"), number=True),
    ]
    shown = [
        (c.customer, c.contracts, c.outstanding, c.days_past_due, c.grade, c.ecl_stage)
        for c in by_customer(rows)
    ]
    show_table(columns, shown)
