"""The modules of predicates (谓词清单): importing them declares the findings."""

from __future__ import annotations

from typing import Final

from bankcore.audit.findings import (
    aftercare,
    cards,
    complaints,
    conduct,
    deposits,
    lending,
    quotes,
    talk,
)

MODULES: Final = (aftercare, cards, complaints, conduct, deposits, lending, quotes, talk)
