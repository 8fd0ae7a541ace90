"""Events of the life of a card line (卡片与额度): issue, limit, blocks, closing."""

from __future__ import annotations

from datetime import date

from bankcore.aggregates.card_line.terms import CardAgreement, S
from bankcore.rules.cards.autopay import AutopayMode
from bankcore.values.declare import Gl, event
from bankcore.values.money import Money


@event(
    S,
    "发卡",
    "Card issued",
    rows="L20",
    say_zh="发卡 {number},额度 {limit},有效期至 {expires}",
    say_en="card {number} issued, limit {limit}, valid to {expires}",
)
class CardIssued:
    """A card is made under the line (发卡); `limit` is the line that it opens (L20)."""

    number: str
    holder: str
    expires: date
    limit: Money
    terms: CardAgreement
    gl: Gl


@event(
    S,
    "交付",
    "Card delivered",
    say_zh="{what} 交付给 {to}",
    say_en="{what} delivered to {to}",
)
class CardDelivered:
    """Card or PIN reaches a person (交付); they travel apart."""

    number: str
    to: str
    what: str


@event(S, "用卡说明", "Cardholder briefed", say_zh="用卡说明:{items}", say_en="told: {items}")
class CardholderBriefed:
    """The customer is told how the card works (用卡说明)."""

    items: tuple[str, ...]


@event(
    S, "激活", "Card activated", say_zh="卡片激活({channel})", say_en="card activated ({channel})"
)
class CardActivated:
    """The cardholder can use the card (激活)."""

    number: str
    channel: str
    identity_check: str


@event(S, "止付", "Card blocked", say_zh="止付({kind})", say_en="card blocked ({kind})")
class CardBlocked:
    """No new debit (止付). `kind`: loss, overdue, risk, customer."""

    kind: str
    reason: str


@event(S, "解除止付", "Card unblocked", say_zh="解除止付({kind})", say_en="block lifted ({kind})")
class CardUnblocked:
    """A block ends (解除止付)."""

    kind: str
    reason: str


@event(S, "停止新增用信", "New use frozen", say_zh="停止新增用信", say_en="no new use of the line")
class NewUseFrozen:
    """The line stays, nothing new is drawn (停止新增用信)."""

    reason: str


@event(
    S,
    "额度调整",
    "Credit limit adjusted",
    rows="L20",
    say_zh="额度由 {old} 调整为 {new}",
    say_en="limit changed from {old} to {new}",
)
class CreditLimitAdjusted:
    """The permanent limit changes (额度调整); `limit` is the difference, signed (L20)."""

    old: Money
    new: Money
    used: Money
    limit: Money
    reason: str
    gl: Gl


@event(
    S,
    "临时额度",
    "Temporary limit granted",
    say_zh="临时额度 {increase},{since} 至 {until}",
    say_en="{increase} more from {since} to {until}",
)
class TemporaryLimitGranted:
    """A higher limit for a time, both days included (临时额度); no commitment is posted."""

    increase: Money
    since: date
    until: date


@event(
    S,
    "账单日变更",
    "Statement day changed",
    say_zh="账单日改为每月 {day} 日,自 {since} 起",
    say_en="statement day {day} from {since} on",
)
class StatementDayChanged:
    """Statements are cut on another day (账单日变更); `since` is the first of them."""

    day: int
    since: date


@event(
    S,
    "约定还款",
    "Card autopay set",
    say_zh="约定还款:{account}({mode})",
    say_en="autopay from {account} ({mode})",
)
class CardAutopaySet:
    """The line is paid from an account by itself (约定还款)."""

    account: str
    mode: AutopayMode


@event(S, "还款提醒", "Due reminder sent", say_zh="还款提醒({kind})", say_en="reminded ({kind})")
class DueReminderSent:
    """The customer is reminded (还款提醒). `kind`: before, due, after."""

    statement: date
    kind: str
    channel: str


@event(
    S, "销卡", "Card cancelled", rows="L20", say_zh="销卡({reason})", say_en="cancelled ({reason})"
)
class CardCancelled:
    """No card any more, debts stay (销卡); `limit` takes back the unused line (negative, L20)."""

    number: str
    reason: str
    limit: Money
    gl: Gl


@event(S, "账户结清销户", "Card line closed", actus="MD", say_zh="销户", say_en="line closed")
class CardLineClosed:
    """Nothing is left and the line ends (账户结清销户)."""

    reason: str


ChangeEvent = (
    CardBlocked
    | CardUnblocked
    | NewUseFrozen
    | CreditLimitAdjusted
    | TemporaryLimitGranted
    | StatementDayChanged
    | CardAutopaySet
    | DueReminderSent
)
LifeEvent = (
    CardIssued
    | CardDelivered
    | CardholderBriefed
    | CardActivated
    | CardCancelled
    | CardLineClosed
    | ChangeEvent
)
