"""Taking the books away (导出): formats that other programs read, with control totals.

Every export is a pure function over the log's entries; the command writes what it yields.
"""
