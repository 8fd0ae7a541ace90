"""The closed table of what the bank can be told to do (指令表): command class -> handler."""

from typing import Final

from bankcore.operations import (
    account_sleep,
    advice,
    bank_books,
    catalogue,
    complaints,
    customers,
    day,
    deposit_accounts,
    employees,
    interactions,
    reversal,
    standing,
    time_deposit_corrections,
    time_deposit_days,
    time_deposit_holds,
    time_deposit_notice,
    time_deposit_payouts,
    time_deposits,
    training_sessions,
)
from bankcore.operations.cards import handlers as cards
from bankcore.operations.handlers import Handler
from bankcore.operations.loans import collection
from bankcore.operations.loans import handlers as loans
from bankcore.operations.payments import handlers as payments
from bankcore.operations.steps import STEPS

HANDLERS: Final[dict[type, Handler]] = {
    **day.handlers(STEPS),
    **bank_books.HANDLERS,
    **catalogue.HANDLERS,
    **customers.HANDLERS,
    **deposit_accounts.HANDLERS,
    **account_sleep.HANDLERS,
    **employees.HANDLERS,
    **complaints.HANDLERS,
    **advice.HANDLERS,
    **interactions.HANDLERS,
    **standing.HANDLERS,
    **loans.HANDLERS,
    **collection.HANDLERS,
    **cards.HANDLERS,
    **payments.HANDLERS,
    **reversal.HANDLERS,
    **time_deposits.HANDLERS,
    **time_deposit_notice.HANDLERS,
    **time_deposit_payouts.HANDLERS,
    **time_deposit_days.HANDLERS,
    **time_deposit_holds.HANDLERS,
    **time_deposit_corrections.HANDLERS,
    **training_sessions.HANDLERS,
}
