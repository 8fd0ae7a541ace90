"""Events of using and paying a card (用卡与还款).

The unused line (8201) moves with principal and credit balance, by `amount` and the rows L21 and
L22; after cancelling there is no line, so `within_line` is False and those rows are left out.
"""

from __future__ import annotations

from bankcore.aggregates.card_line.terms import ItemShare, S
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money


@event(
    S,
    "授权",
    "Card authorised",
    say_zh="授权 {amount}({merchant})",
    say_en="{amount} authorised ({merchant})",
)
class CardAuthorised:
    """A merchant asked and the bank said yes (授权): the amount is held."""

    authorisation: str
    amount: Money
    merchant: str
    kind: str


@event(S, "授权失效", "Card authorisation lapsed")
class CardAuthorisationLapsed:
    """A hold that was never posted ends (授权失效)."""

    authorisation: str


@event(
    S,
    "交易入账",
    "Card transaction posted",
    rows="C1 L21",
    actus="IED",
    say_zh="消费 {amount}({merchant})",
    say_en="purchase of {amount} ({merchant})",
)
class CardTransactionPosted:
    """A purchase reaches the account (交易入账); credit balance pays first."""

    item: str
    authorisation: str
    amount: Money
    from_credit_balance: Money
    merchant: str
    category: str
    within_line: bool
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """C1, and L21 while there is a line."""
        return ("C1", "L21") if self.within_line else ("C1",)


@event(
    S,
    "取现入账",
    "Cash advance posted",
    rows="C2 L21",
    actus="IED",
    say_zh="预借现金 {amount}",
    say_en="cash advance of {amount}",
)
class CashAdvancePosted:
    """Cash drawn on the card (取现入账): it bears interest from its posting date."""

    item: str
    amount: Money
    from_credit_balance: Money
    target: str
    within_line: bool
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """C2, and L21 while there is a line."""
        return ("C2", "L21") if self.within_line else ("C2",)


@event(
    S,
    "还款",
    "Card payment received",
    rows="C6 L22",
    actus="PR",
    say_zh="还款 {paid}(本金 {principal},利息 {interest},费用 {fees},溢缴 {excess})",
    say_en="{paid} repaid (principal {principal}, interest {interest}, fees {fees}, over {excess})",
)
class CardPaymentReceived:
    """A payment, allocated by CC-10 (还款).

    `amount` is what of it frees the line: principal and excess; zero without a line.
    """

    source: str
    paid: Money
    principal: Money
    interest: Money
    fees: Money
    excess: Money
    amount: Money
    allocation: tuple[ItemShare, ...]
    gl: Gl


@event(
    S,
    "退货",
    "Card refund posted",
    rows="C6 L22",
    actus="PR",
    say_zh="退货 {paid}(原交易 {item})",
    say_en="refund of {paid} (item {item})",
)
class CardRefundPosted:
    """A merchant gives money back (退货); it counts as a payment on its posting date.

    Row C6 with the clearing account as source is row C7 wherever no interest or fee is paid.
    """

    item: str
    paid: Money
    principal: Money
    interest: Money
    fees: Money
    excess: Money
    amount: Money
    allocation: tuple[ItemShare, ...]
    gl: Gl


@event(
    S,
    "溢缴款抵扣",
    "Credit balance applied",
    version=2,
    rows="C6 L21",
    say_zh="溢缴款抵扣 {paid}",
    say_en="{paid} of the credit balance used",
)
class CreditBalanceApplied:
    """Credit balance pays interest or fees on the day they are posted (溢缴款抵扣), CC-11.

    `amount` is what the unused line loses by it: own money that paid no principal (8201).
    """

    paid: Money
    principal: Money
    interest: Money
    fees: Money
    excess: Money
    amount: Money
    allocation: tuple[ItemShare, ...]
    gl: Gl


@event(
    S,
    "溢缴款领回",
    "Credit balance withdrawn",
    rows="C8 L21",
    say_zh="领回溢缴款 {amount}",
    say_en="credit balance of {amount} drawn out",
)
class CreditBalanceWithdrawn:
    """Own money leaves the card (溢缴款领回)."""

    amount: Money
    target: str
    within_line: bool
    gl: Gl

    @property
    def posting_rows(self) -> tuple[str, ...]:
        """C8, and L21 while there is a line."""
        return ("C8", "L21") if self.within_line else ("C8",)


UseEvent = (
    CardAuthorised
    | CardAuthorisationLapsed
    | CardTransactionPosted
    | CashAdvancePosted
    | CardPaymentReceived
    | CardRefundPosted
    | CreditBalanceApplied
    | CreditBalanceWithdrawn
)
