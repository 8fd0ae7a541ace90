"""`bankcore customer`: all that the bank knows of one customer."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bankcore.audit import ask
from bankcore.commands.bank import opened
from bankcore.commands.options import LogCommand, View, view
from bankcore.commands.output import Column, heading, show_json, show_pairs, show_table
from bankcore.projections.complaint_clocks import ComplaintClock
from bankcore.projections.customer_360 import CustomerView, Holding
from bankcore.rules.ledger.chart import CHART
from bankcore.values.money import Money


@click.command(cls=LogCommand)
@view()
@click.argument("customer")
def customer(view: View, customer: str) -> None:
    """Show CUSTOMER in one view (客户全景): file, holdings, risk, complaints.

    Example: bankcore customer bank.db C1 --as-of 2026-06-30
    """
    with opened(view) as bank:
        found = ask.customer(bank, customer, view.window)
    if view.json:
        show_json(found)
        return
    _show_file(view, found)
    if found.holdings:
        heading(view.words("持有", "Holdings"))
        _show_holdings(view, found.holdings)
    if found.complaints:
        heading(view.words("投诉", "Complaints"))
        _show_complaints(view, found.complaints)


def _show_file(view: View, file: CustomerView) -> None:
    yes, no = view.words("是", "yes"), view.words("否", "no")
    risk = file.risk
    pairs: list[tuple[str, object]] = [
        (view.words("客户", "customer"), f"{file.customer} {file.name} ({file.kind})"),
        (view.words("证件状态", "KYC"), file.kyc.status),
        (view.words("证件有效期至", "document valid to"), file.document_valid_to),
        (view.words("洗钱风险等级", "AML grade"), file.aml_grade),
        (view.words("信用等级", "credit grade"), file.credit_grade),
        (view.words("暂停授信", "credit blocked"), yes if file.credit_blocked else no),
        (view.words("限制", "restricted"), ", ".join(file.restricted)),
        (view.words("授权同意", "consents"), ", ".join(file.consents)),
        (view.words("客户经理", "managers"), ", ".join(file.rms)),
        (view.words("贷款与卡余额", "owed"), risk and risk.outstanding),
        (view.words("最差分类", "worst grade"), risk and risk.grade),
        (view.words("谈话次数", "talks"), file.talks),
    ]
    show_pairs((label, value) for label, value in pairs if value not in {None, ""})


def _show_holdings(view: View, holdings: Sequence[Holding]) -> None:
    columns = [
        Column(view.words("合同", "contract"), key=True),
        Column(view.words("产品", "product")),
        Column(view.words("状态", "stage")),
        Column(view.words("科目", "account")),
        Column(view.words("客户欠银行", "owes"), number=True),
        Column(view.words("银行欠客户", "is owed"), number=True),
    ]
    show_table(columns, [row for holding in holdings for row in _positions(view, holding)])


def _positions(view: View, holding: Holding) -> list[tuple[object, ...]]:
    """One line a control account; a holding without a balance has one line too."""
    head = (holding.stream, holding.product, holding.stage)
    if not holding.positions:
        return [(*head, "", None, None)]
    return [
        (*head, _account(view, code), *(_sides(minor))) for code, minor in holding.positions.items()
    ]


def _account(view: View, code: str) -> str:
    known = CHART[code]
    return f"{code} {view.words(known.zh, known.en)}"


def _sides(minor: int) -> tuple[Money | None, Money | None]:
    return (Money(minor), None) if minor > 0 else (None, Money(-minor))


def _show_complaints(view: View, complaints: Sequence[ComplaintClock]) -> None:
    columns = [
        Column(view.words("投诉", "complaint"), key=True),
        Column(view.words("状态", "stage")),
        Column(view.words("承办", "handler")),
        Column(view.words("收到", "received")),
        Column(view.words("期限", "due")),
        Column(view.words("逾期天数", "days late"), number=True),
        Column(view.words("结果", "outcome")),
    ]
    shown = [
        (c.complaint, c.stage, c.handler, c.received, c.due, c.late_days, c.outcome)
        for c in complaints
    ]
    show_table(columns, shown)
