"""Commands of a running loan: payment, prepayment, change, care, write-off."""

from __future__ import annotations

from datetime import date

from bankcore.rules.loans.codes import LoanClass
from bankcore.rules.loans.prepayment import PrepaymentOption
from bankcore.values.declare import command
from bankcore.values.money import ZERO, Money


@command("loan.repay", "还款", "Repay")
class Repay:
    """Pay what is due, from cash or an account; what is over stays with the payer."""

    loan: str
    amount: Money
    source: str = "cash"


@command("loan.give_prepayment_notice", "提前还款预约", "Give notice of prepayment")
class GivePrepaymentNotice:
    """Announce a prepayment."""

    loan: str
    amount: Money
    on: date


@command("loan.quote_prepayment", "提前还款试算", "Quote a prepayment")
class QuotePrepayment:
    """Say what a prepayment on a day would cost and save."""

    loan: str
    amount: Money
    on: date
    option: PrepaymentOption = PrepaymentOption.REDUCE_INSTALMENT
    draw: int = 1


@command("loan.prepay", "提前还款", "Prepay")
class Prepay:
    """Prepay part or all of a draw; the customer pays principal, interest to the day and fee."""

    loan: str
    amount: Money
    option: PrepaymentOption = PrepaymentOption.REDUCE_INSTALMENT
    source: str = "cash"
    draw: int = 1


@command("loan.charge_fee", "收费", "Charge a fee")
class ChargeFee:
    """Take a fee of the tariff by its code."""

    loan: str
    code: str
    source: str = "cash"


@command("loan.waive_interest", "减免", "Waive interest or penalty")
class WaiveInterest:
    """Waive due interest or penalty; another person than the maker approves."""

    loan: str
    reason: str
    interest: Money = ZERO
    penalty: Money = ZERO


@command("loan.extend", "展期", "Extend the loan")
class Extend:
    """Move the maturity by months; guarantor and pledgor consent in writing."""

    loan: str
    months: int
    consents: bool = False


@command("loan.restructure", "重组", "Restructure the loan")
class Restructure:
    """Spread what is owed over a new term; `kind` says what was changed."""

    loan: str
    kind: str
    term_months: int
    consents: bool = False
    capitalise_interest: bool = False


@command("loan.recall", "提前收贷", "Recall the loan")
class Recall:
    """The whole balance falls due on a day."""

    loan: str
    due_on: date
    reason: str


@command("loan.settle", "结清", "Settle the loan")
class Settle:
    """Close a loan that owes nothing any more."""

    loan: str
    certificate: str = ""


@command("loan.classify", "分类", "Classify the loan")
class Classify:
    """A person gives a class: never better than the floor; out of non-performing by LN-27."""

    loan: str
    new_class: LoanClass
    reasons: tuple[str, ...] = ()
    assessment_ok: bool = False
    other_impaired: bool = False


@command("loan.check_use", "用途检查", "Check the use of the money")
class CheckUse:
    """Record evidence of how the money was used."""

    loan: str
    draw: int = 1
    evidence: tuple[str, ...] = ()
    result: str = "in_order"


@command("loan.flag_misuse", "挪用认定", "Flag a misuse")
class FlagMisuse:
    """Money went where it may not."""

    loan: str
    misused: Money
    since: date
    kind: str
    draw: int = 1


@command("loan.set_penalty_rate", "执行罚息利率", "End the misuse rate")
class SetPenaltyRate:
    """The misuse was corrected: its rate runs up to a day (exclusive)."""

    loan: str
    until: date


@command("loan.waive_misuse", "挪用从宽", "Waive a misuse")
class WaiveMisuse:
    """Do not pursue a misuse, by approval."""

    loan: str
    reason: str


@command("loan.raise_warning", "风险预警", "Raise an early warning")
class RaiseWarning:
    """A signal of LN-29 was seen; `warning` names it afterwards."""

    loan: str
    warning: str
    signal: str


@command("loan.take_measure", "风险措施", "Take a measure")
class TakeMeasure:
    """A measure on a warning."""

    loan: str
    warning: str
    kind: str


@command("loan.close_warning", "预警解除", "Close a warning")
class CloseWarning:
    """Close a warning with a reason, after a measure, by somebody else."""

    loan: str
    warning: str
    reason: str


@command("loan.write_off", "核销", "Write off")
class WriteOff:
    """Take a loss off the books; the debtor still owes (LN-30)."""

    loan: str
    basis: str
    collection_days: int = 0
    contacts: int = 0
    collateral_realised: bool = False


@command("loan.recover", "核销后收回", "Recover after write-off")
class Recover:
    """Money comes in on a written-off loan."""

    loan: str
    amount: Money
    source: str = "cash"


@command("loan.repossess", "抵债", "Repossess collateral")
class Repossess:
    """Take the pledge for past-due principal."""

    loan: str
    collateral: str
    value: Money


@command("loan.reverse", "冲正", "Reverse a repayment")
class Reverse:
    """Reverse a booked repayment by its event id; another person approves (GEN-05)."""

    loan: str
    reverses: str
    reason: str
