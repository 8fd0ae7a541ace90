"""Pure functions of the rulebook: no events, no I/O, no clock."""
