"""Events of what a customer is told about products: explained, quoted, recommended, offered."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bankcore.values.declare import event
from bankcore.values.money import Money
from bankcore.values.rates import AnnualRate

S = "interaction"


@event(
    S,
    "产品讲解",
    "Product explained",
    say_zh="讲解 {product}:{items}",
    say_en="{product} explained: {items}",
)
class ProductExplained:
    """A product is explained, item by item (产品讲解)."""

    product: str
    items: tuple[str, ...]


@event(
    S,
    "推荐产品",
    "Product recommended",
    say_zh="推荐 {product} {amount}",
    say_en="{product} of {amount} recommended",
)
class ProductRecommended:
    """A product is recommended for a need (推荐产品); `tied_to` names what it is tied to."""

    product: str
    amount: Money
    term: str
    reason: str
    need: str
    tied_to: str


@event(
    S,
    "撤回推荐",
    "Recommendation withdrawn",
    say_zh="撤回推荐 {recommendation}",
    say_en="recommendation {recommendation} withdrawn",
)
class RecommendationWithdrawn:
    """A recommendation is taken back (撤回推荐)."""

    recommendation: str


@event(
    S,
    "报价",
    "Quote given",
    say_zh="按 {rule_id} 报价 {figure}({unit})",
    say_en="quoted {figure} {unit} by {rule_id}",
)
class QuoteGiven:
    """A figure is told to the customer (报价); `figure` in its unit: yuan, percent, days."""

    quote: str
    rule_id: str
    inputs: Mapping[str, str]
    figure: Fraction
    unit: str


@event(
    S,
    "更正报价",
    "Quote corrected",
    say_zh="更正报价 {quote} 为 {figure}",
    say_en="quote {quote} corrected to {figure}",
)
class QuoteCorrected:
    """A wrong figure is put right (更正报价)."""

    quote: str
    figure: Fraction


@event(S, "当面更正", "Correction told", say_zh="当面更正 {about}", say_en="{about} put right")
class CorrectionTold:
    """Something said before is put right (当面更正)."""

    about: str


@event(
    S,
    "口头报额度",
    "Loan offered",
    say_zh="口头报额度 {product} {amount}",
    say_en="{product} of {amount} offered",
)
class LoanOffered:
    """A loan is offered in words (口头报额度), before anybody approved it."""

    product: str
    amount: Money
    term_months: int


@event(
    S,
    "存款方案",
    "Deposit plan offered",
    say_zh="存款方案 {product} {rate}%",
    say_en="{product} offered at {rate} %",
)
class DepositPlanOffered:
    """A deposit is offered (存款方案), DEP-24; `inducement` is what is given with it."""

    product: str
    rate: AnnualRate
    inducement: Money


AdviceEvent = (
    ProductExplained
    | ProductRecommended
    | RecommendationWithdrawn
    | QuoteGiven
    | QuoteCorrected
    | CorrectionTold
    | LoanOffered
    | DepositPlanOffered
)
