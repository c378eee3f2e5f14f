"""The requests of the commands to Experience Platform: entities, tables, tests and expiries in a sandbox."""
