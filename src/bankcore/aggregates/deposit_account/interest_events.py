"""Events of demand interest (结息、付息、补退利息): part of the storage contract."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bankcore.rules.account_choice import RECOURSE
from bankcore.values.declare import Gl, event, record
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "deposit_account"


@record
class UpperTier:
    """What was above the threshold of an agreement (协定部分): yuan·days and their rate, DEP-16."""

    balance_days: Fraction
    rate: AnnualRate
    rate_valid_from: date

    def __str__(self) -> str:
        """As it follows the lower tier in a sentence."""
        return f" + {self.balance_days} × {self.rate}%"


@event(
    S,
    "结息",
    "Interest settled",
    rows="D3",
    version=2,
    say_zh="结息 {interest}(积数 {balance_days},年利率 {rate}%{upper})",
    say_en="interest of {interest} settled ({balance_days} yuan-days at {rate} %{upper})",
)
class InterestSettled:
    """Interest of [start, until) is fixed (结息), DEP-03. `balance_days` is in yuan·days.

    While an agreement runs, `balance_days` and `rate` are those up to its threshold, and `upper`
    has those above it (DEP-16).
    """

    start: date
    until: date
    balance_days: Fraction
    interest: Money
    remainder: Fraction
    rate: AnnualRate
    rate_valid_from: date
    upper: UpperTier | None
    tax: Money
    gl: Gl


@event(
    S,
    "付息入账",
    "Interest paid",
    rows="D4",
    actus="IP",
    say_zh="付息 {interest} 入账",
    say_en="interest of {interest} paid",
)
class InterestPaid:
    """Settled interest less tax is credited (付息入账)."""

    interest: Money
    tax: Money
    gl: Gl


@record
class PeriodAdjustment:
    """One settled period recomputed with a late fact.

    `tax` is the interest tax of what was recomputed (DEP-19); None where it stays as settled.
    """

    start: date
    until: date
    settled: Money
    recomputed: Money
    tax: Money | None


@event(
    S,
    "利息补退",
    "Interest adjusted",
    rows="D9 D21",
    actus="IP",
    version=2,
    say_zh="利息补退 {difference}",
    say_en="interest adjusted by {difference}",
)
class InterestAdjusted:
    """A late fact changes settled interest (利息补退), GL-05; negative takes it back.

    `difference` is before tax, `tax` what is withheld of it or given back with it (DEP-19). Where
    the account does not cover what is taken back, the claim stands on 1221.04 (`target`).
    """

    difference: Money
    tax: Money
    periods: tuple[PeriodAdjustment, ...]
    cause: tuple[str, ...]
    gl: Gl

    @property
    def credited(self) -> Money:
        """What it does to the account: the difference less tax, or nothing when it is claimed."""
        return Money(0) if self.gl.get("target") == RECOURSE else self.difference - self.tax

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """D9, and D21 where tax moves with it."""
        return ("D9", "D21") if self.tax else ("D9",)
