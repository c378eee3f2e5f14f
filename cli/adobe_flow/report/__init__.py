"""A preview, judged before it happens: what changes, what hangs on it, which gate stops it, for people to read."""
