"""Explaining what deposit insurance would pay a customer (存款保险), DEP-18.

The reference day ends like any other: interest accrues through it, as in `accrued-interest`, and
what is settled but not yet paid counts with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from bankcore.aggregates.card_line import CARD
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.audit.explain.evidence import Evidence
from bankcore.audit.explain.explanation import Explanation, Part
from bankcore.projections.accruals import deposit_account, time_deposit
from bankcore.projections.accruals.accrual import Accrual
from bankcore.rules.deposits.insurance import SCHEME_START, InsuredSum, compensation
from bankcore.values.errors import BadInput
from bankcore.values.money import ZERO, Money, round_to_money

Held = tuple[str, InsuredSum]


def deposit_insurance(evidence: Evidence, subject: str) -> Explanation:
    """What would be paid (存款保险赔付): one part a deposit, one for what is above the limit."""
    if not evidence.of(CUSTOMER.stream(subject)):
        raise BadInput(f"no customer {subject} at these dates", remedy="see `bankcore customer`")
    held = list(_held(evidence, subject))
    # The limit came with the scheme; before it the rule refuses, whatever the limit.
    limit = evidence.catalogue.money("deposit.insurance_limit", max(evidence.on, SCHEME_START))
    found = compensation(evidence.on, [s for _, s in held], limit, senior_manager=False)
    parts = [_part(stream, each) for stream, each in held]
    if found.excess:
        above = Fraction(-found.excess.minor)
        inputs = {"insured": found.insured, "limit": limit}
        parts.append(
            Part(
                CUSTOMER.stream(subject),
                "DEP-18",
                "超过限额",
                "Above the limit",
                above,
                above,
                inputs=inputs,
            )
        )
    value = Fraction(found.paid.minor)
    return Explanation(
        "deposit-insurance", subject, value, found.paid.grouped(), "fen", tuple(parts)
    )


def _held(evidence: Evidence, subject: str) -> Iterator[Held]:
    """Principal and interest of every deposit of the customer, and credit balances of cards."""
    customer, on, catalogue = CUSTOMER.stream(subject), evidence.on, evidence.catalogue
    for stream, account in evidence.states.of(ACCOUNT):
        if CUSTOMER.stream(account.customer) == customer:
            waiting = account.payable - account.payable_tax
            grown = deposit_account.accruals(stream, account, on, catalogue)
            yield stream, _sum(account.product, account.balance, waiting, grown)
    for stream, deposit in evidence.states.of(TIME_DEPOSIT):
        if CUSTOMER.stream(deposit.customer) == customer:
            grown = time_deposit.accruals(stream, deposit, on, catalogue)
            yield stream, _sum(deposit.product, deposit.principal, deposit.payable, grown)
    for stream, line in evidence.states.of(CARD):
        if CUSTOMER.stream(line.customer) == customer:
            yield stream, _sum("card_credit_balance", line.totals.credit, ZERO, ())


def _sum(product: str, principal: Money, waiting: Money, grown: Iterable[Accrual]) -> InsuredSum:
    exact = sum((accrual.exact for accrual in grown), Fraction(0))
    return InsuredSum(product, principal, waiting + round_to_money(exact).money)


def _part(stream: str, held: InsuredSum) -> Part:
    amount = Fraction((held.principal + held.accrued).minor)
    inputs = {"product": held.product, "principal": held.principal, "accrued": held.accrued}
    return Part(
        stream, "DEP-18", "存款本息", "Principal and interest", amount, amount, inputs=inputs
    )
