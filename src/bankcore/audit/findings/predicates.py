"""The list of predicate modules (谓词清单): importing them declares the findings."""

from __future__ import annotations

from typing import Final

from bankcore.audit.findings import deposits

PREDICATES: Final = (deposits,)
