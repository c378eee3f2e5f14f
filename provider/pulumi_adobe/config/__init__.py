"""The settings of the provider: the table, the parsers, and where their values come from."""
