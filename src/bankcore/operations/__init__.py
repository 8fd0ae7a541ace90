"""Decisions that see several streams; pure, they emit events and do no I/O."""
