"""LN-28 Expected credit loss and provision minimum (预期信用损失, 拨备)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bankcore.rules.loans.codes import LoanClass
from bankcore.values.figures import Figure, figure
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

RULE: Final = "LN-28"


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePolicy:
    """Days past due strictly above which stage 3 and 2; rise of PD as a factor and in points."""

    stage3_after: int
    stage2_after: int
    pd_factor: Fraction
    pd_points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFacts:
    """What decides the stage; `flag_class` = special_mention for more than ≤ 30 days overdue."""

    dpd: int
    credit_impaired: bool
    loan_class: LoanClass
    flag_class: bool
    warning: str
    restructured: bool
    pd_now: Fraction
    pd_origin: Fraction


def stage_of(facts: StageFacts, policy: StagePolicy) -> int:
    """Stage 3 impaired, 2 with a significant increase in credit risk (信用风险显著增加), else 1."""
    impaired = facts.credit_impaired or facts.loan_class.non_performing
    if impaired or facts.dpd > policy.stage3_after:
        return 3
    risen = (
        facts.pd_now >= policy.pd_factor * facts.pd_origin
        and facts.pd_now - facts.pd_origin >= policy.pd_points
    )
    warned = facts.warning in ("orange", "red")
    if facts.flag_class or warned or facts.restructured or risen:
        return 2
    return 2 if facts.dpd > policy.stage2_after else 1


def cured_stage(old: int, found: int, paid_in_time: int, needed: int) -> int:
    """The stage after a look at the facts: worse at once, better one step at a time.

    Stage 3 goes to 2 first, once the class has risen (LN-27); stage 2 goes to 1 after so many
    due dates in a row paid in time since it was assigned.
    """
    if found >= old:
        return found
    if old == 3:
        return 2
    return found if paid_in_time >= needed else old


@dataclass(frozen=True, slots=True)
class Scenario:
    """A way the economy may go: weight in percent, factor on the PD."""

    weight: Fraction
    pd_multiplier: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What may be lost: PD and LGD in percent, exposure at the start of each year, months left."""

    pd12: Fraction
    lgd: Fraction
    ead_by_year: Sequence[Money]
    remaining_months: int
    eir: AnnualRate

    @property
    def months(self) -> int:
        """Months that count: an overdue loan past its maturity counts as a year."""
        return self.remaining_months or 12


def expected_credit_loss(stage: int, exposure: Exposure, scenarios: Sequence[Scenario]) -> Figure:
    """ECL of a stage: 12 months, lifetime by years discounted at the effective rate, or LGD·EAD.

    Exact over all scenarios and years, rounded once.
    """
    if stage == 3:
        exact = exposure.lgd * exposure.ead_by_year[0].minor / 100
    else:
        loss = _twelve_months if stage == 1 else _lifetime
        certain = Fraction(1)
        exact = sum(
            (
                s.weight / 100 * loss(exposure, min(exposure.pd12 / 100 * s.pd_multiplier, certain))
                for s in scenarios
            ),
            Fraction(0),
        )
    return figure(RULE, exact, stage=stage, exposure=exposure, scenarios=tuple(scenarios))


def _twelve_months(exposure: Exposure, pd: Fraction) -> Fraction:
    share = Fraction(min(12, exposure.months), 12)
    return pd * share * exposure.lgd / 100 * exposure.ead_by_year[0].minor


def _lifetime(exposure: Exposure, pd: Fraction) -> Fraction:
    years = -(-exposure.months // 12)
    assert len(exposure.ead_by_year) == years, "stage 2 needs the exposure of every year left"
    survival, loss = Fraction(1), Fraction(0)
    for year, ead in enumerate(exposure.ead_by_year, start=1):
        share = Fraction(min(exposure.months - 12 * (year - 1), 12), 12)
        marginal = survival * pd * share
        survival -= marginal
        loss += marginal * exposure.lgd / 100 * ead.minor / (1 + exposure.eir.yearly) ** year
    return loss


def lgd_in_default(lgd: Fraction, months: int, steps: Mapping[int, Fraction]) -> Fraction:
    """LGD of stage 3 in percent: points added after more than so many months, at most 100."""
    added = max((points for after, points in steps.items() if months > after), default=Fraction(0))
    return min(lgd + added, Fraction(100))


@dataclass(frozen=True, slots=True)
class Provision:
    """Minimum by class, provision to hold, and the booking (negative = release)."""

    minimum: Figure
    provision: Money
    booking: Money


def provision(
    ecl: Money, balance: Money, minimum_percent: Fraction, allowance_before: Money
) -> Provision:
    """max(ecl, R(balance·minimum%)), booked as the difference to the allowance held."""
    minimum = figure(
        RULE, balance.minor * minimum_percent / 100, balance=balance, percent=minimum_percent
    )
    needed = max(ecl, minimum.amount)
    return Provision(minimum, needed, needed - allowance_before)
