"""Complaint rules (投诉规则) CMP-01 … CMP-07: intake, severity, owner, clock, answer, money."""
