"""Customer due diligence (客户尽职调查), AML-03: when it is owed and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bankcore.products.compliance_terms import DiligenceTerms
from bankcore.values.money import Money
from bankcore.values.reasons import Reason, Rejected


class Service(StrEnum):
    """What the customer asks for (业务类型)."""

    NEW_RELATION = "new_relation"
    ONE_OFF = "one_off"
    CASH = "cash"
    REMITTANCE = "remittance"


class CustomerKind(StrEnum):
    """A natural person (自然人) or a company or body (非自然人)."""

    NATURAL = "natural"
    NON_NATURAL = "non_natural"


class RiskGrade(StrEnum):
    """Money-laundering risk grade of a customer (客户风险等级), AML-04."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Level(StrEnum):
    """How deep the due diligence goes (尽职调查强度)."""

    NONE = "none"
    SIMPLIFIED = "simplified"
    STANDARD = "standard"
    ENHANCED = "enhanced"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a customer: a single amount, never the sum of a day."""

    service: Service
    amount: Money
    customer_kind: CustomerKind = CustomerKind.NATURAL
    risk: RiskGrade = RiskGrade.LOW
    suspicious: bool = False
    identity_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Diligence:
    """What AML-03 asks for on that day; nothing of it is asked when `cdd_required` is false."""

    regime: str
    cdd_required: bool
    register_and_copy: bool
    ask_source_and_use: bool
    beneficial_owner: bool
    level: Level

    @property
    def verify_id(self) -> bool:
        """Whoever needs due diligence has the document checked."""
        return self.cdd_required


def due_diligence(act: Act, terms: DiligenceTerms) -> Diligence:
    """Say what due diligence an act needs (AML-03); 以上 includes the threshold itself.

    Asking for source and use of funds where this says no is itself a fault from 2026 on.
    """
    force = act.service is Service.NEW_RELATION or act.suspicious or act.identity_doubt
    required = force or _over(act, terms)
    document_only = act.service is Service.CASH and not force and not terms.cash_copy
    higher_risk = act.risk is RiskGrade.HIGH or act.suspicious
    return Diligence(
        regime=terms.regime,
        cdd_required=required,
        register_and_copy=required and not document_only,
        ask_source_and_use=required and higher_risk,
        beneficial_owner=required and act.customer_kind is CustomerKind.NON_NATURAL,
        level=_level(act, required=required, force=force),
    )


def _over(act: Act, terms: DiligenceTerms) -> bool:
    # A company's cash is covered by the KYC of its account, not by the line for persons.
    if act.service is Service.CASH and act.customer_kind is not CustomerKind.NATURAL:
        return False
    threshold = terms.thresholds.get(act.service.value, {}).get(act.amount.currency)
    return threshold is not None and act.amount >= threshold


def _level(act: Act, *, required: bool, force: bool) -> Level:
    if not required:
        return Level.NONE
    if act.risk is RiskGrade.HIGH or act.suspicious:
        return Level.ENHANCED
    return Level.SIMPLIFIED if act.risk is RiskGrade.LOW and not force else Level.STANDARD


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was in fact obtained before the service is given."""

    identity_known: bool
    identity_verified: bool
    agent_verified: bool = True
    beneficial_owner: bool = False
    source_of_funds: bool = False
    purpose: bool = False
    approval: bool = False
    listed: bool = False


def check_diligence(needed: Diligence, got: Gathered) -> None:
    """Refuse a service whose due diligence is incomplete, in the order of AML-03.

    Purpose and the approval of a superior belong to the enhanced level only.
    """
    enhanced = needed.level is Level.ENHANCED
    ladder: Final = (
        (Reason.IDENTITY_UNKNOWN, not got.identity_known),
        (Reason.IDENTITY_NOT_VERIFIED, needed.verify_id and not got.identity_verified),
        (Reason.AGENT_NOT_VERIFIED, not got.agent_verified),
        (Reason.BENEFICIAL_OWNER_MISSING, needed.beneficial_owner and not got.beneficial_owner),
        (Reason.SOURCE_OF_FUNDS_MISSING, needed.ask_source_and_use and not got.source_of_funds),
        (Reason.PURPOSE_MISSING, enhanced and not got.purpose),
        (Reason.APPROVAL_MISSING, enhanced and not got.approval),
        (Reason.LISTED_PERSON, got.listed),
    )
    for reason, lacking in ladder:
        if lacking:
            raise Rejected(reason, level=needed.level.value, regime=needed.regime)
