"""Events of the customer's identity and file: the storage contract.

Ratings, measures, consents and credit stand in `standing_events`.
"""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.customer.standing_events import StandingEvent
from bankcore.values.declare import Personal, event

S = "customer"


@event(
    S,
    "潜客登记",
    "Prospect registered",
    say_zh="登记潜客({source})",
    say_en="prospect registered ({source})",
)
class ProspectRegistered:
    """A person who may become a customer (潜客登记); `basis` is the ground for keeping the data."""

    name: Personal
    phone: Personal
    source: str
    basis: str


@event(S, "转为客户", "Prospect converted", say_zh="转为客户", say_en="became a customer")
class ProspectConverted:
    """The prospect becomes a customer (转为客户)."""

    kind: str


@event(
    S,
    "建立客户档案",
    "Customer registered",
    say_zh="建立客户档案",
    say_en="customer file opened",
)
class CustomerRegistered:
    """A customer file is opened (建立客户档案). `kind` is `person` or `firm`."""

    kind: str
    name: Personal
    birth_date: Personal
    phone: Personal
    address: Personal


@event(
    S,
    "建立业务关系",
    "Relation opened",
    say_zh="建立业务关系({first_product}),{rate_by} 前完成风险评级",
    say_en="relation begins with {first_product}, to be rated by {rate_by}",
)
class RelationOpened:
    """The first product is opened (建立业务关系); the first rating is due by a day, AML-04."""

    first_product: str
    rate_by: date


@event(
    S,
    "客户经理分配",
    "Relationship manager assigned",
    say_zh="分配客户经理 {rm}",
    say_en="assigned to manager {rm}",
)
class RmAssigned:
    """A manager is named for the customer (客户经理分配)."""

    rm: str
    primary: bool


@event(
    S,
    "客户资料变更",
    "Customer details changed",
    say_zh="变更客户资料 {field}",
    say_en="{field} changed",
)
class CustomerDetailsChanged:
    """One field of the file changes (客户资料变更)."""

    field: str
    old: Personal
    new: Personal
    source: str


@event(
    S, "尽调资料收集", "KYC data collected", say_zh="收集资料 {items}", say_en="collected {items}"
)
class KycDataCollected:
    """Papers and data for due diligence are collected (尽调资料收集)."""

    items: tuple[str, ...]
    values: tuple[Personal, ...]
    purpose: str
    beneficial_owner: Personal


@event(
    S,
    "身份核实",
    "Identity verified",
    say_zh="核实身份,证件有效期至 {valid_to}",
    say_en="identity verified, document valid to {valid_to}",
)
class IdentityVerified:
    """The original document was seen and checked (身份核实), AML-03."""

    document_kind: str
    document_no: Personal
    name: Personal
    valid_to: date | None
    method: str


@event(
    S,
    "冒名证实",
    "Identity proved false",
    say_zh="证实冒名({how})",
    say_en="identity proved false ({how})",
)
class IdentityProvedFalse:
    """The identity on file turns out to be another's (冒名证实); the status is none from now."""

    how: str


@event(
    S,
    "尽调更新",
    "KYC refreshed",
    say_zh="更新证件,有效期至 {valid_to}",
    say_en="file refreshed, document valid to {valid_to}",
)
class KycRefreshed:
    """A new document is on file and the review is done (尽调更新), AML-05."""

    document_kind: str
    document_no: Personal
    valid_to: date | None
    next_review: date | None


@event(
    S,
    "尽职调查",
    "Due diligence performed",
    say_zh="对 {act} 作 {level} 尽职调查",
    say_en="{level} due diligence on {act}",
)
class CddPerformed:
    """Due diligence on one act (尽职调查), AML-03."""

    act: str
    level: str
    regime: str
    items: tuple[str, ...]


@event(
    S,
    "询问资金来源",
    "Source of funds asked",
    say_zh="就 {act} 询问资金来源",
    say_en="asked where the money of {act} comes from",
)
class SourceOfFundsAsked:
    """The customer is asked for source and use of money (询问资金来源)."""

    act: str
    volunteered: bool
    answer: Personal


@event(
    S,
    "代理权核实",
    "Authority verified",
    say_zh="核实代理权({scope})",
    say_en="agent's authority verified ({scope})",
)
class AuthorityVerified:
    """An agent's identity and authority were checked (代理权核实), DEP-20."""

    agent_name: Personal
    agent_document_no: Personal
    scope: str
    document: str


IdentityEvent = (
    ProspectRegistered
    | ProspectConverted
    | CustomerRegistered
    | IdentityVerified
    | IdentityProvedFalse
    | KycRefreshed
    | CustomerDetailsChanged
)
FileEvent = (
    RelationOpened
    | RmAssigned
    | KycDataCollected
    | CddPerformed
    | SourceOfFundsAsked
    | AuthorityVerified
)
CustomerEvent = IdentityEvent | FileEvent | StandingEvent
