"""Events that pay or fix money of time deposits (支取、到期、转存、冲正): storage contract."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.values.declare import Gl, event, record
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "time_deposit"


@record
class NoticeTranche:
    """Part of a notice deposit with the day from which it bears interest, DEP-15."""

    amount: Money
    start: date


@record
class NoticePiece:
    """Part of a draw by what it earned: notice, demand, excess, closing_rest, shortfall."""

    kind: str
    amount: Money


@event(
    S,
    "通知存款支取",
    "Notice deposit drawn",
    rows="D8",
    actus="PP",
    say_zh="支取 {principal},利息 {interest}({grade})",
    say_en="{principal} drawn with interest of {interest} ({grade})",
)
class NoticeDepositDrawn:
    """A draw of a notice deposit (通知存款支取), in order or not, DEP-15.

    `amount` was asked for; `principal` includes a rest that had to be closed. `tranches` and
    `lapsed` are what stays behind.
    """

    amount: Money
    principal: Money
    interest: Money
    remainder: Fraction
    tax: Money
    pieces: tuple[NoticePiece, ...]
    grade: str
    rest: Money
    tranches: tuple[NoticeTranche, ...]
    lapsed: tuple[Money, ...]
    notice_rate: AnnualRate
    demand_rate: AnnualRate
    target: str
    gl: Gl


@event(
    S,
    "分期支取本金",
    "Principal drawn",
    rows="D8",
    actus="PR",
    say_zh="第 {nr} 次支取本金 {principal}",
    say_en="draw {nr}: {principal} of principal",
)
class PrincipalDrawn:
    """A planned draw of a lump-instal deposit (分期支取), DEP-12; interest waits for maturity."""

    principal: Money
    interest: Money
    tax: Money
    nr: int
    target: str
    gl: Gl


@event(
    S,
    "分期支取利息",
    "Interest drawn",
    rows="D3 D4",
    actus="IP",
    say_zh="第 {nr} 次取息 {interest}",
    say_en="draw {nr}: {interest} of interest",
)
class InterestDrawn:
    """A planned interest draw (取息), DEP-13."""

    interest: Money
    tax: Money
    nr: int
    target: str
    gl: Gl


@event(
    S,
    "到期",
    "Time deposit matured",
    rows="D11",
    say_zh="到期,利息 {interest}",
    say_en="matured with interest of {interest}",
)
class TimeDepositMatured:
    """The time interest is fixed and payable (到期), DEP-07.

    `demand_rate` is that of the day: payments after a breach earn it (DEP-11), overdue days too.
    """

    interest: Money
    remainder: Fraction
    demand_rate: AnnualRate
    gl: Gl


@event(
    S,
    "转存",
    "Time deposit renewed",
    rows="D6",
    actus="IPCI",
    say_zh="转存 {principal},年利率 {rate}%,至 {maturity}",
    say_en="renewed with {principal} at {rate} % until {maturity}",
)
class TimeDepositRenewed:
    """A new term starts on the maturity day (转存), DEP-08.

    `interest` is what was paid or joined now (nothing while paying out waits), `capitalised` what
    of it joined the principal, `principal` the new cycle's.
    """

    interest: Money
    tax: Money
    capitalised: Money
    principal: Money
    rate: AnnualRate
    rate_valid_from: date
    term_months: int
    start: date
    maturity: date
    cycle: int
    mode: str
    target: str
    gl: Gl


@event(
    S,
    "支取结清",
    "Time deposit paid out",
    rows="D5",
    actus="MD",
    say_zh="支取本金 {principal},到期利息 {matured_interest},其他利息 {other_interest}",
    say_en="{principal} paid out, interest {matured_interest} matured, {other_interest} other",
)
class TimeDepositPaidOut:
    """Principal with interest is paid (支取结清): at or after maturity, or whole before it.

    `other_interest` is overdue or early interest at `rate`; `rest` is the principal that stays.
    """

    principal: Money
    matured_interest: Money
    other_interest: Money
    remainder: Fraction
    rate: AnnualRate
    tax: Money
    rest: Money
    target: str
    gl: Gl


@event(
    S,
    "部分提前支取",
    "Time deposit withdrawn early",
    rows="D8",
    actus="PP",
    say_zh="提前支取 {principal},按活期计息 {interest},剩余 {rest}",
    say_en="{principal} withdrawn early with {interest} at demand, {rest} stays",
)
class TimeDepositWithdrawnEarly:
    """Part is drawn before maturity (部分提前支取), DEP-06; the rest keeps its terms."""

    principal: Money
    interest: Money
    remainder: Fraction
    demand_rate: AnnualRate
    tax: Money
    rest: Money
    target: str
    gl: Gl


@event(
    S,
    "扣回已付利息",
    "Drawn interest clawed back",
    rows="D10",
    say_zh="扣回已付利息 {clawback}",
    say_en="{clawback} of drawn interest taken back from the principal",
)
class DrawnInterestClawedBack:
    """Interest drawn beyond what is due at demand is taken from the principal, DEP-13."""

    clawback: Money
    due: Money
    demand_rate: AnnualRate
    gl: Gl


@event(
    S,
    "利息补退",
    "Time deposit interest adjusted",
    rows="D9 D21",
    actus="IP",
    version=2,
    say_zh="补退利息 {difference}",
    say_en="interest adjusted by {difference}",
)
class TimeDepositInterestAdjusted:
    """Interest paid wrongly in the past is made good (利息补退), GL-05; negative takes it back.

    `difference` is before tax, `tax` what is withheld of it or given back with it (DEP-19).
    """

    difference: Money
    tax: Money
    cause: tuple[str, ...]
    reason: str
    target: str
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """D9, and D21 where tax moves with it."""
        return ("D9", "D21") if self.tax else ("D9",)


@event(S, "冲正", "Time deposit entry reversed", say_zh="冲正 {reverses}")
class TimeDepositEntryReversed:
    """A red entry (冲正): the legs of the reversed event, negated, on its value date.

    `principal` and `payable` are what it does to both, signed; `stage` and `partials` are what
    they were before the reversed event.
    """

    reverses: str
    reversed_event: str
    principal: Money
    payable: Money
    stage: str
    partials: int
    amounts: tuple[tuple[str, Money], ...]
    reason: str
    gl: Gl


PayEvent = (
    NoticeDepositDrawn
    | PrincipalDrawn
    | InterestDrawn
    | TimeDepositMatured
    | TimeDepositRenewed
    | TimeDepositPaidOut
    | TimeDepositWithdrawnEarly
    | DrawnInterestClawedBack
    | TimeDepositInterestAdjusted
    | TimeDepositEntryReversed
)
