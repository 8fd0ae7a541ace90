"""The only place that knows the event library, msgpack, SQLite and PostgreSQL."""
