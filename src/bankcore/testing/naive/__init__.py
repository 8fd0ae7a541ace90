"""The naive bank: a second model of the rulebook, day by day and balance by balance.

It is slow and obvious on purpose and shares nothing with the rules, operations and projections
that it checks: it was written from the rulebook's text alone, in plain integers of fen. It is
asked before the bank is, so each of its answers is a prediction.
"""
