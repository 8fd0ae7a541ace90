"""Commands on the customer's standing: rating, measures, consents, credit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bankcore.aggregates.customer.standing_events import RestrictionScope, Screening
from bankcore.rules.compliance.measures import Basis
from bankcore.values.declare import command


@command("customer.rate_risk", "风险评级", "Rate a customer's risk")
class RateRisk:
    """Score the four elements 1 … 5: the person, geography, product, occupation.

    `overrides` are facts that make the customer high whatever the score; they need a reason.
    """

    customer: str
    person: int | None = None
    geography: int | None = None
    product: int | None = None
    occupation: int | None = None
    overrides: tuple[str, ...] = ()
    reason: str = ""


@command("customer.screen", "名单筛查", "Screen a customer")
class Screen:
    """Compare with a list; a hit restricts the customer and freezes the accounts named."""

    customer: str
    list_version: str
    result: Screening = Screening.CLEAR
    matches: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@command("customer.clear_hit", "排除误中", "Clear a screening hit")
class ClearHit:
    """The match is another person; the restriction is lifted and the accounts named are freed."""

    customer: str
    list_version: str
    reason: str
    accounts: tuple[str, ...] = ()


@command("customer.restrict", "限制", "Restrict a customer")
class Restrict:
    """Stop part of the service; `until` is exclusive, `told_before` says the customer was warned.

    `ground` is the legal ground, `order` the paper of an authority.
    """

    customer: str
    measure: RestrictionScope
    basis: Basis
    ground: str = ""
    order: str = ""
    until: date | None = None
    told_before: bool = False


@command("customer.lift_restriction", "解除限制", "Lift a restriction")
class LiftRestriction:
    """End a measure."""

    customer: str
    measure: RestrictionScope
    basis: Basis
    reason: str


@command("customer.block_credit", "暂停新增授信", "Block new credit")
class BlockCredit:
    """A risk event scored by RSK-01; only a high residual score blocks new credit."""

    customer: str
    risk_event: str
    likelihood: int
    impact: int
    control_pct: int = 0


@command("customer.unblock_credit", "恢复授信", "Allow new credit again")
class UnblockCredit:
    """The risk event is closed by somebody else than its raiser, with a reason."""

    customer: str
    risk_event: str
    reason: str


@command("customer.grant_consent", "授权同意", "Grant a consent")
class GrantConsent:
    """The customer agrees to one use of his data; 24 months unless a last day is given."""

    customer: str
    scope: str
    until: date | None = None
    partner: str = ""


@command("customer.revoke_consent", "撤回同意", "Revoke a consent")
class RevokeConsent:
    """The customer takes a consent back, from this very day."""

    customer: str
    scope: str
    partner: str = ""


@command("customer.rate_credit", "信用评级", "Rate a customer's credit")
class RateCredit:
    """Set the credit grade with what it was based on."""

    customer: str
    grade: str
    valid_to: date
    inputs: Mapping[str, str]


@command("customer.authorise_credit_query", "征信授权", "Authorise a credit query")
class AuthoriseCreditQuery:
    """The customer authorises one query of the credit register in writing or electronically."""

    customer: str
    purpose: str
    form: str = "written"
    expires: date | None = None


@command("customer.query_credit", "查询征信", "Query the credit register")
class QueryCredit:
    """Query within an authorisation, which this uses up."""

    customer: str
    purpose: str
    report: str
    overdue_count: int = 0
    enquiries: int = 0
