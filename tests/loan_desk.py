"""A bank with a loan in hand: the usual steps from application to disbursement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import commands_application as a
from bankcore.aggregates.loan import commands_contract as k
from bankcore.rules.loans.codes import Method, PaymentMode, Product, Security
from bankcore.values.money import yuan
from bankcore.values.rates import AnnualRate
from bankcore.values.roles import Actor, Role
from spec import Desk, bank

MAKER = Actor("rm-1", Role.RM)
REVIEWER = Actor("reviewer-1", Role.LOAN_REVIEWER)
APPROVER = Actor("approver-1", Role.LOAN_APPROVER)
CHIEF = Actor("chief-1", Role.HEAD_OFFICE)
PAPERS = (
    "id_card",
    "application_form",
    "credit_query_authorisation",
    "income_proof",
    "bank_flows_6m",
    "residence_proof",
)
HOME_PAPERS = (
    *PAPERS,
    "purchase_contract",
    "down_payment_receipt",
    "housing_record_check",
    "single_declaration",
)
FINDINGS = ("identity", "credit_report", "income", "purpose", "employment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What kind of loan a test wants; a consumer loan of 12,000.00 over a year by default."""

    amount: str = "12000.00"
    term_months: int = 12
    product: Product = Product.CONSUMER
    purpose: str = "renovation"
    method: Method = Method.LEVEL_PAYMENT
    security: Security = Security.UNSECURED
    spread_bp: int = 135
    rate_floor: str = "3.00"
    papers: tuple[str, ...] = (*PAPERS, "purpose_declaration")
    findings: tuple[str, ...] = FINDINGS
    home: str = ""
    draft: tuple[tuple[str, Any], ...] = ()
    income: str = "20000.00"
    ltv_key: str = ""
    price: str = ""


PLAIN = Wish()


def application(**changes: Any) -> a.OpenApplication:
    """The command that asks for a consumer loan of C1."""
    asked = a.OpenApplication(
        loan="L1",
        customer="C1",
        product=Product.CONSUMER,
        amount=yuan("12000.00"),
        term_months=12,
        purpose="travel",
    )
    return replace(asked, **changes)


def apply_for(desk: Desk, wish: Wish = PLAIN, loan: str = "L1", customer: str = "C1") -> None:
    """Application with complete papers."""
    desk.do(
        a.OpenApplication(
            loan=loan,
            customer=customer,
            product=wish.product,
            amount=yuan(wish.amount),
            term_months=wish.term_months,
            purpose=wish.purpose,
            method=wish.method,
            security=wish.security,
            home=wish.home,
        ),
        MAKER,
    )
    desk.do(a.Prescreen(loan=loan, result="eligible", monthly_income=yuan(wish.income)), MAKER)
    for kind in wish.papers:
        desk.do(a.SubmitDocument(loan=loan, document=kind, kind=kind), MAKER)
        desk.do(a.VerifyDocument(loan=loan, document=kind), MAKER)
    desk.do(a.MarkDocumentsComplete(loan=loan), MAKER)


def investigate(desk: Desk, wish: Wish = PLAIN, loan: str = "L1") -> None:
    """Interview, findings and recommendation."""
    desk.do(a.Interview(loan=loan), MAKER)
    for kind in wish.findings:
        desk.do(a.RecordFinding(loan=loan, kind=kind), MAKER)
    price = yuan(wish.price) if wish.price else None
    down = None if price is None else price - yuan(wish.amount)
    desk.do(
        a.CompleteInvestigation(
            loan=loan,
            salary=yuan(wish.income),
            ltv_key=wish.ltv_key,
            price=price,
            appraisal=price,
            down_payment=down,
        ),
        MAKER,
    )
    desk.do(
        a.Recommend(
            loan=loan,
            amount=yuan(wish.amount),
            term_months=wish.term_months,
            rate=AnnualRate.of(wish.rate_floor),
        ),
        MAKER,
    )


def decide(desk: Desk, wish: Wish = PLAIN, loan: str = "L1", approver: Actor = APPROVER) -> None:
    """Review and approval."""
    desk.do(
        a.Review(
            loan=loan, opinion="agree", amount=yuan(wish.amount), term_months=wish.term_months
        ),
        REVIEWER,
    )
    desk.do(approval(wish, loan), approver)


def approval(wish: Wish = PLAIN, loan: str = "L1") -> a.Approve:
    """The command that approves what was asked."""
    return a.Approve(
        loan=loan,
        amount=yuan(wish.amount),
        term_months=wish.term_months,
        rate=AnnualRate.of(wish.rate_floor),
    )


def sign(desk: Desk, wish: Wish = PLAIN, loan: str = "L1") -> None:
    """Contract from draft to signature, with every disclosure."""
    draft = k.DraftContract(loan=loan, spread_bp=wish.spread_bp, **dict(wish.draft))
    desk.do(draft, MAKER)
    desk.do(k.ShowAnnualisedRate(loan=loan), MAKER)
    desk.do(k.ConfirmCostStatement(loan=loan), MAKER)
    desk.do(k.ExplainTerms(loan=loan, items=("rate", "method", "default")), MAKER)
    desk.do(k.AcknowledgeTerms(loan=loan), MAKER)
    desk.do(k.SignContract(loan=loan), MAKER)


def disburse(
    desk: Desk,
    wish: Wish = PLAIN,
    loan: str = "L1",
    account: str = "A1",
    **request: Any,
) -> None:
    """One draw of everything; self-payment into the borrower's account unless told otherwise."""
    asked: dict[str, Any] = {"mode": PaymentMode.SELF, "payee": account, **request}
    desk.do(k.RequestDrawdown(loan=loan, amount=yuan(wish.amount), **asked))
    desk.do(k.Disburse(loan=loan, target=account))


def agree(desk: Desk, wish: Wish = PLAIN, loan: str = "L1", approver: Actor = CHIEF) -> None:
    """From application to the signed contract."""
    apply_for(desk, wish, loan)
    investigate(desk, wish, loan)
    decide(desk, wish, loan, approver)
    sign(desk, wish, loan)


def lend(desk: Desk, wish: Wish = PLAIN, loan: str = "L1", account: str = "A1") -> None:
    """From application to disbursement with auto debit from the account."""
    agree(desk, wish, loan)
    disburse(desk, wish, loan, account)
    desk.do(k.SetAutodebit(loan=loan, account=account), MAKER)


def lent(day: str = "2026-01-12", wish: Wish = PLAIN, opening: str = "1000.00") -> Desk:
    """A bank with loan L1 disbursed into account A1 on a day."""
    desk = bank(day, opening=opening)
    lend(desk, wish)
    return desk


def loan_of(desk: Desk, key: str = "L1") -> Loan:
    """The folded loan."""
    return desk.state(LOAN, key)


def of_kind(events: list[Any], kind: type) -> list[Any]:
    """The events of a kind, in order."""
    return [event for event in events if isinstance(event, kind)]


def day(text: str) -> date:
    """An ISO date."""
    return date.fromisoformat(text)
