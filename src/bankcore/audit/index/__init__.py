"""An index beside a log (索引): balances, statements and the trial balance at once.

Disposable: it follows from the log alone and is caught up with what was booked since. `building`
writes it and knows the bank; `reading` answers from it and imports next to nothing.
"""
