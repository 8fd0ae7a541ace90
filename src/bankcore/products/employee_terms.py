"""Terms of staff (员工参数): authority rows, toxic pairs, certificates by activity, EMP and AUD."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from bankcore.products.catalogue import Catalogue
from bankcore.values.reasons import Reason, Rejected

GRADES: Final = range(1, 10)
MONEY_KINDS: Final = frozenset(
    {"fee_waiver", "cash_withdrawal_authorisation", "card_late_fee_waiver"}
)
KINDS: Final = MONEY_KINDS | {"deposit_rate_uplift_bp"}


def authority_limits(catalogue: Catalogue, kind: str, on: date) -> Mapping[int, Fraction]:
    """Grade -> highest amount of one act (EMP-03): fen for money kinds, basis points for uplifts.

    A grade without a row has no authority; an unknown kind is `rule_not_in_force`.
    """
    if kind not in KINDS:
        raise Rejected(Reason.RULE_NOT_IN_FORCE, kind=kind, known=sorted(KINDS))
    unit = 100 if kind in MONEY_KINDS else 1
    key = f"employee.authority.{kind}.G"
    rows = [grade for grade in GRADES if f"{key}{grade}" in catalogue.by_id]
    return {grade: unit * catalogue.fraction(f"{key}{grade}", on) for grade in rows}


def toxic_pairs(catalogue: Catalogue, on: date) -> tuple[tuple[str, str], ...]:
    """The role pairs that one person never holds together (AUD-03)."""
    pairs = (pair.partition("+") for pair in catalogue.value("employee.toxic_pairs", on))
    return tuple((first, second) for first, _, second in pairs)


def needed_certificates(catalogue: Catalogue, activity: str, on: date) -> tuple[str, ...]:
    """The certificates that an activity needs (EMP-02), in the order of checking."""
    return tuple(catalogue.value(f"employee.qualification.{activity}", on))


def required_education(catalogue: Catalogue, role: str, on: date) -> str:
    """The lowest education of a role (EMP-01); roles without a row take the default."""
    own = f"employee.education.{role}"
    return catalogue.text(own if own in catalogue.by_id else "employee.education.default", on)
