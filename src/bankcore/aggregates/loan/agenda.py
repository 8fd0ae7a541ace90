"""What a loan owes the day (GEN-08) and the control accounts (GL-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from bankcore.aggregates.loan.state import Draw, Loan
from bankcore.rules import account_choice as choose
from bankcore.rules.loans.repricing import FloatingTerms, next_repricing
from bankcore.values.streams import Due, Repeat

REPRICE, AUTO_DEBIT, PAST_DUE, CLASSIFY = 50, 200, 260, 270
PAST_DUE_ACCOUNT: Final = "1303.05"
NON_ACCRUAL_AFTER: Final = 90
# Days past due on which a class or a stage changes by itself: LN-24, LN-28.
TURNING_DAYS: Final = (1, 31, 91, 271, 361)


def agenda(stream: str, loan: Loan) -> Iterable[Due]:
    """Instalments, repricing, collection of arrears, rolling past due, class and provision."""
    if not loan.running:
        return
    for draw in loan.draws:
        yield from _draw_agenda(stream, loan, draw)
    yield from _arrears_agenda(stream, loan)
    first = loan.draws[0].drawn_on
    yield Due(on=first, step=CLASSIFY, kind="loan_review", stream=stream, repeat=Repeat.MONTH_END)
    if loan.risk.review_on is not None:
        yield Due(on=loan.risk.review_on, step=CLASSIFY, kind="loan_review", stream=stream)


def _draw_agenda(stream: str, loan: Loan, draw: Draw) -> Iterator[Due]:
    if not draw.rows:
        return
    due, name = draw.rows[0].due, str(draw.number)
    yield Due(
        on=due,
        step=AUTO_DEBIT,
        kind="loan_instalment",
        stream=stream,
        contract=name,
        due_date=due,
    )
    on = next_repricing(floating(loan, draw), draw.repriced_on or draw.drawn_on)
    if on is not None:
        yield Due(on=on, step=REPRICE, kind="loan_reprice", stream=stream, contract=name)


def _arrears_agenda(stream: str, loan: Loan) -> Iterator[Due]:
    for item in loan.dues:
        if item.instalment:
            yield Due(
                on=item.due,
                step=PAST_DUE,
                kind="loan_past_due",
                stream=stream,
                contract=f"{item.draw}/{item.number}",
            )
    if loan.dues and loan.autodebit:
        # From the due day itself: a row that was paid in part that day is debited that evening.
        first = loan.dues[0].due
        yield Due(
            on=first,
            step=AUTO_DEBIT,
            kind="loan_collect",
            stream=stream,
            due_date=first,
            repeat=Repeat.DAILY,
        )
    oldest = loan.oldest_due()
    if oldest is None:
        return
    if not loan.risk.non_accrual:
        yield _turn(stream, oldest, NON_ACCRUAL_AFTER + 1, PAST_DUE, "loan_non_accrual")
    for days in TURNING_DAYS:
        yield _turn(stream, oldest, days, CLASSIFY, "loan_review")


def _turn(stream: str, oldest: date, days: int, step: int, kind: str) -> Due:
    return Due(on=oldest + timedelta(days=days), step=step, kind=kind, stream=stream)


def floating(loan: Loan, draw: Draw) -> FloatingTerms:
    """How the contract says that the draw's rate follows the index (LN-17)."""
    terms = loan.contract.terms
    assert terms is not None, "a draw has a contract"
    return FloatingTerms(
        value_date=draw.drawn_on,
        term_months=terms.term_months + sum(loan.risk.extensions),
        spread_bp=terms.spread_bp,
        kind=terms.repricing,
        cycle_months=terms.cycle_months,
    )


def family(loan: Loan) -> str:
    """The family of the loan's asset account: consumer, business, housing, auto."""
    product = loan.application.product.value
    if product in {"consumer", "business"}:
        return product
    return "auto" if product.startswith("auto") else "housing"


def subledger(loan: Loan) -> Mapping[str, int]:
    """Principal, due interest and penalty, memo interest, allowance and written-off claims."""
    if not loan.draws:
        return {}
    sums = loan.sums
    return {
        choose.loan_account(family(loan)): sums.performing.minor,
        PAST_DUE_ACCOUNT: sums.past_due.minor,
        "1132.01": sums.interest_due.minor,
        "1132.03": sums.penalty_due.minor,
        "8301": sums.memo.minor,
        "1304.01": -sums.allowance.minor,
        "8401": sums.off_book.minor,
    }
