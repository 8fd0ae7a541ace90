"""What a loan decision rests on: the request, the papers, the findings, the approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bankcore.aggregates.loan.terms import Assessment
from bankcore.rules.loans.codes import Method, Product, Security
from bankcore.values.money import ZERO, Money
from bankcore.values.rates import AnnualRate


@dataclass(frozen=True, slots=True)
class Application:
    """The request as amended; see LoanApplicationOpened."""

    customer: str = ""
    household: str = ""
    product: Product = Product.CONSUMER
    amount: Money = ZERO
    term_months: int = 0
    purpose: str = ""
    method: Method = Method.LEVEL_PAYMENT
    security: Security = Security.UNSECURED
    collateral: str = "none"
    home: str = ""
    second_hand: bool = False
    co_owned: bool = False
    marital: str = "single"
    employment: str = "employed"
    applied_on: date = date.min


@dataclass(frozen=True, slots=True)
class Paper:
    """A document handed in; `verified` None = not yet looked at."""

    document: str
    kind: str
    valid_to: date | None
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What the decision rests on: papers, findings, and who did what."""

    prescreened: str = ""
    papers: tuple[Paper, ...] = ()
    interview: tuple[date, str] | None = None
    findings: tuple[tuple[str, date], ...] = ()
    assessment: Assessment | None = None
    recommended: Money | None = None
    maker: str = ""
    reviewer: str = ""
    exceptions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval that holds: the contract must lie inside it."""

    amount: Money
    term_months: int
    rate_floor: AnnualRate
    conditions: tuple[str, ...]
    level: int
    approver: str
    approved_on: date
    valid_to: date
