"""Terms of what the bank sells: the dated catalogue and its models."""
