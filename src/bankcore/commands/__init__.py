"""Command line, one file per group: parse, call, show."""
