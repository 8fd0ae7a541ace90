"""Who acts (岗位): the roles an actor can hold, vocabulary section 1.6."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A post that may give commands; a grade (G1-G9) is a field of the employee, not a role."""

    CUSTOMER = "customer"
    AGENT = "agent"
    TELLER_CASH = "teller_cash"
    AUTHORISER = "authoriser"
    RM = "rm"
    LOAN_REVIEWER = "loan_reviewer"
    LOAN_APPROVER = "loan_approver"
    DISBURSER = "disburser"
    COLLATERAL_APPRAISER = "collateral_appraiser"
    COLLECTOR = "collector"
    CARD_APPROVER = "card_approver"
    LEDGER = "ledger"
    TREASURY = "treasury"
    RATE_MAKER = "rate_maker"
    RATE_APPROVER = "rate_approver"
    PRODUCT_MAKER = "product_maker"
    PRODUCT_APPROVER = "product_approver"
    COMPLAINT_HANDLER = "complaint_handler"
    COMPLAINT_REVIEWER = "complaint_reviewer"
    COMPLIANCE = "compliance"
    AML_ANALYST = "aml_analyst"
    AUDITOR = "auditor"
    HR = "hr"
    BRANCH_HEAD = "branch_head"
    HEAD_OFFICE = "head_office"
    SYSTEM = "system"
    TRAINER = "trainer"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gave a command, in which role. `system` is never a person."""

    id: str
    role: Role


SYSTEM = Actor("system", Role.SYSTEM)
