"""CRM-05: a note by the next working day, each promise with a day."""

from __future__ import annotations

from datetime import date

from bankcore.products.catalogue import shipped
from bankcore.products.relation_terms import note_terms
from bankcore.rules.relations.notes import Promise, Visit, note_dues
from bankcore.values.calendar import WORK

FRIDAY = date(2026, 3, 6)
TERMS = note_terms(shipped(), FRIDAY)


def test_the_note_of_a_friday_visit_is_due_on_monday() -> None:
    monday = date(2026, 3, 9)
    assert not note_dues(Visit(FRIDAY, monday), monday, TERMS, WORK).note_late
    assert note_dues(Visit(FRIDAY, date(2026, 3, 10)), monday, TERMS, WORK).note_late
    assert not note_dues(Visit(FRIDAY, None), monday, TERMS, WORK).note_late
    assert note_dues(Visit(FRIDAY, None), date(2026, 3, 10), TERMS, WORK).note_late


def test_an_agreed_day_on_a_weekend_stays_and_the_rest_have_five_working_days() -> None:
    promises = [Promise("p1"), Promise("p2", date(2026, 3, 7))]
    dues = note_dues(Visit(FRIDAY, FRIDAY, promises, ["p1"]), FRIDAY, TERMS, WORK)
    assert dues.follow_up_due == (("p1", date(2026, 3, 13)), ("p2", date(2026, 3, 7)))
    assert dues.without_follow_up == ("p2",)
