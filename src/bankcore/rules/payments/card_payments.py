"""PAY-02 Bound cards and card payments (绑卡与支付): authorise, capture, refund, void."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """Days after the authorisation in which it can be captured, and after a capture refunded."""

    lapse_days: int
    refund_days: int


@dataclass(frozen=True, slots=True)
class CardPayment:
    """A payment: 0 ≤ refunded ≤ captured ≤ authorised; closed once it was voided or has lapsed."""

    authorised: Money
    authorised_on: date
    captured: Money = ZERO
    refunded: Money = ZERO
    last_capture: date | None = None
    closed: bool = False

    @property
    def held(self) -> Money:
        """What is held for captures to come; nothing once it is closed."""
        return ZERO if self.closed else self.authorised - self.captured


Settled = tuple[CardPayment, Reason | None]
"""The payment after a command, and why the command was refused."""


def capture(payment: CardPayment, on: date, amount: Money, terms: PaymentTerms) -> Settled:
    """Debit a part of what is held.

    Refuses `amount_not_positive`, `payment_closed`, `authorisation_lapsed` (which closes the
    payment and releases the rest), `capture_exceeds_authorised`.
    """
    if amount <= ZERO:
        return payment, Reason.AMOUNT_NOT_POSITIVE
    if payment.closed:
        return payment, Reason.PAYMENT_CLOSED
    if on > payment.authorised_on + timedelta(days=terms.lapse_days):
        return replace(payment, closed=True), Reason.AUTHORISATION_LAPSED
    if amount > payment.held:
        return payment, Reason.CAPTURE_EXCEEDS_AUTHORISED
    return replace(payment, captured=payment.captured + amount, last_capture=on), None


def void(payment: CardPayment) -> Settled:
    """Release what is held; a second time is `payment_closed`."""
    if payment.closed:
        return payment, Reason.PAYMENT_CLOSED
    return replace(payment, closed=True), None


def refund(payment: CardPayment, on: date, amount: Money, terms: PaymentTerms) -> Settled:
    """Give back a part of what was captured, of a closed payment too.

    Refuses `amount_not_positive`, `refund_exceeds_captured`, `refund_too_late` (days from the
    last capture).
    """
    if amount <= ZERO:
        return payment, Reason.AMOUNT_NOT_POSITIVE
    if payment.last_capture is None or payment.refunded + amount > payment.captured:
        return payment, Reason.REFUND_EXCEEDS_CAPTURED
    if on > payment.last_capture + timedelta(days=terms.refund_days):
        return payment, Reason.REFUND_TOO_LATE
    return replace(payment, refunded=payment.refunded + amount), None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What was found when an account is bound: the four elements (四要素), the code, the count."""

    holder_equal: bool
    id_equal: bool
    account_equal: bool
    phone_equal: bool
    code_ok: bool
    already_bound: bool
    bound_count: int


def check_binding(binding: Binding, most: int) -> None:
    """Refuse an account in the order of PAY-02.

    `not_own_account`, `four_elements_mismatch`, `code_wrong`, `already_bound`, `bound_limit`.
    """
    if not (binding.holder_equal and binding.id_equal):
        raise Rejected(Reason.NOT_OWN_ACCOUNT)
    if not (binding.account_equal and binding.phone_equal):
        raise Rejected(Reason.FOUR_ELEMENTS_MISMATCH)
    if not binding.code_ok:
        raise Rejected(Reason.CODE_WRONG)
    if binding.already_bound:
        raise Rejected(Reason.ALREADY_BOUND)
    if binding.bound_count >= most:
        raise Rejected(Reason.BOUND_LIMIT, most=most)
