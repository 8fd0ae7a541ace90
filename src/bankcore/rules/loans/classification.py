"""LN-24 Five-grade classification floor (五级分类下限) and LN-25 cross default (交叉违约)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bankcore.rules.loans.codes import LoanClass
from bankcore.values.money import Money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPolicy:
    """Day limits (inclusive upper ends of the better class) and ECL shares in percent, LN-24."""

    technical_days: int
    substandard_after: int
    doubtful_after: int
    loss_after: int
    doubtful_ecl: Fraction
    loss_ecl: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """What decides the floor; `dpd` strict (LN-18), `ecl_ratio` exact percent of the balance."""

    dpd: int
    technical: bool = False
    misuse: bool = False
    refinanced: bool = False
    restructured: bool = False
    restructured_again: bool = False
    credit_impaired: bool = False
    evasion: bool = False
    bankruptcy: bool = False
    ecl_ratio: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class ClassFloor:
    """The best class that the facts allow, and every trigger that holds, in table order."""

    loan_class: LoanClass
    triggers: tuple[str, ...]


def class_floor(facts: ClassFacts, policy: ClassPolicy) -> ClassFloor:
    """The worst floor of all triggers; without any, normal.

    Of the four overdue codes only the worst holds. A technical overdue of a few days is none;
    the grace of LN-19 is not technical. The ECL share counts only for an impaired loan.
    """
    overdue = _overdue_code(facts, policy)
    impaired_share = facts.ecl_ratio if facts.credit_impaired else Fraction(0)
    table = (
        ("overdue", overdue == "overdue", LoanClass.SPECIAL_MENTION),
        ("misuse", facts.misuse, LoanClass.SPECIAL_MENTION),
        ("refinanced", facts.refinanced, LoanClass.SPECIAL_MENTION),
        ("restructured", facts.restructured, LoanClass.SPECIAL_MENTION),
        ("overdue_90", overdue == "overdue_90", LoanClass.SUBSTANDARD),
        ("credit_impaired", facts.credit_impaired, LoanClass.SUBSTANDARD),
        ("restructured_again", facts.restructured_again, LoanClass.SUBSTANDARD),
        ("overdue_270", overdue == "overdue_270", LoanClass.DOUBTFUL),
        ("evasion", facts.evasion, LoanClass.DOUBTFUL),
        ("ecl_50", impaired_share >= policy.doubtful_ecl, LoanClass.DOUBTFUL),
        ("overdue_360", overdue == "overdue_360", LoanClass.LOSS),
        ("bankruptcy", facts.bankruptcy, LoanClass.LOSS),
        ("ecl_90", impaired_share >= policy.loss_ecl, LoanClass.LOSS),
    )
    held = [(code, floor) for code, hit, floor in table if hit]
    return ClassFloor(
        LoanClass.worst(*(floor for _, floor in held)), tuple(code for code, _ in held)
    )


def _overdue_code(facts: ClassFacts, policy: ClassPolicy) -> str:
    if facts.dpd > policy.loss_after:
        return "overdue_360"
    if facts.dpd > policy.doubtful_after:
        return "overdue_270"
    if facts.dpd > policy.substandard_after:
        return "overdue_90"
    forgiven = policy.technical_days if facts.technical else 0
    return "overdue" if facts.dpd > forgiven else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim on a debtor with its own class; exempt = fully secured by own deposit."""

    id: str
    amount: Money
    loan_class: LoanClass
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorPolicy:
    """Above which total a person is non-retail, and the shares in percent strictly above which."""

    retail_limit: Money
    npl_share_above: Fraction
    overdue90_above: Fraction


@dataclass(frozen=True, slots=True)
class DebtorView:
    """Whether non-retail, exact share of bad claims (None without claims), class of each claim."""

    non_retail: bool
    npl_share: Fraction | None
    classes: dict[str, LoanClass]
    warning: bool


def debtor_view(
    claims: Sequence[Claim],
    *,
    other_bank_npl: bool,
    overdue90_all_banks: Fraction,
    policy: DebtorPolicy,
) -> DebtorView:
    """Classes of all claims of one debtor. Retail keeps its own; a class never improves.

    The floor comes from own classes, once: no cascade.
    """
    whole = total([claim.amount for claim in claims])
    bad = total([claim.amount for claim in claims if claim.loan_class.non_performing])
    share = Fraction(100 * bad.minor, whole.minor) if whole else None
    non_retail = whole > policy.retail_limit
    floor = LoanClass.NORMAL
    if bad or other_bank_npl:
        floor = LoanClass.SPECIAL_MENTION
    if (share or 0) > policy.npl_share_above or overdue90_all_banks > policy.overdue90_above:
        floor = LoanClass.SUBSTANDARD
    classes = {
        claim.id: claim.loan_class
        if claim.exempt or not non_retail
        else LoanClass.worst(claim.loan_class, floor)
        for claim in claims
    }
    warning = any(claim.loan_class.non_performing for claim in claims)
    return DebtorView(non_retail, share, classes, warning)
