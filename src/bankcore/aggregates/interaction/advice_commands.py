"""Commands of the interaction about products: explain, quote, recommend, offer."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bankcore.values.declare import command
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate


@command("interaction.explain", "讲解", "Explain a product")
class Explain:
    """Explain a product item by item."""

    interaction: str
    product: str
    items: tuple[str, ...]


@command("interaction.quote", "报价", "Quote a figure")
class Quote:
    """Tell a figure by a rule: `figure` in its unit (yuan, percent, days), `quote` its id."""

    interaction: str
    quote: str
    rule_id: str
    figure: Fraction
    inputs: Mapping[str, str]
    unit: str = "yuan"


@command("interaction.correct_quote", "更正报价", "Correct a quote")
class CorrectQuote:
    """Put a quoted figure right."""

    interaction: str
    quote: str
    figure: Fraction


@command("interaction.correct", "当面更正", "Correct what was said")
class Correct:
    """Put right something said before."""

    interaction: str
    about: str


@command("interaction.recommend", "推荐", "Recommend a product")
class Recommend:
    """Recommend a product for a need; `tied_to` names what it depends on."""

    interaction: str
    product: str
    amount: Money = Money(0)
    term: str = ""
    reason: str = ""
    need: str = ""
    tied_to: str = ""


@command("interaction.withdraw_recommendation", "撤回推荐", "Withdraw a recommendation")
class WithdrawRecommendation:
    """Take a recommendation back, named by its event id."""

    interaction: str
    recommendation: str


@command("interaction.offer_plan", "存款方案", "Offer a deposit plan")
class OfferPlan:
    """Offer a deposit at a rate; what goes with it is an inducement and warned of."""

    interaction: str
    product: str
    rate: AnnualRate
    inducement: Money = Money(0)


@command("interaction.offer_loan", "口头报额度", "Offer a loan in words")
class OfferLoan:
    """Say how much a customer could borrow."""

    interaction: str
    product: str
    amount: Money
    term_months: int = 12
