"""What a part is made of (再分解): one module a family, from settlements down to events."""
