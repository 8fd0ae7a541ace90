"""The contract (合同): drafted, shown, explained, acknowledged, signed, amended, LN-08."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bankcore.aggregates.loan import LOAN, Loan, Stage
from bankcore.aggregates.loan import commands_contract as c
from bankcore.aggregates.loan import events_contract as e
from bankcore.aggregates.loan.case import Approval
from bankcore.aggregates.loan.terms import ContractTerms, FeeStepAgreed
from bankcore.operations.decision import Decision
from bankcore.operations.loans.facts import (
    check_reason,
    credit_blocked,
    hash_of,
    method_limits,
    need_stage,
    policies,
    signed_terms,
)
from bankcore.operations.service import serve
from bankcore.rules.annual_cost import AnnualCost, monthly_cost
from bankcore.rules.loans.building import MethodChoice, build_schedule
from bankcore.rules.loans.codes import Method
from bankcore.rules.loans.contract import (
    Approved,
    Signing,
    envelope_checks,
    signing_refusal,
)
from bankcore.rules.loans.pricing import check_spread, price
from bankcore.rules.loans.schedule import LoanTerms, Schedule
from bankcore.values.figures import figure
from bankcore.values.rates import AnnualRate
from bankcore.values.reasons import Reason, Rejected


def draft_contract(d: Decision, x: c.DraftContract) -> None:
    """Draft inside the approval; a new draft voids what was shown and explained of the old."""
    loan = d.need(LOAN, x.loan)
    terms = _drafted(d, loan, x)
    _check_envelope(d, loan, terms)
    choice = choice_of(d, terms)
    build_schedule(schedule_terms(terms, d), choice)
    _cost(d, terms)
    d.emit(LOAN, x.loan, e.LoanContractDrafted(terms=terms, terms_hash=hash_of(terms)))


def _drafted(d: Decision, loan: Loan, x: c.DraftContract) -> ContractTerms:
    approval, request, known = loan.approval, loan.application, policies(d)
    if approval is None:
        raise Rejected(Reason.NOT_APPROVED)
    term_months = x.term_months or approval.term_months
    _check_spread_floor(d, loan, x.spread_bp)
    penalty, prepayment = known.penalty(), known.prepayment(request.product)
    elements = known.contract(request.product).elements - set(x.missing_elements)
    return ContractTerms(
        product=request.product,
        amount=x.amount or approval.amount,
        term_months=term_months,
        purpose=x.purpose or request.purpose,
        method=x.method or request.method,
        rate=price(d.day, term_months, x.spread_bp, known.lpr()).rate,
        spread_bp=x.spread_bp,
        repricing=x.repricing,
        cycle_months=x.cycle_months,
        due_day=x.due_day,
        min_first_days=known.number("min_first_days"),
        interest_period_months=x.interest_period_months,
        amort_months=x.amort_months,
        balloon=x.balloon,
        payment_mode=x.payment_mode,
        counterparty=x.counterparty,
        upfront_costs=x.upfront_costs,
        period_fee=x.period_fee,
        grace_days=penalty.grace_days,
        surcharge=penalty.surcharge,
        penalty_cap=penalty.cap,
        fee_steps=tuple(
            FeeStepAgreed(below_months=step.below_months, percent=step.percent)
            for step in prepayment.fee_steps
        ),
        prepayment_minimum=prepayment.minimum,
        notice_days=prepayment.notice_days,
        elements=tuple(sorted(elements)),
    )


def _check_spread_floor(d: Decision, loan: Loan, spread_bp: int) -> None:
    """The floor of a mortgage's spread; other products have none (LN-14)."""
    home = loan.application.home
    if loan.application.product.value == "mortgage" and home:
        check_spread(spread_bp, policies(d).number(f"spread_floor.mortgage_{home}"))


def schedule_terms(terms: ContractTerms, d: Decision) -> LoanTerms:
    """The contract as a schedule wants it, from today at the rate shown."""
    return LoanTerms(
        principal=terms.amount,
        rate=terms.rate,
        months=terms.term_months,
        value_date=d.day,
        due_day=_due_day(terms),
        min_first_days=terms.min_first_days,
    )


def _due_day(terms: ContractTerms) -> int | None:
    """Only level methods have a due day of their own; the others count from the value date."""
    levels = {Method.LEVEL_PAYMENT, Method.LEVEL_PRINCIPAL}
    return terms.due_day if terms.method in levels else None


def choice_of(d: Decision, terms: ContractTerms) -> MethodChoice:
    """The method with what it needs."""
    return MethodChoice(
        method=terms.method,
        limits=method_limits(d),
        interest_period_months=terms.interest_period_months,
        amort_months=terms.amort_months,
        balloon=terms.balloon,
    )


def _approved(loan: Loan, held: Approval) -> Approved:
    return Approved(
        amount=held.amount,
        term_months=held.term_months,
        rate_floor=held.rate_floor,
        purpose=loan.application.purpose,
        approved_on=held.approved_on,
    )


def _signing(d: Decision, loan: Loan, terms: ContractTerms) -> Signing:
    told, name = loan.contract, hash_of(terms)
    return Signing(
        amount=terms.amount,
        term_months=terms.term_months,
        rate=terms.rate,
        purpose=terms.purpose,
        signed_on=d.day,
        active_contract=told.terms is not None,
        elements=frozenset(terms.elements),
        explained=told.explained == name,
        acknowledged=told.acknowledged == name,
        apr_disclosed=told.shown == name,
        cost_statement_confirmed=told.confirmed == name,
    )


def _check_envelope(d: Decision, loan: Loan, terms: ContractTerms) -> None:
    held = loan.approval
    assert held is not None, "terms are drafted and amended under an approval"
    if d.day > held.valid_to:
        raise Rejected(Reason.APPROVAL_EXPIRED, valid_to=held.valid_to)
    policy = policies(d).contract(terms.product)
    for reason, hit in envelope_checks(_approved(loan, held), _signing(d, loan, terms), policy):
        if hit:
            raise Rejected(reason)


def _schedule(d: Decision, terms: ContractTerms) -> Schedule:
    return build_schedule(schedule_terms(terms, d), choice_of(d, terms))


def _cost(d: Decision, terms: ContractTerms) -> AnnualCost:
    """The yearly cost of the drafted loan in normal performance (LN-08), by month of payment."""
    by_month: dict[int, Fraction] = {}
    for row in _schedule(d, terms).rows:
        month = _month(terms, row.number)
        paid = Fraction(row.total.minor + terms.period_fee.minor)
        by_month[month] = by_month.get(month, Fraction(0)) + paid
    net = Fraction(terms.amount.minor - terms.upfront_costs.minor)
    payments = [by_month.get(m, Fraction(0)) for m in range(1, max(by_month) + 1)]
    return monthly_cost(net, payments)


def _month(terms: ContractTerms, number: int) -> int:
    """The month in which a row is paid: quarterly and single payments skip months."""
    if terms.method is Method.BULLET:
        return terms.term_months
    if terms.method is Method.INTEREST_ONLY:
        return min(number * terms.interest_period_months, terms.term_months)
    if terms.method is Method.BIWEEKLY:
        return -(-number * 12 // 26)
    return number


def _draft(d: Decision, key: str) -> tuple[ContractTerms, str]:
    loan = need_stage(d, key, Stage.APPROVED)
    if loan.contract.draft is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, state="not drafted")
    return loan.contract.draft, loan.contract.draft_hash


def show_annualised_rate(d: Decision, x: c.ShowAnnualisedRate) -> None:
    """Show both forms of the yearly cost, two decimals."""
    terms, name = _draft(d, x.loan)
    cost = _cost(d, terms)
    event = e.AnnualisedRateShown(
        apr_simple=_two_decimals(cost.simple),
        apr_effective=_two_decimals(cost.effective),
        terms_hash=name,
    )
    d.emit(LOAN, x.loan, event)


def _two_decimals(percent: Fraction) -> AnnualRate:
    """Half up to two decimals: rounding a hundredth is rounding a fen, through the same door."""
    return AnnualRate(Fraction(figure("LN-08", percent * 100).amount.minor, 100))


def confirm_cost_statement(d: Decision, x: c.ConfirmCostStatement) -> None:
    """The borrower confirms what all of it costs: interest, upfront costs and fees."""
    terms, name = _draft(d, x.loan)
    schedule = _schedule(d, terms)
    costs = schedule.total_interest + terms.upfront_costs + terms.period_fee * len(schedule.rows)
    d.emit(LOAN, x.loan, e.CostStatementConfirmed(costs=costs, terms_hash=name))


def explain_terms(d: Decision, x: c.ExplainTerms) -> None:
    """Explain the draft."""
    _, name = _draft(d, x.loan)
    d.emit(LOAN, x.loan, e.LoanTermsExplained(items=x.items, terms_hash=name))


def acknowledge_terms(d: Decision, x: c.AcknowledgeTerms) -> None:
    """The borrower acknowledges what was explained."""
    _, name = _draft(d, x.loan)
    if d.need(LOAN, x.loan).contract.explained != name:
        raise Rejected(Reason.TERMS_NOT_EXPLAINED)
    role = d.frame.actor.role.value
    d.emit(LOAN, x.loan, e.LoanTermsAcknowledged(by=x.by, role=role, terms_hash=name))


def sign_contract(d: Decision, x: c.SignContract) -> None:
    """Sign, with all checks of LN-08 in their order."""
    loan = d.need(LOAN, x.loan)
    terms = loan.contract.draft
    if terms is None:
        raise Rejected(Reason.NOT_APPROVED if loan.approval is None else Reason.ELEMENT_MISSING)
    policy = policies(d).contract(terms.product)
    approved = None if loan.approval is None else _approved(loan, loan.approval)
    reason = signing_refusal(approved, _signing(d, loan, terms), policy)
    if reason is not None:
        raise Rejected(reason)
    serve(d, loan.application.customer, new_product=True)
    if credit_blocked(d, loan.application.customer):
        raise Rejected(Reason.OPEN_HIGH_RISK_EVENT)
    event = e.LoanContractSigned(
        contract=x.contract or f"contract-{x.loan}",
        parties=x.parties or (loan.application.customer,),
        terms=terms,
        terms_hash=hash_of(terms),
        kind="term",
        limit=terms.amount,
    )
    d.emit(LOAN, x.loan, event)


def amend_contract(d: Decision, x: c.AmendContract) -> None:
    """Change signed terms before the first draw, inside the approval."""
    loan = need_stage(d, x.loan, Stage.CONTRACTED)
    check_reason(x.reason)
    terms = signed_terms(loan)
    spread = terms.spread_bp if x.spread_bp is None else x.spread_bp
    amended = replace(
        terms,
        due_day=terms.due_day if x.due_day is None else x.due_day,
        counterparty=terms.counterparty if x.counterparty is None else x.counterparty,
        purpose=terms.purpose if x.purpose is None else x.purpose,
        spread_bp=spread,
        rate=price(d.day, terms.term_months, spread, policies(d).lpr()).rate,
    )
    _check_envelope(d, loan, amended)
    event = e.LoanContractAmended(terms=amended, terms_hash=hash_of(amended), reason=x.reason)
    d.emit(LOAN, x.loan, event)
