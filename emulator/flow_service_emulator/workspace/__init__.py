"""The workspace: the data that sources hold, and the scenario of the sources and runs."""
