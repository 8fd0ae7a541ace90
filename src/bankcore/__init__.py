"""bankcore: an event-sourced core banking simulator whose only truth are immutable events."""

__version__ = "0.1.0"
