"""PAY-04 Transfer fees (转账手续费) to other banks, by channel and amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bankcore.values.figures import Figure, figure
from bankcore.values.money import ZERO, Money
from bankcore.values.reasons import Reason, Rejected

RULE: Final = "PAY-04"


class Channel(StrEnum):
    """Where the transfer is ordered."""

    COUNTER = "counter"
    ATM = "atm"
    NETBANK = "netbank"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTerms:
    """The tariff: `tiers` are (highest amount, fee) rising; above them a percentage, capped.

    `online_share` is the percentage of the counter fee that net and mobile bank ask, after
    `online_free_to`, up to which they ask nothing; both are those of the channel asked for.
    """

    tiers: Sequence[tuple[Money, Money]]
    percent: Fraction
    most: Money
    atm_most: Money
    online_share: Fraction
    online_free_to: Money


def transfer_fee(channel: Channel, amount: Money, terms: FeeTerms, *, same_bank: bool) -> Figure:
    """The fee shown before the transfer is confirmed; none inside the bank.

    Refuses `atm_amount_limit` (other bank only) and `amount_not_positive`.
    """
    if channel is Channel.ATM and not same_bank and amount > terms.atm_most:
        raise Rejected(Reason.ATM_AMOUNT_LIMIT, most=terms.atm_most)
    if amount.minor <= 0:
        raise Rejected(Reason.AMOUNT_NOT_POSITIVE, amount=amount)
    if same_bank:
        return Figure(ZERO, Fraction(0), RULE, {"same_bank": True})
    counter = _counter_fee(amount, terms)
    if channel in {Channel.COUNTER, Channel.ATM}:
        return counter
    if amount <= terms.online_free_to:
        return Figure(ZERO, Fraction(0), RULE, {"free_up_to": terms.online_free_to})
    share = terms.online_share
    return figure(RULE, counter.amount.minor * share / 100, counter=counter.amount, share=share)


def _counter_fee(amount: Money, terms: FeeTerms) -> Figure:
    for highest, fee in terms.tiers:
        if amount <= highest:
            return Figure(fee, Fraction(fee.minor), RULE, {"amount": amount, "tier": highest})
    rated = figure(RULE, amount.minor * terms.percent / 100, amount=amount, percent=terms.percent)
    if rated.amount <= terms.most:
        return rated
    return Figure(terms.most, Fraction(terms.most.minor), RULE, rated.inputs)
