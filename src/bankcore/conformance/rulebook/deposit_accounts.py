"""Adapters of DEP-18 to DEP-24: insurance, tax, opening, closing, holds, dormancy, ceilings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, day, maybe_day, money, moves, rate, verdict
from bankcore.products.catalogue import rows_of, shipped
from bankcore.rules.deposits.accounts import (
    AccountLimits,
    AccountOpening,
    Agent,
    Closing,
    check_account_opening,
    check_closing,
    closing_payout,
)
from bankcore.rules.deposits.availability import (
    DormancyLimits,
    Restriction,
    activity_state,
    availability,
)
from bankcore.rules.deposits.board import Offer, ceiling_rate, check_offer, highest_offer
from bankcore.rules.deposits.insurance import InsuredSum, compensation
from bankcore.rules.deposits.tax import interest_tax, is_exempt
from bankcore.values.dated import DatedRow
from bankcore.values.money import parse_amount
from bankcore.values.rates import exact_text


def dep_18(given: Inputs) -> Inputs:
    """What a depositor is paid back."""
    sums = [
        InsuredSum(a["product"], money(a["principal"]), money(a["accrued"]))
        for a in given["accounts"]
    ]
    found = compensation(
        day(given["on"]), sums, money(given["limit"]), senior_manager=given["senior_manager"]
    )
    return {
        "insured_total": str(found.insured),
        "compensation": str(found.paid),
        "excess": str(found.excess),
        "not_insured_total": str(found.not_insured),
    }


def dep_19(given: Inputs) -> Inputs:
    """Tax on interest at the rates of the shipped catalogue."""
    rows = [
        DatedRow(r.valid_from, r.adopted_on, Fraction(str(r.value)))
        for r in rows_of(shipped(), "deposit.interest_tax")
    ]
    taxed = interest_tax(
        money(given["gross"]),
        day(given["start"]),
        day(given["end"]),
        [] if is_exempt(given["product"]) else rows,
    )
    return {"tax": str(taxed.tax.amount), "net": str(taxed.net)}


def dep_20(given: Inputs) -> Inputs:
    """May an account of a class be opened?"""
    on, catalogue = day(given["on"]), shipped()
    limits = AccountLimits(
        {c: catalogue.number(f"deposit.class_max.{c}", on) for c in ("I", "II", "III")},
        catalogue.money("deposit.class_three_balance", on),
        catalogue.number("deposit.guardian_age", on),
    )
    agent = given["agent"]
    asked = AccountOpening(
        on=on,
        birth_date=day(given["birth_date"]),
        document=given["id_kind"],
        document_valid_to=maybe_day(given["id_valid_to"]),
        identity_verified=given["identity_verified"],
        agent=agent and Agent(agent["id_shown"], agent["guardian"]),
        risk_sign=given["risk_sign"],
        purpose_recorded=given["purpose_recorded"],
        account_class=given["class"],
        open_class=given["open_class"],
        agreement_signed=given["agreement_signed"],
        amount=money(given["amount"]),
        min_opening=money(given["min_opening"]),
    )
    return verdict(lambda: check_account_opening(asked, limits))


def dep_21(given: Inputs) -> Inputs:
    """May an account be closed, and what is paid out?"""
    flags = ("status", "identity_verified", "by_third_party", "authority", "frozen", "pending",
             "links", "alert_flag")  # fmt: skip
    check_closing(Closing(holds=money(given["holds"]), **{name: given[name] for name in flags}))
    payout = closing_payout(
        money(given["opening_balance"]),
        moves(given["movements_since"]),
        day(given["period_from"]),
        day(given["on"]),
        rate(given["demand_rate_pct"]),
    )
    return {"interest": str(payout.result.interest.amount), "paid": str(payout.paid)}


def dep_22(given: Inputs) -> Inputs:
    """The available balance under restrictions."""
    restrictions = [
        Restriction(
            r["kind"],
            None if r["amount"] is None else money(r["amount"]),
            day(r["from"]),
            maybe_day(r["until"]),
        )
        for r in given["restrictions"]
    ]
    found = availability(money(given["balance"]), day(given["on"]), restrictions)
    return {
        "available": str(found.available),
        "debit_allowed": found.debit_allowed,
        "credit_allowed": found.credit_allowed,
        "caught": str(found.caught),
    }


def dep_23(given: Inputs) -> Inputs:
    """Is the account asleep?"""
    on, catalogue = day(given["on"]), shipped()
    limits = DormancyLimits(
        catalogue.number("deposit.new_account_idle_months", on),
        catalogue.number("deposit.dormant_months", on),
        catalogue.money("deposit.dormant_below", on),
    )
    state = activity_state(
        day(given["opened_on"]),
        maybe_day(given["last_activity_on"]),
        money(given["balance"]),
        on,
        limits,
    )
    return {"state": state}


_AUTHORITY_BP: Final = {"rm": 0, "sub_branch": 5, "branch": 10, "head_office": 0}


def dep_24(given: Inputs) -> Inputs:
    """May a rate be offered?"""
    offer = Offer(
        rate(given["board_pct"]),
        ceiling_rate(rate(given["benchmark_pct"]), given["ceiling_bp"]),
        given["level"],
        _AUTHORITY_BP[given["level"]],
        rate(given["offered_pct"]),
        parse_amount(given["inducement"]),
    )
    most = exact_text(highest_offer(offer).percent)
    return {"max_pct": most, **verdict(lambda: check_offer(offer))}


ADAPTERS: Final[Mapping[str, Adapter]] = {
    "DEP-18": dep_18,
    "DEP-19": dep_19,
    "DEP-20": dep_20,
    "DEP-21": dep_21,
    "DEP-22": dep_22,
    "DEP-23": dep_23,
    "DEP-24": dep_24,
}
