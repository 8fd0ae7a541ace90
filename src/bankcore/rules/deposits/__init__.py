"""Deposit rules (存款规则): interest, settlement, terms, plans, notice, accounts; DEP-01 to 24."""
