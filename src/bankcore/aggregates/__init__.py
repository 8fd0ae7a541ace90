"""Deciders: events, state and decisions, one package per stream."""
