"""Events of the catalogue: the storage contract."""

from __future__ import annotations

from datetime import date

from bankcore.values.declare import event
from bankcore.values.rates import AnnualRate


@event(
    "catalogue",
    "规则版本采用",
    "Rule version adopted",
    say_zh="采用参数 {param} = {value},自 {valid_from} 起",
    say_en="parameter {param} = {value} adopted, valid from {valid_from}",
)
class RuleVersionAdopted:
    """A dated row of a parameter is adopted (规则版本采用), GEN-06. `value` is its exact text."""

    param: str
    value: str
    valid_from: date
    source: str
    mark: str


@event(
    "catalogue",
    "LPR公布",
    "LPR published",
    say_zh="公布 LPR {tenor} {rate}%,自 {effective_from} 起",
    say_en="LPR {tenor} published at {rate} % from {effective_from}",
)
class LprPublished:
    """A loan prime rate fixing (LPR公布), LN-17. `tenor` is `1Y` or `5Y`."""

    tenor: str
    rate: AnnualRate
    effective_from: date
    source: str


@event(
    "catalogue",
    "挂牌利率发布",
    "Deposit rate published",
    say_zh="{product} {tenor} 挂牌利率 {rate}%,自 {effective_from} 起",
    say_en="board rate of {product} {tenor} published at {rate} % from {effective_from}",
)
class DepositRatePublished:
    """A board rate, drafted by one and approved by another (挂牌利率发布), DEP-09."""

    product: str
    tenor: str
    rate: AnnualRate
    effective_from: date
    maker: str
    checker: str


CatalogueEvent = RuleVersionAdopted | LprPublished | DepositRatePublished
