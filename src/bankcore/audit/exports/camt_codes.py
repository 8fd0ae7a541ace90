"""Bank transaction codes (交易代码) of ISO 20022 for what moves an account, a loan or a card.

Domain, family and sub-family are from the external code list; what the list has no word for is
`OTHR`. The event's own name stands beside them as the proprietary code, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bankcore.aggregates.card_line import events_billing as b
from bankcore.aggregates.card_line import events_use as u
from bankcore.aggregates.card_line.events_risk import CardRecoveryReceived
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.deposit_account import events as e
from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.loan import events_repayment as r
from bankcore.aggregates.loan.events_changes import LoanPrepaid
from bankcore.aggregates.loan.events_contract import LoanDisbursed
from bankcore.aggregates.loan.events_risk import WrittenOffAmountRecovered
from bankcore.rules.loans.codes import HOUSING
from bankcore.values.declare import EVENTS


class Code(NamedTuple):
    """Domain, family and sub-family, four letters each."""

    domain: str
    family: str
    sub: str


_PAYMENT: Final = "PMNT"
_ACCOUNT: Final = "ACMT"
_CREDIT: Final = "MCOP"
_DEBIT: Final = "MDOP"

_CODES: Final[Mapping[type[Any], Code]] = {
    e.FundsDeposited: Code(_PAYMENT, "CNTR", "CDPT"),
    e.FundsWithdrawn: Code(_PAYMENT, "CNTR", "CWDL"),
    e.AccountCredited: Code(_PAYMENT, "RCDT", "OTHR"),
    e.AccountDebited: Code(_PAYMENT, "ICDT", "OTHR"),
    e.FundsDeductedByOrder: Code(_ACCOUNT, _DEBIT, "OTHR"),
    e.DepositFeeCharged: Code(_ACCOUNT, _DEBIT, "FEES"),
}
_LOANS: Final = ("LDAS", "CSLN")
_HOMES: Final = "MGLN"
_CARDS: Final = (_PAYMENT, "CCRD")
_OTHER: Final[Mapping[type[Any], Code]] = {
    LoanDisbursed: Code(*_LOANS, "DDWN"),
    r.InstalmentFellDue: Code(*_LOANS, "INTR"),
    r.NonAccrualInterestFellDue: Code(*_LOANS, "INTR"),
    r.NonAccrualInterestReceived: Code(*_LOANS, "INTR"),
    r.PenaltyInterestCharged: Code(*_LOANS, "CHRG"),
    r.LoanRepaymentReceived: Code(*_LOANS, "PPAY"),
    LoanPrepaid: Code(*_LOANS, "PPAY"),
    WrittenOffAmountRecovered: Code(*_LOANS, "PPAY"),
    r.LoanInterestWaived: Code(*_LOANS, "ADJT"),
    r.NonAccrualInterestWaived: Code(*_LOANS, "ADJT"),
    r.LoanEntryReversed: Code(*_LOANS, "ADJT"),
    u.CardTransactionPosted: Code(*_CARDS, "POSC"),
    u.CashAdvancePosted: Code(*_CARDS, "CWDL"),
    u.CardRefundPosted: Code(*_CARDS, "RIMB"),
    u.CardPaymentReceived: Code(_PAYMENT, "RCDT", "OTHR"),
    u.CreditBalanceWithdrawn: Code(_PAYMENT, "ICDT", "OTHR"),
    CardRecoveryReceived: Code(_PAYMENT, "RCDT", "OTHR"),
    b.CardInterestBilled: Code(_ACCOUNT, _DEBIT, "INTR"),
    b.CardFeeCharged: Code(_ACCOUNT, _DEBIT, "FEES"),
    b.LateFeeCharged: Code(_ACCOUNT, _DEBIT, "CHRG"),
    b.CardInterestWaived: Code(_ACCOUNT, _CREDIT, "ADJT"),
    b.CardFeeWaived: Code(_ACCOUNT, _CREDIT, "ADJT"),
}
"""Of loans and cards: what the list has a word for."""

_BOTH_SIDES: Final[Mapping[type[Any], str]] = {
    e.InterestPaid: "INTR",
    e.InterestAdjusted: "ADJT",
    e.DepositEntryReversed: "ADJT",
}


def code_of(event: Any, product: str = "", *, credit: bool) -> Code:
    """The code of an event that moves an account; a new one of a deposit must be given one here.

    What else moves a loan or a card is a miscellaneous operation on its side; a loan for a home
    has a family of its own.
    """
    kind = EVENTS[type(event)].stream
    if kind != ACCOUNT.name:
        family = _LOANS if kind == LOAN.name else (_ACCOUNT, _CREDIT if credit else _DEBIT)
        code = _OTHER.get(type(event), Code(*family, "OTHR"))
        return code._replace(family=_HOMES) if kind == LOAN.name and product in HOUSING else code
    sub = _BOTH_SIDES.get(type(event))
    if sub is None:
        return _CODES[type(event)]
    return Code(_ACCOUNT, _CREDIT if credit else _DEBIT, sub)
