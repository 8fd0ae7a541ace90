"""The loan (贷款): application, contract, draws and dues, decided on one version."""

from bankcore.aggregates.loan.agenda import agenda, subledger
from bankcore.aggregates.loan.folding import evolve
from bankcore.aggregates.loan.stage import Stage
from bankcore.aggregates.loan.state import Loan
from bankcore.values.streams import StreamKind

LOAN = StreamKind(
    name="loan", prefix="loan-", zh="贷款", evolve=evolve, agenda=agenda, subledger=subledger
)

__all__ = ["LOAN", "Loan", "Stage"]
