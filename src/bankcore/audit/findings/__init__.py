"""Findings (行为与控制发现): predicates over the log, one function a finding."""
