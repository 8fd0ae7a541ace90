"""Decisions about credit cards: terms of the day, application, use, statement, arrears."""
