"""General ledger (总账): chart of accounts, posting table, tie-out, period close; GL-01…GL-06."""
