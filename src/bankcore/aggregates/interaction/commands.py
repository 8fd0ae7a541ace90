"""Commands of the interaction: the talk itself and guidance."""

from __future__ import annotations

from bankcore.rules.relations.contact import Purpose
from bankcore.values.declare import Personal, command
from bankcore.values.money import Money


@command("interaction.open", "开始对话", "Begin a talk")
class Open:
    """Begin a talk with a customer."""

    interaction: str
    customer: str
    channel: str = "counter"
    visit: str = ""


@command("interaction.turn", "对话一轮", "Say something")
class Turn:
    """Say something; words that would betray a case are said and warned of."""

    interaction: str
    text: Personal = ""
    option: str = ""
    skill: str = ""
    tags: tuple[str, ...] = ()
    instructed_by: str = ""


@command("interaction.close", "结束对话", "End a talk")
class Close:
    """End the talk."""

    interaction: str


@command("interaction.ask", "询问", "Ask the customer")
class Ask:
    """Ask about a topic; the answer may be a fact that was hidden so far."""

    interaction: str
    topic: str
    answer: Personal = ""


@command("interaction.record_question", "客户提问", "Note a customer's question")
class RecordQuestion:
    """Note what the customer asks."""

    interaction: str
    topic: str
    question: str = ""


@command("interaction.warn", "提醒", "Warn the customer")
class Warn:
    """Warn of a risk: fraud, overdue, penalty, residual_interest."""

    interaction: str
    kind: str


@command("interaction.advise_channel", "渠道指引", "Advise a channel")
class AdviseChannel:
    """Say which channel does it; for a repayment say how long it takes (`told`)."""

    interaction: str
    channel: str
    function: str
    told: bool = True


@command("interaction.request_document", "索要资料", "Ask for a document")
class RequestDocument:
    """Ask for a paper."""

    interaction: str
    kind: str
    purpose: str = ""


@command("interaction.explain_flag", "说明异常", "Explain a red flag")
class ExplainFlag:
    """Explain a red flag with evidence."""

    interaction: str
    flag: str
    evidence: tuple[str, ...] = ()


@command("interaction.take_order", "私下受理", "Take an order outside the system")
class TakeOrder:
    """Take an order outside the system: a breach that the bank cannot refuse, only find."""

    interaction: str
    kind: str
    product: str = ""
    amount: Money = Money(0)


@command("interaction.accept_power", "接受代客授权", "Accept a power over an account")
class AcceptPower:
    """Accept a card, a PIN or a device of a customer: a breach, kept so that it can be found."""

    interaction: str
    kind: str


@command("interaction.voice_grievance", "表达不满", "Note a grievance")
class VoiceGrievance:
    """The customer is dissatisfied; `grievance` is its id, by which a complaint takes it up."""

    interaction: str
    grievance: str
    facts: tuple[str, ...]


@command("interaction.resolve_on_the_spot", "当场解决", "Settle a grievance on the spot")
class ResolveOnTheSpot:
    """Settled the same day, confirmed by the customer."""

    interaction: str
    grievance: str
    confirmed_by: str = "customer"


@command("interaction.notify", "通知", "Send a notification")
class Notify:
    """Send a message that is not about a movement of money.

    `purpose` is `service`, `care` or `marketing`; marketing needs the customer's consent.
    """

    interaction: str
    customer: str
    text: str
    purpose: Purpose = Purpose.SERVICE
    channel: str = "sms"
    about: str = ""
