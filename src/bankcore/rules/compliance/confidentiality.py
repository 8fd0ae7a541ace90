"""No tipping-off and need-to-know (保密与防泄露), AML-07: who may see what, what may be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bankcore.values.reasons import Reason, Rejected


class Item(StrEnum):
    """What may be looked at, from the neutral notice to the case itself."""

    RESTRICTION_NOTICE = "restriction_notice"
    OWN_RECEIPT = "own_receipt"
    CASE_EXISTS = "case_exists"
    CASE_CONTENT = "case_content"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: the role, whether he reported the case or is its subject, an open AML audit."""

    role: str
    is_reporter: bool = False
    is_subject: bool = False
    aml_engagement_open: bool = False


_INNER: Final = frozenset({"aml_compliance", "mlro"})


def visible(item: Item, viewer: Viewer) -> bool:
    """Say whether a viewer may see an item (AML-07).

    The subject of a case sees only the neutral notice whatever the role; the receipt of an
    escalation stays with its reporter even after a move to another branch.
    """
    if item is Item.RESTRICTION_NOTICE:
        return True
    if viewer.is_subject:
        return False
    if viewer.role in _INNER or (viewer.role == "auditor" and viewer.aml_engagement_open):
        return True
    return item is Item.OWN_RECEIPT and viewer.is_reporter and viewer.role != "customer"


def check_view(item: Item, viewer: Viewer) -> None:
    """Refuse a look that is not allowed: `not_need_to_know`, for the subject `subject_of_case`."""
    if visible(item, viewer):
        return
    reason = Reason.SUBJECT_OF_CASE if viewer.is_subject else Reason.NOT_NEED_TO_KNOW
    raise Rejected(reason, item=item.value, role=viewer.role)


def forbidden_words(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words of the list that stand in a text, in the list's order; letter case is ignored."""
    folded = text.casefold()
    return tuple(word for word in words if word.casefold() in folded)


def check_wording(text: str, words: Iterable[str]) -> None:
    """Refuse a text to a customer that betrays a case (`forbidden_wording`).

    Ordinary due-diligence questions hold none of the words and pass.
    """
    found = forbidden_words(text, words)
    if found:
        raise Rejected(Reason.FORBIDDEN_WORDING, words=list(found))
