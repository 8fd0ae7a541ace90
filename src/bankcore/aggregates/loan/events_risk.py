"""Events of care and risk (贷后、分类、拨备、核销)."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.loan.terms import LossInputs
from bankcore.rules.loans.codes import LoanClass
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "loan"


@event(
    S,
    "五级分类调整",
    "Loan reclassified",
    say_zh="五级分类 {old} → {new}(逾期 {dpd} 天 {reasons})",
    say_en="reclassified from {old} to {new} ({dpd} days past due, {reasons})",
)
class LoanReclassified:
    """The five-grade class changes (五级分类调整); `own_class` before any cross default (LN-25).

    `decided_by` is `rule` or `person`; a person may only go below the floor.
    """

    old: LoanClass
    new: LoanClass
    dpd: int
    reasons: tuple[str, ...]
    own_class: LoanClass
    decided_by: str


@event(
    S,
    "阶段划分",
    "ECL stage assigned",
    say_zh="减值阶段 {old} → {new}",
    say_en="ECL stage {old} to {new}",
)
class EclStageAssigned:
    """The stage of expected credit loss changes (阶段划分)."""

    old: int
    new: int
    reasons: tuple[str, ...]


@event(
    S,
    "计提拨备",
    "Provision posted",
    rows="L11",
    say_zh="计提拨备 {increase}(预期信用损失 {ecl},最低 {minimum})",
    say_en="provision changed by {increase} (ECL {ecl}, minimum {minimum})",
)
class ProvisionPosted:
    """The allowance follows max(ECL, minimum) (计提拨备); a negative increase is a release."""

    increase: Money
    ecl: Money
    minimum: Money
    stage: int
    cause: str
    inputs: LossInputs | None
    gl: Gl


@event(S, "用途检查", "Fund use checked")
class FundUseChecked:
    """The use of the money was checked (用途检查)."""

    draw: int
    due: date
    evidence: tuple[str, ...]
    result: str


@event(
    S, "挪用认定", "Fund misuse flagged", say_zh="认定挪用 {misused}", say_en="misuse of {misused}"
)
class FundMisuseFlagged:
    """Money went where it may not (挪用认定)."""

    draw: int
    misused: Money
    since: date
    kind: str


@event(S, "挪用从宽", "Misuse waived")
class MisuseWaived:
    """The misuse is not pursued, by approval (挪用从宽)."""

    reason: str
    approver: str


@event(S, "执行罚息利率", "Penalty rate set")
class PenaltyRateSet:
    """The misuse rate applies to the misused part from a day (执行罚息利率).

    With `until` the misuse was corrected on that day (exclusive), and the rate ends.
    """

    rate: AnnualRate
    misused: Money
    since: date
    until: date | None


@event(
    S,
    "风险预警",
    "Early warning raised",
    say_zh="风险预警 {signal}({level})",
    say_en="warning {signal} ({level})",
)
class EarlyWarningRaised:
    """A signal of LN-29 was seen (风险预警)."""

    warning: str
    signal: str
    level: str


@event(S, "预警解除", "Early warning closed")
class EarlyWarningClosed:
    """The warning is closed (预警解除)."""

    warning: str
    reason: str


@event(S, "风险措施", "Risk measure taken")
class RiskMeasureTaken:
    """A measure was taken on a warning (风险措施)."""

    warning: str
    kind: str


@event(
    S,
    "核销",
    "Loan written off",
    rows="L12",
    actus="CD",
    say_zh="核销本金 {principal}、利息 {interest},账销案存",
    say_en="written off: principal {principal}, interest {interest}; still owed",
)
class LoanWrittenOff:
    """Off the books, still owed (核销,账销案存)."""

    basis: str
    principal: Money
    interest: Money
    memo_interest: Money
    approver: str
    gl: Gl


@event(S, "核销后收回", "Written-off amount recovered", rows="L13")
class WrittenOffAmountRecovered:
    """Money came in after write-off (核销后收回); `principal` restores the allowance."""

    source: str
    amount: Money
    principal: Money
    gl: Gl


@event(S, "抵债", "Collateral repossessed", rows="L19")
class CollateralRepossessed:
    """The bank takes the pledge for the debt (抵债); `value` pays past-due principal."""

    collateral: str
    value: Money
    memo_value: Money
    gl: Gl


RiskEvent = (
    LoanReclassified
    | EclStageAssigned
    | ProvisionPosted
    | FundUseChecked
    | FundMisuseFlagged
    | MisuseWaived
    | PenaltyRateSet
)
CareEvent = (
    EarlyWarningRaised
    | EarlyWarningClosed
    | RiskMeasureTaken
    | LoanWrittenOff
    | WrittenOffAmountRecovered
    | CollateralRepossessed
)
