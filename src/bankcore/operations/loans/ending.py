"""Write-off, recovery and repossession (核销、收回、抵债), LN-30, LN-23."""

from __future__ import annotations

from bankcore.aggregates.collateral import COLLATERAL
from bankcore.aggregates.loan import LOAN, Loan, Stage
from bankcore.aggregates.loan import commands_running as c
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan import events_risk as e
from bankcore.aggregates.loan.agenda import PAST_DUE_ACCOUNT
from bankcore.operations import money
from bankcore.operations.decision import Decision
from bankcore.operations.loans.collateral import surrender
from bankcore.operations.loans.collecting import bring_due, non_accrual_now
from bankcore.operations.loans.facts import (
    approval_level,
    loan_gl,
    need_running,
    need_stage,
    policies,
)
from bankcore.operations.loans.penalties import charge_penalties
from bankcore.operations.loans.settling import ALLOWANCE
from bankcore.rules.loans.write_off import WriteOffCase, write_off
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected


def write_off_loan(d: Decision, x: c.WriteOff) -> None:
    """Take the loan off the books: the allowance is brought to the amount first (LN-30)."""
    bring_due(d, x.loan)
    loan = need_running(d, x.loan)
    case = WriteOffCase(
        loan_class=loan.risk.loan_class,
        basis=x.basis,
        secured=loan.application.collateral != "none" or _bought(loan),
        collateral_realised=x.collateral_realised,
        principal=loan.principal,
        interest_on_book=loan.sums.interest_due,
        allowance=loan.sums.allowance,
        collection_days=x.collection_days,
        contacts=x.contacts,
        approver_level=approval_level(d),
    )
    found = write_off(case, policies(d).write_off())
    if found.reason is not None:
        raise Rejected(found.reason, principal=loan.principal)
    non_accrual_now(d, x.loan)
    charge_penalties(d, x.loan, d.day)
    _all_past_due(d, x.loan)
    loan = d.need(LOAN, x.loan)
    _provide_exactly(d, x.loan, loan.principal)
    written = e.LoanWrittenOff(
        basis=x.basis,
        principal=loan.principal,
        interest=loan.sums.interest_due,
        memo_interest=loan.sums.memo,
        approver=d.frame.actor.id,
        gl=money.placeholders(allowance=ALLOWANCE, loan=PAST_DUE_ACCOUNT),
    )
    d.emit(LOAN, x.loan, written)


def _bought(loan: Loan) -> bool:
    """Whether the thing bought with the loan secures it."""
    return loan.application.product.value not in {"consumer", "business"}


def _all_past_due(d: Decision, key: str) -> None:
    """Principal that has not fallen due follows the rest (L6): the loan is lost as a whole."""
    loan = d.need(LOAN, key)
    if loan.sums.performing:
        moved = r.PrincipalBecamePastDue(
            draw=0,
            number=0,
            principal=loan.sums.performing,
            gl=money.placeholders(loan=loan_gl(loan)),
        )
        d.emit(LOAN, key, moved)


def _provide_exactly(d: Decision, key: str, amount: Money) -> None:
    """The allowance becomes the amount written off: more is provided, a surplus released."""
    loan = d.need(LOAN, key)
    change = amount - loan.sums.allowance
    if change:
        d.emit(LOAN, key, _provided(loan, change, "write_off"))


def _provided(loan: Loan, change: Money, cause: str) -> e.ProvisionPosted:
    return e.ProvisionPosted(
        increase=change,
        ecl=ZERO,
        minimum=ZERO,
        stage=loan.risk.stage,
        cause=cause,
        inputs=None,
        gl=money.placeholders(allowance=ALLOWANCE),
    )


def recover(d: Decision, x: c.Recover) -> None:
    """Money after write-off: principal first, to the allowance, which is then released."""
    loan = need_stage(d, x.loan, Stage.WRITTEN_OFF)
    if x.amount.minor < 0:
        raise Rejected(Reason.PAYMENT_NEGATIVE, amount=x.amount)
    amount = min(x.amount, loan.sums.off_book)
    if not amount:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, owed=loan.sums.off_book)
    purse = money.purse(d, x.source)
    money.check_source(d, purse, amount)
    principal = min(amount, loan.claim)
    recovered = e.WrittenOffAmountRecovered(
        source=x.source,
        amount=amount,
        principal=principal,
        gl=money.placeholders(source=purse.gl, allowance=ALLOWANCE),
    )
    entry = d.emit(LOAN, x.loan, recovered)
    money.take(d, purse, amount, entry, "loan_recovery")
    if principal:
        d.emit(LOAN, x.loan, _provided(loan, -principal, "recovered"))


def repossess(d: Decision, x: c.Repossess) -> None:
    """Take the pledge for past-due principal (L19)."""
    loan = need_running(d, x.loan)
    owed = loan.sums.past_due
    if x.value > owed:
        raise Rejected(Reason.AMOUNT_EXCEEDS_BALANCE, past_due=owed)
    held = d.need(COLLATERAL, x.collateral).registered_for(LOAN.stream(x.loan))
    if held is None:
        raise Rejected(Reason.ILLEGAL_TRANSITION, collateral=x.collateral, state="not registered")
    taken = e.CollateralRepossessed(
        collateral=COLLATERAL.stream(x.collateral),
        value=x.value,
        memo_value=held.value,
        gl=money.placeholders(loan=PAST_DUE_ACCOUNT),
    )
    # What the principal has borne so far is charged before it is gone.
    charge_penalties(d, x.loan, d.day)
    entry = d.emit(LOAN, x.loan, taken)
    surrender(d, x.collateral, held, entry)
