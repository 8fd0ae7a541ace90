"""Events of the interaction (面谈): what is said to a customer and what he says.

Only these can prove disclosure and conduct. What is told about products, quotes and offers
stands in `advice_events`.
"""

from __future__ import annotations

from bankcore.aggregates.interaction.advice_events import AdviceEvent
from bankcore.rules.relations.contact import Purpose
from bankcore.values.declare import Personal, event
from bankcore.values.money import Money

S = "interaction"


@event(
    S,
    "开始面谈",
    "Interaction opened",
    say_zh="与 {customer} 开始面谈({channel})",
    say_en="talk with {customer} begins ({channel})",
)
class InteractionOpened:
    """A talk begins (开始), at the counter, on the phone or in a chat."""

    customer: str
    channel: str
    visit: str


@event(S, "对话一轮", "Interaction turn taken", say_zh="对话:{text}", say_en="said: {text}")
class InteractionTurnTaken:
    """One turn of the talk (对话一轮).

    `option` is the wording chosen in a script, `skill` and `tags` say what it shows (such as
    `pressure_withdraw`), `instructed_by` who asked the employee to say it.
    """

    option: str
    skill: str
    tags: tuple[str, ...]
    text: Personal
    instructed_by: str


@event(S, "结束面谈", "Interaction closed", say_zh="面谈结束", say_en="talk ends")
class InteractionClosed:
    """The talk ends (结束)."""


@event(
    S, "客户提问", "Customer asked", say_zh="客户问 {topic}", say_en="customer asks about {topic}"
)
class CustomerAsked:
    """The customer asks something (客户提问)."""

    question: str
    topic: str


@event(
    S,
    "客户回答",
    "Customer answered",
    say_zh="问 {topic},客户答:{answer}",
    say_en="asked about {topic}, customer says: {answer}",
)
class CustomerAnswered:
    """The customer was asked and answers (客户回答); this is how a hidden fact comes out."""

    topic: str
    answer: Personal


@event(S, "风险提醒", "Customer warned", say_zh="提醒客户 {kind}", say_en="warned of {kind}")
class CustomerWarned:
    """The customer is warned of a risk (风险提醒)."""

    kind: str


@event(
    S,
    "渠道指引",
    "Channel advised",
    say_zh="指引渠道 {channel}:{function}",
    say_en="channel {channel} advised for {function}",
)
class ChannelAdvised:
    """The customer is told which channel does it (渠道指引), and its cut-off or not."""

    channel: str
    function: str
    cut_off_told: bool


@event(
    S,
    "还款渠道指引",
    "Repayment channel advised",
    say_zh="指引还款渠道 {channel}",
    say_en="repayment channel {channel} advised",
)
class RepaymentChannelAdvised:
    """The customer is told how to repay (还款渠道指引), and how long it takes or not."""

    channel: str
    lag_told: bool


@event(S, "索要资料", "Document requested", say_zh="索要 {kind}", say_en="{kind} asked for")
class DocumentRequested:
    """A paper is asked for (索要资料); one that the bank holds must not be."""

    kind: str
    purpose: str


@event(S, "异常说明", "Flag explained", say_zh="说明异常 {flag}", say_en="flag {flag} explained")
class FlagExplained:
    """A red flag gets an explanation with evidence (异常说明)."""

    flag: str
    evidence: tuple[str, ...]


@event(
    S,
    "私下受理",
    "Order taken",
    say_zh="私下受理 {kind} {amount}",
    say_en="{kind} of {amount} taken outside the system",
)
class OrderTaken:
    """An order is taken outside the system (私下受理): a breach, kept so that it can be found."""

    kind: str
    product: str
    amount: Money


@event(
    S,
    "接受代客授权",
    "Power accepted",
    say_zh="接受代客授权 {kind}",
    say_en="power accepted: {kind}",
)
class PowerAccepted:
    """An employee accepts a power over a customer's account (接受代客授权): a breach."""

    kind: str


@event(
    S,
    "表达不满",
    "Grievance voiced",
    say_zh="客户表达不满:{facts}",
    say_en="grievance voiced: {facts}",
)
class GrievanceVoiced:
    """The customer is dissatisfied (表达不满); this day starts the duty of CMP-01."""

    grievance: str
    facts: tuple[str, ...]


@event(
    S,
    "当场解决",
    "Grievance resolved on the spot",
    say_zh="当场解决,{confirmed_by} 确认",
    say_en="settled on the spot, confirmed by {confirmed_by}",
)
class GrievanceResolvedOnTheSpot:
    """Settled the same day and confirmed by the customer (当场解决); still counted."""

    grievance: str
    confirmed_by: str


@event(
    S,
    "通知",
    "Notification sent",
    say_zh="通知 {customer}({purpose}):{text}",
    say_en="{customer} told ({purpose}): {text}",
)
class NotificationSent:
    """A message goes to a customer (通知、短信), not about a movement of money."""

    customer: str
    purpose: Purpose
    channel: str
    text: str
    about: str


TalkEvent = (
    InteractionOpened
    | InteractionTurnTaken
    | InteractionClosed
    | CustomerAsked
    | CustomerAnswered
    | GrievanceVoiced
    | GrievanceResolvedOnTheSpot
    | NotificationSent
)
GuidanceEvent = (
    CustomerWarned
    | ChannelAdvised
    | RepaymentChannelAdvised
    | DocumentRequested
    | FlagExplained
    | OrderTaken
    | PowerAccepted
)
InteractionEvent = TalkEvent | GuidanceEvent | AdviceEvent
