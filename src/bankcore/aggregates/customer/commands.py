"""Commands of the customer beside registration and identity, which stand in `decide`."""

from __future__ import annotations

from datetime import date

from bankcore.rules.compliance.due_diligence import Service
from bankcore.values.declare import Personal, command
from bankcore.values.money import Money


@command("customer.register_prospect", "登记潜客", "Register a prospect")
class RegisterProspect:
    """Note a person who may become a customer; data that somebody else gave need consent."""

    customer: str
    name: Personal
    phone: Personal = ""
    source: str = "walk_in"
    basis: str = "consent"


@command("customer.convert", "转客户", "Convert a prospect")
class Convert:
    """The prospect becomes a customer once the identity is verified."""

    customer: str
    kind: str = "person"


@command("customer.assign_rm", "分配客户经理", "Assign a relationship manager")
class AssignRm:
    """Name a manager of the customer."""

    customer: str
    rm: str
    primary: bool = True


@command("customer.change_details", "资料变更", "Change customer details")
class ChangeDetails:
    """Change one field of the file: name, phone, address, occupation."""

    customer: str
    field: str
    new: Personal
    old: Personal = ""
    source: str = "customer"


@command("customer.collect_kyc", "收集资料", "Collect KYC data")
class CollectKyc:
    """Collect papers and data, with the purpose of the relation."""

    customer: str
    items: tuple[str, ...]
    purpose: str = ""
    values: tuple[Personal, ...] = ()
    beneficial_owner: Personal = ""


@command("customer.prove_false", "证实冒名", "Prove an identity false")
class ProveFalse:
    """The identity on file is another person's."""

    customer: str
    how: str


@command("customer.refresh_kyc", "更新资料", "Refresh the file")
class RefreshKyc:
    """Take a new document on file and do the review; the next one follows from the risk grade."""

    customer: str
    document_no: Personal
    document_kind: str = "id_card"
    valid_to: date | None = None


@command("customer.perform_cdd", "尽职调查", "Perform due diligence")
class PerformCdd:
    """Due diligence on one act: `items` are what was obtained.

    Known items: agent, beneficial_owner, source_of_funds, purpose, approval.
    """

    customer: str
    act: str
    service: Service
    amount: Money = Money(0)
    items: tuple[str, ...] = ()
    by_agent: bool = False
    suspicious: bool = False
    identity_doubt: bool = False


@command("customer.ask_source", "询问来源", "Ask for the source of funds")
class AskSource:
    """Ask where money comes from and what it is for."""

    customer: str
    act: str
    answer: Personal = ""
    volunteered: bool = False


@command("customer.verify_authority", "核实代理权", "Verify an agent's authority")
class VerifyAuthority:
    """Check an agent's identity document and the paper that gives him authority.

    `scope` `guardian` is that of a minor's parent or guardian (监护人), DEP-20.
    """

    customer: str
    agent: Personal
    agent_document_no: Personal = ""
    scope: str = "account"
    document: str = ""
