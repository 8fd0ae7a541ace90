"""The public Hypothesis kit: strategies, naive model, state machine."""
