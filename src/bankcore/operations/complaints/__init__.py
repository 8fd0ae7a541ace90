"""Operations of complaints (投诉): intake, handling, decision and money."""

from typing import Final

from bankcore.aggregates.complaint import closing_commands as x
from bankcore.aggregates.complaint import commands as c
from bankcore.operations.complaints import deciding, handling, intake, paying
from bankcore.operations.handlers import Handler, by
from bankcore.values.roles import Role

_DESK: Final = (Role.COMPLAINT_HANDLER, Role.BRANCH_HEAD, Role.HEAD_OFFICE)
_REVIEW: Final = (Role.COMPLAINT_REVIEWER, Role.BRANCH_HEAD, Role.HEAD_OFFICE)
_MONEY: Final = (*_REVIEW, Role.AUTHORISER, Role.COMPLAINT_HANDLER)

HANDLERS: Final[dict[type, Handler]] = {
    c.Register: by(intake.register, *_DESK, Role.RM, Role.TELLER_CASH, Role.CUSTOMER, Role.AGENT),
    c.Merge: by(intake.merge, *_DESK, Role.RM),
    c.Classify: by(intake.classify, *_DESK, Role.RM),
    c.Assign: by(handling.assign, *_DESK, Role.RM),
    c.Acknowledge: by(handling.acknowledge, *_DESK, Role.RM),
    c.Investigate: by(handling.investigate, *_DESK),
    c.ExcludeSpan: by(handling.exclude_span, *_DESK),
    c.Extend: by(handling.extend, *_DESK),
    c.Decide: by(deciding.decide, *_DESK),
    x.Reply: by(deciding.reply, *_DESK),
    x.RequestReview: by(deciding.request_review, Role.CUSTOMER, Role.AGENT, *_DESK, Role.RM),
    x.Review: by(deciding.review, *_REVIEW),
    x.ApproveCompensation: by(paying.approve_compensation, *_MONEY),
    x.Compensate: by(paying.compensate, *_MONEY, Role.TELLER_CASH, Role.LEDGER),
    x.RefundFee: by(paying.refund_fee, *_MONEY),
    x.RefundInterest: by(paying.refund_interest, *_MONEY),
    x.Withdraw: by(deciding.withdraw, Role.CUSTOMER, Role.AGENT, *_DESK, Role.RM),
    x.TraceRootCause: by(deciding.trace_root_cause, *_DESK, Role.COMPLAINT_REVIEWER),
    x.Close: by(deciding.close, *_DESK),
}
