"""CRM-06 Gifts and consents (礼品与授权同意)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bankcore.products.relation_score_terms import GiftTerms
from bankcore.values.dates import add_months
from bankcore.values.money import Money, total
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift to a customer: when, worth how much."""

    on: date
    value: Money


@dataclass(frozen=True, slots=True)
class GiftOffer:
    """A gift to be made, its form, and what it must not be tied to."""

    gift: Gift
    form: str
    tied_to_deposit: bool
    credit_decision_open: bool


def spent_before(on: date, gifts: Iterable[Gift]) -> Money:
    """What the customer received in the calendar year up to and including a day."""
    return total([gift.value for gift in gifts if gift.on.year == on.year and gift.on <= on])


def check_gift(offer: GiftOffer, gifts: Sequence[Gift], terms: GiftTerms) -> None:
    """Refuse a gift in the order of CRM-06; exactly a cap is allowed.

    `forbidden_form`, `tied_to_deposit`, `credit_decision_in_progress`, `above_single_cap`,
    `above_yearly_cap`.
    """
    if offer.form in terms.forbidden:
        raise Rejected(Reason.FORBIDDEN_FORM, form=offer.form)
    if offer.tied_to_deposit:
        raise Rejected(Reason.TIED_TO_DEPOSIT)
    if offer.credit_decision_open:
        raise Rejected(Reason.CREDIT_DECISION_IN_PROGRESS)
    if offer.gift.value > terms.single:
        raise Rejected(Reason.ABOVE_SINGLE_CAP, most=terms.single)
    spent = spent_before(offer.gift.on, gifts)
    if spent + offer.gift.value > terms.yearly:
        raise Rejected(Reason.ABOVE_YEARLY_CAP, spent=spent, most=terms.yearly)


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """A consent given or withdrawn for one scope; `until` None takes the default life."""

    on: date
    seq: int
    granted: bool
    scope: str
    until: date | None = None


def consent_valid(
    scope: str, on: date, events: Iterable[ConsentEvent], default_months: int
) -> bool:
    """The last event of the scope decides; a withdrawal counts from its own day."""
    known = [event for event in events if event.scope == scope and event.on <= on]
    if not known:
        return False
    last = max(known, key=lambda event: (event.on, event.seq))
    return last.granted and on <= (last.until or add_months(last.on, default_months))
