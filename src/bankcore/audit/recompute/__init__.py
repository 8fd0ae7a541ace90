"""Deriving settled figures again (重算): one module a product family, used by `verify`."""
