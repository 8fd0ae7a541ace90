"""Adapters of customer relations: CRM-04, CRM-05."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bankcore.conformance.cases import Adapter
from bankcore.conformance.read import Inputs, case_calendar, day, maybe_day, verdict
from bankcore.products.catalogue import shipped
from bankcore.products.relation_terms import contact_terms, note_terms
from bankcore.rules.relations import contact, notes


def contacting(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-04: the cadence of a class, or one contact."""
    if inputs["op"] == "cadence":
        return _cadence(inputs)
    at = datetime.fromisoformat(inputs["at"])
    asked = contact.Contact(
        at=at,
        purpose=contact.Purpose(inputs["purpose"]),
        marketing_contacts=[datetime.fromisoformat(c) for c in inputs["marketing_contacts"]],
        consent=inputs["consent"],
        do_not_contact=inputs["do_not_contact"],
        service_critical=inputs["service_critical"],
    )
    return verdict(lambda: contact.check_contact(asked, contact_terms(shipped(), at.date())), "ok")


def _cadence(inputs: Inputs) -> Mapping[str, Any]:
    as_of = day(inputs["as_of"])
    waivers = [contact.Waived(day(w["from"]), day(w["to"])) for w in inputs["waivers"]]
    days = contact_terms(shipped(), as_of).cadence_days[inputs["class"]]
    result = contact.cadence(days, day(inputs["last_contact"]), as_of, waivers)
    return {
        "due": result.due.isoformat(),
        "overdue_days": result.overdue_days,
        "waived": result.waived,
    }


def noting(inputs: Inputs) -> Mapping[str, Any]:
    """CRM-05: note and follow-ups of a visit."""
    held = day(inputs["visit_date"])
    visit = notes.Visit(
        held,
        maybe_day(inputs["noted_on"]),
        [notes.Promise(p["id"], maybe_day(p["agreed"])) for p in inputs["promises"]],
        inputs["follow_ups"],
    )
    as_of = day(inputs["as_of"])
    dues = notes.note_dues(visit, as_of, note_terms(shipped(), held), case_calendar(inputs))
    return {
        "note_due": dues.note_due.isoformat(),
        "note_late": dues.note_late,
        "follow_up_due": [{"promise": p, "due": d.isoformat()} for p, d in dues.follow_up_due],
        "promises_without_follow_up": list(dues.without_follow_up),
    }


ADAPTERS: Final[Mapping[str, Adapter]] = {"CRM-04": contacting, "CRM-05": noting}
