"""Staff rules (员工规则) EMP-01 … EMP-03: appointment, qualification, grades and authority."""
