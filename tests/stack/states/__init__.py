"""States that an earlier version of the provider wrote, with the entities that they name, and how to record one."""
