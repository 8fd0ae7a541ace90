"""Adapters of the deposit rules DEP-01 to DEP-09: products, demand, term deposits, the board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import (
    Inputs,
    dated_rates,
    day,
    days_text,
    maybe_day,
    money,
    moves,
    rate,
    verdict,
)
from bankcore.conformance.rulebook import deposit_accounts, deposit_plans
from bankcore.products.catalogue import shipped
from bankcore.products.deposits import deposit_offer
from bankcore.rules.deposits.board import BoardRow, Publishing, board_param, check_publishing
from bankcore.rules.deposits.demand import (
    SettlementPeriod,
    demand_interest,
    settlement_periods,
)
from bankcore.rules.deposits.early import EarlyDraw, Lump, draw_early, draw_matured
from bankcore.rules.deposits.lump import maturity_of, period_interest, term_interest
from bankcore.rules.deposits.opening import OpeningAsked, check_opening
from bankcore.rules.deposits.rollover import Rollover, roll_over
from bankcore.rules.deposits.settlement import DemandLife, settlement_chain
from bankcore.values.reasons import Reason, Rejected


def dep_01(given: Inputs) -> Inputs:
    """May a product be opened so?"""

    def decide() -> None:
        offer = deposit_offer(shipped(), given["product"], day(given["on"]))
        asked = OpeningAsked(money(given["amount"]), given["term_months"], given["step_months"])
        check_opening(offer, asked)

    return verdict(decide)


def dep_02(given: Inputs) -> Inputs:
    """Demand interest of a period."""
    result = demand_interest(
        money(given["opening_balance"]),
        moves(given["movements"]),
        day(given["start"]),
        day(given["end"]),
        rate(given["rate_pct"]),
        given["base"],
    )
    return {
        "balance_days": days_text(result.balance_days),
        "days": result.days,
        "interest": str(result.interest.amount),
    }


def dep_03(given: Inputs) -> Inputs:
    """The settlement periods, or a whole chain of settlements."""
    if given["op"] == "periods":
        periods = settlement_periods(day(given["opened"]), day(given["until"]), given["frequency"])
        return {"periods": [_period(p) for p in periods]}
    chain = settlement_chain(
        DemandLife(
            opened=day(given["opened"]),
            until=day(given["until"]),
            frequency=given["frequency"],
            movements=moves(given["movements"]),
            rates=dated_rates(given["rates"]),
            base=given["base"],
            close_on=maybe_day(given.get("close_on")),
        )
    )
    return {
        "settlements": [
            {
                "settle_on": s.period.settle_on.isoformat(),
                "pay_on": s.period.pay_on.isoformat(),
                "balance_days": days_text(s.result.balance_days),
                "interest": str(s.result.interest.amount),
            }
            for s in chain.settlements
        ],
        "balance": str(chain.balance),
        "paid_out_on_close": str(chain.paid_out_on_close),
    }


def _period(period: SettlementPeriod) -> dict[str, str]:
    return {
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "settle_on": period.settle_on.isoformat(),
        "pay_on": period.pay_on.isoformat(),
    }


def dep_04(given: Inputs) -> Inputs:
    """A term deposit held to maturity."""
    principal = money(given["principal"])
    interest = term_interest(principal, rate(given["rate_pct"]), given["term_months"]).amount
    return {
        "maturity": maturity_of(day(given["start"]), given["term_months"]).isoformat(),
        "interest": str(interest),
        "total": str(principal + interest),
    }


def dep_05(given: Inputs) -> Inputs:
    """Interest of one sum over any period."""
    result = period_interest(
        money(given["principal"]),
        rate(given["rate_pct"]),
        day(given["start"]),
        day(given["end"]),
        given["method"],
    )
    return {
        "months": result.span.months,
        "odd_days": result.span.odd_days,
        "days": result.span.days,
        "interest": str(result.interest.amount),
    }


def dep_06(given: Inputs) -> Inputs:
    """An early draw of part or all."""
    drawn = draw_early(
        EarlyDraw(
            principal=money(given["principal"]),
            rate=rate(given["rate_pct"]),
            demand_rate=rate(given["demand_rate_pct"]),
            start=day(given["start"]),
            term_months=given["term_months"],
            on=day(given["on"]),
            amount=money(given["amount"]),
            partials_before=given["partials_before"],
            max_partials=given["max_partials"],
            min_remainder=money(given["min_remainder"]),
        )
    )
    return {
        "paid_principal": str(drawn.paid_principal),
        "interest": str(drawn.interest.amount),
        "remaining": str(drawn.remaining),
        "remaining_interest_at_maturity": str(drawn.remaining_interest.amount),
    }


def dep_07(given: Inputs) -> Inputs:
    """A matured deposit drawn on or after its maturity."""
    lump = Lump(
        money(given["principal"]),
        rate(given["rate_pct"]),
        day(given["start"]),
        given["term_months"],
    )
    paid = draw_matured(lump, day(given["on"]), rate(given["demand_rate_pct"]))
    return {
        "maturity": paid.maturity.isoformat(),
        "interest": str(paid.interest.amount),
        "overdue_days": paid.overdue_days,
        "overdue_interest": str(paid.overdue_interest.amount),
        "total": str(paid.total),
    }


def dep_08(given: Inputs) -> Inputs:
    """A deposit followed through its rollovers and drawn early."""
    deposit = Rollover(
        money(given["principal"]),
        given["term_months"],
        day(given["start"]),
        given["mode"],
        dated_rates(given["rates"]),
    )
    found = roll_over(deposit, day(given["on"]), rate(given["demand_rate_pct"]))
    return {
        "cycles": [
            {
                "start": c.start.isoformat(),
                "maturity": c.maturity.isoformat(),
                "rate_pct": str(c.rate),
                "principal": str(c.principal),
                "interest": str(c.interest.amount),
            }
            for c in found.cycles
        ],
        "current_principal": str(found.principal),
        "current_start": found.start.isoformat(),
        "withdraw_interest": str(found.withdraw_interest.amount),
        "paid_total": str(found.paid_total),
        "interest_paid_out": str(found.paid_out),
    }


def dep_09(given: Inputs) -> Inputs:
    """A rate of the shipped board, or the publication of a row."""
    if given["op"] == "rate":
        param = board_param(given["product"], given["tenor"])
        try:
            return {"pct": str(shipped().rate(param, day(given["on"])))}
        except Rejected:
            raise Rejected(Reason.RATE_NOT_POSTED, param=param) from None
    row = given["row"]
    asked = Publishing(
        BoardRow(row["product"], row["tenor"], day(row["valid_from"]), rate(row["pct"])),
        day(given["today"]),
        given["maker"],
        given["checker"],
        rate(given["ceiling_pct"]),
    )
    existing = {(r["product"], r["tenor"], day(r["valid_from"])) for r in given["existing"]}
    return {"reason": verdict(lambda: check_publishing(asked, existing))["reason"]}


ADAPTERS: Final[Mapping[str, Adapter]] = {
    "DEP-01": dep_01,
    "DEP-02": dep_02,
    "DEP-03": dep_03,
    "DEP-04": dep_04,
    "DEP-05": dep_05,
    "DEP-06": dep_06,
    "DEP-07": dep_07,
    "DEP-08": dep_08,
    "DEP-09": dep_09,
    **deposit_plans.ADAPTERS,
    **deposit_accounts.ADAPTERS,
}
