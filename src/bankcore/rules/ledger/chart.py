"""The chart of accounts (会计科目表), GL-01, as data.

Side D is a normal debit balance, C a normal credit; `control` names the sub-ledger that must
equal the account at every pair of dates (GL-04). Accounts 8xxx are off the balance sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the chart."""

    code: str
    zh: str
    en: str
    side: str
    control: str


def _chart(*rows: tuple[str, str, str, str, str]) -> dict[str, Account]:
    return {row[0]: Account(*row) for row in rows}


CHART: Final = _chart(
    ("1001", "库存现金", "cash in vault and tills", "D", ""),
    ("1003.01", "存放中央银行款项-法定准备金", "required reserve at the central bank", "D", ""),
    ("1003.02", "存放中央银行款项-清算备付", "settlement balance at the central bank", "D", ""),
    ("1011", "存放同业", "due from banks", "D", ""),
    ("1132.01", "应收利息-贷款", "interest receivable, loans (fallen due)", "D", "loans"),
    ("1132.02", "应收利息-信用卡", "interest receivable, cards (billed)", "D", "cards"),
    ("1132.03", "应收利息-罚息复利", "penalty and compound interest receivable", "D", "loans"),
    ("1221.01", "其他应收款-风险垫付", "fraud and dispute advances", "D", ""),
    (
        "1221.02",
        "其他应收款-应收费用",
        "fees receivable (late fee, annual fee, commissions)",
        "D",
        "cards for card fees",
    ),
    ("1221.03", "其他应收款-代理垫款", "agency advances", "D", ""),
    ("1221.04", "其他应收款-追偿", "recourse on staff and third parties", "D", ""),
    ("1303.01", "贷款-个人消费", "consumer loans", "D", "loans"),
    ("1303.02", "贷款-个人经营", "personal business loans", "D", "loans"),
    ("1303.03", "贷款-个人住房", "housing loans", "D", "loans"),
    ("1303.04", "贷款-个人汽车", "auto loans", "D", "loans"),
    ("1303.05", "贷款-逾期", "past-due principal (all products)", "D", "loans"),
    ("1303.11", "贷款-信用卡透支", "card revolving balance", "D", "cards"),
    ("1303.12", "贷款-信用卡分期", "card instalment principal not yet billed", "D", "cards"),
    ("1304.01", "贷款损失准备-贷款", "loss allowance, loans", "C", "loans (ECL)"),
    ("1304.02", "贷款损失准备-信用卡", "loss allowance, cards", "C", "cards (ECL)"),
    ("1321", "代理业务资产", "agency assets (entrusted loans)", "D", "agency"),
    ("1441", "抵债资产", "repossessed assets", "D", ""),
    ("1901", "待处理财产损溢", "shortages and overages pending", "D", ""),
    ("2002", "存入保证金", "margin deposits received", "C", "deposits"),
    ("2011.01", "吸收存款-活期", "demand deposits", "C", "deposits"),
    ("2011.02", "吸收存款-整存整取", "lump-lump", "C", "deposits"),
    ("2011.03", "吸收存款-零存整取", "instal-lump", "C", "deposits"),
    ("2011.04", "吸收存款-整存零取", "lump-instal", "C", "deposits"),
    ("2011.05", "吸收存款-存本取息", "interest-draw", "C", "deposits"),
    ("2011.06", "吸收存款-通知", "notice", "C", "deposits"),
    ("2011.07", "吸收存款-定活两便", "time/demand optional", "C", "deposits"),
    ("2011.08", "吸收存款-大额存单", "large certificates", "C", "deposits"),
    ("2011.09", "吸收存款-协定", "agreement deposits", "C", "deposits"),
    ("2011.10", "吸收存款-信用卡溢缴款", "card credit balances", "C", "cards"),
    ("2011.11", "吸收存款-结构性存款", "structured deposits", "C", "wealth"),
    ("2011.12", "吸收存款-睡眠户", "dormant accounts", "C", "deposits"),
    ("2204", "合同负债-积分", "points liability", "C", "points"),
    ("2221.01", "应交税费-增值税", "VAT payable (not modelled: rate 0)", "C", ""),
    ("2221.02", "应交税费-代扣利息税", "interest tax withheld", "C", ""),
    ("2221.03", "应交税费-所得税", "income tax payable", "C", ""),
    ("2231", "应付利息", "interest payable (settled, not yet paid)", "C", "deposits"),
    ("2241.01", "其他应付款-待查暂收", "unidentified and returned credits", "C", "suspense"),
    ("2241.02", "其他应付款-汇出待清算", "outgoing payments not yet sent", "C", "payments"),
    ("2241.03", "其他应付款-客户赔付", "redress decided, not paid", "C", "complaints"),
    ("2241.04", "其他应付款-代收款项", "collected for billers and merchants", "C", "payments"),
    ("2314.01", "代理业务负债-委托贷款资金", "entrusted loan funds", "C", "agency"),
    ("2314.02", "代理业务负债-代销资金", "wealth and fund sales money in transit", "C", "wealth"),
    ("2801", "预计负债", "provisions (limits and guarantees ECL, disputes)", "C", ""),
    ("3001.01", "清算资金往来-大额", "clearing, high value (HVPS)", "D", "payments"),
    ("3001.02", "清算资金往来-小额", "clearing, bulk (BEPS)", "D", "payments"),
    ("3001.03", "清算资金往来-网上支付跨行", "clearing, internet (IBPS)", "D", "payments"),
    ("3001.04", "清算资金往来-银联网联", "clearing, UnionPay and NetsUnion", "D", "payments"),
    ("3001.05", "清算资金往来-登记过户", "clearing, fund registrars", "D", "wealth"),
    ("4001", "实收资本", "paid-in capital", "C", ""),
    ("4101", "盈余公积", "surplus reserve", "C", ""),
    ("4102", "一般风险准备", "general risk reserve", "C", ""),
    ("4103", "本年利润", "profit of the year", "C", ""),
    ("4104", "利润分配", "retained earnings", "C", ""),
    ("6011.01", "利息收入-贷款", "interest income, loans", "C", ""),
    ("6011.02", "利息收入-信用卡", "interest income, cards", "C", ""),
    ("6011.03", "利息收入-罚息", "penalty interest", "C", ""),
    ("6011.04", "利息收入-分期", "instalment charges (分期手续费/利息)", "C", ""),
    ("6021.01", "手续费收入-结算", "payment fees", "C", ""),
    (
        "6021.02",
        "手续费收入-银行卡",
        "card fees, late fees (违约金), interchange; less points",
        "C",
        "",
    ),
    ("6021.03", "手续费收入-代销", "sales commissions", "C", ""),
    ("6021.04", "手续费收入-委托贷款", "entrusted loan fees", "C", ""),
    ("6021.05", "手续费收入-提前还款", "prepayment compensation", "C", ""),
    ("6051", "其他业务收入", "other income (tax agent's fee)", "C", ""),
    ("6301", "营业外收入", "non-operating income", "C", ""),
    ("6403", "税金及附加", "taxes and surcharges", "D", ""),
    ("6411.01", "利息支出-活期", "interest expense, demand and agreement", "D", ""),
    ("6411.02", "利息支出-定期", "interest expense, time products", "D", ""),
    ("6411.03", "利息支出-通知及其他", "interest expense, notice, optional", "D", ""),
    ("6421", "手续费支出", "fee expense", "D", ""),
    (
        "6601",
        "业务及管理费",
        "operating expense (staff, gifts, deposit insurance premium)",
        "D",
        "",
    ),
    ("6702", "信用减值损失", "credit impairment", "D", ""),
    ("6711.01", "营业外支出-客户赔付", "redress", "D", ""),
    ("6711.02", "营业外支出-案件损失", "fraud and operational loss", "D", ""),
    ("6801", "所得税费用", "income tax", "D", ""),
    ("6901", "以前年度损益调整", "prior-year adjustments", "D", ""),
    ("8101", "表外-代客持有份额", "units held for customers (at cost)", "D", "wealth"),
    ("8201", "表外-未使用授信额度", "unused card and loan limits", "D", "cards, loans"),
    ("8301", "表外-应收未收利息", "interest on non-accrual loans", "D", "loans"),
    ("8401", "表外-已核销资产", "written-off claims", "D", "loans, cards"),
    ("8501", "表外-抵质押物", "collateral held (at value)", "D", "collateral"),
    ("8999", "表外对方科目", "contra of all 8xxx", "C", ""),
)
