"""Conformance (符合性): the rules run against worked examples and references of others."""
