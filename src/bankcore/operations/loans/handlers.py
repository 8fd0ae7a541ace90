"""Which loan command is decided by what, and by whom it may be given."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.collateral import commands as p
from bankcore.aggregates.loan import commands_application as a
from bankcore.aggregates.loan import commands_contract as k
from bankcore.aggregates.loan import commands_running as r
from bankcore.operations.handlers import Handler, by
from bankcore.operations.loans import (
    applying,
    caring,
    classifying,
    collateral,
    collecting,
    contracting,
    deciding,
    disbursing,
    ending,
    misuse,
    prepaying,
    reshaping,
    reversing,
    settling,
)
from bankcore.values.roles import Role

_FRONT: Final = (Role.RM, Role.CUSTOMER)
_APPROVERS: Final = (Role.LOAN_APPROVER, Role.BRANCH_HEAD, Role.HEAD_OFFICE)

HANDLERS: Final[dict[type, Handler]] = {
    a.OpenApplication: by(applying.open_application, *_FRONT),
    a.AmendRequest: by(applying.amend_request, *_FRONT),
    a.Prescreen: by(applying.prescreen, Role.RM),
    a.SubmitDocument: by(applying.submit_document, *_FRONT),
    a.VerifyDocument: by(applying.verify_document, Role.RM),
    a.MarkDocumentsComplete: by(applying.mark_documents_complete, Role.RM),
    a.ReopenDocuments: by(applying.reopen_documents, Role.RM, Role.LOAN_REVIEWER),
    a.Interview: by(applying.interview, Role.RM),
    a.RecordFinding: by(applying.record_finding, Role.RM, Role.LOAN_REVIEWER),
    a.ExplainFinding: by(applying.explain_finding, Role.RM),
    a.CompleteInvestigation: by(applying.complete_investigation, Role.RM),
    a.Recommend: by(deciding.recommend, Role.RM),
    a.WithdrawRecommendation: by(deciding.withdraw_recommendation, Role.RM),
    a.Review: by(deciding.review, Role.LOAN_REVIEWER, Role.RM),
    a.ApproveException: by(deciding.approve_exception, *_APPROVERS, Role.RM),
    a.Approve: by(deciding.approve, *_APPROVERS, Role.RM, Role.LOAN_REVIEWER),
    a.RevokeApproval: by(deciding.revoke_approval, *_APPROVERS),
    a.Reject: by(deciding.reject, *_APPROVERS, Role.RM, Role.LOAN_REVIEWER),
    a.NotifyRejection: by(deciding.notify_rejection, Role.RM),
    k.DraftContract: by(contracting.draft_contract, Role.RM),
    k.ShowAnnualisedRate: by(contracting.show_annualised_rate, Role.RM),
    k.ConfirmCostStatement: by(contracting.confirm_cost_statement, *_FRONT),
    k.ExplainTerms: by(contracting.explain_terms, Role.RM),
    k.AcknowledgeTerms: by(contracting.acknowledge_terms, *_FRONT),
    k.SignContract: by(contracting.sign_contract, *_FRONT),
    k.AmendContract: by(contracting.amend_contract, Role.RM),
    k.SatisfyCondition: by(disbursing.satisfy_condition, Role.RM, Role.DISBURSER),
    k.RequestDrawdown: by(disbursing.request_drawdown, *_FRONT),
    k.RejectDrawdown: by(disbursing.reject_drawdown, Role.DISBURSER, Role.RM),
    k.Disburse: by(disbursing.disburse, Role.DISBURSER),
    k.SetAutodebit: by(disbursing.set_autodebit, *_FRONT),
    r.Repay: by(collecting.repay, Role.TELLER_CASH, Role.CUSTOMER, Role.RM, Role.COLLECTOR),
    r.GivePrepaymentNotice: by(prepaying.give_notice, *_FRONT),
    r.QuotePrepayment: by(prepaying.quote, *_FRONT, Role.TELLER_CASH),
    r.Prepay: by(prepaying.prepay, *_FRONT, Role.TELLER_CASH),
    r.ChargeFee: by(caring.charge_fee, Role.RM, Role.TELLER_CASH, Role.SYSTEM),
    r.WaiveInterest: by(caring.waive_interest, *_APPROVERS),
    r.Extend: by(reshaping.extend, Role.RM, *_APPROVERS),
    r.Restructure: by(reshaping.restructure, *_APPROVERS),
    r.Recall: by(reshaping.recall, *_APPROVERS),
    r.Classify: by(classifying.classify, Role.LOAN_REVIEWER, *_APPROVERS),
    r.CheckUse: by(caring.check_use, Role.RM),
    r.FlagMisuse: by(misuse.flag, Role.RM, Role.LOAN_REVIEWER),
    r.SetPenaltyRate: by(misuse.end, Role.RM, Role.LOAN_REVIEWER),
    r.WaiveMisuse: by(misuse.waive, *_APPROVERS),
    r.RaiseWarning: by(caring.raise_warning, Role.RM, Role.LOAN_REVIEWER, Role.COLLECTOR),
    r.TakeMeasure: by(caring.take_measure, Role.RM, Role.LOAN_REVIEWER, Role.COLLECTOR),
    r.CloseWarning: by(caring.close_warning, Role.RM, Role.LOAN_REVIEWER, *_APPROVERS),
    r.WriteOff: by(ending.write_off_loan, *_APPROVERS),
    r.Recover: by(ending.recover, Role.TELLER_CASH, Role.COLLECTOR, Role.RM),
    r.Repossess: by(ending.repossess, *_APPROVERS),
    r.Reverse: by(reversing.reverse, Role.TELLER_CASH, Role.RM, Role.LEDGER),
    p.Value: by(collateral.value, Role.COLLATERAL_APPRAISER, Role.RM),
    p.Register: by(collateral.register, Role.RM, Role.DISBURSER),
    p.Release: by(collateral.release, Role.RM, Role.DISBURSER),
    r.Settle: by(settling.settle, Role.TELLER_CASH, Role.RM, Role.DISBURSER),
}
