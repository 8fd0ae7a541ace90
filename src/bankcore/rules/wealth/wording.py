"""WM-05 Wording (宣传用语): forbidden phrases in what customers read."""

from __future__ import annotations

from bankcore.products.suitability_terms import WordingTerms
from bankcore.values.reasons import Reason


def forbidden_phrases(text: str, terms: WordingTerms, *, structured: bool = False) -> list[str]:
    """Forbidden phrases in the order of the list, once each; a bare benchmark comes last.

    Allowed phrases are taken out first, the longest before the shorter. Structured deposits may
    name their protection and floor.
    """
    plain = text
    for phrase in sorted(terms.allowed, key=len, reverse=True):
        plain = plain.replace(phrase, "")
    free = terms.structured_free if structured else ()
    hits = [phrase for phrase in terms.forbidden if phrase in plain and phrase not in free]
    if terms.benchmark in text and not any(warning in text for warning in terms.warnings):
        hits.append(Reason.BENCHMARK_WITHOUT_WARNING.value)
    return hits
