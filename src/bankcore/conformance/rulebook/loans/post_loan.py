"""Adapters of LN-16, LN-31 and LN-32: loans of the provident fund, collection, checks."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, case_calendar, verdict
from bankcore.conformance.rulebook.loans.reading import (
    amount,
    day,
    facts,
    optional_amount,
    optional_day,
    percent,
)
from bankcore.operations.loans.post_loan_policies import PostLoanPolicies
from bankcore.products.catalogue import shipped
from bankcore.rules.loans.codes import LoanClass, Product
from bankcore.rules.loans.collection import (
    CollectionContact,
    ConductPolicy,
    ContactChannel,
    Party,
    check_contact,
    next_contact,
)
from bankcore.rules.loans.post_loan import CheckedLoan, check_calendar
from bankcore.rules.loans.provident import (
    Home,
    ProvidentLoan,
    handling_fee,
    provident_limit,
    provident_rate,
)
from bankcore.values.money import yuan

# The rulebook's cases of these rules carry no date: the parameters of this day are theirs.
_POLICIES: Final = PostLoanPolicies(shipped(), date(2025, 6, 10))


def provident(given: Inputs) -> dict[str, Any]:
    """LN-16."""
    if given["function"] == "rate":
        loan = ProvidentLoan(Home(given["home"]), given["term_months"], day(given, "value_date"))
        rate = provident_rate(loan, day(given, "on"), _POLICIES.provident_rates())
        return {"rate_pct": str(rate.percent)}
    if given["function"] == "fee":
        return {
            "fee": str(handling_fee(amount(given, "interest"), percent(given, "fee_pct")).amount)
        }
    names = ("cap", "ltv_max_amount", "dti_max_loan")
    binding = [limit for limit in (optional_amount(given, n) for n in names) if limit is not None]
    balances = [yuan(text) for text in given["balances"]]
    made = provident_limit(balances, given["multiple"], amount(given, "need"), binding)
    return {
        "limit": str(made.limit),
        "fund_part": str(made.fund_part),
        "commercial_part": str(made.commercial_part),
    }


def collection(given: Inputs) -> dict[str, Any]:
    """LN-31."""
    if given["function"] == "next_contact":
        due = next_contact(
            given["dpd_reported"],
            day(given, "case_opened"),
            optional_day(given, "last_contact"),
            _POLICIES.contact_intervals(),
        )
        return {"due": str(due)}
    contact = CollectionContact(
        at=datetime.fromisoformat(given["time"]),
        channel=ContactChannel(given["channel"]),
        party=Party(given["party"]),
        **facts(given, "dpd_reported", "discloses_debt", "hold"),
        **facts(given, "attempts_number_today", "attempts_debtor_today"),
    )
    return verdict(lambda: check_contact(contact, _conduct(given)))


def _conduct(given: Inputs) -> ConductPolicy:
    """The case's own parameters where it names them."""
    params = given.get("params")
    if params is None:
        return _POLICIES.conduct()
    hours = time.fromisoformat(params["from"]), time.fromisoformat(params["until"])
    return ConductPolicy(*hours, params["per_number"], params["per_debtor"])


def checks(given: Inputs) -> dict[str, Any]:
    """LN-32."""
    loan = CheckedLoan(
        product=Product(given["product"]),
        amount=amount(given, "amount"),
        self_payment=given["self_payment"],
        disbursement=day(given, "disbursement"),
        loan_class=LoanClass(given["class"]),
    )
    calendar = case_calendar(given, "working_weekends")
    due = check_calendar(loan, day(given, "until"), _POLICIES.checks(), calendar.is_business_day)
    return {"checks": [{"date": str(check.due), "kind": check.kind} for check in due]}


ADAPTERS: Final[dict[str, Adapter]] = {
    "LN-16": provident,
    "LN-31": collection,
    "LN-32": checks,
}
