"""The stages of a loan (贷款阶段), from application to the end."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where the loan is in its life."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DOCUMENTS_COMPLETE = "documents_complete"
    INVESTIGATED = "investigated"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    REJECTED = "rejected"
    CONTRACTED = "contracted"
    REPAYING = "repaying"
    OVERDUE = "overdue"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"
