"""Scenario scripts: model, runner and library."""
