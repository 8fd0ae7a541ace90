"""General ledger tables (总账表) after the Audit Data Standards: detail, trial balance, chart.

Names and meanings of the columns are those of the general ledger standard of 2015. Columns that
this bank has nothing to put into are left out, never filled with guesses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from bankcore.audit.exports.journals import class_of
from bankcore.audit.exports.table import Kind, Row, Source, Table, own, standard
from bankcore.projections.postings import journal, post
from bankcore.projections.sentences import sentence
from bankcore.rules.ledger.chart import CHART
from bankcore.values.money import CNY, Money

UNIT: Final = "HQ"
"""The one business unit of the bank; keys of the standard name it."""

_UNIT_COLUMN: Final = standard("Business_Unit_Code", Kind.TEXT, "机构", "the one unit of the bank")
_DETAIL: Final = (
    standard("Journal_ID", Kind.TEXT, "凭证号（事件号）", "event id, key with the line number"),
    standard("Journal_ID_Line_Number", Kind.WHOLE, "分录行号", "from 1 within the journal"),
    standard("JE_Header_Description", Kind.TEXT, "凭证摘要", "the event as a sentence"),
    standard("JE_Line_Description", Kind.TEXT, "分录摘要", "name of the ledger account"),
    standard("Source", Kind.TEXT, "来源事件", "name of the event that posted it"),
    _UNIT_COLUMN,
    standard("Effective_Date", Kind.DATE, "起息日", "value date: when it counts"),
    standard("Fiscal_Year", Kind.WHOLE, "会计年度", "year of Effective_Date"),
    standard("Period", Kind.WHOLE, "会计月份", "month of Effective_Date, 1 to 12"),
    standard("GL_Account_Number", Kind.TEXT, "科目", "code in Chart_Of_Accounts"),
    standard("Amount", Kind.MONEY, "金额", "never negative: the side is beside it"),
    standard("Amount_Credit_Debit_Indicator", Kind.TEXT, "借贷", "D debit, C credit"),
    standard("Amount_Currency", Kind.TEXT, "币种", "ISO 4217"),
    standard("Entered_By", Kind.TEXT, "经办", "User_ID in User_Listing"),
    standard("Entered_Date", Kind.DATE, "记账日", "booking date: when the bank knew"),
    own("Stream", Kind.TEXT, "合约", "contract or customer that the event belongs to"),
    own("Posting_Row", Kind.TEXT, "分录规则", "row of the posting rules (GL-02)"),
    own("Log_Position", Kind.WHOLE, "账本序号", "place of the event in the log"),
)
_TRIAL: Final = (
    standard("GL_Account_Number", Kind.TEXT, "科目", "code in Chart_Of_Accounts"),
    _UNIT_COLUMN,
    standard("Fiscal_Year", Kind.WHOLE, "会计年度", "year of Balance_As_Of_Date"),
    standard("Period", Kind.WHOLE, "会计月份", "month of Balance_As_Of_Date"),
    standard("Balance_As_Of_Date", Kind.DATE, "余额日", "day of Amount_Ending"),
    standard("Amount_Beginning", Kind.MONEY, "月初余额", "before the month; debit positive"),
    standard("Amount_Ending", Kind.MONEY, "余额", "on the day; debit positive"),
    standard("Amount_Currency", Kind.TEXT, "币种", "ISO 4217"),
)
_CHART: Final = (
    standard("GL_Account_Number", Kind.TEXT, "科目", "code of the ledger account"),
    standard("GL_Account_Name", Kind.TEXT, "科目名称（英文）", "name in English"),
    standard("GL_Account_Description", Kind.TEXT, "科目名称（中文）", "name in Chinese"),
    standard("Account_Type", Kind.TEXT, "科目类别", "Assets, Liabilities, Equity …"),
    _UNIT_COLUMN,
    own("Normal_Side", Kind.TEXT, "余额方向", "D debit, C credit"),
    own("Control_Of", Kind.TEXT, "所控明细账", "sub-ledger that must equal the account"),
)


def detail(source: Source, lang: str) -> Table:
    """Every leg of every journal, in log order."""

    def rows() -> Iterator[Row]:
        for entry in source():
            legs = post(entry)
            said = sentence(entry, lang) if legs else ""
            for line, leg in enumerate(legs, 1):
                yield (
                    entry.id,
                    line,
                    said,
                    CHART[leg.account].zh if lang == "zh" else CHART[leg.account].en,
                    leg.event,
                    UNIT,
                    leg.value_date,
                    leg.value_date.year,
                    leg.value_date.month,
                    leg.account,
                    Money(abs(leg.minor)),
                    "D" if leg.minor > 0 else "C",
                    leg.currency,
                    entry.actor.id,
                    leg.booking_date,
                    leg.stream,
                    leg.row,
                    leg.position,
                )

    return Table("GL_Detail", _DETAIL, rows)


def trial_balance(source: Source, day: date) -> Table:
    """Every account that was ever posted to, with the balance before the month and on the day."""

    def rows() -> Iterator[Row]:
        before: Counter[str] = Counter()
        ending: Counter[str] = Counter()
        for leg in journal(source()):
            ending[leg.account] += leg.minor
            before[leg.account] += leg.minor if leg.value_date < day.replace(day=1) else 0
        for account in sorted(ending):
            amounts = Money(before[account]), Money(ending[account])
            yield (account, UNIT, day.year, day.month, day, *amounts, CNY)

    return Table("Trial_Balance", _TRIAL, rows)


def chart() -> Table:
    """The chart of accounts as the bank has it, used or not."""

    def rows() -> Iterator[Row]:
        for account in CHART.values():
            kind = "Off balance sheet" if account.code[0] == "8" else class_of(account.code)
            names = account.en, account.zh, kind
            yield (account.code, *names, UNIT, account.side, account.control)

    return Table("Chart_Of_Accounts", _CHART, rows)
