"""The terms a card is issued with (信用卡合约要素): the catalogue rows of that day, copied."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.card_line.terms import CardAgreement
from bankcore.operations.cards.policies import rate_band
from bankcore.products.catalogue import Catalogue
from bankcore.rules.cards.cycle import check_statement_day
from bankcore.rules.cards.interest import InterestMode, check_rate


def agreement_of(c: Catalogue, product: str, statement_day: int, on: date) -> CardAgreement:
    """What is agreed today; refuses a statement day outside 1…28 and a rate outside the band."""
    check_statement_day(statement_day)
    permyriad = c.fraction(f"card.rate.{product}", on)
    check_rate(permyriad, rate_band(c, on))
    return CardAgreement(
        statement_day=statement_day,
        due_offset=c.number(f"card.due_offset.{product}", on),
        interest_mode=InterestMode(c.text(f"card.interest_mode.{product}", on)),
        compound=bool(c.value("card.compound", on)),
        daily_permyriad=permyriad,
        min_pct=c.fraction(f"card.min_pct.{product}", on),
        min_floor=c.money("card.min_floor", on),
        late_pct=c.fraction("card.late_pct", on),
        late_min=c.money("card.late_min", on),
        tolerance_days=c.number("card.tolerance_days", on),
        tolerance_amount=c.money("card.tolerance_amount", on),
        cash_pct=c.fraction("card.cash_pct", on),
        charge_cap_pct=c.fraction("card.charge_cap_pct", on),
        principal_first_after=c.number("card.principal_first_after", on),
        authorisation_days=c.number("card.authorisation_days", on),
        activation_days=c.number("card.activation_days", on),
        reminder_days=c.number("card.reminder_days", on),
        plan_grace_days=c.number("card.plan_agreement_grace", on),
    )
