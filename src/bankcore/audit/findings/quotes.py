"""Quoted figures (报价核对): what the rule engine gives for the inputs that a quote stored.

Amounts are in yuan, rates in percent. A rule id that is not in `COMPUTED` is not judged. Figures
of LN-16 rest on published rates, so they are judged by the catalogue of the bank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from bankcore.audit.findings.finding import Compared, Hit, finding
from bankcore.audit.findings.trail import Trail
from bankcore.operations.loans.post_loan_policies import PostLoanPolicies
from bankcore.products.catalogue import Catalogue
from bankcore.rules.cards.interest import yearly_rate
from bankcore.rules.deposits.early import early_interest
from bankcore.rules.deposits.lump import term_interest
from bankcore.rules.loans.provident import (
    Home,
    ProvidentLoan,
    handling_fee,
    provident_limit,
    provident_rate,
)
from bankcore.rules.loans.schedule import annuity, day_interest
from bankcore.values.entry import Entry
from bankcore.values.money import Money, parse_amount, round_to_money
from bankcore.values.rates import AnnualRate, exact_text
from bankcore.values.reasons import Rejected

Inputs = Mapping[str, str]
WITHIN: Final = {"yuan": Fraction(1, 100), "percent": Fraction(5, 1000), "days": Fraction(0)}
LOANS: Final = "LN-"
FUND: Final = "LN-16"


def _yuan(amount: Money) -> Fraction:
    return Fraction(amount.minor, 100)


def _early(given: Inputs) -> Fraction:
    """Early part: `amount` at the demand `rate` from `start` to `on` (DEP-06)."""
    start, on = date.fromisoformat(given["start"]), date.fromisoformat(given["on"])
    demand = AnnualRate.of(given["rate"])
    return _yuan(early_interest(parse_amount(given["amount"]), demand, start, on).amount)


def _term(given: Inputs) -> Fraction:
    """A whole term: `amount` at `rate` for `months` (DEP-04)."""
    rate = AnnualRate.of(given["rate"])
    return _yuan(term_interest(parse_amount(given["amount"]), rate, int(given["months"])).amount)


def _card(given: Inputs) -> Fraction:
    """Card interest: `pieces` of `amount x days` at a daily `permyriad` (CC-04)."""
    daily = Fraction(given["permyriad"]) / 10_000
    exact = Fraction(0)
    for piece in given["pieces"].split("+"):
        amount, _, days = piece.partition("x")
        exact += parse_amount(amount.strip()).minor * int(days) * daily
    return _yuan(round_to_money(exact).money)


def _yearly(given: Inputs) -> Fraction:
    """A daily rate in permyriad as a yearly one in percent (CC-08)."""
    return yearly_rate(Fraction(given["permyriad"]))


def _sum(given: Inputs) -> Fraction:
    """The sum of `parts`: exposures of one household (LN-07), items of a refund (CMP-07)."""
    return sum((_yuan(parse_amount(p.strip())) for p in given["parts"].split("+")), Fraction(0))


def _level(given: Inputs) -> Fraction:
    """The level instalment of `amount` at `rate` over `months` (LN-10)."""
    minor = parse_amount(given["amount"]).minor
    exact = annuity(Fraction(minor), AnnualRate.of(given["rate"]), int(given["months"]))
    return _yuan(round_to_money(exact).money)


def _days(given: Inputs) -> Fraction:
    """Interest of `days` on `amount` at `rate` (LN-14)."""
    rate = AnnualRate.of(given["rate"])
    made = day_interest("LN-14", parse_amount(given["amount"]), rate, int(given["days"]))
    return _yuan(made.amount)


def _fund(given: Inputs, known: Catalogue) -> Fraction:
    """LN-16: `rate`, or `fund_part` or `commercial_part` of a combined loan, or the bank's `fee`.

    A rate is that of `home` and `months` drawn on `value_date`, borne `on` a day. The parts are
    those of `need` under the `balances` of the contributors and what else limits (`limits`).
    """
    on = date.fromisoformat(given["on"])
    policies = PostLoanPolicies(known, on)
    match given["what"]:
        case "rate":
            loan = ProvidentLoan(
                Home(given["home"]), int(given["months"]), date.fromisoformat(given["value_date"])
            )
            return provident_rate(loan, on, policies.provident_rates()).percent
        case "fee":
            interest = parse_amount(given["interest"])
            return _yuan(handling_fee(interest, policies.provident_fee()).amount)
        case what:
            balances, limits = _amounts(given["balances"]), _amounts(given["limits"])
            need, multiple = parse_amount(given["need"]), policies.provident_multiple()
            found = provident_limit(balances, multiple, need, limits)
            parts = {"fund_part": found.fund_part, "commercial_part": found.commercial_part}
            return _yuan(parts[what])


def _amounts(text: str) -> list[Money]:
    return [parse_amount(part.strip()) for part in text.split("+")]


COMPUTED: Final[Mapping[str, Callable[[Inputs], Fraction]]] = {
    "DEP-06": _early,
    "DEP-04": _term,
    "CC-04": _card,
    "CC-08": _yearly,
    "LN-07": _sum,
    "CMP-07": _sum,
    "LN-10": _level,
    "LN-14": _days,
}


def right_figure(rule_id: str, inputs: Inputs, known: Catalogue) -> Fraction | None:
    """What the engine gives; None for a rule it does not judge or inputs that do not fit."""
    compute = COMPUTED.get(rule_id)
    try:
        if rule_id == FUND:
            return _fund(inputs, known)
        return compute(inputs) if compute else None
    except (KeyError, ValueError, ZeroDivisionError, Rejected):
        return None


def _wrong(trail: Trail, *, loans: bool) -> Iterator[Hit]:
    for entry in trail.named("QuoteGiven"):
        if entry.event.rule_id.startswith(LOANS) is not loans:
            continue
        for held in _wrong_figure(entry, trail.catalogue):
            corrected = [
                e
                for e in trail.after(entry, "QuoteCorrected", entry.stream)
                if e.event.quote == entry.event.quote
            ]
            undo = corrected[0] if corrected else None
            yield Hit(entry, f"{entry.stream} {entry.event.quote}", undo=undo, compared=(held,))


def _wrong_figure(entry: Entry[Any], known: Catalogue) -> Iterator[Compared]:
    """The figure told against the right one, where they are further apart than is allowed."""
    event = entry.event
    right = right_figure(event.rule_id, event.inputs, known)
    if right is not None and abs(right - event.figure) > WITHIN.get(event.unit, Fraction(0)):
        told, is_ = exact_text(event.figure), exact_text(right)
        yield Compared("报数与正确数", "quoted against right", told, is_, rule=event.rule_id)


@finding("F-CALC-01")
def quoted_wrong(trail: Trail) -> Iterator[Hit]:
    """A figure that is not what the rule gives for its inputs."""
    return _wrong(trail, loans=False)


@finding("F-CALC-07")
def loan_quoted_wrong(trail: Trail) -> Iterator[Hit]:
    """The same for loans."""
    return _wrong(trail, loans=True)
