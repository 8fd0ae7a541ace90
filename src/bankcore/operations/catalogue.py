"""Changing the catalogue in the log (规则采用、利率发布): GEN-06, DEP-09, LN-17."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.catalogue import CATALOGUE
from bankcore.aggregates.catalogue import commands as c
from bankcore.aggregates.catalogue import events as e
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.operations.pricing import ceiling_of
from bankcore.products.catalogue import plain_value, rows_of
from bankcore.rules.dated import Adoption, check_adoption
from bankcore.rules.deposits.board import (
    BoardRow,
    Publishing,
    board_param,
    check_publishing,
)
from bankcore.values.dated import DatedRow
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role

RULES: Final = "rules"


def adopt_rule(d: Decision, command: c.AdoptRule) -> None:
    """Add a row; the narrator of a scenario may pin rows of the past, nobody else may."""
    row = DatedRow(
        command.valid_from, d.day, plain_value(command.value), command.source, command.mark
    )
    if d.frame.actor.role is not Role.SCRIPT:
        known = d.catalogue.by_id.get(command.param)
        adoption = Adoption(row, bool(known and known.price), d.frame.actor.id, command.checker)
        check_adoption(rows_of(d.catalogue, command.param), adoption)
    adopted = e.RuleVersionAdopted(
        param=command.param,
        value=command.value,
        valid_from=command.valid_from,
        source=command.source,
        mark=command.mark,
    )
    d.emit(CATALOGUE, RULES, adopted)


def record_lpr(d: Decision, command: c.RecordLpr) -> None:
    """Record a fixing; a second one of the same tenor and day is refused."""
    if command.rate.percent < 0:
        raise Rejected(Reason.RATE_NEGATIVE, rate=command.rate)
    rows = rows_of(d.catalogue, f"loan.lpr.{command.tenor}")
    if any(r.valid_from == command.effective_from for r in rows):
        raise Rejected(Reason.RULE_VERSION_OVERLAP, valid_from=command.effective_from)
    published = e.LprPublished(
        tenor=command.tenor,
        rate=command.rate,
        effective_from=command.effective_from,
        source=command.source,
    )
    d.emit(CATALOGUE, RULES, published)


def publish_rate(d: Decision, command: c.PublishRate) -> None:
    """Publish a board rate from a day that has not begun before today (DEP-09)."""
    param = board_param(command.product, command.tenor)
    existing = [(command.product, command.tenor, r.valid_from) for r in rows_of(d.catalogue, param)]
    row = BoardRow(command.product, command.tenor, command.effective_from, command.rate)
    asked = Publishing(
        row, d.day, d.frame.actor.id, command.checker, ceiling_of(d, command.product, command.tenor)
    )
    check_publishing(asked, existing)
    published = e.DepositRatePublished(
        product=command.product,
        tenor="" if command.tenor is None else str(command.tenor),
        rate=command.rate,
        effective_from=command.effective_from,
        maker=d.frame.actor.id,
        checker=command.checker,
    )
    d.emit(CATALOGUE, RULES, published)


HANDLERS: Final[dict[type, Handler]] = {
    c.AdoptRule: by(adopt_rule, Role.PRODUCT_MAKER, Role.HEAD_OFFICE, Role.COMPLIANCE),
    c.RecordLpr: by(record_lpr, Role.RATE_MAKER, Role.TREASURY, Role.SYSTEM),
    c.PublishRate: by(publish_rate, Role.RATE_MAKER),
}
