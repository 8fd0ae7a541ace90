"""Loan rules LN-01…LN-32 (贷款规则): pure functions from facts and parameters to figures."""
