"""Deciders: events, state and decisions, one package per stream.

Importing this package declares every event; `KINDS` is the closed list of stream kinds.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from bankcore.aggregates.bank import BANK
from bankcore.aggregates.business_day import BUSINESS_DAY
from bankcore.aggregates.card_line import CARD
from bankcore.aggregates.catalogue import CATALOGUE
from bankcore.aggregates.collateral import COLLATERAL
from bankcore.aggregates.collection_case import COLLECTION
from bankcore.aggregates.complaint import COMPLAINT
from bankcore.aggregates.customer import CUSTOMER
from bankcore.aggregates.deposit_account import ACCOUNT
from bankcore.aggregates.employee import EMPLOYEE
from bankcore.aggregates.guard import GUARD
from bankcore.aggregates.incoming_transfer import INCOMING
from bankcore.aggregates.interaction import INTERACTION
from bankcore.aggregates.loan import LOAN
from bankcore.aggregates.points_account import POINTS
from bankcore.aggregates.time_deposit import TIME_DEPOSIT
from bankcore.aggregates.training_session import TRAINING_SESSION
from bankcore.aggregates.transfer import TRANSFER
from bankcore.values.streams import StreamKind

KINDS: Final[tuple[StreamKind[Any], ...]] = (
    BUSINESS_DAY,
    BANK,
    CATALOGUE,
    CUSTOMER,
    EMPLOYEE,
    COMPLAINT,
    INTERACTION,
    GUARD,
    ACCOUNT,
    CARD,
    POINTS,
    TRANSFER,
    INCOMING,
    LOAN,
    COLLATERAL,
    COLLECTION,
    TIME_DEPOSIT,
    TRAINING_SESSION,
)


@lru_cache(maxsize=1 << 14)
def kind_of(stream: str) -> StreamKind[Any]:
    """The kind of a stream by its id; a stream of no known kind is a bug, the codec refuses it."""
    for kind in KINDS:
        if stream == kind.prefix or (kind.prefix[-1] == "-" and stream.startswith(kind.prefix)):
            return kind
    raise AssertionError(f"no kind of stream has the id {stream!r}")


def named_streams(given: str, known: Iterable[str]) -> list[str]:
    """The streams that a person means: the id itself, or those with that key.

    A stream that lies beside another under the same key is meant only by its id, or when it is
    the only one.
    """
    streams = list(known)
    if given in streams:
        return [given]
    same = [s for s in streams if s == kind_of(s).prefix + given]
    return [s for s in same if not kind_of(s).beside] or same
