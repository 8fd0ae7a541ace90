"""Fold of the application chapter (申请)."""

from __future__ import annotations

from typing import assert_never

from bankcore.aggregates.card_line import events_application as a
from bankcore.aggregates.card_line.state import CardLine, Stage
from bankcore.values.changing import changed
from bankcore.values.entry import Entry
from bankcore.values.money import ZERO


def fold_application(
    line: CardLine, event: a.ApplicationEvent, entry: Entry[a.ApplicationEvent]
) -> CardLine:
    """Fold one event; total."""
    file, actor = line.application, entry.actor.id
    match event:
        case a.CardApplicationSubmitted():
            file = changed(file, makers=(actor,), limit_asked=event.limit_asked)
            return changed(line, customer=event.customer, product=event.product, application=file)
        case a.CardDocumentAttached(kind=kind):
            file = changed(file, documents=(*file.documents, kind))
            return changed(line, application=file)
        case a.ApplicantSigned(signer=signer):
            return changed(line, stage=Stage.SIGNED, application=changed(file, signer=signer))
        case a.FraudReferred():
            return changed(line, application=changed(file, fraud_referred=True))
        case a.CardApplicationForwarded():
            makers = (*file.makers, actor)
            return changed(line, stage=Stage.FORWARDED, application=changed(file, makers=makers))
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
            return changed(line, stage=Stage.SIGNED if file.signer else Stage.APPLIED)
        case a.CardApproved(limit=limit):
            return changed(line, stage=Stage.APPROVED, application=changed(file, granted=limit))
        case a.CardApprovalRevoked():
            return changed(line, stage=Stage.DECLINED, application=changed(file, granted=ZERO))
        case a.CardDeclined():
            return changed(line, stage=Stage.DECLINED)
        case _:
            assert_never(event)
