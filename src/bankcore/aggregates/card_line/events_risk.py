"""Events of arrears, disputes and losses (逾期、争议、分类、核销) of a card line."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.card_line.terms import AgreedLine, S
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money


@event(
    S,
    "转逾期",
    "Card became past due",
    say_zh="转入 {bucket}(逾期 {dpd} 天,{past_due})",
    say_en="in bucket {bucket}, {dpd} days past due, {past_due}",
)
class CardBecamePastDue:
    """The line enters a bucket of days past due (转逾期), CC-12."""

    bucket: str
    dpd: int
    past_due: Money


@event(S, "逾期结清", "Card past due cured", say_zh="逾期结清", say_en="no longer past due")
class CardPastDueCured:
    """Nothing is past due any more (逾期结清)."""

    on: date


@event(
    S,
    "五级分类调整",
    "Card reclassified",
    say_zh="五级分类由 {old} 调整为 {new}",
    say_en="class changed from {old} to {new}",
)
class CardReclassified:
    """The five-grade class changes (五级分类调整), LN-24."""

    old: str
    new: str
    dpd: int


@event(
    S,
    "计提拨备",
    "Card provision posted",
    rows="C23",
    say_zh="拨备变动 {increase}(阶段 {stage})",
    say_en="allowance changed by {increase} (stage {stage})",
)
class CardProvisionPosted:
    """The loss allowance moves to the expected loss (计提拨备), LN-28."""

    increase: Money
    stage: int
    allowance: Money
    exposure: Money
    gl: Gl


@event(
    S,
    "个性化分期",
    "Personalised instalment agreed",
    say_zh="个性化分期 {agreed}",
    say_en="personalised plan over {agreed}",
)
class PersonalisedInstalmentAgreed:
    """Debt beyond ability to pay is spread (个性化分期), CC-13."""

    agreed: Money
    signed: date
    parts: tuple[AgreedLine, ...]
    first_payment: Money
    signed_or_recorded: str


@event(S, "个性化分期违约", "Personalised instalment breached")
class PersonalisedInstalmentBreached:
    """The plan was not kept and the rest falls due (个性化分期违约)."""

    on: date
    rest: Money


@event(
    S,
    "交易争议",
    "Dispute opened",
    say_zh="争议 {dispute}:{item} {amount}",
    say_en="dispute {dispute} over {amount} of {item}",
)
class DisputeOpened:
    """The cardholder disputes an item (交易争议), CC-14."""

    dispute: str
    item: str
    amount: Money


@event(
    S,
    "争议垫付",
    "Dispute credit given",
    rows="C19 L22",
    say_zh="争议垫付 {amount}",
    say_en="{amount} taken out of the balance while disputed",
)
class DisputeCreditGiven:
    """The disputed amount leaves balance, minimum and interest (争议垫付)."""

    dispute: str
    item: str
    amount: Money
    within_line: bool
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """C19, and L22 while there is a line."""
        return ("C19", "L22") if self.within_line else ("C19",)


@event(
    S,
    "争议延期答复",
    "Dispute answer postponed",
    say_zh="争议 {dispute} 延至 {until} 前答复",
    say_en="{dispute} to be answered by {until}",
)
class DisputeAnswerPostponed:
    """The cardholder is told that the answer takes longer (争议延期答复), CC-14."""

    dispute: str
    until: date


@event(S, "争议胜", "Dispute won", rows="C20", say_zh="争议 {dispute} 胜", say_en="{dispute} won")
class DisputeWon:
    """The cardholder was right (争议胜): the acquirer pays."""

    dispute: str
    item: str
    amount: Money
    gl: Gl


@event(
    S,
    "争议败",
    "Dispute lost by customer",
    rows="C22 L21",
    say_zh="争议 {dispute} 败,{amount} 重新入账",
    say_en="{dispute} lost, {amount} owed again",
)
class DisputeLostByCustomer:
    """The charge stands (争议败): it becomes an interest-free item of today."""

    dispute: str
    item: str
    amount: Money
    within_line: bool
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """C22, and L21 while there is a line."""
        return ("C22", "L21") if self.within_line else ("C22",)


@event(S, "欺诈损失", "Fraud loss recognised", rows="C21")
class FraudLossRecognised:
    """The bank bears the loss (欺诈损失)."""

    dispute: str
    amount: Money
    gl: Gl


@event(
    S,
    "核销",
    "Card written off",
    rows="C24",
    actus="CD",
    say_zh="核销:本金 {principal},利息 {interest},费用 {fees}",
    say_en="written off: principal {principal}, interest {interest}, fees {fees}",
)
class CardWrittenOff:
    """The debt leaves the books, the claim stays (核销), LN-30."""

    principal: Money
    interest: Money
    fees: Money
    approver: str
    gl: Gl


@event(
    S,
    "核销后收回",
    "Card recovery received",
    rows="C25",
    say_zh="核销后收回 {amount}",
    say_en="{amount} recovered after write-off",
)
class CardRecoveryReceived:
    """Money comes in on a claim that was written off (核销后收回)."""

    source: str
    amount: Money
    gl: Gl


RiskEvent = (
    CardBecamePastDue
    | CardPastDueCured
    | CardReclassified
    | CardProvisionPosted
    | PersonalisedInstalmentAgreed
    | PersonalisedInstalmentBreached
    | CardWrittenOff
    | CardRecoveryReceived
)
DisputeEvent = (
    DisputeOpened
    | DisputeCreditGiven
    | DisputeAnswerPostponed
    | DisputeWon
    | DisputeLostByCustomer
    | FraudLossRecognised
)
