"""Fold of the application chapter (申请)."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bankcore.aggregates.card_line import events_application as a
from bankcore.aggregates.card_line.state import CardLine, Stage
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO


def fold_application(
    line: CardLine, event: a.ApplicationEvent, entry: Entry[a.ApplicationEvent]
) -> CardLine:
    """Fold one event; total."""
    file, actor = line.application, entry.actor.id
    match event:
        case a.CardApplicationSubmitted():
            file = replace(file, makers=(actor,), limit_asked=event.limit_asked)
            return replace(line, customer=event.customer, product=event.product, application=file)
        case a.CardDocumentAttached(kind=kind):
            file = replace(file, documents=(*file.documents, kind))
            return replace(line, application=file)
        case a.ApplicantSigned(signer=signer):
            return replace(line, stage=Stage.SIGNED, application=replace(file, signer=signer))
        case a.FraudReferred():
            return replace(line, application=replace(file, fraud_referred=True))
        case a.CardApplicationForwarded():
            makers = (*file.makers, actor)
            return replace(line, stage=Stage.FORWARDED, application=replace(file, makers=makers))
        case a.CardApplicationPrechecked() | a.CardDecisionNotified():
            return line
        case _:
            return _decided(line, event)


def _decided(
    line: CardLine,
    event: a.CardApplicationReturned | a.CardApproved | a.CardApprovalRevoked | a.CardDeclined,
) -> CardLine:
    file = line.application
    match event:
        case a.CardApplicationReturned():
            return replace(line, stage=Stage.SIGNED if file.signer else Stage.APPLIED)
        case a.CardApproved(limit=limit):
            return replace(line, stage=Stage.APPROVED, application=replace(file, granted=limit))
        case a.CardApprovalRevoked():
            return replace(line, stage=Stage.DECLINED, application=replace(file, granted=ZERO))
        case a.CardDeclined():
            return replace(line, stage=Stage.DECLINED)
        case _:
            assert_never(event)
