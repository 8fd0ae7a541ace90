"""Folding contract and draws: terms agreed, money drawn, schedules built."""

from __future__ import annotations

from typing import Any, assert_never

from bankcore.aggregates.loan import events_contract as e
from bankcore.aggregates.loan.stage import Stage
from bankcore.aggregates.loan.state import Draw, Loan, Request, replaced
from bankcore.values.changing import changed
from bankcore.values.entry import Entry


def _contract(loan: Loan, **changes: Any) -> Loan:
    return changed(loan, contract=changed(loan.contract, **changes))


def fold_disclosure(loan: Loan, event: e.DisclosureEvent, _entry: Entry[Any]) -> Loan:
    """What was shown, explained and confirmed holds for the version that it names."""
    match event:
        case e.AnnualisedRateShown(terms_hash=terms_hash):
            return _contract(loan, shown=terms_hash)
        case e.CostStatementConfirmed(terms_hash=terms_hash):
            return _contract(loan, confirmed=terms_hash)
        case e.LoanTermsExplained(terms_hash=terms_hash):
            return _contract(loan, explained=terms_hash)
        case e.LoanTermsAcknowledged(terms_hash=terms_hash):
            return _contract(loan, acknowledged=terms_hash)
        case _:
            assert_never(event)


def fold_contract(loan: Loan, event: e.ContractEvent, entry: Entry[Any]) -> Loan:
    """Drafting, signing, amending, and the conditions met."""
    match event:
        case e.LoanContractDrafted(terms=terms, terms_hash=terms_hash):
            return _contract(loan, draft=terms, draft_hash=terms_hash)
        case e.LoanContractSigned(terms=terms, limit=limit):
            signed = _contract(loan, terms=terms, signed_on=entry.booking_date, limit=limit)
            return changed(signed, stage=Stage.CONTRACTED)
        case e.LoanContractAmended(terms=terms):
            return _contract(loan, terms=terms)
        case e.LoanConditionSatisfied(condition=condition):
            return _contract(loan, conditions_met=loan.contract.conditions_met | {condition})
        case _:
            assert_never(event)


def fold_draw(loan: Loan, event: e.DrawEvent, entry: Entry[Any]) -> Loan:
    """Drawdowns and their schedules."""
    match event:
        case e.DrawdownRequested():
            asked = Request(event.draw, event.amount, event.mode, event.payee, event.payee_category)
            return changed(loan, requests=(*loan.requests, asked))
        case e.DrawdownRejected(draw=number):
            return changed(loan, requests=tuple(x for x in loan.requests if x.draw != number))
        case e.LoanDisbursed():
            return _disbursed(loan, event, entry)
        case e.RepaymentScheduleBuilt():
            return _scheduled(loan, event)
        case e.AutoDebitSet(account=account):
            return changed(loan, autodebit=account)
        case _:
            assert_never(event)


def _disbursed(loan: Loan, event: e.LoanDisbursed, entry: Entry[Any]) -> Loan:
    draw = Draw(
        number=event.draw,
        amount=event.amount,
        drawn_on=entry.value_date,
        mode=event.mode,
        rates=((entry.value_date, event.rate),),
        last_due=entry.value_date,
        balance=event.amount,
        tenor=event.tenor,
    )
    return changed(
        loan,
        stage=Stage.REPAYING if loan.stage is Stage.CONTRACTED else loan.stage,
        requests=tuple(x for x in loan.requests if x.draw != event.draw),
        draws=(*loan.draws, draw),
    )


def _scheduled(loan: Loan, event: e.RepaymentScheduleBuilt) -> Loan:
    draw = loan.draw(event.draw)
    if draw is None:
        return loan
    built = changed(draw, method=event.method, level=event.level, rows=event.rows)
    return replaced(loan, built)
