"""bankcore: an event-sourced core banking simulator in which immutable events are the only truth."""

__version__ = "0.1.0"
