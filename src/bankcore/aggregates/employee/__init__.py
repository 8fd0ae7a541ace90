"""The employee (员工): grade, roles, delegations, certificates, decided on one version."""

from bankcore.aggregates.employee.state import Delegated, Employee, evolve
from bankcore.values.streams import StreamKind

EMPLOYEE = StreamKind(name="employee", prefix="employee-", zh="员工", evolve=evolve)

__all__ = ["EMPLOYEE", "Delegated", "Employee"]
