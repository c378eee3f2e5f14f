"""One module per command: what it finds out, as plain data, and how that is shown."""
