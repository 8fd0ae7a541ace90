"""Verify, explain, findings: read the log, never write to it."""
