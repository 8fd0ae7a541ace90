"""Accrued interest (应计利息), derived and never recorded: GEN-08, GL-06.

One module a product family; each gives `accruals(stream, state, on, catalogue)`, the interest
that has grown but is not yet settled at the end of day `on`.
"""
