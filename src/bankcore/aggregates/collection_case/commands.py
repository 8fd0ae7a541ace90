"""Commands of collection cases (催收)."""

from __future__ import annotations

from datetime import date

from bankcore.rules.loans.collection import ContactChannel, Party
from bankcore.values.declare import command
from bankcore.values.money import Money


@command("collection_case.open", "立案", "Open a collection case")
class Open:
    """Open a case for a loan whose arrears outlasted the grace."""

    case: str
    loan: str


@command("collection_case.contact", "联系", "Contact a debtor")
class Contact:
    """Note a contact, answered or not, at the time of the frame; a breach of conduct is warned of.

    `number` says which telephone; `discloses_debt` whether the debt was spoken of.
    """

    case: str
    channel: ContactChannel
    party: Party = Party.DEBTOR
    number: str = "mobile"
    discloses_debt: bool = True
    outcome: str = ""


@command("collection_case.promise", "承诺", "Record a promise to pay")
class Promise:
    """The debtor promises an amount by a day; until then nobody contacts him."""

    case: str
    amount: Money
    by: date


@command("collection_case.close", "结案", "Close a collection case")
class Close:
    """Close the case once no arrears are left."""

    case: str
    reason: str = "arrears_paid"
