"""Decisions about payments: terms of the day, transfers, incoming money."""
