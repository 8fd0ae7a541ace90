"""Read models: pure folds over the log and the postings table."""
