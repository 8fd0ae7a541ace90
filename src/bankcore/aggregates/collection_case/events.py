"""Events of collection cases (催收): the storage contract, LN-31.

`dpd_reported` are days past due after the grace; `next_due` is when the next contact is due.
"""

from __future__ import annotations

from datetime import date

from bankcore.rules.loans.collection import ContactChannel, Party
from bankcore.values.declare import event
from bankcore.values.money import Money

S = "collection_case"


@event(
    S,
    "催收立案",
    "Collection case opened",
    say_zh="{contract} 逾期 {dpd_reported} 天,欠 {arrears},立案催收",
    say_en="case of {contract} opened, {dpd_reported} days past due with {arrears}",
)
class CollectionCaseOpened:
    """A loan is past due beyond its grace (催收立案)."""

    contract: str
    dpd_reported: int
    arrears: Money
    next_due: date


@event(
    S,
    "催收联系",
    "Collection contact made",
    say_zh="{time} 以 {channel} 联系 {party}",
    say_en="{party} contacted by {channel} at {time}",
)
class CollectionContactMade:
    """Somebody was contacted, or it was tried (催收联系).

    `time` is local, `HH:MM:SS`; `breach` is the first rule of conduct that it broke, else empty.
    """

    time: str
    channel: ContactChannel
    party: Party
    number: str
    discloses_debt: bool
    outcome: str
    dpd_reported: int
    breach: str
    next_due: date | None


@event(
    S,
    "还款承诺",
    "Promise to pay recorded",
    say_zh="承诺 {by} 前还 {amount}",
    say_en="{amount} promised by {by}",
)
class PromiseToPayRecorded:
    """The debtor promises to pay (还款承诺)."""

    amount: Money
    by: date


@event(S, "催收结案", "Collection case closed")
class CollectionCaseClosed:
    """Nothing is past due any more (催收结案)."""

    reason: str


CollectionEvent = (
    CollectionCaseOpened | CollectionContactMade | PromiseToPayRecorded | CollectionCaseClosed
)
