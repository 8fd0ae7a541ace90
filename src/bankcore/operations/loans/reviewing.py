"""Class, stage and provision (五级分类、阶段、拨备): step 270 of the day, LN-24, LN-28."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.loan import LOAN, Loan
from bankcore.aggregates.loan import events_risk as e
from bankcore.aggregates.loan.terms import LossInputs, WeighedScenario
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.deciding import guard_key
from bankcore.operations.loans.facts import in_observation, policies, signed_terms, warning_level
from bankcore.operations.loans.losses import balances_by_year, lgd_of, months_begun, months_left
from bankcore.operations.loans.settling import ALLOWANCE
from bankcore.rules.loans.classification import (
    Claim,
    ClassFacts,
    ClassFloor,
    class_floor,
    debtor_view,
)
from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.ecl import (
    Exposure,
    Provision,
    StageFacts,
    cured_stage,
    expected_credit_loss,
    provision,
    stage_of,
)
from bankcore.values.figures import Figure
from bankcore.values.streams import Due


def review(d: Decision, due: Due) -> None:
    """Give the loan the class, stage and provision that its facts ask for at the close of today."""
    review_loan(d, due.stream)


def review_loan(d: Decision, key: str) -> None:
    """Class first, then stage, then provision: each rests on the one before."""
    _classify(d, key, d.need(LOAN, key))
    _stage(d, key)
    provide(d, key)


def floor_of(d: Decision, loan: Loan) -> ClassFloor:
    """The best class that the facts allow at the close of today (LN-24)."""
    watched = in_observation(loan, d.day)
    facts = ClassFacts(
        dpd=loan.days_past_due(d.day),
        misuse=loan.risk.misuse is not None,
        restructured=watched,
        restructured_again=watched and loan.risk.times_restructured > 1,
    )
    return class_floor(facts, policies(d).classes())


def _classify(d: Decision, key: str, loan: Loan) -> None:
    floor = floor_of(d, loan)
    old = loan.risk.loan_class
    own = LoanClass.worst(floor.loan_class, loan.risk.assigned)
    new = debtor_class(d, key, loan, own)
    reasons = floor.triggers if new is own else (*floor.triggers, "cross_default")
    # Out of the non-performing classes only a person leads, after the test of LN-27.
    if old.non_performing and new.severity < old.severity:
        return
    if new is not old:
        event = reclassified(d, loan, new, reasons, "rule")
        d.emit(LOAN, key, replace(event, own_class=own))


def debtor_class(d: Decision, key: str, loan: Loan, own: LoanClass) -> LoanClass:
    """The class after a look at all loans of the household; retail loans keep their own (LN-25)."""
    guard, stream = d.load(GUARD, guard_key(loan)), LOAN.stream(key)
    claims = [Claim(stream, loan.principal, own)]
    for reserved in guard.reserved if guard else ():
        other = d.load(LOAN, reserved.contract) if reserved.contract.startswith("loan-") else None
        if other is not None and other.running and reserved.contract != stream:
            claims.append(Claim(reserved.contract, other.principal, other.risk.own_class))
    view = debtor_view(
        claims,
        other_bank_npl=False,
        overdue90_all_banks=Fraction(0),
        policy=policies(d).debtor(),
    )
    return view.classes[stream]


def reclassified(
    d: Decision, loan: Loan, new: LoanClass, reasons: tuple[str, ...], decided_by: str
) -> e.LoanReclassified:
    """The event of a new class, which is also the loan's own one unless said otherwise."""
    return e.LoanReclassified(
        old=loan.risk.loan_class,
        new=new,
        dpd=loan.days_past_due(d.day),
        reasons=reasons,
        own_class=new,
        decided_by=decided_by,
    )


def _stage(d: Decision, key: str) -> None:
    loan, known = d.need(LOAN, key), policies(d)
    risk, dpd = loan.risk, loan.days_past_due(d.day)
    origin = policies(d, loan.draws[0].drawn_on).pd12(loan.application.product, 0)
    triggers = floor_of(d, loan).triggers
    special = risk.loan_class is LoanClass.SPECIAL_MENTION
    facts = StageFacts(
        dpd=dpd,
        credit_impaired=risk.non_accrual,
        loan_class=risk.loan_class,
        flag_class=special and (triggers != ("overdue",) or dpd > 30),
        warning=warning_level(loan),
        restructured="restructured" in triggers,
        # Delay has its own day limits in LN-28; the rise of PD is that of the performing loan.
        pd_now=known.pd12(loan.application.product, 0),
        pd_origin=origin,
    )
    grace = signed_terms(loan).grace_days
    in_time = loan.paid_in_time(risk.stage_on, grace)
    found = stage_of(facts, known.stages())
    new = cured_stage(risk.stage, found, in_time, known.number("ecl.cure_due_dates"))
    if new != risk.stage:
        d.emit(LOAN, key, e.EclStageAssigned(old=risk.stage, new=new, reasons=_why(facts)))


def _why(facts: StageFacts) -> tuple[str, ...]:
    """The facts that speak for a worse stage, by name."""
    table = (
        ("dpd", facts.dpd > 30),
        ("credit_impaired", facts.credit_impaired),
        ("class", facts.loan_class.non_performing or facts.flag_class),
        ("warning", facts.warning in {"orange", "red"}),
        ("restructured", facts.restructured),
    )
    return tuple(name for name, hit in table if hit)


@dataclass(frozen=True, slots=True)
class Loss:
    """An expected loss with the inputs that it was computed from, and the provision it asks."""

    inputs: LossInputs
    ecl: Figure
    provision: Provision


def loss_of(d: Decision, loan: Loan) -> Loss:
    """ECL and provision of the loan at the close of today (LN-28)."""
    known, product = policies(d), loan.application.product
    stage, months = loan.risk.stage, months_left(loan, d.day)
    balances = balances_by_year(loan, d.day, known.fraction("ecl.undrawn_share"))
    scenarios = known.scenarios()
    inputs = LossInputs(
        pd12=known.pd12(product, loan.days_past_due(d.day)) if stage < 3 else Fraction(100),
        lgd=lgd_of(loan, known, _months_in_default(loan, d.day)),
        ead_by_year=balances if stage == 2 else balances[:1],
        remaining_months=months,
        eir=loan.draws[0].rate,
        balance=loan.principal,
        minimum_percent=known.provision_minimum(loan.risk.loan_class),
        scenarios=tuple(
            WeighedScenario(weight=s.weight, pd_multiplier=s.pd_multiplier) for s in scenarios
        ),
    )
    exposure = Exposure(
        pd12=inputs.pd12,
        lgd=inputs.lgd,
        ead_by_year=inputs.ead_by_year,
        remaining_months=inputs.remaining_months,
        eir=inputs.eir,
    )
    ecl = expected_credit_loss(stage, exposure, scenarios)
    held = loan.sums.allowance
    return Loss(inputs, ecl, provision(ecl.amount, loan.principal, inputs.minimum_percent, held))


def _months_in_default(loan: Loan, day: date) -> int:
    """Months in stage 3, a begun one counting whole: "more than 12" begins on the day after."""
    since = loan.risk.stage3_on
    return 0 if since is None else months_begun(since, day)


def provide(d: Decision, key: str, cause: str = "review") -> None:
    """Bring the allowance to what the loss asks; no event where nothing changes."""
    loan = d.need(LOAN, key)
    loss = loss_of(d, loan)
    if not loss.provision.booking:
        return
    posted = e.ProvisionPosted(
        increase=loss.provision.booking,
        ecl=loss.ecl.amount,
        minimum=loss.provision.minimum.amount,
        stage=loan.risk.stage,
        cause=cause,
        inputs=loss.inputs,
        gl=money.placeholders(allowance=ALLOWANCE),
    )
    d.emit(LOAN, key, posted)
